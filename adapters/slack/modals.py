"""Forms as modals: a page of questions drawn as a view, and what comes back read as answers.

Rules of the room:
- `block_id` is the question's name, so what is wrong with an answer appears beside it.
- Words of one's own win over a choice; a number is a line of text, since people type digits of
  every script.
- What a view must remember (form and draft) travels with it; nothing is kept here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.slack import blocks
from adapters.slack.blocks import Block
from adapters.slack.drawing import section_blocks
from adapters.slack.given import Speak
from adapters.slack.plain import unescaped, within
from bot.cards import Choice, Field, FormPage
from bot.forms import clean, tag
from bot.texts import Words

CALLBACK = "form"
TITLE = 24
TYPED = 3000
"""The longest text an input takes."""
QUESTION = 2000
HINT = 150
OPTIONS = 100
RADIOS = 10
OPTION_LABEL = 75
OPTION_VALUE = 150
MOST_FIELDS = 30
INTRO_BLOCKS = 30
OWN = "~own"
"""Behind a question's name: the input for words of one's own."""
ANSWER = "answer"
PICTURES = ["jpg", "jpeg", "png", "gif", "webp"]
MOST_PHOTOS = 5


@dataclass(frozen=True, slots=True)
class Filled:
    """A view as it was handed in."""

    form: str
    draft: str
    answers: Mapping[str, str] = field(repr=False)
    photos: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    """Files picked for a question that wants a picture, as Slack describes them."""
    inputs: tuple[str, ...] = ()
    """The blocks beside which a problem can be shown."""


def view(page: FormPage, speak: Speak) -> dict[str, Any]:
    """The page as a modal."""
    words = speak(page.language)
    rtl = page.language == "ar"
    title = f"{page.badge} · {page.title}" if page.badge else page.title
    drawn: list[Block] = []
    if page.badge:
        drawn.append(blocks.header(f"🟦 {page.badge} 🟦", rtl=rtl))
    if len(title) > TITLE:
        drawn.append(blocks.header(page.title, rtl=rtl))
    for part in page.intro:
        if len(drawn) < INTRO_BLOCKS:
            drawn += section_blocks(part, rtl=rtl)
    for asked in page.fields[:MOST_FIELDS]:
        drawn += _question(asked, words, rtl=rtl)
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps({"form": page.form, "draft": page.draft}),
        "title": blocks.plain(title, TITLE),
        "submit": blocks.plain(page.submit, TITLE),
        "close": blocks.plain(page.close, TITLE),
        "notify_on_close": False,
        "blocks": drawn,
    }


def _question(asked: Field, words: Words, *, rtl: bool) -> list[Block]:
    match asked.kind:
        case "choice" if asked.choices:
            return _choice(asked, words, rtl=rtl)
        case "photo":
            picker: Block = {
                "type": "file_input",
                "action_id": ANSWER,
                "filetypes": PICTURES,
                "max_files": MOST_PHOTOS,
            }
            return [_input(asked, picker, rtl=rtl)]
    return [_input(asked, _typed(asked, asked.value, lines=asked.kind == "text"), rtl=rtl)]


def _choice(asked: Field, words: Words, *, rtl: bool) -> list[Block]:
    shown = asked.choices[:OPTIONS]
    options = [_option(choice, rtl=rtl) for choice in shown]
    few = len(options) <= RADIOS
    element: Block = {
        "type": "radio_buttons" if few else "static_select",
        "action_id": ANSWER,
        "options": options,
    }
    chosen = next((n for n, c in enumerate(shown) if asked.value and c.value == asked.value), None)
    if chosen is not None:
        element["initial_option"] = options[chosen]
    hidden = len(asked.choices) - len(shown)
    typing = asked.own_words or hidden > 0
    picked = _input(asked, element, rtl=rtl)
    if not typing:
        return [picked]
    # Either of the two is enough, so neither may be demanded by Slack itself.
    picked["optional"] = True
    own = words.say("slack-own-words") if asked.own_words else words.say("slack-type-name")
    value = asked.value if chosen is None else ""
    typed = _typed(asked, value, lines=False)
    more = Field(
        asked.name + OWN,
        "text",
        own,
        words.say("form-more-options", count=hidden) if hidden else "",
        optional=True,
    )
    return [picked, _input(more, typed, rtl=rtl)]


def _option(choice: Choice, *, rtl: bool) -> Block:
    return {
        "text": blocks.plain(" ".join(choice.label.split()), OPTION_LABEL, rtl=rtl),
        # Too long for Slack: the house knows each choice by its tag as well.
        "value": choice.value if len(choice.value) <= OPTION_VALUE else tag(choice.value),
    }


def _typed(asked: Field, value: str, *, lines: bool) -> Block:
    longest = max(1, min(TYPED, asked.longest))
    element: Block = {
        "type": "plain_text_input",
        "action_id": ANSWER,
        "multiline": lines,
        "max_length": longest,
    }
    if value.strip():
        element["initial_value"] = within(value, longest)
    return element


def _input(asked: Field, element: Block, *, rtl: bool) -> Block:
    drawn: Block = {
        "type": "input",
        "block_id": asked.name,
        "label": blocks.plain(asked.label, QUESTION, rtl=rtl),
        "element": element,
        "optional": asked.optional,
    }
    if asked.hint.strip():
        drawn["hint"] = blocks.plain(asked.hint, QUESTION, rtl=rtl)
    return drawn


def filled(handed: Mapping[str, Any]) -> Filled:
    """A view that came back: the answers by name; a photo is not among them.

    Raises `ValueError` where it is none of ours.
    """
    try:
        kept = json.loads(handed["private_metadata"])
        form, draft = str(kept["form"]), str(kept["draft"])
        values = handed["state"]["values"]
        return _filled(form, draft, values)
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError("a view of an unknown shape") from problem


def _filled(form: str, draft: str, values: Mapping[str, Mapping[str, Any]]) -> Filled:
    answers: dict[str, str] = {}
    photos: list[Mapping[str, Any]] = []
    own: dict[str, str] = {}
    for name, elements in values.items():
        for element in elements.values():
            if element["type"] == "file_input":
                found = element.get("files") or []
                photos += found
                if not found:
                    answers[name] = ""
            elif name.endswith(OWN):
                own[name.removesuffix(OWN)] = _answer(element)
            else:
                answers[name] = _answer(element)
    answers |= {name: said for name, said in own.items() if clean(said)}
    return Filled(form, draft, answers, tuple(photos[:MOST_PHOTOS]), tuple(values))


def _answer(element: Mapping[str, Any]) -> str:
    if "selected_option" in element:
        return unescaped(str((element["selected_option"] or {}).get("value", "")))
    return unescaped(str(element.get("value") or ""))


def problems(found: Mapping[str, str], inputs: Sequence[str]) -> dict[str, str]:
    """What is wrong, beside the questions that are shown; the rest beside the first."""
    beside: dict[str, str] = {}
    for name, says in found.items():
        block = name if name in inputs else next(iter(inputs), name)
        beside[block] = within(f"{beside[block]} {says}" if block in beside else says, QUESTION)
    return beside
