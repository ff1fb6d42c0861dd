"""A whole emergency in one process, for its memory: the list is imported, everyone is asked by
the running courier and clock, half of them answer, the rest come due, the all-clear goes out.
"""

from __future__ import annotations

import asyncio

from bot.events import Sender, Submitted, Tapped
from bot.roster import check
from bot.roster.sheets import read
from storage import staff
from storage.look import asks, outbox, roll_calls
from tests.bench import stage as s
from tests.bench.due import PATIENCE
from tests.bench.figures import Figure
from tests.bench.probes import Letterbox, Stall, Stopwatch, forget_peak, peak_memory
from tests.bench.staff import sheet
from tests.bench.stage import Stage

CLIENTS = 100


async def run(stage: Stage) -> list[Figure]:
    async with s.empty_house(stage, Letterbox()) as house:
        roster = check(read(sheet(stage.people), "staff.csv"), {}, {"web"})
        async with house.store.write() as work:
            await staff.take_over(work, roster, leave=False)
        del roster
        importing = peak_memory()
        forget_peak()
        watch = Stopwatch()
        async with Stall() as stall:
            await house.start()
            await s.call_everyone(house, stage.people)
            await s.until(lambda: s.launched(house), 600)
            asked = watch.seconds

            async def idle() -> bool:
                return await s.count(house, outbox, outbox.c.ready_at <= house.clock.now()) == 0

            await s.until(idle, 600)
            carried = watch.seconds
            everyone = iter((await s.asked(house))[::2])

            async def client() -> None:
                for ask, person in everyone:
                    tap = Tapped(f"web:{ask}", Sender("web", str(person)), f"ask:{ask}:safe")
                    await house.engine.handle(tap)

            await asyncio.gather(*(client() for _ in range(CLIENTS)))
            s.forward(house, PATIENCE)
            due = house.clock.now()

            async def decided() -> bool:
                return await s.count(house, asks, asks.c.due_at <= due) == 0

            await s.until(decided, 600)
            async with house.store.look() as look:
                about = (await look.running())[0].about
            clear = {"words": "All clear."}
            end = Submitted("bench:clear", Sender("person", "1"), "allclear", clear, about)
            said = await house.engine.handle(end)
            assert not said.problem, said.text
            assert await s.count(house, roll_calls, roll_calls.c.state == "closed") == 1
            await s.until(idle, 600)
            ended = watch.seconds
        running = peak_memory()
    return [
        Figure("memory at most", max(importing, running), "MB", 400),
        Figure("memory while importing", importing, "MB"),
        Figure("memory from launch to all-clear", running, "MB"),
        Figure("everyone asked, the courier running", asked, "s"),
        Figure("everyone's card delivered", carried, "s"),
        Figure("until the last all-clear has arrived", ended, "s"),
        Figure("worst stall of the loop", stall.worst, "ms"),
        Figure("p99.9 stall of the loop", stall.p(0.999), "ms"),
    ]
