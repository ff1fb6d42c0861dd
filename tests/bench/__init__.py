"""Benchmarks: `make bench`, or `python -m tests.bench [--people N] [--only NAME] …`.

Rules of the room:
- Nothing is asserted: machines differ and are noisy. Each figure stands beside its target and,
  where there is one, beside the naive way of doing the same, measured in the same run.
- A benchmark is one file: a coroutine `run(stage) -> list[Figure]`, named in `__main__.BENCHES`.
  It runs in a process of its own, so that its memory is its own too.
- Everything happens on this machine, in temporary folders and throw-away databases, and ends by
  itself.

The naive ways are what many would write first: an object per row and a commit per event, and
a job per person in APScheduler's SQL job store. They are measured on fewer people and compared
by the time each one takes.
"""
