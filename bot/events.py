"""What can happen, in words no platform owns.

Rules of the room:
- An adapter turns each payload into one of these and gives it to `engine.handle`.
- `id` is the platform's own id of the happening, prefixed by its channel. A repeat carries the
  same id and is answered as before without being done twice.
- `sender` says through which contact it came; who that is, the engine finds out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Sender:
    """A channel and the address it was written from; never logged."""

    channel: str
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button was tapped. `post` is the id of the card as posted, where it is known."""

    id: str
    sender: Sender
    button: str
    post: int | None = None
    page: bool = False
    """A form this opens is shown as a page (see `bot.door.Door.page`): no question is sent as a
    card."""


@dataclass(frozen=True, slots=True)
class Wrote:
    """Somebody typed a line."""

    id: str
    sender: Sender
    text: str = field(repr=False)
    page: bool = False
    """As with a tap: a form this opens is shown as a page."""


@dataclass(frozen=True, slots=True)
class Attached:
    """Somebody handed over a picture, already checked and made small by the adapter. Words that
    came with it are a `Wrote` of their own, before it: they are safe whatever becomes of it."""

    id: str
    sender: Sender
    picture: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A whole page of a form at once."""

    id: str
    sender: Sender
    form: str
    answers: Mapping[str, str] = field(repr=False)
    about: str = ""
    """`draft:<id>` for a page that was shown; else what a fresh form is about."""
    page: bool = False
    """What is still to be asked is shown as a page: no question is sent as a card."""


@dataclass(frozen=True, slots=True)
class Edited:
    """Somebody changed what they had written under the event id `message`; `None`: took it back."""

    id: str
    sender: Sender
    message: str
    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Introduced:
    """An address nobody knew says who it belongs to: by a one-time code, or by an e-mail address
    the platform vouches for. `language` and `time_zone` are what the platform knows of them."""

    id: str
    sender: Sender
    code: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    language: str = ""
    time_zone: str = ""
    quiet: bool = False
    """Found in the platform's directory, not by their own doing: nobody is told, and whoever has
    unlinked this account before stays unlinked."""


@dataclass(frozen=True, slots=True)
class Departed:
    """The platform says that this address works no more, or works again where `back`.

    `why` is a short code: `blocked`, `deactivated`.
    """

    id: str
    sender: Sender
    why: str
    back: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """Somebody shared where they are, in degrees."""

    id: str
    sender: Sender
    latitude: float = field(repr=False)
    longitude: float = field(repr=False)


@dataclass(frozen=True, slots=True)
class CameDue:
    """The clock reached `due_at` of something that waits: `what` is `ask`, `draft`, `rollcall`."""

    what: str
    id: str
    due_at: datetime

    @property
    def event_id(self) -> str:
        return f"due:{self.what}:{self.id}:{self.due_at.isoformat()}"


@dataclass(frozen=True, slots=True)
class Delivered:
    """The platform took a card: outbox row `row`, under `reference`."""

    row: int
    reference: str = ""


class Failure(StrEnum):
    """The three kinds of failure a channel knows."""

    TEMPORARY = "temporary"
    PACED = "paced"
    PERMANENT = "permanent"


@dataclass(frozen=True, slots=True)
class Undelivered:
    """The platform will never take this card for this contact; `why` is a short code."""

    row: int
    why: str


FromPeople = Tapped | Wrote | Attached | Submitted | Edited | Located | Introduced | Departed
Event = FromPeople | CameDue | Delivered | Undelivered
