"""Every card and every page of a form, in every language and at its longest, is one Slack takes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack import blocks, modals
from adapters.slack.drawing import BUDGET, Drawing, bar, notice
from adapters.slack.plain import escaped, escaped_within, opened, size, within
from bot.cards import Ask, Button, Card, Choice, Fields, Person, Photo, Style, Tally, Text, Tone
from bot.cards import Field as Question
from bot.cards import FormPage as Page
from bot.forms import Draft
from bot.people import LANGUAGES
from bot.texts import Texts, Words
from bot.views import form
from tests.adapters.slack_fake import message_faults, view_faults
from tests.adapters.slack_fake.blocks import too_long
from tests.test_cards import CARDS
from tests.views import looking, test_every_card
from tests.views.looking import WITNESSES

TEXTS = Texts()


def speak(language: str) -> Words:
    return TEXTS.words(language, "UTC")


DRAWING = Drawing(speak)


def taken(card: Card) -> Card:
    """Slack takes this card, on its own, as a home page and as text alone."""
    drawn = DRAWING.message(card)
    assert message_faults(drawn.blocks) == []
    assert not too_long(drawn.blocks)
    assert drawn.text.strip()
    assert len(drawn.text) <= 4000
    shown = str(drawn.blocks)
    if card.badge:
        assert drawn.blocks[0]["type"] == "header"
        assert card.badge in str(drawn.blocks[0])
        assert drawn.text.startswith(f"[{card.badge}]")
    for button in card.buttons:
        assert f"'value': {button.id!r}" in shown
    values = [b["action_id"] for b in every_button(drawn.blocks)]
    assert len(values) == len(set(values))
    assert view_faults(DRAWING.home([card, card], "Recorded."), "home") == []
    assert 0 < len(DRAWING.bare(card)) <= 4000
    return card


def every_button(drawn: list[blocks.Block]) -> list[blocks.Block]:
    found = [element for block in drawn for element in block.get("elements", ())]
    found += [block["accessory"] for block in drawn if "accessory" in block]
    return [element for element in found if element["type"] == "button"]


@pytest.fixture
def cards() -> Iterator[set[Card]]:
    """Whatever the tests of the views find sound is afterwards held against Slack, each once."""
    seen: set[Card] = set()
    WITNESSES.append(seen.add)
    yield seen
    WITNESSES.remove(seen.add)
    assert seen
    for card in seen:
        taken(card)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [0, 7])
async def test_slack_takes_every_card_of_a_roll_call(cards, language: str, number: int):
    call = test_every_card.calls()[number]
    await test_every_card.test_cards_of_a_roll_call_are_sound(language, call)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_slack_takes_every_card_of_an_incident(cards, language: str):
    await test_every_card.test_cards_of_an_incident_are_sound(language)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_slack_takes_every_question(cards, language: str):
    await test_every_card.test_every_question_of_every_form_is_sound(language)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_slack_takes_every_line_in_reply(cards, language: str):
    await test_every_card.test_lines_in_reply_are_sound(language)


@settings(deadline=None, max_examples=60)
@given(CARDS)
def test_slack_takes_whatever_a_card_may_be(card: Card):
    drawn = DRAWING.message(card)
    assert message_faults(drawn.blocks) == []


HUGE = Card(
    "t" * 400,
    (
        *(
            Person(f"{n} " + "名" * 200, "n" * 500, (Button(f"p:{n}", "b" * 99),))
            for n in range(60)
        ),
        *(Text("w" * 4000, said=bool(n % 2)) for n in range(30)),
        Fields(tuple((f"l{n}", "v" * 500) for n in range(40))),
        Photo("x", "a" * 3000),
    ),
    tuple(Button(f"b:{n}", "😀" * 80, Style.DANGER) for n in range(40)),
    badge="DRILL",
    open=True,
    ask=Ask("h" * 3000),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_too_much_keeps_title_badge_and_buttons(language: str):
    card = taken(Card(HUGE.title, HUGE.body, HUGE.buttons, language=language, badge="DRILL"))
    drawn = DRAWING.message(card)
    assert blocks.total(drawn.blocks) <= BUDGET
    assert TEXTS.words(language, "UTC").say("slack-cut") in str(drawn.blocks)
    taken(HUGE)


def test_a_home_page_of_many_cards_is_one_slack_takes():
    view = DRAWING.home([HUGE] * 30, "n" * 9000)
    assert view_faults(view, "home") == []
    assert len(str(view).encode()) < 250_000


def test_an_empty_home_page_is_a_page():
    assert view_faults(DRAWING.home([]), "home") == []


def test_arabic_begins_on_the_right():
    card = Card("3 أشخاص", (Text("Bob"), Text("Bob", said=True)), language="ar")
    for block in DRAWING.message(card).blocks:
        assert block["text"]["text"].lstrip(">").startswith("\u200f")


def test_what_was_chosen_is_ticked_and_styles_are_slacks():
    card = Card(
        "t",
        buttons=(
            Button("a", "Safe", Style.GOOD, chosen=True),
            Button("b", "Help", Style.DANGER),
            Button("c", "Back", Style.QUIET),
        ),
    )
    one, two, three = every_button(DRAWING.message(card).blocks)
    assert (one["text"]["text"], one["style"]) == ("✓ Safe", "primary")
    assert two["style"] == "danger"
    assert "style" not in three


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=6))
def test_a_bar_is_twenty_squares_and_shows_everybody_who_counts(counts: list[int]):
    tones = [Tone.URGENT, Tone.CALM, Tone.GOOD, Tone.DRILL, Tone.CALM, Tone.GOOD]
    parts = tuple(("x", n, tone) for n, tone in zip(counts, tones, strict=False))
    drawn = bar(Tally(parts, sum(counts)))
    assert len(drawn) == 20
    if counts[0] > 0:
        assert "🟥" in drawn


def test_a_notification_is_never_empty():
    assert notice(Card("")) == "·"
    assert notice(Card("  ", (Text(" \n "),))) == "·"


@settings(deadline=None, max_examples=60)
@given(st.text("<&>a漢😀\u0301", max_size=200), st.integers(20, 200))
def test_what_is_cut_fits_and_is_never_torn(text: str, longest: int):
    assert size(within(text, longest)) <= longest
    said = escaped_within(text, longest)
    assert size(said) <= longest
    assert not set(said) & set("<>")
    assert said.count("&") == said.count("&amp;") + said.count("&lt;") + said.count("&gt;")
    if size(escaped(text)) <= longest:
        assert opened(said) == text


# --- pages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_slack_takes_every_page_of_every_form(language: str):
    found = 0
    for draft, _ in looking.drafts(language):
        for look in looks(language, draft):
            for person in (looking.STAFF, looking.BOSS):
                reader = looking.reader(look, person)
                drawn = await form.page(look, draft, reader)
                if drawn is not None:
                    found += 1
                    assert view_faults(modals.view(drawn, speak), "modal") == []
    assert found > 5


def looks(language: str, draft: Draft) -> tuple[looking.Looking, ...]:
    town = looking.town(
        language,
        incidents={looking.ID: looking.incident()},
        roll_calls={looking.ID: looking.roll_call()},
        drafts={draft.id: draft},
    )
    return town, test_every_card.odd(town)


def page(*fields: Question, **more: object) -> Page:
    return Page("d1", "incident", "Title", fields, "Send", "Close", **more)  # type: ignore[arg-type]


def test_a_page_may_be_as_large_as_it_likes():
    choices = tuple(Choice("v" * 300 + str(n), "l" * 200) for n in range(300))
    fields = [
        Question(f"f{n}", "choice", "q" * 3000, "h" * 3000, choices, own_words=bool(n % 2))
        for n in range(20)
    ]
    fields += [Question("t", "text", "x", value="v" * 9000), Question("n", "number", "x")]
    drawn = page(*fields, intro=HUGE.body, badge="DRILL", language="ar")
    assert view_faults(modals.view(drawn, speak), "modal") == []


def test_few_choices_are_seen_at_once_and_many_are_a_list():
    few, many = (tuple(Choice(f"v{n}", f"l{n}") for n in range(count)) for count in (10, 11))
    drawn = page(
        Question("a", "choice", "A", choices=few), Question("b", "choice", "B", choices=many)
    )
    one, two = modals.view(drawn, speak)["blocks"]
    assert one["element"]["type"] == "radio_buttons"
    assert two["element"]["type"] == "static_select"


def test_what_has_been_answered_is_filled_in():
    choices = (Choice("a", "A"), Choice("b", "B"))
    drawn = page(
        Question("one", "choice", "1", choices=choices, value="b"),
        Question("two", "choice", "2", choices=choices, value="elsewhere", own_words=True),
        Question("three", "text", "3", value="words"),
    )
    one, two, own, three = modals.view(drawn, speak)["blocks"]
    assert one["element"]["initial_option"]["text"]["text"] == "B"
    assert "initial_option" not in two["element"]
    assert own["element"]["initial_value"] == "elsewhere"
    assert three["element"]["initial_value"] == "words"


def test_the_way_to_the_board_is_a_link_that_slack_draws():
    address = "http://127.0.0.1:8080/board/in/k7.aa"
    card = Card("Board", (Text(address, link="Open | <the> board"),))
    [block] = [b for b in taken_blocks(card) if b["type"] == "section"]
    assert block["text"] == {
        "type": "mrkdwn",
        "text": f"<{address}|Open   &lt;the&gt; board>",
    }


def taken_blocks(card: Card) -> list[blocks.Block]:
    taken(card)
    return DRAWING.message(card).blocks
