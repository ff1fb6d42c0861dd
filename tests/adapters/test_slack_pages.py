"""Pages: filled in as people do, handed in whole, problems beside what is wrong."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import Choice, Field
from bot.door import Answered
from bot.events import Attached, Submitted
from bot.forms import tag
from tests.adapters.slack_house import PAGE, House, Stage, photo, playing


async def opened(stage: Stage) -> None:
    await stage.aiko.shortcut("report")
    await stage.until(lambda: stage.aiko.modal)


async def test_a_page_is_handed_in_by_the_names_of_its_questions():
    async with playing(House(pages=[PAGE])) as stage:
        await opened(stage)
        await stage.aiko.fills({"What has happened?": "Fire", "Where?": "Building B"})
        await stage.aiko.submits()
        handed = stage.house.happened[-1]
        assert isinstance(handed, Submitted)
        assert handed.answers == {
            "kind": "fire",
            "place": "site:B",
            "details": "",
            "photo": "",
        }
        assert (handed.form, handed.about, handed.page) == ("incident", "draft:d1", True)
        assert stage.aiko.modal is None
        assert stage.aiko.troubles == []


async def test_ones_own_words_win_over_a_choice():
    async with playing(House(pages=[PAGE])) as stage:
        await opened(stage)
        filled = {"What has happened?": "Fire", "Where?": "Building B", "place~own": " the roof "}
        await stage.aiko.fills(filled)
        await stage.aiko.submits()
        assert stage.house.happened[-1].answers["place"] == " the roof "


async def test_what_is_wrong_stands_beside_the_question_and_can_be_mended():
    def wrong(event: Submitted) -> Answered:
        if event.answers["place"]:
            return Answered()
        return Answered("Needed.", True, draft="d1", problems={"place": "This one is needed."})

    house = House(pages=[PAGE], answers={Submitted: wrong})
    async with playing(house) as stage:
        await opened(stage)
        await stage.aiko.fills({"What has happened?": "Fire"})
        await stage.aiko.submits()
        assert stage.aiko.modal
        assert stage.aiko.modal.errors == {"place": "This one is needed."}
        # Slack gives the second attempt the same view and hash: it must not pass for a repeat.
        await stage.aiko.fills({"Where?": "Building B"})
        await stage.aiko.submits()
        assert stage.aiko.modal is None
        assert len(house.of(Submitted)) == 2
        assert house.repeats == []


async def test_the_same_press_delivered_twice_is_one():
    async with playing(House(pages=[PAGE])) as stage:
        await opened(stage)
        await stage.aiko.fills({"What has happened?": "Fire"})
        stage.platform.deliveries.duplicate()
        delivery = await stage.aiko.submits()
        await stage.platform.deliveries.repeat(delivery)
        await stage.until(lambda: stage.house.repeats)
        assert len(stage.house.of(Submitted)) == 1


async def test_what_is_wrong_with_no_question_shown_stands_beside_the_first():
    house = House(
        pages=[PAGE],
        answers={Submitted: lambda _: Answered("This form is no longer open.", True)},
    )
    async with playing(house) as stage:
        await opened(stage)
        await stage.aiko.fills({"What has happened?": "Fire"})
        await stage.aiko.submits()
        assert stage.aiko.modal
        assert stage.aiko.modal.errors == {"kind": "This form is no longer open."}


async def test_further_questions_follow_on_the_next_page():
    numbers = (Field("confirm", "number", "Type 128", "128"),)
    more = replace(PAGE, title="Almost there", fields=numbers)
    async with playing(House(pages=[PAGE, more])) as stage:
        await opened(stage)
        await stage.aiko.fills({"What has happened?": "Fire"})
        await stage.aiko.submits()
        assert stage.aiko.modal
        assert stage.aiko.modal.title == "Almost there"
        await stage.aiko.fills({"Type 128": "١٢٨"})
        await stage.aiko.submits()
        assert stage.house.happened[-1].answers == {"confirm": "١٢٨"}
        assert stage.aiko.modal is None


async def test_what_was_recorded_is_told_when_the_page_closes():
    house = House(pages=[PAGE], answers={Submitted: lambda _: Answered("Sent.")})
    async with playing(house) as stage:
        await opened(stage)
        await stage.aiko.fills({"What has happened?": "Fire"})
        await stage.aiko.submits()
        await stage.until(lambda: stage.aiko.received)
        assert stage.aiko.last.shown == "Sent."


async def test_a_photo_of_a_page_follows_what_it_says():
    only = replace(PAGE, fields=(PAGE.fields[-1],))
    async with playing(House(pages=[PAGE, only])) as stage:
        await opened(stage)
        await stage.aiko.fills({"What has happened?": "Fire", "A photo?": stage.aiko.file(photo())})
        await stage.aiko.submits()
        assert stage.aiko.modal is None, "asked for the photo again while it is on its way"
        await stage.until(lambda: stage.house.of(Attached))
        submitted, attached = stage.house.happened[-2:]
        assert "photo" not in submitted.answers
        assert attached.picture.startswith(b"\xff\xd8")


async def test_what_could_not_be_saved_stays_on_the_page():
    async with playing(House(pages=[PAGE])) as stage:
        await opened(stage)
        stage.house.refuses = 1
        await stage.aiko.fills({"What has happened?": "Fire"})
        await stage.aiko.submits()
        assert stage.aiko.modal
        assert "could not be saved" in stage.aiko.modal.errors["kind"]
        await stage.aiko.submits()
        assert stage.aiko.modal is None
        assert len(stage.house.of(Submitted)) == 1


async def test_long_lists_are_cut_and_the_rest_can_be_typed():
    names = tuple(Choice("site:" + "x" * 200 + str(n), f"Site {n}") for n in range(250))
    page = replace(PAGE, fields=(Field("who", "choice", "Who?", choices=names),))
    async with playing(House(pages=[page])) as stage:
        await opened(stage)
        assert stage.aiko.modal
        assert "150" in stage.aiko.modal.words()
        await stage.aiko.fills({"who~own": "Site 249"})
        await stage.aiko.submits()
        assert stage.house.happened[-1].answers == {"who": "Site 249"}


async def test_a_choice_too_long_for_slack_comes_back_as_its_tag():
    names = (Choice("site:" + "拠点" * 100, "Long"), Choice("b", "Short"))
    page = replace(
        PAGE, fields=(Field("who", "choice", "Who?", choices=names, value=names[0].value),)
    )
    async with playing(House(pages=[page])) as stage:
        await opened(stage)
        await stage.aiko.submits()
        assert stage.house.happened[-1].answers == {"who": tag(names[0].value)}


async def test_a_view_of_another_making_is_closed_without_harm():
    async with playing(House(pages=[PAGE])) as stage:
        await opened(stage)
        assert stage.aiko.modal
        stage.aiko.modal.given["private_metadata"] = "[]"
        await stage.aiko.fills({"What has happened?": "Fire"})
        await stage.aiko.submits()
        assert stage.house.of(Submitted) == []
        assert stage.aiko.modal is None
