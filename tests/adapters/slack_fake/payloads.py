"""What the platform tells an app: events, interactions and commands, complete as it sends them.

Rules of the room:
- One function a payload; each returns a fresh dictionary.
- Ids are the workspace's; a repeat is the same payload again, never made anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .messages import Message
from .workspace import APP, BOT_USER, DOMAIN, JSON, TEAM, VERIFICATION, Room

if TYPE_CHECKING:
    from .modals import View
    from .slack import Slack


def event(slack: Slack, happened: JSON) -> JSON:
    """The envelope around an event."""
    space = slack.workspace
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": happened,
        "type": "event_callback",
        "event_id": space.new("Ev"),
        "event_time": space.seconds(),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{space.new('e').lower()}",
    }


CHANNEL_TYPES = {"im": "im", "channel": "channel", "group": "group"}


def subscription(room: Room) -> str:
    """What an app must have subscribed to for a room's messages: `message.im` and so on."""
    plural = {"im": "im", "channel": "channels", "group": "groups"}
    return f"message.{plural[room.kind]}"


def said(message: Message, subtype: str = "") -> JSON:
    """Somebody said something; `subtype` such as `file_share`."""
    told = message.as_json()
    told |= {
        "channel": message.room.id,
        "event_ts": message.ts,
        "channel_type": CHANNEL_TYPES[message.room.kind],
    }
    if subtype:
        told["subtype"] = subtype
    return told


def changed(message: Message, before: JSON, ts: str) -> JSON:
    """A message was edited."""
    now = message.as_json() | {"source_team": TEAM, "user_team": TEAM}
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": now,
        "previous_message": before,
        "channel": message.room.id,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
        "channel_type": CHANNEL_TYPES[message.room.kind],
    }


def deleted(message: Message, ts: str) -> JSON:
    """A message was taken back."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": message.as_json(),
        "channel": message.room.id,
        "hidden": True,
        "deleted_ts": message.ts,
        "ts": ts,
        "event_ts": ts,
        "channel_type": CHANNEL_TYPES[message.room.kind],
    }


def _who(slack: Slack, user: str) -> JSON:
    known = slack.workspace.users[user]
    return {"id": user, "username": known.name, "name": known.name, "team_id": known.team_id}


def _interaction(slack: Slack, kind: str, user: str) -> JSON:
    return {
        "type": kind,
        "user": _who(slack, user),
        "api_app_id": APP,
        "token": VERIFICATION,
        "team": {"id": TEAM, "domain": DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _place(room: Room) -> JSON:
    return {"id": room.id, "name": "directmessage" if room.kind == "im" else room.name}


def acted_on_message(
    slack: Slack, user: str, message: Message, action: JSON, trigger: str, respond: str
) -> JSON:
    """`block_actions` from a message."""
    told = _interaction(slack, "block_actions", user)
    told |= {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.room.id,
            "is_ephemeral": message.ephemeral,
        },
        "trigger_id": trigger,
        "channel": _place(message.room),
        "state": {"values": message.values()},
        "response_url": respond,
        "actions": [action],
    }
    # Of an ephemeral message nothing but its container is told.
    if not message.ephemeral:
        told["message"] = message.as_json()
    return told


def acted_on_view(slack: Slack, user: str, view: View, action: JSON, trigger: str) -> JSON:
    """`block_actions` from a modal or a home page."""
    told = _interaction(slack, "block_actions", user)
    told |= {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": trigger,
        "view": view.as_json(),
        "actions": [action],
    }
    return told


def submitted(slack: Slack, view: View, trigger: str) -> JSON:
    """`view_submission`."""
    told = _interaction(slack, "view_submission", view.user)
    return told | {"trigger_id": trigger, "view": view.as_json(), "response_urls": []}


def closed(slack: Slack, view: View, *, cleared: bool) -> JSON:
    """`view_closed`; `cleared` where the whole stack went."""
    told = _interaction(slack, "view_closed", view.user)
    return told | {"view": view.as_json(), "is_cleared": cleared}


def shortcut(slack: Slack, user: str, callback_id: str, trigger: str) -> JSON:
    """A global shortcut."""
    told = _interaction(slack, "shortcut", user)
    return told | {
        "callback_id": callback_id,
        "trigger_id": trigger,
        "action_ts": slack.workspace.ts(),
    }


def message_shortcut(
    slack: Slack, user: str, message: Message, callback_id: str, trigger: str, respond: str
) -> JSON:
    """A shortcut on a message."""
    told = _interaction(slack, "message_action", user)
    return told | {
        "callback_id": callback_id,
        "trigger_id": trigger,
        "action_ts": slack.workspace.ts(),
        "message_ts": message.ts,
        "message": message.as_json(),
        "channel": _place(message.room),
        "response_url": respond,
    }


def suggestion(slack: Slack, user: str, view: View, block: str, action: str, typed: str) -> JSON:
    """`block_suggestion`: what does an external menu offer for `typed`?"""
    told = _interaction(slack, "block_suggestion", user)
    return told | {
        "container": {"type": "view", "view_id": view.id},
        "view": view.as_json(),
        "block_id": block,
        "action_id": action,
        "value": typed,
    }


def command(
    slack: Slack, user: str, room: Room, name: str, text: str, trigger: str, respond: str
) -> JSON:
    """A slash command: a flat form."""
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "team_domain": DOMAIN,
        "channel_id": room.id,
        "channel_name": _place(room)["name"],
        "user_id": user,
        "user_name": slack.workspace.users[user].name,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": respond,
        "trigger_id": trigger,
    }
