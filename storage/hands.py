"""The table of people to be called.

Rules of the room:
- As in `tables`, of which this is a part of its own.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Integer, Text
from sqlmodel import Field

from storage.instants import Instant
from storage.tables import Table, _where


class CallRow(Table, table=True):
    """A silent person whom people are to call: among whom a caller is looked for, who has them."""

    __tablename__ = "calls"
    __table_args__ = (
        Index("ix_calls_about_pool", "about", "pool", "ready_at", **_where("caller IS NULL")),
        Index("ix_calls_caller", "caller", **_where("caller IS NOT NULL")),
        Index("ix_calls_handout", "handout"),
    )

    ask: str = Field(sa_column=Column(Text, primary_key=True))
    about: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    pool: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    caller: int | None = Field(default=None, sa_column=Column(BigInteger))
    handout: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    turn: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    ready_at: datetime = Field(sa_column=Column(Instant, nullable=False))
