"""One-tap links: one page, one tap, no login; and every way in which a link can be wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from adapters.web.taps import Taps
from bot.people import LANGUAGES
from bot.ports import SteadyClock
from tests.scenarios.launch import WORDS, roll_call
from tests.scenarios.taplinks import Page, Web, checkin, link, opened, path, person
from tests.town import Founding, Town

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety admin @HQ
  Lena: @Plant #Line1
    Aiko:
    Ben:
"""
ANSWERS = ["I'm safe", "I need help", "Not affected"]


async def asked(found: Founding, people: str = PEOPLE, count: int = 4, **more: bool) -> Town:
    town = await found(people)
    await roll_call(town, "Mori", count, **more)  # type: ignore[arg-type]
    town.ignores()
    return town


async def answer(town: Town, name: str) -> str:
    row = await town.row(
        "SELECT answer FROM asks WHERE person = :person", person=town.people[name].id
    )
    return str(row.answer)


async def events(town: Town) -> int:
    row = await town.row("SELECT count(*) AS n FROM journal WHERE event LIKE 'link:%'")
    return int(row.n)


# --- the page ------------------------------------------------------------------------------


async def test_opening_answers_nothing_and_one_tap_answers(found: Founding) -> None:
    town = await asked(found)
    async with opened(town) as web:
        where = await checkin(town, "Aiko")
        for method in ("HEAD", "GET", "GET"):
            page = await web.page(where, method=method)
        page.says("Are you safe?", WORDS, "Sent by Mori", "You have not answered yet", "for Aiko")
        assert page.labels == ANSWERS
        assert await answer(town, "Aiko") == ""
        assert await events(town) == 0
        page = await page.taps("I'm safe")
        page.says("Recorded", "you are safe", "You can change your answer at any time")
        assert "not answered yet" not in page.text
        assert page.chosen == ["I'm safe"]
    assert await answer(town, "Aiko") == "safe"
    town.ignores()


async def test_another_device_shows_the_same_and_the_answer_can_be_changed(
    found: Founding,
) -> None:
    town = await asked(found)
    where = await checkin(town, "Aiko")
    async with opened(town) as first, opened(town) as second:
        await (await first.page(where)).taps("I'm safe")
        page = await second.page(where)
        assert page.says("you are safe").chosen == ["I'm safe"]
        page = await page.taps("I need help")
        page.says("you need help", "Told: ", "call the emergency services now")
        assert (await first.page(where)).chosen == ["I need help"]
    town.hears("Lena", "Aiko needs help")
    town.hears("Mori", "Aiko needs help")
    town.ignores()


async def test_a_form_sent_twice_counts_once(found: Founding) -> None:
    town = await asked(found)
    async with opened(town) as web:
        page = await web.page(await checkin(town, "Aiko"))
        action, fields = page.fields("I need help")
        for _ in range(3):
            assert (await web.post(action, fields)).status == 303
    assert await events(town) == 1
    assert town.heard("Lena", "Aiko needs help") == 1
    town.ignores()


async def test_whoever_needs_help_can_add_a_line_and_it_is_passed_on(found: Founding) -> None:
    town = await asked(found)
    async with opened(town) as web:
        page = await (await web.page(await checkin(town, "Aiko"))).taps("I need help")
        page.says("Where are you? What has happened?")
        page = await page.writes("Third floor, my leg is stuck")
        page.says("Passed on to those who were called")
        place = next(form for form in page.forms if form.action.endswith("/place"))
        where = {**place.hidden, "latitude": "34.70", "longitude": "135.50"}
        (await web.sends(place.action, where)).says("Passed on")
        refused = await web.post(place.action, {**where, "latitude": "91"})
        assert refused.status == 400
    town.sees("Lena", "Aiko needs help", "my leg is stuck", "34.70000, 135.50000")
    town.ignores()


async def test_a_typed_line_is_an_answer_too(found: Founding) -> None:
    town = await asked(found)
    async with opened(town) as web:
        page = await (await web.page(await checkin(town, "Aiko"))).writes("無事です")
        page.says("Recorded: you are safe")
    assert await answer(town, "Aiko") == "safe"
    assert not town.people["Aiko"].phone.unexpected(), "told on the page, and nowhere else"
    town.ignores()


