"""Channels fail in three ways, and nobody is lost for it."""

from __future__ import annotations

from datetime import timedelta

from bot.channels import Lane
from tests.scenarios.launch import roll_call
from tests.town import Founding, Town

PEOPLE = """
Mori: safety admin @HQ web
  Lena: @Plant mail
    Aiko: phone mail
    Ben: phone
    Chen: mail
"""


async def asked(found: Founding, people: str = PEOPLE, count: int = 5) -> Town:
    town = await found(people)
    await roll_call(town, "Mori", count)
    town.ignores()
    return town


def block(town: Town, *names: str) -> None:
    town.phones.blocked |= {town.people[name].somebody.address("phone") for name in names}


async def test_a_blocked_phone_leads_to_the_next_contact_at_once(found: Founding) -> None:
    town = await found(PEOPLE)
    block(town, "Aiko")
    await roll_call(town, "Mori", 5)
    question = town.hears("Aiko", "Are you safe?")
    assert question.channel == "mail"
    town.ignores()
    await town.fast_forward(minutes=4)
    # The reminder does not try the phone again.
    assert town.hears("Aiko", "Are you safe?", "Reminder").channel == "mail"
    failed = await town.row(
        "SELECT failing FROM contacts WHERE channel = 'phone' AND person = :p",
        p=town.people["Aiko"].id,
    )
    assert failed.failing == "blocked"
    town.ignores()
    # Whoever writes from it again has plainly unblocked it.
    town.phones.blocked.clear()
    await town.says("Aiko", "I'm safe", told="you are safe", by="phone")
    await roll_call(town, "Mori", 5, words="Again")
    assert town.hears("Aiko", "Are you safe?", "Again").channel == "phone"
    town.ignores()


async def test_a_blocked_phone_without_another_contact_climbs_at_once(found: Founding) -> None:
    town = await found(PEOPLE)
    block(town, "Ben")
    await roll_call(town, "Mori", 5)
    town.hears("Lena", "still to reach", "Ben", "no message got through")
    town.ignores()
    await town.fast_forward(seconds=2)
    town.sees("Mori", "Answered: 0 of 5", "Ben", "no message got through")


async def test_a_paged_phone_that_is_blocked_climbs_at_once(found: Founding) -> None:
    town = await found("Mori:\n  Lena:\n    Aiko:")
    block(town, "Lena")
    await town.says("Aiko", "fire!", told="Sent")
    await town.says("Aiko", "roof", told="Added")
    await town.taps("Aiko", "Nobody", told="Added")
    town.hears("Mori", "Fire")
    town.sees("Mori", "Fire: roof")
    town.hears_nothing("Lena")
    await town.taps("Mori", "I take it")
    town.ignores("Aiko")


async def test_reminders_try_the_next_contact_in_order(found: Founding) -> None:
    town = await asked(found)
    assert town.sees("Aiko", "Are you safe?").channel == "phone"
    await town.fast_forward(minutes=3, seconds=10)
    assert town.hears("Aiko", "Are you safe?", "Reminder").channel == "mail"
    await town.fast_forward(minutes=3)
    assert town.hears("Aiko", "Are you safe?", "Reminder 2").channel == "phone"
    town.ignores()


async def test_told_to_wait_the_whole_lane_waits_as_told(found: Founding) -> None:
    town = await found(PEOPLE)
    town.phones.paced = [30.0]
    await roll_call(town, "Mori", 5)
    tries = town.phones.tries
    assert not town.phones.handed
    town.hears("Chen", "Are you safe?")
    await town.fast_forward(seconds=29)
    assert town.phones.tries == tries
    await town.fast_forward(seconds=3)
    for name in ("Aiko", "Ben"):
        town.hears(name, "Are you safe?")
    town.ignores()


async def test_the_lane_keeps_its_pace(found: Founding) -> None:
    crowd = "\n".join(f"  Nr{n}:" for n in range(1, 61))
    town = await found(f"Mori: safety web\n{crowd}", lanes={"phone": {"rate": 5, "burst": 10}})
    await roll_call(town, "Mori", 61)
    assert len(town.phones.handed) == 10
    await town.fast_forward(seconds=5)
    assert 30 <= len(town.phones.handed) <= 36
    await town.fast_forward(seconds=8)
    assert len(set(town.phones.handed)) == 60
    town.ignores()


