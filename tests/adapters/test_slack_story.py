"""The whole house behind Slack: from the first word to the all-clear, as people see it there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from bot.app import House
from bot.people import Role
from bot.ports import SeededIds
from bot.roster import Roster
from bot.roster.entries import Entry
from storage import staff
from tests.adapters.slack_fake import Phone
from tests.adapters.slack_fake import Slack as Platform
from tests.adapters.slack_house import photo
from tests.databases import settings_for
from tests.scenarios.phones import TownClock, plain

DATABASES = ("sqlite",)


def entry(key: str, name: str, lead: str | None = None, role: Role | None = None) -> Entry:
    return Entry(
        line=1,
        key=key,
        name=name,
        language="en",
        time_zone="UTC",
        site="Harbour",
        team="Night",
        lead=lead,
        deputy=None,
        roles=frozenset({role} if role else ()),
        away=False,
        contacts=(("slack", f"U{key}"), ("email", f"{key.lower()}@example.org")),
    )


class Street:
    """A house, a workspace, and what must have happened by a moment."""

    def __init__(self, house: House, platform: Platform, phones: dict[str, Phone]) -> None:
        self.house = house
        self.platform = platform
        self.phones = phones

    async def until(self, true: Callable[[], object]) -> None:
        async with asyncio.timeout(10):
            while not true():
                await self.house.engine.come_due()
                await self.house.courier.drain()
                await asyncio.sleep(0.01)

    async def sees(self, phone: Phone, words: str) -> None:
        try:
            await self.until(lambda: any(words in plain(m.shown) for m in phone.received))
        except TimeoutError:
            shown = [plain(m.shown) for m in phone.received]
            raise AssertionError(f"{phone.id} does not see {words!r}: {shown}") from None


@pytest.fixture
async def street(database: str) -> AsyncIterator[Street]:
    clock = TownClock()
    async with Platform(clock=clock) as platform:
        phones = {
            name: platform.add_user(f"U{key}", real_name=name, email=f"{key.lower()}@example.org")
            for key, name in (("A", "Aiko"), ("L", "Lena"), ("M", "Mori"))
        }
        settings = settings_for(
            database,
            slack={
                "bot_token": platform.bot_token,
                "app_token": platform.app_token,
                "api_url": platform.api_url.rstrip("/"),
            },
        )
        house = House(settings, clock=clock, ids=SeededIds(1))
        async with house.store.write() as work:
            entries = (
                entry("M", "Mori", role=Role.SAFETY),
                entry("L", "Lena", "M"),
                entry("A", "Aiko", "L"),
            )
            keys = tuple(e.key for e in entries)
            await staff.take_over(
                work,
                Roster(entries=entries, added=keys, fields=frozenset({"contacts"})),
                leave=False,
            )
        await house.platforms["slack"].source.start()
        house._started = True
        await platform.sockets.connected(2)
        try:
            yield Street(house, platform, phones)
        finally:
            await house.platforms["slack"].source.stop()
            await house.platforms["slack"].close()
            house._started = False
            await house.stop()


async def test_a_report_from_the_modal_is_taken_by_the_lead(street: Street):
    aiko, lena = street.phones["Aiko"], street.phones["Lena"]
    await aiko.runs("/renraku report")
    await street.until(lambda: aiko.modal)
    assert aiko.modal
    await aiko.fills({"kind": "Fire", "place~own": "the roof <east>", "hurt": "Somebody is hurt"})
    await aiko.fills({"photo": aiko.file(photo())})
    await aiko.submits()
    assert aiko.troubles == []
    assert aiko.modal is None, aiko.modal.errors
    await street.sees(lena, "the roof <east>")
    await lena.taps("I take it")
    await street.sees(aiko, "Lena is taking care of your report")
    assert street.platform.troubles == []


async def test_a_roll_call_is_asked_and_answered(street: Street):
    mori, aiko = street.phones["Mori"], street.phones["Aiko"]
    await mori.runs("/renraku rollcall")
    await street.until(lambda: mori.modal)
    for _ in range(6):
        modal = mori.modal
        if modal is None:
            break
        wanted = {
            "drill": "Drill",
            "who": "Everyone",
            "words": "There was an earthquake. Are you safe?",
            "mode": "Everyone at once",
        }
        named = {b["block_id"] for b in modal.blocks if b["type"] == "input"}
        await mori.fills({n: v for n, v in wanted.items() if n in named})
        await mori.submits()
        assert modal.errors == {}
    await street.sees(aiko, "There was an earthquake")
    assert "DRILL" in aiko.last.shown
    await aiko.taps("I'm safe")
    await street.sees(aiko, "you are safe")
    await street.until(lambda: any("✓ I'm safe" in m.labels for m in aiko.received))
    # Where somebody has tapped, a card is drawn again without one of Slack's few changes.
    changed = {call.args["channel"] for call in street.platform.calls("chat.update")}
    assert aiko.direct.id not in changed


async def test_typed_words_are_enough(street: Street):
    aiko, lena = street.phones["Aiko"], street.phones["Lena"]
    await aiko.says("fire in building B")
    await street.sees(aiko, "Where?")
    await aiko.says("building B")
    await street.sees(aiko, "Is anyone hurt?")
    await aiko.taps("Nobody")
    await street.sees(lena, "building B")
    await aiko.opens_home()
    await street.until(lambda: aiko.id in street.platform.views.homes)
    assert aiko.home.words()