async def test_a_worklist_is_worked_off_behind_its_link(found: Founding) -> None:
    town = await asked(found)
    await town.taps("Lena", "I'm safe")
    await town.taps("Mori", "I'm safe")
    await town.fast_forward(minutes=12)
    town.ignores()
    roll = await town.row("SELECT id FROM rollcalls")
    subject = f"worklist:{roll.id}:{town.people['Lena'].id}"
    async with opened(town) as web:
        page = await web.page(await link(town, "Lena", "worklist", subject))
        page.says("2 of 2 still to reach", "Aiko", "Ben")
        page = await page.taps("Safe (by phone)")
        page.says("Recorded: safe", "Ben")
        assert await answer(town, "Aiko") == "safe"
        other = await web.page(await link(town, "Ben", "worklist", subject))
        assert other.status == 410
        assert "Aiko" not in other.text
    town.ignores()


async def test_a_form_behind_a_button_is_asked_on_the_page(found: Founding) -> None:
    town = await asked(found)
    roll = await town.row("SELECT id FROM rollcalls")
    async with opened(town) as web:
        page = await web.page(await link(town, "Mori", "tally", f"rollcall:{roll.id}"))
        page.says("Answered: 0 of 4")
        page = await page.taps("All clear: end it")
        page.says("Anything to add to the all-clear?")
        before = len(town.people["Mori"].phone.messages)
        page = await page.fills(words="Everybody is out.")
        page.says("The roll call has ended")
        assert len(town.people["Mori"].phone.messages) == before + 1, "the all-clear, no question"
    state = await town.row("SELECT state, ending FROM rollcalls")
    assert tuple(state) == ("closed", "Everybody is out.")
    town.ignores()


async def test_a_cry_is_ended_on_the_page_after_a_second_question(found: Founding) -> None:
    town = await asked(found)
    await town.taps("Aiko", "I need help")
    town.ignores()
    row = await town.row("SELECT id, about FROM asks WHERE answer = 'help'")
    async with opened(town) as web:
        page = await web.page(await link(town, "Mori", "help", f"help:{row.id}"))
        page = await page.taps("Now safe")
        page.says("Aiko")
        assert page.path != path(await link(town, "Mori", "help", f"help:{row.id}"))
        assert await answer(town, "Aiko") == "help", "asked once more first"
        await page.taps(page.labels[0])
    assert await answer(town, "Aiko") == "safe"
    town.ignores()


async def test_what_no_page_can_show_is_sent(found: Founding) -> None:
    town = await asked(found)
    async with opened(town) as web:
        page = await web.page(await link(town, "Mori", "menu", await me(town, "Mori")))
        before = len(town.people["Mori"].phone.messages)
        page = await page.taps("Board")
        page.says("Sent to you")
        await town.settle()
    [card] = town.people["Mori"].phone.messages[before:]
    assert "/board/in/" in card.text, card.text
    town.ignores()


async def test_a_report_can_be_begun_and_given_up_on_the_page(found: Founding) -> None:
    town = await asked(found)
    async with opened(town) as web:
        page = await web.page(await checkin(town, "Aiko"))
        page = await page.writes("there is a fire in building B")
        page.says("Where?")
        wrong = await page.fills(place="x" * 5000)
        assert wrong.status in (200, 422)
        page = await (
            await web.page(await link(town, "Aiko", "menu", await me(town, "Aiko")))
        ).taps("Report an incident")
        page = await page.taps("Cancel")
        page.says("Cancelled")
    town.ignores()


async def test_late_answers_are_welcome_for_as_long_as_they_are(found: Founding) -> None:
    town = await asked(found)
    where = await checkin(town, "Aiko")
    await town.submits("Mori", "allclear", {"words": "-"}, about=await about(town), told=None)
    town.ignores()
    await town.fast_forward(days=6)
    async with opened(town) as web:
        page = await web.page(where)
        page.says("The roll call has ended. Your answer is still welcome.")
        (await page.taps("Not affected")).says("you are not affected")
        await town.fast_forward(days=2)
        page = await web.page(where)
        page.says("There is nothing to do")
        assert page.labels == []
    town.ignores()


async def me(town: Town, name: str) -> str:
    return f"person:{town.people[name].id}"


async def about(town: Town) -> str:
    return f"rollcall:{(await town.row('SELECT id FROM rollcalls')).id}"


