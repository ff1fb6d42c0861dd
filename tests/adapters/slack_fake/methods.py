"""The methods of the Web API that a bot like ours may call, except those about views.

Rules of the room:
- Errors are the documented ones. Where the documents and the platform differ, the platform is
  followed: a message to somebody deactivated is taken without a word.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from . import blocks as kit
from .api import Call, Refused, method
from .messages import Message
from .workspace import BOT, BOT_USER, DOMAIN, JSON, TEAM, Room

if TYPE_CHECKING:
    from .slack import Slack

LONGEST_TEXT = 40_000
LONGEST_CHANGED_TEXT = 4_000

POSTING = (
    "channel text blocks attachments thread_ts as_user icon_emoji icon_url link_names username"
    " parse metadata markdown_text"
)


@method("auth.test")
async def auth_test(slack: Slack, call: Call) -> JSON:
    return {
        "url": f"https://{DOMAIN}.slack.example/",
        "team": "Example Town",
        "user": "renraku",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", app_token=True)
async def connections_open(slack: Slack, call: Call) -> JSON:
    return {"url": slack.sockets.ticket()}


def checked_blocks(slack: Slack, call: Call) -> list[Any] | None:
    """The blocks of a message, or the refusal they deserve; `None` where there are none."""
    blocks = call.parsed("blocks", "invalid_blocks_format")
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if slack.strict:
        problems = kit.message_faults(blocks)
        if problems:
            raise Refused("invalid_blocks", problems)
        if kit.too_long(blocks):
            raise Refused("msg_blocks_too_long")
    return blocks


def _words(call: Call, blocks: list[Any] | None, longest: int) -> str:
    text = call.text("text")
    markdown = call.text("markdown_text")
    if markdown and (text or blocks):
        raise Refused("markdown_text_conflict")
    if len(markdown) > 12_000 or len(text) > longest:
        raise Refused("msg_too_long")
    attachments = call.parsed("attachments", "invalid_attachments")
    if attachments is not None and len(attachments) > 100:
        raise Refused("too_many_attachments")
    if not (text or markdown or blocks or attachments):
        raise Refused("no_text")
    return text or markdown


def room_to_post_in(slack: Slack, named: str) -> Room:
    """Where a message for `named` goes: a room by id or name, or somebody's direct messages."""
    space = slack.workspace
    if named in space.users:
        if named != BOT_USER and space.users[named].is_bot:
            raise Refused("cannot_dm_bot")
        if named == BOT_USER or (space.users[named].stranger and not space.has_direct(named)):
            raise Refused("channel_not_found")
        if not slack.messages_tab:
            raise Refused("messages_tab_disabled")
        return space.direct(named)
    by_name = {room.name: room for room in space.rooms.values() if room.kind != "im"}
    room = space.rooms.get(named) or by_name.get(named.removeprefix("#"))
    if room is None or (room.kind == "group" and BOT_USER not in room.members):
        raise Refused("channel_not_found")
    if room.archived:
        raise Refused("is_archived")
    if BOT_USER not in room.members and "chat:write.public" not in slack.scopes:
        raise Refused("not_in_channel")
    return room


@method(
    "chat.postMessage",
    f"{POSTING} reply_broadcast unfurl_links unfurl_media mrkdwn container_id",
    scopes="chat:write",
)
async def post_message(slack: Slack, call: Call) -> JSON:
    room = room_to_post_in(slack, call.need("channel", "channel_not_found"))
    blocks = checked_blocks(slack, call)
    text = _words(call, blocks, LONGEST_TEXT)
    customized = [name for name in ("username", "icon_emoji", "icon_url") if call.text(name)]
    if customized and "chat:write.customize" not in slack.scopes:
        provided = ",".join(slack.scopes)
        raise Refused("missing_scope", needed="chat:write.customize", provided=provided)
    thread = call.text("thread_ts")
    if thread and slack.letters.find(room.id, thread) is None:
        raise Refused("thread_not_found")
    message = slack.letters.post(
        room,
        BOT_USER,
        text,
        blocks or [],
        thread=thread,
        parent=slack.letters.author(room.id, thread),
        attachments=call.parsed("attachments", "invalid_attachments") or [],
        metadata=call.parsed("metadata", "invalid_metadata_format"),
        rings_names=call.flag("link_names") or call.text("parse") == "full",
    )
    slack.echo(message)
    return {"channel": room.id, "ts": message.ts, "message": message.as_json()}


@method("chat.postEphemeral", f"{POSTING} user", scopes="chat:write")
async def post_ephemeral(slack: Slack, call: Call) -> JSON:
    named, user = call.need("channel", "channel_not_found"), call.need("user")
    if named in slack.workspace.users:
        raise Refused("channel_not_found")
    room = room_to_post_in(slack, named)
    if user not in room.members:
        raise Refused("user_not_in_channel")
    blocks = checked_blocks(slack, call)
    text = _words(call, blocks, LONGEST_TEXT)
    message = slack.letters.post(room, BOT_USER, text, blocks or [], only=user)
    return {"message_ts": message.ts}


def _own(slack: Slack, call: Call, error: str) -> Message:
    """The bot's own message at `channel` and `ts`."""
    room = slack.workspace.rooms.get(call.need("channel", "channel_not_found"))
    if room is None or (room.kind == "group" and BOT_USER not in room.members):
        raise Refused("channel_not_found")
    message = slack.letters.find(room.id, call.need("ts"))
    if message is None or message.deleted or message.ephemeral:
        raise Refused("message_not_found")
    if not message.by_bot:
        raise Refused(error)
    return message


