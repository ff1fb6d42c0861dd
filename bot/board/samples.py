"""The sample of a question, in each language, before it is sent to anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot import forms
from bot.asks import Ask, Kind, Standing
from bot.cards import Card
from bot.choices import scope_of
from bot.look import Look
from bot.people import LANGUAGES
from bot.rollcalls import Mode, RollCall, Scope
from bot.views import Reader, checkin
from bot.views.parts import preflight


async def of(look: Look, draft_id: str, reader: Reader) -> Mapping[str, Card]:
    """How the question of the reader's draft will look, by language; empty while it is not ready
    to be sent."""
    draft = await look.draft(draft_id)
    if draft is None or draft.person != reader.person.id or draft.form != "rollcall":
        return {}
    question = forms.upcoming(forms.FORMS[draft.form], draft)
    if question is None or question.name not in preflight.LAST_STEPS:
        return {}
    try:
        scope, target = scope_of(forms.value(draft, "who"), forms.value(draft, "people"))
    except ValueError:
        return {}
    rules, drill = reader.rules, forms.value(draft, "drill") == "drill"
    policy = rules.policies[rules.drill_severity if drill else rules.rollcall_severity]
    roll_call = _begun(draft, scope, target, reader, drill)
    ask = Ask(
        id="sample",
        kind=Kind.CHECK_IN,
        about=roll_call.about,
        person=reader.person.id,
        chain=(),
        policy=policy,
        standing=Standing.ASKED,
        due_at=reader.now,
        drill=drill,
    )
    state = checkin.State(ask, roll_call, reader.person.name)
    return {
        language: checkin.draw(
            state, replace(reader, person=replace(reader.person, language=language))
        )
        for language in LANGUAGES
    }


def _begun(
    draft: forms.Draft, scope: Scope, target: tuple[str, ...], reader: Reader, drill: bool
) -> RollCall:
    rules = reader.rules
    return RollCall(
        id="sample",
        words=forms.value(draft, "words"),
        scope=scope,
        target=target,
        mode=Mode(forms.value(draft, "mode") or Mode.BROADCAST.value),
        drill=drill,
        policy=rules.policies[rules.drill_severity if drill else rules.rollcall_severity],
        launched_by=reader.person.id,
        launched_at=reader.now,
    )
