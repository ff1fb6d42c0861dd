"""From Slack's payloads to what happened, in this adapter's few words; pure.

Rules of the room:
- Every happening has an id that is the same when Slack sends it again: messages are named by
  conversation and time, other events by Slack's event id, taps by where and when, views and
  commands by the trigger that each press has of its own.
- What a bot says, and what concerns nobody, is `Nothing`, decided here without asking anybody.
- A payload of an unknown shape is `Nothing` as well, and never an exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.slack.given import CHANNEL
from adapters.slack.plain import opened, unescaped

Payload = Mapping[str, Any]

LONGEST = 20_000
"""Characters of a message that are looked at; the house cuts shorter."""
MOST_FILES = 10
SPOKEN = frozenset({"", "file_share", "me_message", "thread_broadcast"})
"""Kinds of messages somebody wrote."""


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody wrote to the bot, or mentioned it in a channel."""

    id: str
    user: str = field(repr=False)
    text: str = field(repr=False)
    files: tuple[Payload, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody changed what they had written, or took it back."""

    id: str
    user: str = field(repr=False)
    message: str
    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody opened the home page."""

    id: str
    user: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Account:
    """An account came, went or changed."""

    id: str
    user: str = field(repr=False)
    profile: Payload = field(repr=False)
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Revoked:
    """The app has been thrown out."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A button was tapped: in a message (`reference`), or on the home page."""

    id: str
    user: str = field(repr=False)
    button: str
    reference: str = ""
    trigger: str = field(default="", repr=False)
    url: str = field(default="", repr=False)
    """Where it can be answered."""
    home: bool = False


@dataclass(frozen=True, slots=True)
class Handed:
    """A modal was handed in."""

    id: str
    user: str = field(repr=False)
    view: Payload = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody chose a shortcut; `text` is the message it was about."""

    id: str
    user: str = field(repr=False)
    shortcut: str
    trigger: str = field(repr=False)
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Command:
    """The slash command, with what was typed behind it."""

    id: str
    user: str = field(repr=False)
    text: str = field(repr=False)
    trigger: str = field(repr=False)
    here: bool = False
    """It was typed in the conversation with the bot itself."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No concern of ours; `why` is a short code for the log."""

    why: str
    id: str = ""


Happening = Said | Changed | Looked | Account | Revoked | Tap | Handed | Wanted | Command | Nothing


def read(payload: Payload) -> Happening:
    """What a payload says."""
    try:
        return _read(payload)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError):
        return Nothing("unknown-shape")


def _read(payload: Payload) -> Happening:
    match payload.get("type"):
        case "event_callback":
            return _event(payload, payload["event"])
        case "block_actions":
            return _tap(payload)
        case "view_submission":
            return _handed(payload)
        case "shortcut" | "message_action":
            return _wanted(payload)
        case None if "command" in payload:
            return Command(
                f"{CHANNEL}:command:{payload['trigger_id']}",
                _user(payload["user_id"]),
                unescaped(str(payload.get("text") or ""))[:LONGEST],
                str(payload["trigger_id"]),
                here=str(payload.get("channel_id", "")).startswith("D"),
            )
    return Nothing(str(payload.get("type"))[:40])


def _user(given: Any) -> str:
    user = str(given)
    if not user.isalnum():
        raise ValueError("no user id")
    return user


def _message(room: Any, ts: Any) -> str:
    return f"{CHANNEL}:{room}:{ts}"


def _event(payload: Payload, event: Payload) -> Happening:
    kind = event["type"]
    known = f"{CHANNEL}:{payload['event_id']}"
    match kind:
        case "message" if event.get("channel_type") == "im":
            return _direct(known, event)
        case "app_mention":
            if event.get("bot_id") or not event.get("user"):
                return Nothing("bot")
            room = _message(event["channel"], event["ts"])
            said = _without_mention(str(event.get("text") or ""))
            return Said(room, _user(event["user"]), opened(said)[:LONGEST], _files(event))
        case "app_home_opened" if event.get("tab") == "home":
            return Looked(known, _user(event["user"]))
        case "user_change" | "team_join":
            profile = event["user"]
            return Account(known, _user(profile["id"]), profile, joined=kind == "team_join")
        case "app_uninstalled":
            return Revoked(known, "app_uninstalled")
        case "tokens_revoked" if event.get("tokens", {}).get("bot"):
            return Revoked(known, "token_revoked")
    return Nothing(str(kind)[:40])


def _direct(known: str, event: Payload) -> Happening:
    """A message in the conversation with the bot; most are what the bot itself wrote."""
    subtype = event.get("subtype") or ""
    if subtype in ("message_changed", "message_deleted"):
        return _changed(known, event, gone=subtype == "message_deleted")
    if event.get("bot_id") or subtype not in SPOKEN or not event.get("user"):
        return Nothing("bot" if event.get("bot_id") else "subtype")
    return Said(
        _message(event["channel"], event["ts"]),
        _user(event["user"]),
        opened(str(event.get("text") or ""))[:LONGEST],
        _files(event),
    )


def _changed(known: str, event: Payload, *, gone: bool) -> Happening:
    before = event.get("previous_message") or {}
    after = {} if gone else event["message"]
    of = before or after
    if of.get("bot_id") or not of.get("user"):
        return Nothing("bot")
    ts = event.get("deleted_ts") or of["ts"]
    named = _message(event["channel"], ts)
    if gone or after.get("subtype") == "tombstone":
        return Changed(known, _user(of["user"]), named, None)
    if before and before.get("text") == after.get("text"):
        # A preview of a link was added, or a reply in a thread: nobody changed a word.
        return Nothing("same-words")
    return Changed(known, _user(of["user"]), named, opened(str(after.get("text") or ""))[:LONGEST])


def _without_mention(text: str) -> str:
    """What was said to the bot, without its name in front."""
    stripped = text.strip()
    if stripped.startswith("<@"):
        stripped = stripped.partition(">")[2]
    return stripped.strip(" \t\n:,、，")


def _files(event: Payload) -> tuple[Payload, ...]:
    return tuple(f for f in event.get("files") or () if isinstance(f, dict))[:MOST_FILES]


def _tap(payload: Payload) -> Happening:
    action = payload["actions"][0]
    if action.get("type") != "button":
        return Nothing("no-button")
    user, container = payload["user"]["id"], payload["container"]
    if container["type"] == "message":
        reference = f"{container['channel_id']}:{container['message_ts']}"
    else:
        reference = ""
    where = reference or container["view_id"]
    view = payload.get("view") or {}
    return Tap(
        f"{CHANNEL}:tap:{where}:{action['action_ts']}:{user}",
        _user(user),
        str(action.get("value") or ""),
        "" if container.get("is_ephemeral") else reference,
        str(payload.get("trigger_id") or ""),
        str(payload.get("response_url") or ""),
        home=view.get("type") == "home",
    )


def _handed(payload: Payload) -> Happening:
    view, user = payload["view"], payload["user"]["id"]
    # Its hash alone would not do: a view that was refused is handed in again under the same one.
    press = payload.get("trigger_id") or ""
    return Handed(f"{CHANNEL}:view:{view['id']}:{view.get('hash', '')}:{press}", _user(user), view)


def _wanted(payload: Payload) -> Happening:
    message = payload.get("message") or {}
    trigger = payload["trigger_id"]
    return Wanted(
        f"{CHANNEL}:shortcut:{payload.get('action_ts', '')}:{trigger}",
        _user(payload["user"]["id"]),
        str(payload["callback_id"]),
        str(trigger),
        opened(str(message.get("text") or ""))[:LONGEST],
    )
