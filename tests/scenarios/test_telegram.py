"""An emergency on Telegram, from the invitation to the all-clear, with nothing made up but people.

The house is whole and runs on real time; the platform is `FakeTelegram` on loopback.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from unittest.mock import patch

from PIL import Image
from structlog.testing import capture_logs

from adapters.telegram import channel
from bot.app import House
from storage import newcomers, staff
from tests.adapters.telegram_fake import FakeTelegram, Published
from tests.adapters.telegram_phones import Phone, Shown
from tests.databases import settings_for
from tests.scenarios.folk import folk, roster

DATABASES = ("sqlite",)
FASTER = 20
PRIVATE = channel.PRIVATE

PEOPLE = """
Mori: safety @HQ none
  Aiko: @Osaka none
  Kenji: @Osaka ja none
"""


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), "red").save(out, "PNG")
    return out.getvalue()


@dataclass
class Scene:
    fake: FakeTelegram
    house: House
    phones: dict[str, Phone]

    async def until(self, true: Callable[[], object], within: float = 30.0) -> None:
        try:
            async with asyncio.timeout(within):
                while not true():
                    await asyncio.sleep(0.01)
        except TimeoutError:
            shown = {name: phone.texts for name, phone in self.phones.items()}
            raise AssertionError(f"it never came; the phones show {shown}") from None

    async def hears(self, name: str, *words: str) -> Shown:
        """The newest message that says all of this, once it is there."""
        phone = self.phones[name]

        def found() -> Shown | None:
            fitting = (m for m in reversed(phone.messages) if all(w in m.text for w in words))
            return next(fitting, None)

        await self.until(found)
        message = found()
        assert message is not None
        return message

    async def told(self, name: str, words: str) -> None:
        await self.until(lambda: [t for t in self.phones[name].toasts if words in t.text])


@asynccontextmanager
async def scene(database: str) -> AsyncIterator[Scene]:
    async with FakeTelegram() as fake:
        # Telegram's limits, twenty times as fast: whoever keeps the lanes never meets them.
        fake.limits = Published(chat_in_a_second=PRIVATE[0] * FASTER, all_in_a_second=600)
        telegram = {"token": fake.token, "api_url": fake.url}
        house = House(settings_for(database, telegram=telegram), tick=0.2)
        phones: dict[str, Phone] = {}
        new = folk(PEOPLE)
        async with house.store.write() as work:
            await staff.take_over(work, roster(new), leave=False)
            known = await work.by_key([person.key for person in new])
            codes = {known[p.key].id: f"codeof{p.name.lower()}23" for p in new}
            ends = work.now + timedelta(days=1)
            await newcomers.make(work, work.keys, "telegram", codes, ends)
        with capture_logs() as lines, patch.object(channel, "PRIVATE", (FASTER, PRIVATE[1])):
            await house.start()
            try:
                for number, person in enumerate(new, 70):
                    language = person.language
                    phone = fake.user(number, person.name, language, started=False)
                    phones[person.name] = phone
                    phone.starts(codes[known[person.key].id])
                yield Scene(fake, house, phones)
            finally:
                await house.stop()
        wrong = [line for line in lines if line["log_level"] in ("error", "critical")]
        assert wrong == []


async def test_a_drill_from_the_invitation_to_the_cry_that_is_taken(database: str) -> None:
    async with scene(database) as on:
        await on.hears("Mori", "Welcome")
        mori, aiko, kenji = on.phones.values()
        await on.hears("Aiko", "What do you need?")

        await on.hears("Mori", "What do you need?")
        mori.says("/rollcall")
        await on.hears("Mori", "Is this real or a drill?")
        mori.taps("Drill")
        await on.hears("Mori", "Who shall be asked?")
        mori.taps("Everyone")
        await on.hears("Mori", "What shall the message say?")
        mori.says("Drill: the building shakes.")
        await on.hears("Mori", "How shall they be asked?")
        mori.taps("Everyone at once")
        await on.hears("Mori", "Start the drill?")
        mori.taps("Start the drill")

        asked = await on.hears("Aiko", "Are you safe?", "Drill: the building shakes.")
        assert asked.text.startswith("🟨🟨 DRILL 🟨🟨")
        aiko.taps("I'm safe")
        await on.told("Aiko", "Recorded: you are safe.")
        await on.until(lambda: "✓ I'm safe" in asked.labels)

        await on.hears("Kenji", "ご無事ですか？")
        kenji.taps("助けが必要です")
        await on.until(lambda: kenji.keyboard)
        kenji.shares(35.01, 135.77)
        await on.hears("Mori", "Kenji needs help")
        await on.until(lambda: not kenji.keyboard)
        mori.taps("I take it")
        await on.hears("Mori", "You are taking care of it.", "35.01000, 135.77000")
        await on.hears("Kenji", "Mori")


async def test_a_report_with_a_photo_reaches_whoever_takes_it(database: str) -> None:
    async with scene(database) as on:
        mori, aiko, _ = on.phones.values()
        await on.hears("Mori", "What do you need?")
        await on.hears("Aiko", "What do you need?")
        aiko.says("there is a fire <b> & smoke")
        await on.hears("Aiko", "Where?")
        aiko.says("Kitchen")
        await on.hears("Aiko", "Is anyone hurt?")
        aiko.taps("Nobody")
        report = await on.hears("Mori", "Fire: Kitchen")
        assert "there is a fire <b> & smoke" in report.text
        aiko.sends_photo(picture(), "from the door")
        await on.until(lambda: any(m.photo for m in mori.messages))
        mori.taps("I take it", on=report)
        await on.told("Mori", "It is yours.")
        await on.hears("Aiko", "Mori is taking care of your report.")
        [shown] = [m for m in mori.messages if m.photo]
        assert shown.photo is not None
        assert shown.photo.startswith(b"\xff\xd8")


async def test_stopping_asks_first_and_blocking_is_noticed(database: str) -> None:
    async with scene(database) as on:
        await on.hears("Aiko", "What do you need?")
        aiko = on.phones["Aiko"]
        aiko.says("/stop")
        await on.hears("Aiko", "Unlink this Telegram account?")
        aiko.taps("Keep it")
        await on.told("Aiko", "Everything stays as it is.")
        aiko.blocks()

        async def failing() -> bool:
            async with on.house.store.look() as look:
                text = "SELECT count(*) FROM journal WHERE kind = 'contact.failed'"
                return bool((await look.conn.exec_driver_sql(text)).scalar())

        async with asyncio.timeout(30):
            while not await failing():
                await asyncio.sleep(0.02)
