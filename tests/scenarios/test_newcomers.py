"""A chat account finds its person, and is let go again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.door import Answered
from bot.events import Departed, Edited, Introduced, Sender, Tapped, Wrote
from storage import newcomers, staff
from tests.scenarios.folk import folk, roster
from tests.scenarios.launch import roll_call
from tests.scenarios.phones import Phone
from tests.town import Founding, Town

PEOPLE = """
Mori: safety admin @HQ web
  Aiko: mail
  Ben: phone
"""
ACCOUNT = "77001"


async def invited(town: Town, name: str, code: str = "kq7w2m9x4t1b", **until: int) -> str:
    """A fresh code for somebody."""
    async with town.house.store.write() as work:
        ends = work.now + timedelta(**(until or {"days": 7}))
        person = town.people[name].id
        await newcomers.make(work, work.keys, "telegram", {person: code}, ends)
    return code


async def shows(town: Town, code: str, account: str = ACCOUNT, **more: str) -> Answered:
    event = Introduced(town.event_id(), Sender("telegram", account), code=code, **more)
    return await town.happens(event)


def account_of(town: Town, name: str, account: str = ACCOUNT) -> Phone:
    """The account is this person's phone now."""
    phone = town.people[name].phone
    town.offices["telegram"].phones[account] = phone
    return phone


