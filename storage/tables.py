"""The tables.

Rules of the room:
- Times are kept as `instants` says.
- What waits has an indexed `due_at`, and only what waits.
- Small structures (arguments, answers, chains) are compact JSON text.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    false,
    text,
)
from sqlmodel import Field, SQLModel

from storage.instants import Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


Serial = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts by itself only in a column called INTEGER."""


def _serial() -> Any:
    return Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))


def _when(*, null: bool = True, index: bool = False) -> Any:
    return Field(default=None, sa_column=Column(Instant, nullable=null, index=index))


def _words(default: str = "") -> Any:
    return Field(default=default, sa_column=Column(Text, nullable=False, server_default=default))


def _no() -> Any:
    column = Column(Boolean, nullable=False, server_default=false())
    return Field(default=False, sa_column=column)


def _where(part: str) -> dict[str, Any]:
    """An index on part of a table. A query finds it if it says the same, written out."""
    return {"sqlite_where": text(part), "postgresql_where": text(part)}


class Table(SQLModel):
    """Common ground of all tables."""

    metadata = metadata


class PersonRow(Table, table=True):
    __tablename__ = "people"
    __table_args__ = (
        Index("ix_people_site", "site", "left_at"),
        Index("ix_people_team", "team", "left_at"),
        Index("ix_people_lead", "lead"),
        Index("ix_people_name", "name", "id"),
        Index("ix_people_roles", "roles", **_where("roles <> ''")),
    )

    id: int | None = _serial()
    key: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    name: str = _words()
    language: str = _words("en")
    time_zone: str = _words("UTC")
    site: str = _words()
    team: str = _words()
    lead: int | None = Field(default=None, sa_column=Column(BigInteger))
    deputy: int | None = Field(default=None, sa_column=Column(BigInteger))
    roles: str = _words()
    """Sorted, between spaces: " safety responder "."""
    away: bool = False
    left_at: datetime | None = _when()
    link_rev: int = 0
    sealed_key: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """The person's own key, wrapped by the master key; destroyed when they are removed."""


class ContactRow(Table, table=True):
    __tablename__ = "contacts"
    __table_args__ = (
        Index("uq_contacts_channel_digest", "channel", "digest", unique=True),
        Index("ix_contacts_person_rank", "person", "rank"),
    )

    id: int | None = _serial()
    person: int = Field(sa_column=Column(BigInteger, nullable=False))
    rank: int = 1
    channel: str = _words()
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    failing: str = _words()
    """Why the channel refuses this address for good; empty while it works."""
    own: bool = _no()
    """Linked by the person themself, not given by the staff list."""
    proven_at: datetime | None = _when()
    """When it last carried something either way."""
    shown: str = _words()
    """Whether those above may see the number: empty and `no` not, `list` by the staff list, `own`
    by the person's own word."""
    wrong_at: datetime | None = _when()
    """When somebody who called there found somebody else."""


class InviteRow(Table, table=True):
    """A one-time code that links a chat account to a person."""

    __tablename__ = "invites"

    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    person: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    channel: str = _words()
    expires_at: datetime = _when(null=False)
    used_at: datetime | None = _when()


class AskRow(Table, table=True):
    __tablename__ = "asks"
    __table_args__ = (
        Index("ix_asks_due", "kind", "drill", "due_at", **_where("due_at IS NOT NULL")),
        Index("ix_asks_about_tally", "about", "site", "team", "standing", "answer", "person"),
        Index("ix_asks_person_about", "person", "about"),
        Index("ix_asks_about_help", "about", "answered_at", **_where("answer = 'help'")),
        Index("ix_asks_about_releaser", "about", "releaser", **_where("standing = 'held'")),
        # Nobody ever stands here: whoever waits has a time to wait for. The watchman looks.
        Index(
            "ix_asks_lost", "id", **_where("due_at IS NULL AND standing IN ('asked', 'climbed')")
        ),
    )

    id: str = Field(sa_column=Column(Text, primary_key=True))
    kind: str = _words()
    about: str = _words()
    person: int = Field(sa_column=Column(BigInteger, nullable=False))
    chain: str = _words()
    """Person ids, separated by commas."""
    policy: str = _words()
    standing: str = _words()
    due_at: datetime | None = _when()
    rung: int = 0
    reminders: int = 0
    round: int = 1
    handed: bool = False
    answer: str = _words()
    answered_at: datetime | None = _when()
    answered_by: int | None = Field(default=None, sa_column=Column(BigInteger))
    tries: int = 0
    site: str = _words()
    team: str = _words()
    releaser: int | None = Field(default=None, sa_column=Column(BigInteger))
    drill: bool = _no()
    put_off: bool = _no()