ONE_PHONE = "Mori: safety @HQ web\n  Lena: web\n    Aiko:\n    Ben:\n"
SELDOM = {"backoff": "1m", "backoff_max": "5m"}


async def test_down_for_an_hour_nothing_is_lost_and_nobody_is_escalated_for_it(
    found: Founding,
) -> None:
    patient = {"critical": {"backstop": "2h"}}
    town = await found(ONE_PHONE, policy=patient, courier=SELDOM)
    town.phones.down = True
    await roll_call(town, "Mori", 4)
    for name in ("Mori", "Lena"):
        await town.taps(name, "I'm safe")
    town.ignores()
    await town.fast_forward(hours=1)
    town.hears_nothing()

    town.phones.down = False
    await town.fast_forward(minutes=5)
    for name in ("Aiko", "Ben"):
        # Asked as if nothing had been: once, and the clock starts only now.
        town.hears(name, "Are you safe?", lacks=["Reminder"])
    await town.taps("Aiko", "I'm safe", told="you are safe")
    town.ignores()
    await town.fast_forward(minutes=10)
    town.hears("Lena", "still to reach", "Ben")
    town.hears_nothing("Aiko")
    town.ignores()


async def test_past_the_backstop_somebody_above_is_told_by_another_channel(
    found: Founding,
) -> None:
    town = await found(ONE_PHONE, courier=SELDOM)
    town.phones.down = True
    await roll_call(town, "Mori", 4)
    for name in ("Mori", "Lena"):
        await town.taps(name, "I'm safe")
    town.ignores()
    await town.fast_forward(minutes=44)
    town.hears_nothing()
    await town.fast_forward(minutes=2)
    town.hears("Lena", "still to reach", "Aiko", "Ben")
    town.phones.down = False
    await town.fast_forward(minutes=4)
    for name in ("Aiko", "Ben"):
        # However often it was put off, what arrives is one card.
        assert town.heard(name, "Are you safe?") == 1, name
        await town.taps(name, "I'm safe")
    await town.fast_forward(seconds=2)
    town.sees("Lena", "accounted for", lacks=["Aiko", "Ben"])
    town.ignores()


async def test_nobody_is_reminded_of_a_question_that_is_still_in_line(found: Founding) -> None:
    """A lane so slow that the last in it are asked long after the backstop."""
    people = [f"Nr{n}" for n in range(1, 6)]
    crowd = "\n".join(f"  {name}:" for name in people)
    town = await found(
        f"Mori: safety web\n{crowd}",
        lanes={"phone": {"rate": 0.01, "burst": 1}},
        policy={"critical": {"backstop": "45m"}},
    )
    town.phones.paced = [3000.0]
    await roll_call(town, "Mori", 6)
    await town.taps("Mori", "I'm safe")
    town.ignores()
    await town.fast_forward(minutes=50)
    town.hears_nothing()
    for _ in people:
        # Told to slow down, the lane runs at half its pace; an answer's tick takes a turn too.
        await town.fast_forward(minutes=7)
        for name in people:
            if town.people[name].phone.unexpected():
                town.hears(name, "Are you safe?", lacks=["Reminder"])
                await town.taps(name, "I'm safe")
    assert sorted(town.phones.handed) == sorted(town.phones.phones)[1:]
    town.hears_nothing()
    await town.fast_forward(hours=1)


async def test_after_an_outage_of_ours_each_overdue_question_comes_due_once(
    found: Founding,
) -> None:
    town = await asked(found)
    # The process was down: nobody looked for two hours.
    town.clock.turn(timedelta(hours=2))
    await town.settle()
    for name in town.people:
        town.hears(name, "Are you safe?", "Reminder")
    town.hears_nothing()
    await town.fast_forward(minutes=2)
    town.hears_nothing()
    await town.fast_forward(minutes=2)
    for name in town.people:
        town.hears(name, "Are you safe?", "Reminder 2")
    town.ignores()


async def test_an_answer_while_the_reminder_is_queued_drops_the_reminder(found: Founding) -> None:
    town = await asked(found)
    town.phones.down = True
    await town.fast_forward(minutes=3, seconds=10)
    await town.taps("Ben", "I'm safe", told="you are safe")
    town.phones.down = False
    await town.fast_forward(minutes=1)
    assert town.heard("Ben", "Reminder") == 0
    town.hears("Chen", "Are you safe?", "Reminder")
    town.ignores()


