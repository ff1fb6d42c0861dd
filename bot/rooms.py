"""Rooms: channels and groups of a platform in which many people are asked with one message.

Rules of the room:
- A roll call is posted in a room only if everybody who belongs there is asked. A call tree is
  never posted: its very point is that each person releases those below.
- Whoever is asked in a room as well gets their own question after those who are not, and none
  at all once they have answered.

>>> rooms = (Room("slack", "C1", "everyone"), Room("slack", "C2", "site:Osaka"))
>>> [room.id for room in asked_in(rooms, Scope.SITE, ("Osaka",), Mode.BROADCAST)]
['C2']
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.outcomes import ShowRoom
from bot.rollcalls import Mode, RollCall, Scope


@dataclass(frozen=True, slots=True)
class Room:
    """Where it is, and who is in it: `everyone`, `site:<name>` or `team:<name>`."""

    channel: str
    id: str
    members: str

    @property
    def noun(self) -> str:
        return self.members.partition(":")[0]

    @property
    def name(self) -> str:
        return self.members.partition(":")[2]


def asked_in(
    rooms: Iterable[Room], scope: Scope, target: tuple[str, ...], mode: Mode
) -> tuple[Room, ...]:
    """The rooms in which this is asked."""
    if mode is Mode.CASCADE:
        return ()
    return tuple(room for room in rooms if _all_asked(room, scope, target))


def _all_asked(room: Room, scope: Scope, target: tuple[str, ...]) -> bool:
    match scope:
        case Scope.EVERYONE:
            return True
        case Scope.SITE | Scope.TEAM:
            return room.noun == scope.value and room.name in target
        case _:
            return False


def of(rooms: Iterable[Room], roll_call: RollCall) -> tuple[Room, ...]:
    """The rooms in which a roll call is asked."""
    return asked_in(rooms, roll_call.scope, roll_call.target, roll_call.mode)


def posts(rooms: Iterable[Room], roll_call: RollCall) -> list[ShowRoom]:
    """The one message for each room."""
    return [
        ShowRoom(
            *(room.channel, room.id, "room", subject(roll_call), roll_call.about),
            args={"members": room.members},
        )
        for room in rooms
    ]


def subject(roll_call: RollCall) -> str:
    """What the posts in rooms are about. Other than the tally they change only when somebody has
    answered, and everybody in a room has one before their eyes."""
    return f"room:{roll_call.id}"


def sites_in(rooms: Iterable[Room]) -> tuple[str, ...]:
    """Sites whose people are asked in a room as well."""
    return tuple(room.name for room in rooms if room.noun == "site")


def teams_in(rooms: Iterable[Room]) -> tuple[str, ...]:
    """The same for teams."""
    return tuple(room.name for room in rooms if room.noun == "team")