class RollCallRow(Table, table=True):
    __tablename__ = "rollcalls"

    id: str = Field(sa_column=Column(Text, primary_key=True))
    words: str = _words()
    scope: str = _words()
    target: str = _words("[]")
    mode: str = _words()
    drill: bool = False
    policy: str = _words()
    launched_by: int = Field(sa_column=Column(BigInteger, nullable=False))
    launched_at: datetime = _when(null=False, index=True)
    state: str = Field(sa_column=Column(Text, nullable=False, index=True))
    incident: str = _words()
    expected: int = 0
    cursor: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    due_at: datetime | None = _when(index=True)
    ended_at: datetime | None = _when()
    ended_by: int | None = Field(default=None, sa_column=Column(BigInteger))
    ending: str = _words()
    late_until: datetime | None = _when()


class IncidentRow(Table, table=True):
    __tablename__ = "incidents"

    id: str = Field(sa_column=Column(Text, primary_key=True))
    kind: str = _words()
    severity: str = _words()
    reporter: int = Field(sa_column=Column(BigInteger, nullable=False))
    reported_at: datetime = _when(null=False, index=True)
    place: str = _words()
    site: str = _words()
    hurt: str = _words()
    details: str = _words()
    photos: str = _words("[]")
    state: str = Field(sa_column=Column(Text, nullable=False, index=True))
    taken_by: int | None = Field(default=None, sa_column=Column(BigInteger, index=True))
    taken_at: datetime | None = _when()
    ended_by: int | None = Field(default=None, sa_column=Column(BigInteger))
    ended_at: datetime | None = _when()
    reason: str = _words()


class NoteRow(Table, table=True):
    __tablename__ = "notes"
    __table_args__ = (Index("ix_notes_about_at", "about", "at"),)

    id: str = Field(sa_column=Column(Text, primary_key=True))
    about: str = _words()
    at: datetime = _when(null=False)
    by: int | None = Field(default=None, sa_column=Column(BigInteger))
    key: str = _words()
    text: str = _words()
    args: str = _words("{}")
    photo: str = _words()


class DraftRow(Table, table=True):
    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_person_updated_at", "person", "updated_at"),)

    id: str = Field(sa_column=Column(Text, primary_key=True))
    person: int = Field(sa_column=Column(BigInteger, nullable=False))
    form: str = _words()
    answers: str = _words("{}")
    about: str = _words()
    sent: str = _words()
    updated_at: datetime | None = _when()
    due_at: datetime | None = _when(index=True)
    nudged: bool = False
    done: bool = False


class PhotoRow(Table, table=True):
    __tablename__ = "photos"

    id: str = Field(sa_column=Column(Text, primary_key=True))
    person: int = Field(sa_column=Column(BigInteger, nullable=False))
    about: str = _words()
    picture: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    at: datetime = _when(null=False)


class WorklistRow(Table, table=True):
    """Who has been given which silent person to look after."""

    __tablename__ = "worklists"

    about: str = Field(sa_column=Column(Text, primary_key=True))
    person: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    ask: str = Field(sa_column=Column(Text, primary_key=True))


