"""A roll call on the board: everything that can be done there."""

from __future__ import annotations

from tests.board.visiting import PEOPLE, begun, button, hidden, text, visit
from tests.town import Founding

DATABASES = ("sqlite",)


async def test_the_same_form_sent_twice_is_one_event(found: Founding) -> None:
    town, mori, path = await begun(found)
    page = await mori.opens(path)
    tried = button(page, "No answer", "Sato")
    for _ in range(3):
        await mori.presses(page, tried, told="Recorded: tried")
    assert "called once, no answer" in text(await mori.opens(path))
    # A page that was opened anew is another event.
    await mori.presses(await mori.opens(path), tried, told="Recorded: tried")
    assert "called 2 times, no answer" in text(await mori.opens(path))
    town.ignores()


async def test_an_all_clear_says_first_who_is_not_accounted_for(found: Founding) -> None:
    town, mori, path = await begun(found)
    await town.taps("Aiko", "I need help", told="you need help")
    form = await mori.taps(await mori.opens(path), "All clear: end it")
    assert "1 person needs help Aiko" in text(form.text)
    done = await mori.follows(await mori.fills(form.text, words="The building is checked."))
    assert "Ended" in text(done)
    assert "The building is checked." in text(done)
    town.ignores("Aiko", "Mori")
    town.hears("Ben", "All clear", "The building is checked.")
    town.ignores()
    later = await mori.taps(done, "Take late answers longer")
    done = await mori.follows(await mori.fills(later.text, time="week"))
    assert "welcome for longer" in text(done)


async def test_calling_off_takes_the_number_typed_in(found: Founding) -> None:
    town, mori, path = await begun(found)
    form = await mori.taps(await mori.opens(path), "Call off (a mistake)")
    assert "type 7" in text(form.text)
    for typed in ("", "6", "seven"):
        wrong = await mori.fills(form.text, words="", sure=typed)
        assert "The number is 7" in text(wrong.text)
    assert "running for" in text(await mori.opens(path))
    done = await mori.follows(await mori.fills(form.text, words="Wrong button", sure="7"))
    assert "Roll call called off" in text(done)
    town.ignores("Mori")
    town.hears("Aiko", "ignore the roll call", "Wrong button")
    town.ignores()


async def test_a_roll_call_begins_with_its_preflight_and_a_typed_number(found: Founding) -> None:
    town = await found(PEOPLE)
    mori = await visit(town, "Mori")
    form = await mori.presses(await mori.opens("/board"), "do:rollcall")
    second = await mori.follows(await mori.fills(form.text, drill="real", who="everyone"))
    how = {"words": "", "words-own": "Fire. Are you safe?", "mode": "broadcast"}
    second = await mori.follows(await mori.fills(second, **how))
    said = text(second)
    assert "THIS IS REAL" in said
    assert "REAL" in second.split("<h1")[0]
    assert "One person has no working contact" in said
    for word in ("Are you safe?", "ご無事ですか", "أنا بخير"):
        assert word in said, said
    wrong = await mori.fills(second, confirm="6")
    assert "The number is 7" in text(wrong.text)
    done = await mori.follows(await mori.fills(second, confirm="7"))
    assert "Started: 7 people" in text(done)
    assert "Fire. Are you safe?" in text(done)
    town.everyone_hears("Are you safe?", "Fire. Are you safe?", but=["Chen"])
    town.ignores()
    drill = await mori.presses(await mori.opens("/board"), "do:rollcall")
    last = await mori.follows(await mori.fills(drill.text, drill="drill", who="everyone"))
    last = await mori.follows(await mori.fills(last, **how))
    assert "THIS IS A DRILL" in text(last)
    assert "send-drill" in last
    assert "send-real" not in last
    await mori.fills(last)
    town.everyone_hears("Are you safe?", "This is a drill", but=["Chen"])
    town.ignores()


async def test_the_head_count_ticks_and_takes_visitors(found: Founding) -> None:
    town, mori, path = await begun(found)
    page = await mori.opens(f"{path}/heads?site=Plant")
    assert {"Aiko", "Ben", "Chen", "Dirk", "Lena"} <= set(text(page).split())
    assert "Sato" not in page
    aiko = page.split("Aiko")[1].split('value="')[1].split('"')[0]
    await mori.presses(page, aiko, told="Recorded: seen here")
    fields = {"name": "Dr. <b>Visitor</b>", "site": "Plant", "back": f"{path}/heads"}
    at = page.index('id="visitor"')
    fields |= {name: hidden(page[at:], name) for name in ("proof", "event")}
    for _ in range(2):
        done = await mori.post(f"{path}/visitors", fields)
        assert done.status_code == 303
    page = await mori.opens(f"{path}/heads?site=Plant")
    assert page.count("Dr. &lt;b&gt;Visitor") == 1
    assert "Seen here 1" in text(page)
    assert "Visitors 1" in text(page)
    town.ignores()


async def test_an_incident_is_taken_noted_and_closed_on_the_board(found: Founding) -> None:
    town = await found(PEOPLE)
    mori = await visit(town, "Mori")
    report = {"kind": "fire", "place": "Plant", "hurt": "nobody"}
    await town.submits("Ben", "incident", report)
    town.ignores()
    listed = await mori.opens("/board/incidents")
    path = "/board/i/" + listed.split('href="/board/i/')[1].split('"')[0]
    page = await mori.opens(path)
    assert "Fire: Plant" in text(page)
    taken = await mori.taps(page, "I take it", told="It is yours")
    form = await mori.taps(taken.text, "Add a note")
    done = await mori.follows(await mori.fills(form.text, text="Extinguisher <used>."))
    assert "Extinguisher <used>." in text(done)
    form = await mori.taps(await mori.opens(path), "Close")
    await mori.fills(form.text, reason="It is out.")
    assert "closed" in text(await mori.opens(path))
    town.ignores()
