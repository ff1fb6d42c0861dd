"""The pre-flight of a roll call: what it would do, before anybody says yes to it.

Rules of the room:
- Real or drill is said first, the people nobody can reach are said last, and how long the
  sending takes is what the slowest channel needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot import forms
from bot.cards import Fields, Section, Text
from bot.choices import scope_of
from bot.forms import Draft
from bot.found import Reach
from bot.look import Look
from bot.rollcalls import Mode, Scope
from bot.views import Reader
from bot.views.parts import event, fit, people

LAST_STEPS = ("confirm", "start")
"""The questions of a roll call that send it, for real or as a drill."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a roll call would do."""

    scope: Scope
    target: tuple[str, ...]
    lead: str
    reach: Reach


async def plan_of(look: Look, draft: Draft) -> Plan | None:
    """What the roll call of this draft would do; `None` while it does not say whom it asks."""
    try:
        scope, target = scope_of(forms.value(draft, "who"), forms.value(draft, "people"))
    except ValueError:
        return None
    lead = await event.lead_of(look, scope, target)
    return Plan(scope, target, lead, await look.reach(scope, target))


def sections(plan: Plan, draft: Draft, reader: Reader, *, drill: bool) -> list[Section]:
    """Who, how many, real or drill beyond doubt, how long it takes, who cannot be reached."""
    words = reader.words
    rows = [
        (
            words.say("fact-who"),
            event.scope(reader, plan.scope, plan.target, plan.lead, plan.reach.people),
        ),
        (words.say("fact-people"), words.number(plan.reach.people)),
    ]
    # A card from before "back" is still drawn.
    if (mode := forms.value(draft, "mode")) in set(Mode):
        rows.append((words.say("fact-how"), words.say(f"option-rollcall-mode-{mode}")))
    if plan.reach.channels:
        rows.append((words.say("fact-channels"), _channels(plan.reach, reader)))
        rows.append((words.say("fact-duration"), _duration(plan.reach, reader)))
        if cost := _cost(plan.reach, reader):
            amount = words.money(cost, reader.rules.currency)
            rows.append((words.say("fact-cost"), words.say("confirm-cost", amount=amount)))
    body: list[Section] = [
        Text(words.say("confirm-drill" if drill else "confirm-real")),
        fit.said(event.plain(reader, forms.value(draft, "words"))),
        Fields(tuple(rows)),
    ]
    if plan.reach.by_page:
        body.append(Text(words.say("confirm-by-page", count=plan.reach.by_page)))
    if plan.reach.unreachable:
        body.append(Text(words.say("confirm-unreachable", count=plan.reach.unreachable)))
        named = people.names(reader, plan.reach.alone, plan.reach.unreachable)
        if plan.reach.alone:
            body.append(Text(named, quiet=True))
    return body


def _channels(reach: Reach, reader: Reader) -> str:
    words = reader.words
    return words.dotted(
        [
            words.say("confirm-channel", channel=fit.channel(reader, name), count=count)
            for name, count in sorted(reach.channels.items(), key=lambda row: -row[1])
        ]
    )


def seconds(cards: Mapping[str, int], reader: Reader) -> float:
    """How long the slowest channel needs for so many; they all send at the same time."""
    rates = reader.rules.rates
    return max(
        (count / rates[name] for name, count in cards.items() if rates.get(name)), default=0.0
    )


def _cost(reach: Reach, reader: Reader) -> float:
    """What it costs to ask everybody once, by the contact they are asked by first."""
    costs = reader.rules.costs
    return sum(count * costs.get(name, 0) for name, count in reach.channels.items())


def _duration(reach: Reach, reader: Reader) -> str:
    words, needed = reader.words, seconds(reach.channels, reader)
    return (
        words.say("confirm-span", span=words.span(needed))
        if needed >= 1
        else words.say("confirm-at-once")
    )
