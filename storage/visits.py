"""The tables of the board: links that sign people in, and the browsers that are signed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, LargeBinary, Text
from sqlmodel import Field

from storage.instants import Instant
from storage.tables import Table


class SignInRow(Table, table=True):
    """A link to the board that was handed out. Its secret half is kept nowhere."""

    __tablename__ = "signins"

    id: str = Field(sa_column=Column(Text, primary_key=True))
    person: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    expires_at: datetime = Field(sa_column=Column(Instant, nullable=False, index=True))
    used_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    link_rev: int = 0


class SessionRow(Table, table=True):
    """A browser that is signed in to the board."""

    __tablename__ = "sessions"

    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    person: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    link_rev: int = 0
    opened_at: datetime = Field(sa_column=Column(Instant, nullable=False, index=True))
    used_at: datetime = Field(sa_column=Column(Instant, nullable=False))
