"""Forms as data: questions in order, answers by name.

Rules of the room:
- The next question is the first open one whose condition holds. An inserted question is simply
  open, a removed one ignored; a draft resumed after days goes on where it stood.
- One answer (a tap) or many (a page) come in by the same door, `answer`. Problems come back as
  `{question: text key}` and nothing of a question with a problem is kept.
- Typed words and numbers count as taps: `match` finds the option meant.

>>> form = Form(
...     "demo",
...     (
...         Question("hurt", "choice", options=("nobody", "someone")),
...         Question("who", "text", only_if={"hurt": ("someone",)}),
...     ),
... )
>>> draft = Draft("d1", 7, "demo")
>>> upcoming(form, draft).name
'hurt'
>>> draft, problems = answer(form, draft, {"hurt": "nobody"}, {})
>>> upcoming(form, draft) is None
True
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

SKIPPED = "\x00skipped"
"""Stands for "I leave this out": answered, without a value."""

MAX_TEXT = 4000
MAX_DIGITS = 12

Kind = Literal["choice", "text", "place", "photo", "number"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Its words are the text key `ask-<form>-<name>`."""

    name: str
    kind: Kind
    options: tuple[str, ...] = ()
    """Fixed options; open lists (sites, kinds) are handed in as `choices`."""
    optional: bool = False
    only_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own_words: bool = False
    """A choice that also takes words of one's own."""
    longest: int = MAX_TEXT
    apart: bool = False
    """What it says follows from the answers before it: it never shares a page with them."""

    @property
    def foregone(self) -> bool:
        """Only one thing can be done: a page says so on the button that hands it in."""
        return len(self.options) == 1


@dataclass(frozen=True, slots=True)
class Form:
    """Questions in order. After `send_after` the form is sent and completed afterwards."""

    name: str
    questions: tuple[Question, ...]
    send_after: str = ""

    def question(self, name: str) -> Question | None:
        return next((q for q in self.questions if q.name == name), None)


@dataclass(frozen=True, slots=True)
class Draft:
    """Answers so far of one person to one form. `sent` names what it became, once sent."""

    id: str
    person: int
    form: str
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    about: str = ""
    sent: str = ""
    updated_at: datetime | None = None
    due_at: datetime | None = None
    nudged: bool = False
    done: bool = False
    """Sent and complete, or given up; kept a while so that an old button can be explained."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose, its label in the reader's language, and further words that mean it."""

    value: str
    label: str
    words: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        """The value, short enough for a button id on any platform."""
        return tag(self.value)


def tag(value: str) -> str:
    """`value` itself if it is short and plain, else a dot and ten letters that stand for it."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,24}", value):
        return value
    return "." + hashlib.blake2s(value.encode(), digest_size=5).hexdigest()


def applies(question: Question, answers: Mapping[str, str]) -> bool:
    """True if the question's condition holds under these answers."""
    return all(answers.get(name) in wanted for name, wanted in question.only_if.items())


def upcoming(form: Form, draft: Draft) -> Question | None:
    """The first open question, or `None` when all is answered."""
    for question in form.questions:
        if question.name not in draft.answers and applies(question, draft.answers):
            return question
    return None


def ready(form: Form, draft: Draft) -> bool:
    """True once the questions that matter are answered and it may be sent."""
    if not form.send_after:
        return upcoming(form, draft) is None
    for question in form.questions:
        if applies(question, draft.answers) and question.name not in draft.answers:
            return False
        if question.name == form.send_after:
            return True
    return True


def answer(
    form: Form,
    draft: Draft,
    given: Mapping[str, str],
    choices: Mapping[str, Sequence[Option]],
) -> tuple[Draft, dict[str, str]]:
    """The draft with `given` taken over, and what was wrong as `{question: text key}`."""
    answers = dict(draft.answers)
    problems: dict[str, str] = {}
    for name, value in given.items():
        question = form.question(name)
        if question is None:
            continue
        found, problem = _check(question, value, choices.get(name, ()))
        if problem:
            problems[name] = problem
        else:
            answers[name] = found
    kept: dict[str, str] = {}
    for question in form.questions:
        if question.name in answers and applies(question, kept):
            kept[question.name] = answers[question.name]
    return replace(draft, answers=kept), problems


def _check(question: Question, value: str, options: Sequence[Option]) -> tuple[str, str]:
    text = clean(value)
    if value == SKIPPED or not text:
        return (SKIPPED, "") if question.optional else ("", "problem-needed")
    match question.kind:
        case "choice":
            return _choose(question, text, options)
        case "number":
            digits = re.sub(r"[\s,،٬]", "", unicodedata.normalize("NFKC", text))
            fits = digits.isdecimal() and len(digits) <= MAX_DIGITS
            return (str(int(digits)), "") if fits else ("", "problem-number")
        case "photo":
            return (text, "") if text.startswith("photo:") else ("", "problem-photo")
        case _:
            return ("", "problem-too-long") if len(text) > question.longest else (text, "")


