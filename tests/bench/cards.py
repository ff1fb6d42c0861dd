"""Drawing cards: how many check-ins a second, in five languages, and how long a tally takes."""

from __future__ import annotations

from bot.people import LANGUAGES
from bot.views import Reader, draw
from storage.look import asks
from tests.bench import stage as s
from tests.bench.figures import Figure, rate
from tests.bench.probes import Stopwatch
from tests.bench.stage import Stage

DRAWN = 10_000
AT_ONCE = 200


async def run(stage: Stage) -> list[Figure]:
    async with s.full_house(stage) as house:
        await s.call_everyone(house, stage.people)
        await s.spread(house)
        everyone = (await s.asked(house))[:DRAWN]
        drawn = seconds = 0.0
        for start in range(0, len(everyone), AT_ONCE):
            some = everyone[start : start + AT_ONCE]
            async with house.store.look() as look:
                await look.prefetch(asks=[a for a, _ in some], people=[p for _, p in some])
                people = {p: await look.person(p) for _, p in some}
                watch = Stopwatch()
                for ask, person_id in some:
                    person = people[person_id]
                    assert person is not None
                    reader = Reader(person, house.clock.now(), house.rules, house.texts)
                    assert await draw("checkin", look, f"ask:{ask}", reader, {})
                    drawn += 1
                seconds += watch.seconds
        async with house.store.look() as look:
            launcher = await look.person(1)
            about = (await look.ask(everyone[0][0])).about  # type: ignore[union-attr]
        assert launcher is not None
        tallies = 20
        watch = Stopwatch()
        for _ in range(tallies):
            async with house.store.look() as look:
                reader = Reader(launcher, house.clock.now(), house.rules, house.texts)
                assert await draw("tally", look, about, reader, {})
        tally = watch.seconds / tallies
        people = await s.count(house, asks)
    return [
        rate("check-ins drawn", drawn / seconds, note=f"{len(LANGUAGES)} languages"),
        Figure(f"a tally of {people:,}", tally * 1000, "ms"),
    ]