async def test_a_drill_says_so_first(found: Founding) -> None:
    town = await asked(found, drill=True)
    async with opened(town) as web:
        page = await web.page(await checkin(town, "Aiko"))
    assert page.source.index("DRILL</strong>") < page.source.index("<h1>")
    assert "<title>[DRILL]" in page.source
    town.ignores()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_longest_page_is_light_in_every_language(found: Founding, language: str) -> None:
    wide = "漢" if language in ("ja", "zh-Hant", "zh-Hans") else "ع" if language == "ar" else "w"
    people = f"Mori: safety admin\n  Lena: safety {language}\n" + "".join(
        f"    {wide * 58}{n}: {language} @{wide * 50} #{wide * 50}\n" for n in range(12)
    )
    town = await found(people)
    await roll_call(town, "Mori", 14, words=wide * 490, drill=True)
    await town.fast_forward(hours=3)
    town.ignores()
    roll = await town.row("SELECT id FROM rollcalls")
    subject = f"worklist:{roll.id}:{town.people['Lena'].id}"
    async with opened(town) as web:
        for where in (
            await checkin(town, "Lena"),
            await link(town, "Lena", "worklist", subject),
            await link(town, "Lena", "tally", f"rollcall:{roll.id}"),
        ):
            page = await web.page(where)
            assert page.status == 200
            assert len(page.source.encode()) < 15_000, (where, len(page.source.encode()))
    town.ignores()


# --- links that are no good ----------------------------------------------------------------


async def refused(web: Web, town: Town, where: str, status: int) -> Page:
    """The page says one sentence, names nobody, takes nothing."""
    page = await web.page(where)
    assert page.status == status, page.text
    for word in ("Aiko", "Mori", WORDS, "safe?"):
        assert word not in page.text, word
    assert page.forms == []
    tried = await web.post(
        f"{path(where)}/tap", {"event": "abcdefgh12", "button": await own_button(town)}
    )
    assert tried.status == status
    assert await answer(town, "Aiko") == ""
    assert await events(town) == 0
    return page


async def own_button(town: Town) -> str:
    row = await town.row("SELECT id FROM asks WHERE person = :p", p=town.people["Aiko"].id)
    return f"ask:{row.id}:safe"


async def test_an_expired_link_says_so(found: Founding) -> None:
    town = await asked(found)
    where = await checkin(town, "Aiko")
    await town.fast_forward(days=59)
    async with opened(town) as web:
        assert (await web.page(where)).status == 200
        await town.fast_forward(days=9)
        page = await refused(web, town, where, 410)
        assert "has expired" in page.text
        await town.fast_forward(days=5 * 365)
        await refused(web, town, where, 404)
    town.ignores()


async def test_a_revoked_link_is_as_bad_as_a_forged_one(found: Founding) -> None:
    town = await asked(found)
    where = await checkin(town, "Aiko")
    async with town.house.store.write() as work:
        await work.conn.execute(text("UPDATE people SET link_rev = link_rev + 1"))
    async with opened(town) as web:
        page = await refused(web, town, where, 404)
        forged = await refused(web, town, where[:-2] + "AA", 404)
        assert page.text == forged.text, "nobody learns that it once worked"
        assert (await web.page(await checkin(town, "Aiko"))).status == 200
    town.ignores()


async def test_an_altered_link_is_bad_whichever_letter_it_was(found: Founding) -> None:
    town = await asked(found)
    where = await checkin(town, "Aiko")
    token = where.rpartition("/")[2]
    async with opened(town) as web:
        for at in range(len(token)):
            other = "A" if token[at] != "A" else "B"
            page = await web.page(f"/a/{token[:at]}{other}{token[at + 1 :]}")
            assert page.status == 404, at
        for odd in (token[:-1], token + "A", token + "=", token.upper(), "x" * 300, "..", "%00"):
            assert (await web.page(f"/a/{odd}")).status == 404, odd
    town.ignores()


async def test_a_link_to_somebody_elses_card_opens_nothing(found: Founding) -> None:
    town = await asked(found)
    aiko, ben = await person(town, "Aiko"), await person(town, "Ben")
    where = await checkin(town, "Aiko")
    ask = town.house.taps.claim(where.rpartition("/")[2])
    assert ask is not None
    async with opened(town) as web:
        forged = town.house.taps.make(ben.id, ben.link_rev, "checkin", ask.subject)
        await refused(web, town, f"http://x/a/{forged}", 404)
        # A link to one's own card takes no answer for anybody else's.
        mine = await web.page(await checkin(town, "Ben"))
        action, fields = mine.fields("I'm safe")
        stolen = await web.page(await checkin(town, "Aiko"))
        for button in (await own_button(town), stolen.fields("I'm safe")[1]["button"]):
            page = await web.sends(action, {**fields, "button": button})
            assert page.status == 400
    assert await answer(town, "Aiko") == ""
    assert aiko.id != ben.id
    town.ignores()


