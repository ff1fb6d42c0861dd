"""What goes wrong in life: words that want to be more than words, a server that dies mid-tap."""

from __future__ import annotations

import json
import re
import signal
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Play, Visit
from tests.browser.stage import DESK, PHONE, Chat, House

pytestmark = pytest.mark.browser

MARKUP = "<script>window.owned=1</script><img src=x onerror='window.owned=1'></article></body>"
TEMPLATE = "{{7*7}} ${7*7} {% raw %} '; DROP TABLE people; --"
TURNED = "\u202egnp.exe\u202c \u2067right to left"
ENDLESS = "W" * 10_000

STAFF = """key,name,language,site,team,lead,roles,contacts
1,Ada Top,en,HQ,Office,,safety admin,web
2,Ben Day,en,HQ,Office,1,,web
3,Cho Night,en,HQ,Office,1,,web
"""


def test_whatever_is_typed_appears_as_text(play: Play, visit: Visit) -> None:
    demo = play(5)
    employee = visit(demo.employee, **PHONE)
    manager = visit(demo.manager, **DESK)
    employee.write(f"A fire! {MARKUP} {TEMPLATE} {TURNED} {ENDLESS}")
    employee.sees("You wrote", MARKUP, TEMPLATE)
    employee.sees("Your text was too long. The first 4,000 characters were kept.")
    employee.write(f"<b>Hall</b> & {TURNED}")
    employee.tap("Is anyone hurt?", "Nobody")
    employee.hears("Added. Everyone dealing with it can see it.")

    title = "Fire: <b>Hall</b> & gnp.exe right to left"
    card = manager.sees(title, MARKUP, TEMPLATE)
    expect(card).to_contain_text("W" * 800 + "…")
    manager.tap(title, "I take it")
    manager.tap(title, "Add a note")
    manager.sees("What should be noted?")
    manager.write(f"{MARKUP} {TURNED}")
    manager.sees(title, "Emma Clarke: " + MARKUP)
    manager.tap(title, "Start a roll call")
    manager.tap("What shall the message say?", f"{title}. Are you safe?")
    manager.sees("How shall they be asked?")
    employee.sees(title, "Emma Clarke has been taking care of it")
    for chat in (employee, manager):
        assert chat.page.evaluate("typeof window.owned") == "undefined"
        expect(chat.page.locator("#feed :is(script, img, b:not(.tally b))")).to_have_count(0)
        assert "\u202e" not in chat.page.content()
        chat.fits(320, 390, 720)


def test_a_tap_outlives_the_death_of_the_server_and_counts_once(
    programs: ExitStack, visit: Visit, tmp_path: Path
) -> None:
    house = House.built(tmp_path)
    (tmp_path / "staff.csv").write_text(STAFF, encoding="utf-8")
    printed = house(
        "db upgrade",
        "people import staff.csv",
        "people invite --all",
        "rollcall start --everyone --words 'Storm. Are you safe?' --as 1 --yes",
    )
    links = re.findall(r"http://\S+", printed)
    with house.served() as server:
        ada, ben, cho = (visit(link, **PHONE) for link in links)
        for chat in (ada, ben, cho):
            chat.excused = "net::ERR_"  # what chromium says of a server that is not there
            chat.sees("Are you safe?", "Storm. Are you safe?")

        # Ben's tap is recorded, but the answer to it is lost on the way.
        def lose(route: Route) -> None:
            assert route.fetch().ok
            server.send_signal(signal.SIGKILL)
            route.abort()

        ben.page.route("**/tap", lose, times=1)
        ben.tap("Are you safe?", "I need help")
        unsent(ben, 1)
        # Cho taps while there is no server.
        server.wait()
        cho.tap("Are you safe?", "I'm safe")
        unsent(cho, 1)
    # It is taken on its word that no other is left, and does not look for seconds.
    programs.enter_context(house.served("--force"))
    # Ben's page goes on by itself; Cho has closed theirs in between and opens it again.
    cho.page.reload()
    for chat, said in ((ben, "you need help."), (cho, "you are safe.")):
        chat.hears(f"Recorded: {said}")
        chat.sees("Are you safe?", "Recorded", said)
        unsent(chat, 0)
    ada.sees("Answered: 2 of 3", "1 person needs help", "No answer from 1 person")
    for chat in (ada, ben):
        chat.was_never_reloaded()
    lines = json.loads(house("journal --json --limit 1000"))
    answers = [line["person"] for line in lines if line["kind"] == "checkin.answered"]
    assert sorted(answers) == ["2", "3"]


def unsent(chat: Chat, count: int) -> None:
    """So many taps are shown to wait for the connection."""
    waiting = chat.page.locator("#unsent > li")
    expect(waiting).to_have_count(count)
    if count:
        expect(waiting).to_contain_text("Not sent yet: waiting for the connection")