class PostRow(Table, table=True):
    """A card as posted: what it shows and where it can be found again."""

    __tablename__ = "posts"
    __table_args__ = (
        Index("ix_posts_person_channel_id", "person", "channel", "id"),
        Index("ix_posts_person_mark_id", "person", "mark", "id"),
        Index("ix_posts_person_touched", "person", "touched"),
        Index("ix_posts_subject", "subject"),
        Index(*("ix_posts_about", "about", "view", "channel", "person", "delivered_at", "seen_at")),
    )

    id: int | None = _serial()
    person: int = Field(sa_column=Column(BigInteger, nullable=False))
    contact: int = Field(sa_column=Column(BigInteger, nullable=False))
    channel: str = _words()
    room: str = _words()
    """A channel or group of the platform, where it is not one person's; `person` is 0 then."""
    view: str = _words()
    subject: str = _words()
    about: str = _words()
    args: str = _words("{}")
    reference: str = _words()
    mark: str = _words()
    """Posts of one person with the same mark are the same card, posted again; empty for none."""
    posted_at: datetime = _when(null=False)
    touched: datetime = _when(null=False)
    """When something it shows last changed; live channels look here."""
    delivered_at: datetime | None = _when()
    seen_at: datetime | None = _when()
    """When it was opened; an answer is something else."""
    tried: str = _words()
    """The contacts that would not take it before, by id."""


class OutboxRow(Table, table=True):
    """A card that must still be sent, or drawn again where it was posted."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_channel_priority_id", "channel", "priority", "id"),
        Index("ix_outbox_about", "about"),
        Index("ix_outbox_claimed", "subject", **_where("claimed_by <> ''")),
        Index("uq_outbox_merge", "merge", unique=True),
    )

    id: int | None = _serial()
    priority: int = 3
    person: int = Field(sa_column=Column(BigInteger, nullable=False))
    contact: int = Field(sa_column=Column(BigInteger, nullable=False))
    channel: str = _words()
    room: str = _words()
    """As in a post."""
    view: str = _words()
    subject: str = _words()
    about: str = _words()
    args: str = _words("{}")
    post: int | None = Field(default=None, sa_column=Column(BigInteger))
    """The post to draw again; empty for a new one."""
    unless_settled: bool = False
    merge: str | None = Field(default=None, sa_column=Column(Text))
    """While unclaimed, a second row with the same mark is merged into it."""
    attempts: int = 0
    ready_at: datetime = _when(null=False)
    """Not before; while claimed, when the claim runs out."""
    claimed_by: str = _words()
    again: bool = False
    """What it shows changed while it was on its way: draw it again once it has arrived."""
    created_at: datetime = _when(null=False)
    tried: str = _words()
    """As in a post."""


class LaneRow(Table, table=True):
    """The pace of one channel's token, shared by all replicas."""

    __tablename__ = "lanes"

    channel: str = Field(sa_column=Column(Text, primary_key=True))
    tokens: float = 0.0
    rate: float = 0.0
    updated_at: datetime = _when(null=False)
    blocked_until: datetime | None = _when()
    closed: str = _words()
    """Why the whole channel is out of order; empty while it works."""


class JournalRow(Table, table=True):
    """What happened, chained by hash, one chain a writer."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("uq_journal_event", "event", unique=True),
        Index("ix_journal_about", "about"),
        Index("ix_journal_at", "at"),
    )

    writer: str = Field(sa_column=Column(Text, primary_key=True))
    seq: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    at: datetime = _when(null=False)
    event: str | None = Field(default=None, sa_column=Column(Text))
    kind: str = _words()
    about: str = _words()
    person: int | None = Field(default=None, sa_column=Column(BigInteger))
    behalf: int | None = Field(default=None, sa_column=Column(BigInteger))
    data: str = _words("{}")
    reply: str = _words()
    hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class WriterRow(Table, table=True):
    """The head of each writer's chain, and when it was last alive."""

    __tablename__ = "writers"

    name: str = Field(sa_column=Column(Text, primary_key=True))
    seq: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    alive_at: datetime | None = _when()


class MetaRow(Table, table=True):
    """Single facts: the tree's revision, the master key's mark."""

    __tablename__ = "facts"

    name: str = Field(sa_column=Column(Text, primary_key=True))
    value: str = _words()