async def test_an_answer_while_a_card_is_under_way_is_shown_on_it(found: Founding) -> None:
    town = await found(PEOPLE)

    async def answers() -> None:
        ask = await town.row("SELECT id FROM asks WHERE person = :p", p=town.people["Aiko"].id)
        tapped = town.tap("Aiko", f"ask:{ask.id}:safe", by="mail")
        await town.house.engine.handle(tapped)

    town.phones.meanwhile = answers
    await roll_call(town, "Mori", 5)
    town.sees("Aiko", "Are you safe?", "you are safe")
    town.ignores()


async def test_a_slow_channel_repeats_nothing(found: Founding) -> None:
    """Each hand-over takes longer than the lease of the batch it came in."""
    town = await found(PEOPLE)
    town.phones.takes = timedelta(seconds=70)
    await roll_call(town, "Mori", 5)
    for name in ("Aiko", "Ben"):
        assert town.heard(name, "Are you safe?") == 1
    town.phones.takes = timedelta()
    town.ignores()


async def test_edits_go_only_where_the_channel_can_edit(found: Founding) -> None:
    town = await asked(found)
    await town.taps("Chen", "I'm safe", told="you are safe")
    card = town.sees("Chen", "Are you safe?")
    assert len(card.drawn) == 1
    await town.taps("Ben", "I'm safe", told="you are safe")
    assert len(town.sees("Ben", "Are you safe?").drawn) == 2


async def test_replies_come_by_the_channel_one_wrote_on(found: Founding) -> None:
    town = await found(PEOPLE)
    await town.says("Aiko", "fire!", by="mail", told="Sent")
    assert town.hears("Aiko", "Where?").channel == "mail"
    await town.says("Aiko", "roof", by="phone", told="Added")
    assert town.hears("Aiko", "Is anyone hurt?").channel == "phone"
    town.ignores()


async def test_a_channel_that_throws_us_out_is_passed_by_and_administrators_hear_it(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    town.phones.closed = "token_revoked"
    await roll_call(town, "Mori", 5)
    town.hears("Mori", "Phone does not let us in any more")
    # Whoever has another contact is asked there; those who have none wait for it to come back.
    assert town.hears("Aiko", "Are you safe?").channel == "mail"
    town.hears_nothing("Ben")
    failing = await town.row("SELECT count(*) AS n FROM contacts WHERE failing <> ''")
    assert failing.n == 0
    # What comes later goes past it at once.
    tries = town.phones.tries
    await roll_call(town, "Mori", 5, words="Again")
    assert town.hears("Aiko", "Are you safe?", "Again").channel == "mail"
    assert town.phones.tries == tries
    # It is mended: nothing that waited is lost.
    town.phones.closed = ""
    await town.house.reopen("phone")
    await town.settle()
    town.hears("Mori", "Phone works again")
    town.sees("Mori", "Phone works again")
    town.hears("Ben", "Are you safe?", "Smoke")
    town.hears("Ben", "Are you safe?", "Again")
    town.ignores()


async def test_one_narrow_lane_is_kept_and_holds_up_nobody_else(found: Founding) -> None:
    crowd = "\n".join(f"  P{n}: phone" for n in range(6))
    town = await found(f"Mori: safety web\n{crowd}")
    slow = {town.people[f"P{n}"].somebody.address("phone") for n in range(4)}
    town.phones.narrow = lambda parcel: [Lane("slow", 0.5, 1)] if parcel.address in slow else []
    began = town.clock.now()
    await roll_call(town, "Mori", 7)
    assert len(town.phones.handed) == 3
    await town.fast_forward(seconds=2.5)
    assert len(town.phones.handed) == 4
    await town.fast_forward(seconds=5)
    assert len(town.phones.handed) == 6
    assert town.clock.now() - began < timedelta(seconds=20)
    # Waiting for one's turn is no attempt, and no failure.
    row = await town.row("SELECT count(*) AS n FROM journal WHERE kind = 'card.undelivered'")
    assert row.n == 0
    town.ignores()


async def test_a_narrow_lane_that_is_refused_waits_as_told_and_goes_slower(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    town.phones.narrow = lambda parcel: [Lane("edits", 10, 5)]
    town.phones.refused_lane = "edits"
    town.phones.paced = [30.0]
    await roll_call(town, "Mori", 5)
    before = len(town.phones.handed)
    await town.fast_forward(seconds=25)
    assert len(town.phones.handed) == before
    await town.fast_forward(seconds=10)
    assert len(town.phones.handed) > before
    town.ignores()
