"""The naive clock: a job per person in APScheduler's SQL job store.

Rules of the room:
- It is given its best chance: everything in one process, no job counts as missed.
- The job store speaks to a database file of its own in either case: it knows no asyncpg.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from tests.bench.probes import Stall, Stopwatch
from tests.bench.stage import Stage

FAR = timedelta(hours=1)
_fired = 0


async def remind(person: int) -> None:
    """What each job does: it is counted."""
    global _fired
    _fired += 1


def _scheduler(stage: Stage) -> Any:
    return AsyncIOScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=f"sqlite:///{stage.folder}/jobs.db")},
        executors={"default": AsyncIOExecutor()},
        job_defaults={"misfire_grace_time": None, "coalesce": True},
        timezone=UTC,
    )


def _add(scheduler: Any, jobs: int, when: datetime) -> None:
    for person in range(jobs):
        scheduler.add_job(remind, DateTrigger(when), args=[person], id=f"remind-{person}")


def add_jobs(stage: Stage, jobs: int) -> float:
    """Seconds it takes to add a job each for `jobs` people."""
    scheduler = _scheduler(stage)
    scheduler.start(paused=True)
    watch = Stopwatch()
    _add(scheduler, jobs, datetime.now(UTC) + FAR)
    seconds = watch.seconds
    scheduler.remove_all_jobs()
    scheduler.shutdown(wait=False)
    return seconds


async def fire_jobs(stage: Stage, jobs: int) -> tuple[float, float]:
    """Seconds until `jobs` jobs that fall due together have run, and the worst stall in ms."""
    global _fired
    _fired = 0
    scheduler = _scheduler(stage)
    scheduler.start(paused=True)
    _add(scheduler, jobs, datetime.now(UTC))
    async with Stall() as stall:
        watch = Stopwatch()
        scheduler.resume()
        async with asyncio.timeout(120):
            while _fired < jobs:
                await asyncio.sleep(0.01)
        seconds = watch.seconds
    scheduler.shutdown(wait=False)
    return seconds, stall.worst
