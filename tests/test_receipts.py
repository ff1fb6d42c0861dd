"""What became of messages, on both databases: counted by channel, marked once, found again."""

from __future__ import annotations

import asyncio

import pytest

from bot.receipts import Receipt, State
from tests.scenarios.launch import roll_call
from tests.town import Founding, Town

PEOPLE = """
Mori: safety admin
  Lena: mail phone
    Aiko: mail phone
    Ben: mail
    Chen: phone mail
"""


async def asked(found: Founding, people: str = PEOPLE) -> tuple[Town, str]:
    town = await found(people)
    call = await roll_call(town, "Mori", 5)
    town.ignores()
    return town, f"rollcall:{call}"


async def counted(town: Town, about: str, channel: str) -> tuple[int, ...]:
    async with town.house.store.look() as look:
        found = {each.channel: each for each in await look.delivery(about)}
    each = found[channel]
    failed = sum(each.failed.values())
    return (each.queued, each.handed, each.delivered, each.seen, each.answered, failed)


async def message(town: Town, name: str) -> tuple[int, str]:
    """The contact of the newest message to somebody, and its reference as a gateway knows it."""
    row = await town.row(
        "SELECT id, contact FROM posts WHERE person = :p ORDER BY id DESC LIMIT 1",
        p=town.people[name].id,
    )
    reference = f"1.{row.id}.{row.contact}"
    async with town.house.store.write() as work:
        await work.conn.exec_driver_sql(
            f"UPDATE posts SET reference = '{reference}' WHERE id = {row.id}"
        )
    return row.contact, reference


def receipt(reference: str, state: State, number: int = 1, **more: object) -> Receipt:
    return Receipt(f"receipt:test:{number}", "mail", state, reference, **more)  # type: ignore[arg-type]


async def test_each_state_is_counted_apart(found: Founding) -> None:
    town, about = await asked(found)
    assert await counted(town, about, "mail") == (0, 3, 0, 0, 0, 0)
    assert await counted(town, about, "phone") == (0, 2, 0, 0, 0, 0)
    receipts = town.house.engine.receipts
    _, aiko = await message(town, "Aiko")
    _, ben = await message(town, "Ben")
    await receipts.take(receipt(aiko, State.DELIVERED))
    await receipts.take(receipt(ben, State.DELIVERED, 2))
    await receipts.take(receipt(ben, State.SEEN, 3))
    assert await counted(town, about, "mail") == (0, 3, 2, 1, 0, 0)
    await town.says("Ben", "safe", told=None, by="mail")
    town.ignores()
    assert await counted(town, about, "mail") == (0, 3, 2, 1, 1, 0)
    # Reminded by the other contact: handed over there too, and counted once on each.
    await town.fast_forward(minutes=6, seconds=5)
    town.ignores()
    assert (await counted(town, about, "mail"))[1] == 4
    await town.fast_forward(seconds=5)
    town.ignores()


async def test_a_receipt_is_taken_once_however_often_it_comes(found: Founding) -> None:
    town, about = await asked(found)
    contact, reference = await message(town, "Aiko")
    receipts = town.house.engine.receipts
    failed = receipt(reference, State.FAILED, why="gateway-expired", lasting=True)
    await asyncio.gather(*(receipts.take(failed) for _ in range(5)))
    await receipts.take(failed)
    await town.settle()
    assert (await counted(town, about, "mail"))[5] == 1
    assert town.heard("Aiko", "Are you safe?") == 2, "by the next contact, at once, and once"
    row = await town.row("SELECT failing FROM contacts WHERE id = :c", c=contact)
    assert row.failing == "gateway-expired"
    town.ignores()


async def test_a_failure_after_the_answer_asks_nobody_again(found: Founding) -> None:
    town, _ = await asked(found)
    _, reference = await message(town, "Aiko")
    await town.taps("Aiko", "I'm safe", by="phone")
    town.ignores()
    await town.house.engine.receipts.take(receipt(reference, State.FAILED))
    await town.settle()
    town.hears_nothing("Aiko")


async def test_whoever_has_no_other_contact_is_on_the_list_of_somebody(found: Founding) -> None:
    town, _ = await asked(found)
    _, reference = await message(town, "Ben")
    bounced = receipt(reference, State.FAILED, why="bounced", lasting=True)
    await town.house.engine.receipts.take(bounced)
    await town.settle()
    await town.fast_forward(seconds=5)
    assert any("Ben" in m.text for m in town.people["Lena"].phone.messages)
    town.ignores()


async def test_opening_marks_the_newest_message_and_only_once(found: Founding) -> None:
    town, about = await asked(found)
    ask = await town.row("SELECT id FROM asks WHERE person = :p", p=town.people["Aiko"].id)
    receipts, me = town.house.engine.receipts, town.people["Aiko"].id
    for _ in range(3):
        await receipts.opened(me, "checkin", f"ask:{ask.id}")
    await receipts.opened(me, "checkin", "ask:nothing")
    await receipts.opened(town.people["Ben"].id, "checkin", f"ask:{ask.id}")
    assert (await counted(town, about, "mail"))[3] == 1
    row = await town.row("SELECT count(*) AS n FROM journal WHERE kind = 'receipt.seen'")
    assert row.n == 1


async def test_the_tally_says_how_far_the_questions_have_come(found: Founding) -> None:
    town, _ = await asked(found)
    await town.fast_forward(seconds=2)
    town.sees("Mori", "Answered: 0 of 5", "By channel", "Phone: sent 2", "mail: sent 3")
    _, reference = await message(town, "Aiko")
    await town.house.engine.receipts.take(receipt(reference, State.FAILED, why="no-route"))
    await town.fast_forward(seconds=5)
    town.ignores()
    town.sees("Mori", "Answered: 0 of 5", "mail: sent 3 · failed 1")


@pytest.mark.parametrize("reference", ["", "x", "1.2.", "1.2.99999999999999999999", "1.2.77"])
async def test_a_receipt_that_fits_nothing_is_nothing(found: Founding, reference: str) -> None:
    town, about = await asked(found)
    await town.house.engine.receipts.take(receipt(reference, State.FAILED))
    assert (await counted(town, about, "mail"))[5] == 0


async def test_the_contact_after_the_failed_one_comes_next(found: Founding) -> None:
    town = await found("Mori: safety admin\n  Aiko: phone mail telegram\n")
    await roll_call(town, "Mori", 2)
    town.ignores()
    town.offices["mail"].blocked.add(town.people["Aiko"].somebody.address("mail"))
    await town.fast_forward(minutes=3, seconds=5)
    assert town.people["Aiko"].phone.messages[-1].channel == "telegram", "not the first again"
    town.ignores()
