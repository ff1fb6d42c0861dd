"""One benchmark in a process of its own: reads its stage as JSON, prints its figures as JSON."""

from __future__ import annotations

import asyncio
import cProfile
import importlib
import json
import logging
import pstats
import sys

import structlog

from tests.bench.figures import Figure
from tests.bench.probes import peak_memory
from tests.bench.stage import Stage


def main() -> None:
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    name, stage, profile = json.loads(sys.argv[1])
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    bench = importlib.import_module(f"tests.bench.{name}")
    profiler = cProfile.Profile() if profile else None
    if profiler:
        profiler.enable()
    figures: list[Figure] = asyncio.run(bench.run(Stage(**stage)))
    if profiler:
        profiler.disable()
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(45)
    figures.append(Figure("memory of this benchmark", peak_memory(), "MB"))
    print(json.dumps([f.as_json() for f in figures]))


if __name__ == "__main__":
    main()