@method(
    "chat.update",
    "channel ts text blocks attachments as_user file_ids link_names parse reply_broadcast"
    " metadata markdown_text",
    scopes="chat:write",
)
async def update(slack: Slack, call: Call) -> JSON:
    message = _own(slack, call, "cant_update_message")
    if message.room.archived:
        raise Refused("is_inactive")
    blocks = checked_blocks(slack, call)
    text = _words(call, blocks, LONGEST_CHANGED_TEXT)
    before = message.as_json()
    # Without blocks the old ones stay, unless there is text: text alone takes them away.
    kept = [] if call.text("text") else message.blocks
    if blocks is not None:
        kept = slack.completed(blocks)
    attachments = call.parsed("attachments", "invalid_attachments")
    message.attachments = attachments if attachments is not None else message.attachments
    message.rings_names = call.flag("link_names") or call.text("parse") == "full"
    message.change(text, kept, slack.workspace.ts())
    slack.echo(message, before)
    return {
        "channel": message.room.id,
        "ts": message.ts,
        "text": text,
        "message": message.as_json(),
    }


@method("chat.delete", "channel ts as_user", scopes="chat:write")
async def delete(slack: Slack, call: Call) -> JSON:
    message = _own(slack, call, "cant_delete_message")
    message.deleted = True
    return {"channel": message.room.id, "ts": message.ts}


@method("conversations.open", "channel users return_im prevent_creation", scopes="im:write")
async def conversations_open(slack: Slack, call: Call) -> JSON:
    space = slack.workspace
    if call.text("channel"):
        room = space.rooms.get(call.text("channel"))
        if room is None:
            raise Refused("channel_not_found")
        if room.kind != "im":
            raise Refused("method_not_supported_for_channel_type")
        return {"no_op": True, "already_open": True, "channel": {"id": room.id}}
    users = [name for name in call.text("users").split(",") if name]
    if not users:
        raise Refused("users_list_not_supplied")
    if len(users) > 1:
        raise Refused("missing_scope", needed="mpim:write", provided=",".join(slack.scopes))
    [user] = users
    if user not in space.users:
        raise Refused("user_not_found")
    if space.users[user].deleted:
        raise Refused("user_disabled")
    if space.users[user].is_bot:
        raise Refused("cannot_dm_bot")
    before = space.has_direct(user)
    room = space.direct(user)
    shown = room.as_json() if call.flag("return_im") else {"id": room.id}
    return {"no_op": before, "already_open": before, "channel": shown}


@method("conversations.info", "channel include_locale include_num_members")
async def conversations_info(slack: Slack, call: Call) -> JSON:
    room = slack.workspace.rooms.get(call.need("channel", "channel_not_found"))
    if room is None or (room.kind == "group" and BOT_USER not in room.members):
        raise Refused("channel_not_found")
    needed = {"channel": "channels:read", "group": "groups:read", "im": "im:read"}[room.kind]
    if needed not in slack.scopes:
        raise Refused("missing_scope", needed=needed, provided=",".join(slack.scopes))
    shown = room.as_json()
    if call.flag("include_num_members"):
        shown["num_members"] = len(room.members)
    return {"channel": shown}


def _person(slack: Slack, user: str, *, locale: bool) -> JSON:
    known = slack.workspace.users[user]
    return known.as_json(email="users:read.email" in slack.scopes, locale=locale)


@method("users.info", "user include_locale", scopes="users:read")
async def users_info(slack: Slack, call: Call) -> JSON:
    user = call.need("user", "user_not_found")
    if user not in slack.workspace.users:
        raise Refused("user_not_found")
    return {"user": _person(slack, user, locale=call.flag("include_locale"))}


@method("users.lookupByEmail", "email", scopes="users:read.email")
async def lookup_by_email(slack: Slack, call: Call) -> JSON:
    wanted = call.need("email", "users_not_found").casefold()
    for user in slack.workspace.users.values():
        if wanted and user.email.casefold() == wanted and not user.deleted and not user.stranger:
            return {"user": _person(slack, user.id, locale=False)}
    raise Refused("users_not_found")


@method("users.list", "cursor include_locale limit presence", scopes="users:read")
async def users_list(slack: Slack, call: Call) -> JSON:
    limit = call.whole("limit", 0)
    if not 0 <= limit <= 1000:
        raise Refused("invalid_limit")
    users = sorted(slack.workspace.users)
    start = 0
    if call.text("cursor"):
        try:
            start = int(base64.b64decode(call.text("cursor"), validate=True).decode()[5:])
        except ValueError:
            raise Refused("invalid_cursor") from None
    end = start + limit if limit else len(users)
    if not limit and len(users) > 5000:
        raise Refused("limit_required")
    following = base64.b64encode(f"user:{end}".encode()).decode() if end < len(users) else ""
    locale = call.flag("include_locale")
    return {
        "members": [_person(slack, user, locale=locale) for user in users[start:end]],
        "cache_ts": slack.workspace.seconds(),
        "response_metadata": {"next_cursor": following},
    }


@method("files.info", "file count cursor limit page", scopes="files:read")
async def files_info(slack: Slack, call: Call) -> JSON:
    file = slack.workspace.files.get(call.need("file", "file_not_found"))
    if file is None:
        raise Refused("file_not_found")
    if file.deleted:
        raise Refused("file_deleted")
    return {"file": file.as_json(), "comments": [], "response_metadata": {"next_cursor": ""}}