async def test_a_link_to_a_question_opens_nothing_else(found: Founding) -> None:
    """Mori may do everything. Whoever finds the link to Mori's question may answer it, no more."""
    town = await asked(found)
    call = (await town.row("SELECT id FROM rollcalls")).id
    async with opened(town) as web:
        page = await web.page(await checkin(town, "Mori"))
        action, fields = page.fields("I'm safe")
        seal = fields["button"].rpartition("~")[2]
        for button in (f"rc:{call}:allclear", "do:rollcall", "do:board"):
            for given in (button, f"{button}~{seal}", f"{button}~"):
                assert (await web.sends(action, {**fields, "button": given})).status == 400
        for words in ("roll call", "board", "status", "4", "all clear"):
            shown = await (await web.page(await checkin(town, "Mori"))).writes(words)
            assert "Who shall be asked" not in shown.text
            assert "Are you safe?" in shown.text, words
        base = action.rpartition("/")[0]
        form = {"event": "abcdefgh12", "draft": "x", "form": "rollcall", "a-who": "everyone"}
        back = await web.sends(f"{base}/form", {**form, "a-drill": "drill", "a-start": "start"})
        assert "Are you safe?" in back.text
    row = await town.row("SELECT count(*) AS n FROM rollcalls")
    assert row.n == 1
    assert await answer(town, "Mori") == ""
    town.ignores()


async def test_whoever_has_left_has_no_links_any_more(found: Founding) -> None:
    town = await asked(found)
    where = await checkin(town, "Ben")
    await town.leaves("Ben")
    async with opened(town) as web:
        assert (await web.page(where)).status == 404
    town.ignores()


async def test_a_link_made_with_a_key_that_was_taken_away_is_bad(found: Founding) -> None:
    town = await asked(found)
    aiko = await person(town, "Aiko")
    keys = town.house.store.keys
    where = await checkin(town, "Aiko")
    subject = town.house.taps.claim(where.rpartition("/")[2]).subject  # type: ignore[union-attr]
    lifetime, clock = town.house.settings.web.tap_lifetime, town.house.clock
    async with opened(town) as web:
        town.house.taps = Taps(keys.signing_keys([2, 1]), lifetime, clock)
        assert (await web.page(where)).status == 200, "the old key still opens"
        new = town.house.tap_link(aiko, "checkin", subject)
        town.house.taps = Taps(keys.signing_keys([2]), lifetime, clock)
        assert (await web.page(new)).status == 200, "the new key signs"
        await refused(web, town, where, 404)
    town.ignores()


async def test_a_card_that_is_gone_says_so(found: Founding) -> None:
    town = await asked(found)
    async with opened(town) as web:
        page = await web.page(await link(town, "Aiko", "incident", "incident:nothere"))
        assert page.status == 410
        assert "nothing to answer here" in page.text
    town.ignores()


# --- the shell around it -------------------------------------------------------------------


async def test_the_page_binds_the_browser(found: Founding) -> None:
    town = await asked(found)
    async with opened(town) as web:
        page = await web.page(await checkin(town, "Aiko"))
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "'self'" not in policy.replace("form-action 'self'", "")
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["x-robots-tag"] == "noindex, nofollow"
        assert page.headers["cache-control"] == "no-store"
        assert "src=" not in page.source
        assert "<link" not in page.source, "one request shows all of it"
        action, fields = page.fields("I'm safe")
        for elsewhere in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
            sent = {"Sec-Fetch-Site": "same-origin", **elsewhere}
            assert (await web.post(action, fields, **sent)).status in (303, 403)
        refused = await web.post(action, fields, **{"Sec-Fetch-Site": "cross-site"})
        assert refused.status == 403
    town.ignores()


@pytest.mark.usefixtures("one_moment")
async def test_a_stuck_key_is_slowed_down(found: Founding) -> None:
    town = await asked(found)
    async with opened(town) as web:
        where = await checkin(town, "Aiko")
        statuses = [(await web.page(where)).status for _ in range(70)]
        assert statuses[0] == 200
        assert statuses[-1] == 429
        assert (await web.page(await checkin(town, "Ben"))).status == 200
    town.ignores()


async def test_what_people_wrote_stays_what_it_is(found: Founding) -> None:
    town = await found(PEOPLE)
    await roll_call(town, "Mori", 4, words="<script>alert(1)</script> \u202e & 'quotes'")
    town.ignores()
    async with opened(town) as web:
        page = await web.page(await checkin(town, "Aiko"))
    assert "<script>alert" not in page.source
    assert "&lt;script&gt;alert(1)" in page.source
    town.ignores()


def test_a_token_fits_a_short_message() -> None:
    taps = Taps(["key"], lifetime=timedelta(days=60), clock=SteadyClock())
    assert len(taps.make(99_999_999, 7, "checkin", "ask:0123456789ab")) == 24
