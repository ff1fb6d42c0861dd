"""The app as Slack must know it: its rights, each with the reason for it, and what it hears.

Rules of the room:
- A right that nothing needs is not asked for; each reason is one sentence an administrator can
  check.
- `checks` compares what is granted with what stands here, so the two cannot drift apart.
"""

from __future__ import annotations

from typing import Any, Literal

SCOPES: dict[str, str] = {
    "app_mentions:read": "Somebody may call the bot by name in a channel: @Renraku fire.",
    "channels:read": "To say what is wrong with a public channel named in slack.rooms.",
    "chat:write": "To ask, to answer, and to draw a question again once it is answered.",
    "commands": "The command /renraku and the shortcuts that report something.",
    "files:read": "To fetch the photo somebody sends with a report.",
    "groups:read": "To say what is wrong with a private channel named in slack.rooms.",
    "im:history": "To read what people write to the bot, and to the bot alone.",
    "im:write": "To begin a conversation with somebody who has never written to the bot.",
    "users:read": "To tell people from bots, and to know who has left.",
    "users:read.email": "To find people of the staff list by their e-mail address.",
}
"""Rights of the bot token, and why."""

APP_SCOPES: dict[str, str] = {
    "connections:write": "Socket mode: the server connects to Slack, not Slack to the server.",
}
"""Rights of the app-level token, and why."""

OPTIONAL_SCOPES: dict[str, str] = {
    "chat:write.public": "Only to post in public channels the bot has not been invited to.",
}

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "message.im",
    "team_join",
    "tokens_revoked",
    "user_change",
)

COMMAND = "/renraku"


def manifest(
    name: str = "Renraku", mode: Literal["socket", "http"] = "socket", url: str = ""
) -> dict[str, Any]:
    """The manifest to be pasted at api.slack.com/apps. `url` is the address of http mode, such
    as `https://renraku.example.org/slack`."""
    socket = mode == "socket"
    address: dict[str, Any] = {} if socket else {"request_url": url}
    command: dict[str, Any] = {
        "command": COMMAND,
        "description": "Report something, start a roll call, or see what is going on",
        "usage_hint": "[report | rollcall | status | help | what happened]",
        "should_escape": False,
    }
    if not socket:
        command["url"] = url
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": name[:35],
            "description": "Incident reports, safety roll calls and call trees",
            "background_color": "#0b3d4f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": name[:80], "always_online": True},
            "shortcuts": [
                {
                    "name": "Report an incident",
                    "type": "global",
                    "callback_id": "report",
                    "description": "Tell those responsible what has happened",
                },
                {
                    "name": "Report this message",
                    "type": "message",
                    "callback_id": "report_message",
                    "description": "Report what this message says",
                },
            ],
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }
