"""Words that were changed or taken back after they had been sent.

Rules of the room:
- What was written stays on record; that it was changed, and to what, is a line of its own.
"""

from __future__ import annotations

from bot import checkins, forms, incidents, pages
from bot.events import Edited
from bot.handlers import NOUN_ID, Scene
from bot.handlers.words import meaning
from bot.outcomes import Outcome, Reply
from bot.timeline import Note


async def edited(scene: Scene, event: Edited) -> Outcome:
    """A note in the timeline of whatever the words were about."""
    about = await scene.look.caused(event.message, scene.person.id)
    noun, _, subject = about.partition(":")
    if noun == "draft":
        draft = await scene.look.draft(subject)
        if draft is None or not draft.sent:
            return Outcome(reply=Reply("edit-unsent")) if draft and not draft.done else Outcome()
        noun, subject = draft.form, draft.sent
    text = forms.clean(event.text or "")[: scene.rules.text_limit]
    if noun == "incident":
        incident = await scene.look.incident(subject)
        if incident is not None:
            return incidents.noted(incident, scene.person, _note(scene, incident.about, text))
    elif noun in ("ask", "help"):
        ask = await scene.look.ask(subject)
        if ask is not None and ask.person == scene.person.id and checkins.crying(ask):
            return pages.cry_noted(ask, scene.person, _note(scene, f"help:{ask.id}", text))
    # Nobody was called for what it said before: what it says now is heard like any words.
    if text and noun in ("", "ask", "help"):
        return await meaning(scene, text)
    return Outcome()


def _note(scene: Scene, about: str, text: str) -> Note:
    key = "note-edited" if text else "note-deleted"
    id_ = scene.ids.token(NOUN_ID + 5)
    return Note(id_, about, scene.now, scene.person.id, key=key, text=text)
