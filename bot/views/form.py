"""One question of a form: what is asked, what may be tapped or typed, how far it is.

Rules of the room:
- A question that has been answered shows its answer and can be changed; one whose draft is gone
  or was given up takes no tap any more.
- The last step of a roll call is its pre-flight: see `parts.preflight`.
- A channel that shows pages gets several questions at once: `page`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot import buttons, forms
from bot.cards import Ask, Button, Card, Choice, Field, Fields, FormPage, Section, Style, Text, Tone
from bot.choices import choices, keys_in
from bot.forms import FORMS, SKIPPED, Draft, Form, Option, Question
from bot.look import Look
from bot.views import Reader, plain
from bot.views.parts import event, fit, kinds, preflight, unsettled
from bot.views.parts.unsettled import Unsettled

TITLES = {
    "incident": "menu-report",
    "rollcall": "menu-rollcall",
    "note": "button-note",
    "close": "button-close",
    "dismiss": "button-dismiss",
    "allclear": "button-allclear",
    "calloff": "button-calloff",
    "message": "button-message",
    "prolong": "button-prolong",
    "visitor": "button-visitor",
}
"""What a page of each form is called: the words on the button that opens it."""
ENDINGS = frozenset({"allclear", "calloff"})
"""Forms that only ask whether there is anything to add."""
SHOWN = 24
"""Options drawn as buttons; those beyond can be typed."""


@dataclass(frozen=True, slots=True)
class State:
    draft: Draft
    form: Form
    question: Question | None
    """`None`: nothing is left to ask."""
    options: tuple[Option, ...] = ()
    about: str = ""
    """The incident or roll call it is about, in words."""
    plan: preflight.Plan | None = None
    nudge: bool = False
    """It was begun a while ago and not sent."""
    problem: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    """What the problem's text speaks of."""
    unsettled: Unsettled = field(default_factory=Unsettled)
    """Before an all-clear: who still needs help, and who has not been heard from."""
    drill: bool | None = None
    """It begins, ends or speaks to a roll call that is a drill, or the real thing; `None`: neither,
    or nobody has said yet."""


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    draft = await look.draft(subject.partition(":")[2])
    form = FORMS.get(draft.form) if draft else None
    if draft is None or form is None or draft.person != reader.person.id:
        return None
    named = form.question(args["question"]) if "question" in args else None
    question = named or forms.upcoming(form, draft)
    if question is not None and not forms.applies(question, draft.answers):
        return None
    about = await _about(look, reader, draft)
    if question is None:
        return State(draft, form, None, about=about, drill=await _drill(look, draft))
    problem = args.get("problem", "")
    values = {k: v for k, v in args.items() if k not in ("question", "problem", "nudge")}
    if problem == "unknown-people" and "keys" not in values:
        values["keys"] = await _unknown(look, draft)
    last = form.name == "rollcall" and question.name in preflight.LAST_STEPS
    return State(
        draft,
        form,
        question,
        await choices(look, reader, form, draft, question),
        about,
        await preflight.plan_of(look, draft) if last else None,
        "nudge" in args,
        problem,
        values,
        await _left(look, draft, reader),
        await _drill(look, draft),
    )


async def _drill(look: Look, draft: Draft) -> bool | None:
    if draft.form == "rollcall":
        said = forms.value(draft, "drill")
        return said == "drill" if said else None
    noun, _, subject = draft.about.partition(":")
    roll_call = await look.roll_call(subject) if noun == "rollcall" else None
    return roll_call.drill if roll_call else None


async def _about(look: Look, reader: Reader, draft: Draft) -> str:
    noun, _, subject = draft.about.partition(":")
    if noun == "incident":
        incident = await look.incident(subject)
        return kinds.name(reader, incident) if incident else ""
    if noun == "rollcall":
        roll_call = await look.roll_call(subject)
        return fit.line(event.plain(reader, roll_call.words), 200) if roll_call else ""
    return ""


async def _unknown(look: Look, draft: Draft) -> str:
    """The first few keys of a list that belong to nobody."""
    keys = keys_in(forms.value(draft, "people"))
    known = await look.by_key(keys)
    return ", ".join([key for key in keys if key not in known][:10])


async def _left(look: Look, draft: Draft, reader: Reader) -> Unsettled:
    """Who is not accounted for, to whoever is about to give an all-clear."""
    if draft.form != "allclear":
        return Unsettled()
    roll_call = await look.roll_call(draft.about.removeprefix("rollcall:"))
    if roll_call is None or not unsettled.may_see(reader, roll_call):
        return Unsettled()
    everyone = unsettled.together(await unsettled.counted(look, roll_call))
    return await unsettled.gather(look, roll_call, everyone, reader)


