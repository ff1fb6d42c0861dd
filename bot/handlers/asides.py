"""What people say while a form asks them something else: an answer to the roll call, a cry.

Rules of the room:
- "No, I am safe" is no place, and "I need help" none either: what plainly is an answer or a cry
  is recognised before it fills a question. What else was said in the same breath still counts.
- A cry within a report goes out with it at once, loud.
"""

from __future__ import annotations

from bot import forms, incidents, pages
from bot.asks import Ask
from bot.forms import FORMS, Draft, Question, fold
from bot.handlers import NOUN_ID, TAPS, Scene
from bot.handlers.forms import advance, begin, options, refused
from bot.handlers.incidents import raise_alarm
from bot.outcomes import Outcome, Reply
from bot.timeline import Note

TRIVIAL = 4
"""Letters of a "no", in any language, that say nothing beside an answer."""


async def among_words(scene: Scene, ask: Ask, text: str, live: Draft | None) -> Outcome | None:
    """An answer to the roll call in part of a line: "no, I am safe"; `None` if there is none."""
    said, rest = scene.lexicon.told(text)
    if said is None:
        return None
    out = await TAPS["ask"](scene, [ask.id, said])
    reply = out.reply
    if len(fold(rest)) > TRIVIAL:
        question = forms.upcoming(FORMS[live.form], live) if live is not None else None
        kind = scene.lexicon.kind(text)
        if live is not None and question is not None and question.kind != "photo":
            out.add(await advance(scene, live, {question.name: rest}))
        elif kind is not None:
            out.add(await begin(scene, "incident", given={"kind": kind, "details": text}))
    out.reply = reply
    return out


async def no_answer(
    scene: Scene, live: Draft, question: Question, text: str, cry: Ask | None
) -> Outcome | None:
    """A line that is no answer to `question`, whatever it looks like; `None` if it may be one.

    `cry` is the sender's own cry for help in a roll call, while it is fresh.
    """
    cries = scene.lexicon.calls_for_help(text)
    if not cries and scene.lexicon.told(text)[0] is None:
        return None
    if question.kind == "choice":
        offered = await options(scene, live, question)
        if forms.match(text, offered) is not None:
            return None
    if not cries:
        return refused(scene, live, {question.name: Reply("problem-choice", problem=True)})
    out = await _cried(scene, live, text)
    if cry is not None:
        reply = out.reply
        out.add(for_the_cry(scene, cry, text))
        out.reply = reply or out.reply
    return out


async def _cried(scene: Scene, live: Draft, text: str) -> Outcome:
    """A cry while a form is open: with the report in hand, or as one of its own."""
    if live.form != "incident":
        return await begin(scene, "incident", given={"details": text})
    if not live.sent:
        before = forms.value(live, "details")
        told = f"{before}\n{text}" if before else text
        return await advance(scene, live, {"details": told[: scene.rules.text_limit]})
    incident = await scene.look.incident(live.sent)
    if incident is None or incident.over:
        return await begin(scene, "incident", given={"details": text})
    note_id = scene.ids.token(NOUN_ID + 5)
    note = Note(note_id, incident.about, scene.now, scene.person.id, key="note-urgent", text=text)
    out = incidents.noted(incident, scene.person, note)
    return out.add(await raise_alarm(scene, incident))


def for_the_cry(scene: Scene, cry: Ask, text: str) -> Outcome:
    """Whoever needs help and writes is heard by those who were called, form or no form."""
    note_id = scene.ids.token(NOUN_ID + 5)
    note = Note(note_id, f"help:{cry.id}", scene.now, scene.person.id, text=text)
    return pages.cry_noted(cry, scene.person, note)
