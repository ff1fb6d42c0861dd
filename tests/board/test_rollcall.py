"""A roll call on the board: everything that can be done there."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.outcomes import Outcome
from bot.rollcalls import State
from tests.board.visiting import PEOPLE, begun, button, hidden, text, visit
from tests.scenarios.launch import roll_call
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


async def test_a_form_left_alone_says_so_first_and_can_be_begun_anew(found: Founding) -> None:
    town = await found(PEOPLE)
    mori = await visit(town, "Mori")
    form = await mori.presses(await mori.opens("/board"), "do:rollcall")
    assert "You began this one" not in form.text
    second = await mori.follows(await mori.fills(form.text, drill="real", who="everyone"))
    assert "You began this one" not in second
    assert "REAL" in second.split("<h1")[0]
    await town.fast_forward(minutes=3)
    town.ignores()
    page = await mori.presses(await mori.opens("/board"), "do:rollcall")
    assert "You began this one 3 minutes ago and have not sent it" in text(page.text)
    assert "REAL" in page.text.split("<h1")[0]
    assert "Everyone" in text(page.text)
    assert "<textarea" not in page.text
    assert 'type="radio"' not in page.text
    on = page.text.split('class="tap primary" href="')[1].split('"')[0]
    assert 'name="words"' in await mori.opens(on)
    fresh = await mori.taps(page.text, "Begin anew")
    assert "You began this one" not in fresh.text
    assert 'name="drill"' in fresh.text
    assert "DRILL" not in fresh.text.split("<h1")[0]
    # The one given up opens nothing any more.
    assert (await mori.get(on)).status_code == 410
    town.ignores()


async def test_back_after_starting_leads_on_to_the_roll_call_that_runs(found: Founding) -> None:
    town = await found(PEOPLE)
    mori = await visit(town, "Mori")
    form = await mori.presses(await mori.opens("/board"), "do:rollcall")
    [path] = re.findall(r'action="(/board/form/[^"]+)"', form.text)
    page = await mori.follows(await mori.fills(form.text, drill="drill", who="everyone"))
    last = await mori.follows(
        await mori.fills(page, **{"words-own": "Fire drill.", "mode": "broadcast"})
    )
    await mori.fills(last)
    town.ignores()
    again = await mori.get(path)
    running = await mori.follows(again)
    assert "This form has been sent" in text(running)
    assert "Fire drill." in text(running)
    # Sending the old page once more starts nothing.
    running = await mori.follows(await mori.fills(last))
    assert "Fire drill." in text(running)
    assert (await town.row("SELECT count(*) AS n FROM rollcalls")).n == 1
    town.ignores()
    # Nobody else is led anywhere.
    lena = await visit(town, "Lena")
    assert (await lena.get(path)).status_code == 410


async def test_the_end_of_a_drill_says_drill_and_its_button_says_what_it_does(
    found: Founding,
) -> None:
    town = await found(PEOPLE)
    mori = await visit(town, "Mori")
    for drill in (True, False):
        roll_call_id = await roll_call(town, "Mori", 7, drill=drill)
        town.ignores()
        page = await mori.opens(f"/board/r/{roll_call_id}")
        badge = "DRILL" if drill else "REAL"
        for act, does in (("allclear", "All clear: end it"), ("calloff", "Call off (a mistake)")):
            form = (await mori.presses(page, f"rc:{roll_call_id}:{act}")).text
            assert badge in text(form.split("<h1")[0].split("<main")[1])
            body = form.split("</h1>")[1]
            assert button_words(body)[0] == does
            assert "(optional)" in text(body)
            assert "Skip" not in text(body)
        await mori.fills(form, words="", sure="7")
        town.ignores()


def button_words(html: str) -> list[str]:
    """What the buttons say, in order."""
    return [text(label) for label in re.findall(r"<button[^>]*>(.*?)</button>", html)]


async def test_a_roll_call_on_its_way_says_how_many_are_asked(found: Founding) -> None:
    town, mori, path = await begun(found)
    async with town.house.store.write() as work:
        call = await work.roll_call(path.rpartition("/")[2])
        assert call is not None
        await work.take(Outcome(save=[replace(call, state=State.LAUNCHING, expected=9)]))
        await work.flush()
    assert "Being sent: 7 of 9" in text(await mori.opens("/board"))
    town.ignores()


async def test_staff_numbers_are_found_by_name_and_what_was_typed_stays(found: Founding) -> None:
    town = await found(PEOPLE)
    mori = await visit(town, "Mori")
    keys = {}
    for name in ("Aiko", "Dirk"):
        keys[name] = (await town.row(f"SELECT key FROM people WHERE name = '{name}'")).key
    form = await mori.presses(await mori.opens("/board"), "do:rollcall")
    page = await mori.follows(await mori.fills(form.text, drill="drill", who="list"))
    typed = f"{keys['Aiko']}, 99x"
    wrong = await mori.fills(page, people=typed, words="", mode="broadcast")
    assert "We do not know: 99x" in text(wrong.text)
    assert typed in text(wrong.text.split("<textarea")[1].split("</textarea>")[0])
    # A name instead of a number: nothing is handed in, what was typed stays.
    listed = await mori.fills(wrong.text, people=keys["Aiko"], find="dIR")
    assert [label for label in button_words(listed.text) if label.startswith("+ Dirk")]
    added = await mori.fills(listed.text, people=keys["Aiko"], find="", add=keys["Dirk"])
    box = text(added.text.split("<textarea")[1].split("</textarea>")[0])
    assert box.split(">")[1].split() == [keys["Aiko"], keys["Dirk"]]
    words = {"words-own": "Only two.", "mode": "broadcast", "people": " ".join(keys.values())}
    last = await mori.follows(await mori.fills(added.text, **words))
    await mori.fills(last)
    for name in keys:
        town.hears(name, "Only two.")
    town.ignores()
    # Nobody finds people whom they may not see.
    lena = await visit(town, "Lena")
    form = await lena.presses(await lena.opens("/board"), "do:rollcall")
    if 'value="list"' in form.text:
        page = await lena.follows(await lena.fills(form.text, drill="drill", who="list"))
        assert "+ Sato" not in text((await lena.fills(page, people="", find="Sato")).text)
    town.ignores()


async def test_earlier_roll_calls_say_what_they_were_and_how_they_ended(found: Founding) -> None:
    town = await found(PEOPLE)
    mori = await visit(town, "Mori")
    for drill, act in ((True, "calloff"), (False, "allclear")):
        id_ = await roll_call(town, "Mori", 7, drill=drill)
        town.ignores()
        form = await mori.presses(await mori.opens(f"/board/r/{id_}"), f"rc:{id_}:{act}")
        await mori.fills(form.text, words="", sure="7")
        town.ignores()
    ended = text((await mori.opens("/board")).split('id="ended"')[1])
    real, drilled = ended.split("DRILL")
    assert "REAL" in real
    assert "Ended" in real
    assert "Roll call called off" in drilled
