"""The main job in two browser tabs: a report, a roll call, a cry for help, the all-clear."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser import picture
from tests.browser.conftest import Play, Visit
from tests.browser.stage import DESK, PHONE

pytestmark = pytest.mark.browser

FIRE = "Fire: North Works"


def test_from_a_report_to_the_all_clear_without_one_reload(play: Play, visit: Visit) -> None:
    # Slow enough that no simulated colleague takes the cry before a busy machine can tap.
    demo = play(20)
    employee = visit(demo.employee, **PHONE)
    manager = visit(demo.manager, **DESK)

    # A report in a sentence and two taps.
    employee.write("There is a fire in the workshop")
    employee.tap("Where?", "North Works")
    employee.tap("Is anyone hurt?", "Somebody is hurt")
    employee.hears("Added. Everyone dealing with it can see it.")
    employee.sees(FIRE, "Nobody has taken it yet")

    # It comes to the manager by itself; whoever reported it sees who has it in hand.
    manager.sees(FIRE, "SOMEBODY IS HURT.", "There is a fire in the workshop")
    manager.tap(FIRE, "I take it")
    manager.sees(FIRE, "You are taking care of it.")
    employee.sees(FIRE, "Emma Clarke has been taking care of it")
    employee.sees("Emma Clarke is taking care of your report.")

    # A roll call made from it: words and site are there, the number is typed.
    manager.tap(FIRE, "Start a roll call")
    manager.tap("What shall the message say?", f"{FIRE}. Are you safe?")
    manager.tap("How shall they be asked?", "Everyone at once")
    card = manager.sees(
        "To send it, type the number of people",
        "THIS IS REAL, not a drill.",
        f"{FIRE}. Are you safe?",
        "Site: North Works",
    )
    number = re.search(r"Type \D*(\d+)", card.inner_text())
    assert number
    people = int(number[1])
    manager.write(str(people + 1))
    manager.hears(f"The number is {people}.")
    manager.write(str(people))
    manager.hears(f"Started: {people} people are being asked.")
    manager.sees("Answered:", f"of {people}", "Need help")

    # A cry goes to whoever can help, and stands on top of the tally.
    employee.sees("Are you safe?", f"{FIRE}. Are you safe?")
    question = picture.shot(employee)
    employee.tap("Are you safe?", "I need help")
    employee.hears("Recorded: you need help.")
    employee.sees("Are you safe?", "Told: ", "Emma Clarke")
    manager.sees("Daniel Jenkins needs help", "Can you take care of it?")
    on_top = manager.card("Answered:").locator(".person").first
    expect(on_top).to_contain_text("NEEDS HELP since")
    tally = manager.card("Answered:").locator("h2")
    expect(tally).to_have_text(re.compile(r"Answered: \W*([3-9]|1\d)\W* of"))
    picture.taken(picture.shot(manager, "Answered:"), question)
    manager.tap("Daniel Jenkins needs help", "I take it")
    employee.sees("Are you safe?", "Emma Clarke is taking care of it.")
    manager.tap("Daniel Jenkins needs help", "Now safe")
    manager.tap("Is Daniel Jenkins really safe now?", "Yes, safe")
    manager.sees("Daniel Jenkins no longer needs help")
    employee.sees("Are you safe?", "Emma Clarke answered for you", "you are safe.")

    manager.tap("Answered:", "All clear: end it")
    manager.sees("Anything to add to the all-clear?")
    manager.write("The fire is out. Back to work.")
    manager.hears("The roll call has ended.")
    employee.sees("All clear", "The fire is out. Back to work.")
    manager.sees("Roll call ended.")
    expect(employee.page.locator("#unsent > li")).to_have_count(0)

    for chat in (employee, manager):
        chat.was_never_reloaded()


def test_the_picture_is_there_and_small() -> None:
    assert picture.PICTURE.stat().st_size < 150_000
    with Image.open(picture.PICTURE) as there:
        assert there.format == "PNG"
        assert there.width > there.height > 600