async def test_a_code_links_an_account_once_and_the_next_roll_call_comes_there(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    code = await invited(town, "Aiko")
    account_of(town, "Aiko")
    said = await shows(town, code.upper())
    assert not said.problem
    assert "Welcome" in said.text
    assert town.hears("Aiko", "What do you need?").channel == "telegram"
    await roll_call(town, "Mori", 3)
    assert town.hears("Aiko", "Are you safe?").channel == "telegram"
    town.ignores()
    said = await town.happens(Wrote("x1", Sender("telegram", ACCOUNT), "I'm safe"))
    assert "you are safe" in said.text
    town.ignores()


async def test_a_code_shown_twice_is_fine_for_its_owner_and_refused_to_others(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    code = await invited(town, "Aiko")
    account_of(town, "Aiko")
    await shows(town, code)
    again = await shows(town, code)
    assert not again.problem
    assert "linked" in again.text
    other = await shows(town, code, "77002")
    assert other.problem
    assert "used already" in other.text
    town.ignores()


async def test_a_wrong_code_is_explained_in_the_language_the_platform_knows(
    found: Founding,
) -> None:
    town = await found("Mori: safety\n  Aiko:")
    told = await shows(town, "nosuchcode00", language="ja")
    assert told.problem
    assert told.text == town.house.texts.words("ja").say("code-wrong")


async def test_wrong_and_expired_codes_are_explained_and_tell_nothing(found: Founding) -> None:
    town = await found(PEOPLE)
    wrong = await shows(town, "nosuchcode00")
    assert "not valid" in wrong.text
    code = await invited(town, "Aiko", minutes=5)
    await town.fast_forward(minutes=6)
    late = await shows(town, code)
    assert "expired" in late.text
    for said in (wrong, late):
        assert said.problem
        assert "Aiko" not in said.text
    town.hears_nothing()


async def test_an_account_is_never_moved_to_somebody_else_by_a_code(found: Founding) -> None:
    town = await found(PEOPLE)
    account_of(town, "Aiko")
    await shows(town, await invited(town, "Aiko"))
    refused = await shows(town, await invited(town, "Ben", "zz7w2m9x4t1b"))
    assert refused.problem
    assert "somebody else" in refused.text
    row = await town.row("SELECT person FROM contacts WHERE channel = 'telegram'")
    assert row.person == town.people["Aiko"].id
    await town.settle()
    town.ignores()


async def test_an_address_the_platform_vouches_for_links_and_brings_language_and_zone(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    async with town.house.store.write() as work:
        person = town.people["Ben"]
        await newcomers.link(
            work,
            work.keys,
            newcomers.Linked(person.id, Sender("email", "ben@example.org")),
        )
    account_of(town, "Ben")
    said = await town.happens(
        Introduced(
            "i1",
            Sender("telegram", ACCOUNT),
            email="ben@example.org",
            language="ja",
            time_zone="Asia/Tokyo",
        )
    )
    assert not said.problem
    row = await town.row("SELECT language, time_zone FROM people WHERE id = :p", p=person.id)
    assert (row.language, row.time_zone) == ("ja", "Asia/Tokyo")
    stranger = await town.happens(
        Introduced("i2", Sender("telegram", "77009"), email="nobody@example.org")
    )
    assert stranger.problem
    assert "not registered" in stranger.text
    town.ignores()


async def test_a_linked_account_outlives_the_next_staff_list(found: Founding) -> None:
    town = await found(PEOPLE)
    account_of(town, "Aiko")
    await shows(town, await invited(town, "Aiko"))
    async with town.house.store.write() as work:
        listed = roster(folk(PEOPLE))
        changed = listed.__class__(
            entries=listed.entries,
            changed=tuple(e.key for e in listed.entries),
            fields=listed.fields,
        )
        await staff.take_over(work, changed, leave=False)
    await town.settle()
    town.ignores()
    await roll_call(town, "Mori", 3)
    assert town.hears("Aiko", "Are you safe?").channel == "telegram"
    town.ignores()


async def test_whoever_unlinks_is_asked_first_and_then_written_to_elsewhere(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    account_of(town, "Aiko")
    await shows(town, await invited(town, "Aiko"))
    await town.settle()
    town.ignores()
    sender = Sender("telegram", ACCOUNT)
    await town.happens(Wrote("u1", sender, "/unlink"))
    card = town.hears("Aiko", "Unlink this Telegram account?")
    assert card.labels() == ["Unlink it", "Keep it"]
    kept = await town.happens(Tapped("u2", sender, "account:keep"))
    assert "stays as it is" in kept.text
    gone = await town.happens(Tapped("u3", sender, "account:unlink"))
    assert "will not write to you here" in gone.text
    await roll_call(town, "Mori", 3)
    assert town.hears("Aiko", "Are you safe?").channel == "mail"
    stranger = await town.happens(Wrote("u4", sender, "hello"))
    assert "not registered" in stranger.text
    town.ignores()


async def test_an_account_the_platform_calls_gone_is_passed_by_until_it_writes_again(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    account_of(town, "Aiko")
    await shows(town, await invited(town, "Aiko"))
    sender = Sender("telegram", ACCOUNT)
    await town.happens(Departed("d1", sender, "blocked"))
    town.ignores()
    await roll_call(town, "Mori", 3)
    assert town.hears("Aiko", "Are you safe?").channel == "mail"
    town.ignores()
    await town.happens(Departed("d2", sender, "member", back=True))
    await roll_call(town, "Mori", 3, words="Again")
    assert town.hears("Aiko", "Are you safe?", "Again").channel == "telegram"
    town.ignores()


async def test_words_changed_or_taken_back_become_lines_of_the_timeline(found: Founding) -> None:
    town = await found(PEOPLE)
    sender = town.sender("Ben")
    await town.happens(Wrote("telegram:1:5", sender, "the power is out"))
    early = await town.happens(Edited("e0", sender, "telegram:1:5", "the power is out in B"))
    assert "keep what you wrote first" in early.text
    await town.says("Ben", "roof")
    await town.taps("Ben", "Nobody", told="Sent")
    await town.happens(Edited("e1", sender, "telegram:1:5", "no light on the second floor"))
    town.sees("Mori", "Outage: roof", "changed what they had written: no light on the second floor")
    await town.happens(Edited("e2", sender, "telegram:1:5", None))
    town.sees("Mori", "Outage: roof", "took back what they had written")
    # Nobody else's words can be changed.
    await town.happens(Edited("e3", town.sender("Aiko"), "telegram:1:5", "forged"))
    town.sees("Mori", "Outage: roof", lacks=["forged"])
    town.ignores()


async def test_whoever_unlinks_is_not_linked_again_unasked(found: Founding) -> None:
    town = await found(PEOPLE)
    account_of(town, "Ben")
    person = town.people["Ben"]
    async with town.house.store.write() as work:
        mine = newcomers.Linked(person.id, Sender("email", "ben@example.org"))
        await newcomers.link(work, work.keys, mine)
    sender = Sender("telegram", ACCOUNT)

    async def listed(event: str) -> Answered:
        known = Introduced(event, sender, email="ben@example.org", quiet=True)
        return await town.happens(known)

    said = await listed("q1")
    assert said.text == ""
    town.hears_nothing()
    await town.happens(Tapped("q2", sender, "account:unlink"))
    await listed("q3")
    await roll_call(town, "Mori", 3)
    assert town.hears("Ben", "Are you safe?").channel == "phone"
    town.ignores()
    row = await town.row("SELECT sealed, failing FROM contacts WHERE channel = 'telegram'")
    assert (bytes(row.sealed), row.failing) == (b"", "unlinked")
    # By their own doing they are back.
    again = await town.happens(Introduced("q4", sender, email="ben@example.org"))
    assert "Welcome" in again.text
    await roll_call(town, "Mori", 3, words="Again")
    assert town.hears("Ben", "Are you safe?", "Again").channel == "telegram"
    town.ignores()


async def test_the_code_of_somebody_who_has_left_is_good_for_nothing(found: Founding) -> None:
    town = await found(PEOPLE)
    code = await invited(town, "Aiko")
    await town.leaves("Aiko")
    said = await shows(town, code)
    assert said.problem
    assert "not valid" in said.text
    row = await town.row("SELECT count(*) AS n FROM invites")
    assert row.n == 0
    town.ignores()


async def test_im_safe_changed_into_a_cry_is_a_cry(found: Founding) -> None:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 3)
    town.ignores()
    sender = town.sender("Ben")
    await town.happens(Wrote("telegram:1:7", sender, "I'm safe"))
    town.ignores()
    said = await town.happens(Edited("c1", sender, "telegram:1:7", "I need help, I am trapped"))
    assert "Passed on" not in said.text
    town.hears("Mori", "Ben", "needs help", "I am trapped")
    row = await town.row("SELECT answer FROM asks WHERE person = :p", p=town.people["Ben"].id)
    assert row.answer == "help"
    town.ignores()


async def test_a_mistyped_cry_mended_in_place_is_heard(found: Founding) -> None:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 3)
    town.ignores()
    sender = town.sender("Ben")
    await town.happens(Wrote("telegram:1:8", sender, "hlep me pls"))
    town.ignores()
    await town.happens(Edited("c2", sender, "telegram:1:8", "help me, I am trapped"))
    town.hears("Mori", "Ben", "needs help")
    town.ignores()


async def test_a_question_moves_at_once_when_its_account_is_blocked(found: Founding) -> None:
    town = await found(PEOPLE)
    account_of(town, "Aiko")
    await shows(town, await invited(town, "Aiko"))
    town.ignores()
    await roll_call(town, "Mori", 3)
    assert town.hears("Aiko", "Are you safe?").channel == "telegram"
    await town.happens(Departed("b1", Sender("telegram", ACCOUNT), "blocked"))
    assert town.hears("Aiko", "Are you safe?").channel == "mail"
    town.ignores()


async def test_a_staff_list_does_not_take_away_what_somebody_linked_themselves(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    account_of(town, "Aiko")
    await shows(town, await invited(town, "Aiko"))
    town.ignores()
    listed = roster(folk(PEOPLE + "\n  Dora: telegram"))
    entries = tuple(
        replace(entry, contacts=(("telegram", ACCOUNT),))
        if entry.name in ("Dora", "Ben")
        else entry
        for entry in listed.entries
    )
    new = next(entry.key for entry in entries if entry.name == "Dora")
    async with town.house.store.write() as work:
        again = replace(
            listed,
            entries=entries,
            added=(new,),
            changed=tuple(e.key for e in entries if e.key != new),
        )
        await staff.take_over(work, again, leave=False)
    row = await town.row("SELECT person FROM contacts WHERE channel = 'telegram'")
    assert row.person == town.people["Aiko"].id