def _choose(question: Question, text: str, options: Sequence[Option]) -> tuple[str, str]:
    meant = match(text, options) if options else None
    if meant is not None:
        return meant.value, ""
    if text in question.options:
        return text, ""
    if question.own_words:
        return ("", "problem-too-long") if len(text) > question.longest else (text, "")
    return "", "problem-choice"


def match(typed: str, options: Sequence[Option]) -> Option | None:
    """The option meant by its tag, value, number (1 is the first), label or a word for it."""
    for option in options:
        if typed in (option.value, option.tag):
            return option
    said = fold(typed)
    if 1 <= _number(said) <= len(options):
        return options[_number(said) - 1]
    for option in options:
        if said in (fold(option.label), *map(fold, option.words)):
            return option
    begun = [o for o in options if len(said) >= 3 and fold(o.label).startswith(said)]
    return begun[0] if len(begun) == 1 else None


def _number(said: str) -> int:
    """The number typed, in whichever digits (3, ３, ٣, 三); 0 for none."""
    if said.isdecimal() and len(said) <= MAX_DIGITS:
        return int(said)
    return int(unicodedata.numeric(said, 0)) if len(said) == 1 else 0


def together(form: Form, draft: Draft) -> tuple[Question, ...]:
    """The questions that can be asked on one page: from the first open one up to the first that
    depends on another. Those between that are answered already are shown with their answers."""
    page: list[Question] = []
    for question in form.questions:
        if question.name in draft.answers and not page:
            continue
        asked = {q.name for q in page}
        if page and (question.apart or asked & set(question.only_if)):
            break
        if applies(question, draft.answers):
            page.append(question)
        if question.apart and page:
            break
    return tuple(page)


def back(form: Form, draft: Draft) -> Draft:
    """Forget the last answered question, so that it is asked again."""
    done = [q.name for q in form.questions if q.name in draft.answers]
    if not done:
        return draft
    return replace(draft, answers={k: v for k, v in draft.answers.items() if k != done[-1]})


def value(draft: Draft, name: str) -> str:
    """An answer, or the empty string if it is open or was left out."""
    given = draft.answers.get(name, "")
    return "" if given == SKIPPED else given


_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060\u2066-\u2069\ud800-\udfff\ufeff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")


def clean(text: str) -> str:
    """Words as they may be kept: no control characters or direction overrides, trimmed."""
    plain = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", plain).strip()


def fold(text: str) -> str:
    """Words as they are compared: width, case, accents of punctuation and end marks ignored."""
    plain = unicodedata.normalize("NFKC", clean(text)).casefold()
    return re.sub(r"[\s.!?。！？،؟…'’\"“”]+", " ", plain).strip()


INCIDENT = Form(
    "incident",
    (
        Question("kind", "choice"),
        Question("place", "choice", own_words=True, longest=200),
        Question("hurt", "choice", options=("nobody", "someone", "unknown")),
        Question("details", "text", optional=True),
        Question("photo", "photo", optional=True),
    ),
    send_after="hurt",
)

ROLL_CALL = Form(
    "rollcall",
    (
        Question("drill", "choice", options=("real", "drill")),
        Question("who", "choice"),
        Question("people", "text", only_if={"who": ("list",)}, longest=4000),
        Question("words", "choice", own_words=True, longest=500),
        Question("mode", "choice", options=("broadcast", "cascade")),
        Question("confirm", "number", only_if={"drill": ("real",)}, apart=True),
        Question("start", "choice", options=("start",), only_if={"drill": ("drill",)}, apart=True),
    ),
)

NOTE = Form("note", (Question("which", "choice"), Question("text", "text")))
CLOSE_INCIDENT = Form("close", (Question("reason", "text", longest=1000),))
DISMISS_INCIDENT = Form("dismiss", (Question("reason", "text", longest=1000),))
ALL_CLEAR = Form("allclear", (Question("words", "text", optional=True, longest=500),))
CALL_OFF = Form("calloff", (Question("words", "text", optional=True, longest=500),))

MESSAGE = Form(
    "message",
    (
        Question("group", "choice", options=("silent", "help", "safe", "everyone")),
        Question("text", "text", longest=500),
    ),
)
PROLONG = Form("prolong", (Question("time", "choice", options=("day", "week", "month")),))
VISITOR = Form(
    "visitor",
    (Question("name", "text", longest=120), Question("site", "text", optional=True, longest=200)),
)

FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        *(INCIDENT, ROLL_CALL, NOTE, CLOSE_INCIDENT, DISMISS_INCIDENT, ALL_CLEAR, CALL_OFF),
        *(MESSAGE, PROLONG, VISITOR),
    )
}
