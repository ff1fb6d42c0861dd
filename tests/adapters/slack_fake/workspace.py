"""The workspace: its people, rooms and files, and the ids and timestamps it hands out.

Rules of the room:
- Nothing here knows the network. What an app may see of a user depends on its scopes.
- A direct message room begins with the first message to somebody and stays theirs.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from .clock import Clock

TEAM = "T0RENRAKU"
DOMAIN = "example-town"
APP = "A0RENRAKU"
BOT_USER = "U0RENRAKU"
BOT = "B0RENRAKU"
VERIFICATION = "verification-token-of-the-fake"

JSON = dict[str, Any]


@dataclass(slots=True)
class User:
    """Somebody with an account; `stranger` comes from another organisation's workspace."""

    id: str
    name: str
    real_name: str
    email: str = ""
    tz: str = "Asia/Tokyo"
    tz_offset: int = 32400
    locale: str = "en-US"
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    stranger: bool = False
    team_id: str = TEAM
    updated: int = 0

    def as_json(self, *, email: bool, locale: bool) -> JSON:
        """As `users.info` shows them."""
        profile: JSON = {
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "title": "",
            "phone": "",
            "skype": "",
            "status_text": "",
            "status_emoji": "",
            "status_expiration": 0,
            "avatar_hash": "g0",
            "image_72": "https://files.example/avatar-72.png",
            "team": self.team_id,
        }
        if email and self.email and not self.is_bot:
            profile["email"] = self.email
        shown: JSON = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "profile": profile,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": self.updated,
        }
        if not self.deleted:
            shown |= {
                "color": "9f69e7",
                "real_name": self.real_name,
                "tz": self.tz,
                "tz_label": self.tz,
                "tz_offset": self.tz_offset,
                "is_admin": False,
                "is_owner": False,
                "is_primary_owner": False,
                "is_restricted": self.is_restricted,
                "is_ultra_restricted": self.is_ultra_restricted,
                "is_email_confirmed": True,
                "who_can_share_contact_card": "EVERYONE",
            }
        if self.stranger:
            shown["is_stranger"] = True
        if locale:
            shown["locale"] = self.locale
        return shown


@dataclass(slots=True)
class Room:
    """A channel, a private group or a direct message; `kind` is `channel`, `group` or `im`."""

    id: str
    kind: str
    name: str = ""
    members: set[str] = field(default_factory=set)
    archived: bool = False
    user: str = ""
    """The other side of a direct message."""
    created: int = 0

    def as_json(self) -> JSON:
        if self.kind == "im":
            return {
                "id": self.id,
                "created": self.created,
                "is_archived": self.archived,
                "is_im": True,
                "is_org_shared": False,
                "user": self.user,
                "context_team_id": TEAM,
                "is_user_deleted": False,
                "priority": 0,
            }
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_im": False,
            "is_mpim": False,
            "is_private": self.kind == "group",
            "created": self.created,
            "is_archived": self.archived,
            "is_general": False,
            "is_shared": False,
            "is_ext_shared": False,
            "is_org_shared": False,
            "is_member": BOT_USER in self.members,
            "creator": "U0ADMIN",
            "context_team_id": TEAM,
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }


@dataclass(slots=True)
class File:
    """Something uploaded."""

    id: str
    name: str
    mimetype: str
    user: str
    data: bytes = field(repr=False)
    created: int = 0
    deleted: bool = False
    url: str = ""
    """Where it can be downloaded, with the bot's token."""

    def as_json(self) -> JSON:
        kind = self.name.rpartition(".")[2].lower()
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.name,
            "mimetype": self.mimetype,
            "filetype": kind,
            "pretty_type": kind.upper(),
            "user": self.user,
            "user_team": TEAM,
            "editable": False,
            "size": len(self.data),
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": False,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": self.url,
            "url_private_download": f"{self.url}?download=1",
            "media_display_type": "unknown",
            "permalink": f"https://{DOMAIN}.slack.example/files/{self.user}/{self.id}",
            "is_starred": False,
            "has_rich_preview": False,
            "file_access": "visible",
        }


class Workspace:
    """Who and what there is, by id."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.users: dict[str, User] = {}
        self.rooms: dict[str, Room] = {}
        self.files: dict[str, File] = {}
        self._direct: dict[str, Room] = {}
        self._channels: list[Room] = []
        self._numbers = itertools.count(1)
        self._last = 0
        self.users[BOT_USER] = User(BOT_USER, "renraku", "Renraku", is_bot=True)

    def seconds(self) -> int:
        return int(self.clock.now().timestamp())

    def ts(self) -> str:
        """A timestamp in microseconds that nobody else has."""
        self._last = max(int(self.clock.now().timestamp() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def new(self, letter: str) -> str:
        """A new id, such as `D00000012`."""
        return f"{letter}{next(self._numbers):08X}"

    def add_user(self, id: str = "", **known: Any) -> User:  # noqa: A002
        id = id or self.new("U")  # noqa: A001
        known.setdefault("name", id.lower())
        known.setdefault("real_name", str(known["name"]).title())
        self.users[id] = User(id, updated=self.seconds(), **known)
        return self.users[id]

    def add_room(
        self,
        id: str,  # noqa: A002
        *,
        name: str,
        private: bool = False,
        bot: bool = True,
    ) -> Room:
        room = Room(id, "group" if private else "channel", name, created=self.seconds())
        if bot:
            room.members.add(BOT_USER)
        self.rooms[id] = room
        self._channels.append(room)
        return room

    def add_file(self, user: str, data: bytes, name: str, mimetype: str, base: str) -> File:
        id = self.new("F")  # noqa: A001
        url = f"{base}files-pri/{TEAM}-{id}/{name}"
        self.files[id] = File(id, name, mimetype, user, data, self.seconds(), url=url)
        return self.files[id]

    def direct(self, user: str) -> Room:
        """The direct message room of the bot and somebody; opened if there is none."""
        if user not in self._direct:
            room = Room(self.new("D"), "im", "directmessage", {user, BOT_USER}, user=user)
            room.created = self.seconds()
            self._direct[user] = self.rooms[room.id] = room
        return self._direct[user]

    def rooms_of(self, user: str) -> list[Room]:
        """Every room somebody sees."""
        rooms = [room for room in self._channels if user in room.members]
        return rooms + ([self._direct[user]] if user in self._direct else [])

    def has_direct(self, user: str) -> bool:
        return user in self._direct