def _before(state: State, reader: Reader, *, drill: bool) -> list[Section]:
    """What to know before a last step is taken. Nobody ends a roll call over the head of somebody
    who needs help without seeing them; nobody starts one without its pre-flight."""
    held = _never_asked(state, reader)
    body = [*unsettled.in_need(state.unsettled, reader), *unsettled.silent(state.unsettled, reader)]
    if held is not None:
        body.append(held)
    if state.plan is not None:
        body += preflight.sections(state.plan, state.draft, reader, drill=drill)
    return body


def _never_asked(state: State, reader: Reader) -> Fields | None:
    """In a call tree: those whose turn has not come."""
    words, held = reader.words, state.unsettled.held
    return Fields(((words.say("tally-held"), words.number(held)),)) if held else None


def draw(state: State, reader: Reader) -> Card:
    words, draft, question = reader.words, state.draft, state.question
    drill = state.drill is True
    about = Text(words.say("form-about", what=state.about), quiet=True) if state.about else None
    if question is None:
        title = words.say("form-done" if draft.sent or not draft.done else "draft-gone")
        return fit.card(reader, title, (about,), drill=drill)
    title = words.say(f"ask-{draft.form}-{question.name}")
    if draft.done and not draft.sent:
        body: tuple[Section | None, ...] = (Text(words.say("draft-gone")), about)
        return fit.card(reader, title, body, drill=drill)
    if question.name in draft.answers:
        return _answered(state, question, title, reader, drill=drill)
    real = (state.plan is not None and not drill) or state.unsettled.need > 0
    body = (
        *_first(state, question, reader),
        *_before(state, reader, drill=drill),
        *_more(state, reader),
        about,
    )
    return fit.card(
        reader,
        title,
        (*body, _progress(state, question, reader)),
        (*_options(state, question, reader), *_moves(state, question, reader)),
        tone=Tone.URGENT if real else Tone.CALM,
        drill=drill,
        open=True,
        ask=_hint(state, question, reader),
    )


async def page(look: Look, draft: Draft, reader: Reader) -> FormPage | None:
    """The open questions that can be asked at once; `None`: nothing is left to ask."""
    form, words = FORMS[draft.form], reader.words
    asked = forms.together(form, draft)
    if not asked:
        return None
    # The first question has what comes before them all: what it is about, the pre-flight.
    state = await gather(look, f"draft:{draft.id}", reader, {"question": asked[0].name})
    if state is None:
        return None
    drill = state.drill is True
    about = Text(words.say("form-about", what=state.about), quiet=True) if state.about else None
    last = {q.name for q in form.questions if forms.applies(q, draft.answers)}
    more = last - set(draft.answers) - {q.name for q in asked}
    send = "page-send" if drill or state.plan is None else "page-send-real"
    if form.name in ENDINGS:
        send = TITLES[form.name]
    return FormPage(
        draft.id,
        form.name,
        words.say(TITLES[form.name]),
        tuple([await _field(look, draft, q, reader) for q in asked if not q.foregone]),
        words.say("page-next" if more else send),
        words.say("button-cancel"),
        (*_before(state, reader, drill=drill), *((about,) if about else ())),
        words.language,
        words.say("badge-drill") if drill else "",
        state.drill is False,
        draft.updated_at if draft.answers and not draft.sent else None,
        await _given(look, draft, reader),
    )


async def _given(look: Look, draft: Draft, reader: Reader) -> tuple[tuple[str, str], ...]:
    """What is answered already, in the order of the questions."""
    found = []
    for question in FORMS[draft.form].questions:
        said = forms.value(draft, question.name)
        if said and question.kind != "photo":
            offered = await choices(look, reader, FORMS[draft.form], draft, question)
            label = next((o.label for o in offered if o.value == said), said)
            asked = reader.words.say(f"ask-{draft.form}-{question.name}")
            found.append((asked, fit.line(label, fit.LABEL)))
    return tuple(found)


async def _field(look: Look, draft: Draft, question: Question, reader: Reader) -> Field:
    words, form = reader.words, FORMS[draft.form]
    offered = await choices(look, reader, form, draft, question)
    label = words.say(f"ask-{form.name}-{question.name}")
    hint = words.say("form-own-words") if question.own_words and offered else ""
    given = forms.value(draft, question.name)
    return Field(
        question.name,
        question.kind,
        fit.cut(label, fit.TITLE),
        hint,
        tuple(Choice(o.tag, o.label) for o in offered),
        next((o.tag for o in offered if o.value == given), given),
        question.optional,
        question.own_words,
        question.longest,
    )


