"""The naive clock: a job per person in APScheduler's SQL job store.

Rules of the room:
- It is given its best chance: jobs fall due together, no misfire is counted, one process.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.engine import make_url

from tests.bench.probes import Stall, Stopwatch
from tests.bench.stage import Stage

fired = 0


async def remind(person: int) -> None:
    """What each job does: count."""
    global fired
    fired += 1


def _store(stage: Stage) -> Any:
    if stage.sqlite:
        return SQLAlchemyJobStore(url=f"sqlite:///{stage.folder}/jobs.db")
    raise LookupError


def scheduler(stage: Stage) -> AsyncIOScheduler:
    """A scheduler with a job store beside the benchmark's own database."""
    return AsyncIOScheduler(
        jobstores={"default": _store(stage)},
        executors={"default": AsyncIOExecutor()},
        job_defaults={"misfire_grace_time": None, "coalesce": True},
        timezone=UTC,
    )