def _first(state: State, question: Question, reader: Reader) -> list[Section]:
    """What was wrong with the last answer, or that there is none yet."""
    if state.problem:
        values = _problem_values(state, question)
        return [Text(plain.say(reader, state.problem, values))]
    return [Text(reader.words.say("draft-nudge"))] if state.nudge else []


def _problem_values(state: State, question: Question) -> dict[str, str | int]:
    """What problems speak of, where it follows from the form itself."""
    known: dict[str, str | int] = {"limit": question.longest}
    if state.plan is not None:
        known["expected"] = state.plan.reach.people
    return {**known, **state.values}


def _answered(state: State, question: Question, title: str, reader: Reader, *, drill: bool) -> Card:
    """The question with its answer, and a quiet way to change it while that still counts."""
    words, draft = reader.words, state.draft
    given = draft.answers[question.name]
    if given == SKIPPED:
        shown = Text(words.say("form-skipped"), quiet=True)
    elif question.kind == "photo":
        shown = Text(words.say("photo-alt"))
    else:
        label = next((o.label for o in state.options if o.value == given), None)
        shown = Text(label) if label else fit.said(given)
    change: tuple[Button, ...] = ()
    # What has been sent can be corrected where the form goes on after sending; photos only add.
    if not draft.sent or (state.form.send_after and question.kind != "photo"):
        undo = buttons.form(draft.id, "!change", question.name)
        change = (fit.button(undo, words.say("button-change"), Style.QUIET),)
    return fit.card(reader, title, (shown,), change, drill=drill)


def _progress(state: State, question: Question, reader: Reader) -> Text | None:
    """Which question this is of how many, as far as the answers tell."""
    if state.draft.sent:
        key = "form-sent-more" if question.optional else "form-sent-please"
        return Text(reader.words.say(key), quiet=True)
    asked = [q for q in state.form.questions if forms.applies(q, state.draft.answers)]
    if len(asked) < 2:
        return None
    at = asked.index(question) + 1
    # Nobody shall think that a report is on its way while it is not.
    last = next((n for n, q in enumerate(asked, 1) if q.name == state.form.send_after), None)
    key = "form-progress-unsent" if last else "form-progress"
    return Text(reader.words.say(key, done=at, all=last or len(asked)), quiet=True)


def _options(state: State, question: Question, reader: Reader) -> tuple[Button, ...]:
    return tuple(
        fit.button(
            buttons.option(state.draft.id, question.name, option.tag),
            fit.line(option.label, fit.LABEL),
            Style.DANGER if option.value in ("real", "someone") else Style.PLAIN,
        )
        for option in state.options[:SHOWN]
    )


def _more(state: State, reader: Reader) -> tuple[Section | None, ...]:
    hidden = len(state.options) - SHOWN
    if hidden <= 0:
        return ()
    return (Text(reader.words.say("form-more-options", count=hidden), quiet=True),)


def _moves(state: State, question: Question, reader: Reader) -> tuple[Button, ...]:
    """Leave it out, go back, give up."""
    words, draft = reader.words, state.draft
    moves = []
    if question.optional:
        skip = buttons.form(draft.id, "!skip", question.name)
        # Left out where it is all there is to say, the form is sent: that is what the button says.
        label = f"button-end-{draft.form}" if draft.form in ENDINGS else "button-skip"
        moves.append(fit.button(skip, words.say(label), Style.QUIET))
    if not draft.sent:
        if draft.answers:
            back = buttons.form(draft.id, "!back")
            moves.append(fit.button(back, words.say("button-back"), Style.QUIET))
        cancel = buttons.form(draft.id, "!cancel")
        moves.append(fit.button(cancel, words.say("button-cancel"), Style.QUIET))
    return tuple(moves)


def _hint(state: State, question: Question, reader: Reader) -> Ask | None:
    """What may be typed or handed over instead of a tap."""
    words = reader.words
    match question.kind:
        case "photo":
            return Ask(words.say("send-photo"), photo=True)
        case "number":
            count = state.plan.reach.people if state.plan else 0
            return Ask(words.say("confirm-hint", count=count))
        case "choice":
            if question.own_words:
                return Ask(words.say("form-own-words"), place=question.name == "place")
            return Ask(words.say("form-type-name")) if len(state.options) > SHOWN else None
        case _:
            return Ask(words.say("type-here"), place=question.kind == "place", multiline=True)
