"""The tally: how a roll call stands, the missing first, those who need help on top.

Rules of the room:
- It goes to whoever launched or ended the roll call and to the safety desk.
- Of sites, teams and people it names those that matter most and counts the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot import buttons
from bot.cards import Button, Card, Fields, Section, Style, Tally, Text, Tone
from bot.found import Count, Delivery
from bot.look import Look
from bot.rollcalls import RollCall
from bot.rollcalls import State as Stage
from bot.views import Reader
from bot.views.parts import event, fit, preflight, unsettled
from bot.views.parts.unsettled import Group, Unsettled

ROWS = 8
"""Sites and teams."""
COUNTED = 10_000
"""Of more people it is not counted anew every second what became of each message."""


@dataclass(frozen=True, slots=True)
class State:
    roll_call: RollCall
    launcher: str
    lead: str
    ended_by: str
    everyone: Group
    sites: tuple[tuple[str, Group], ...]
    teams: tuple[tuple[str, Group], ...]
    unsettled: Unsettled = field(default_factory=Unsettled)
    sending: Mapping[str, int] = field(default_factory=dict)
    """Questions that have not left yet, by channel."""
    delivery: Sequence[Delivery] = ()
    """What became of the questions, by channel."""


async def gather(look: Look, subject: str, reader: Reader, args: Mapping[str, str]) -> State | None:
    roll_call = await look.roll_call(subject.partition(":")[2])
    if roll_call is None or not unsettled.may_see(reader, roll_call):
        return None
    counts = await unsettled.counted(look, roll_call)
    everyone = unsettled.together(counts)
    return State(
        roll_call,
        await event.name_of(look, roll_call.launched_by),
        await event.lead_of(look, roll_call.scope, roll_call.target),
        await event.name_of(look, roll_call.ended_by),
        everyone,
        _grouped((count.site, count) for count in counts),
        _grouped((count.team, count) for count in counts),
        await unsettled.gather(look, roll_call, everyone, reader),
        await look.sending(roll_call.about, reader.rules.rates) if roll_call.running else {},
        await look.delivery(roll_call.about) if everyone.total <= COUNTED else (),
    )


def _grouped(counts: Iterable[tuple[str, Count]]) -> tuple[tuple[str, Group], ...]:
    """By name, whoever has most people missing first."""
    groups: dict[str, Group] = {}
    for name, count in counts:
        groups.setdefault(name, Group()).add(count)
    return tuple(sorted(groups.items(), key=lambda row: (-row[1].missing, -row[1].help, row[0])))


def draw(state: State, reader: Reader) -> Card:
    words, roll_call = reader.words, state.roll_call
    body: list[Section | None] = [event.said(reader, roll_call)]
    body += unsettled.in_need(state.unsettled, reader, taps=True)
    body += (_stage(state, reader), _sending(state, reader))
    body.append(_bar(state.everyone, reader))
    if roll_call.state is not Stage.CANCELLED:
        if state.everyone.unreached:
            body.append(Text(words.say("tally-unreached", count=state.everyone.unreached)))
        body += _rows("tally-sites", "tally-no-site", state.sites, reader)
        body += _rows("tally-teams", "tally-no-team", state.teams, reader)
        body += _delivery(state, reader)
    # Once it has ended they are called in person, or answer late themselves.
    body += unsettled.silent(state.unsettled, reader, taps=roll_call.running)
    body += _facts(state, reader)
    return fit.card(
        reader,
        _title(state, reader),
        body,
        _ends(roll_call, reader),
        tone=_tone(state),
        drill=roll_call.drill,
    )


def _title(state: State, reader: Reader) -> str:
    words, everyone = reader.words, state.everyone
    total = everyone.total
    match state.roll_call.state:
        case Stage.CANCELLED:
            return words.say("tally-title-cancelled")
        case Stage.CLOSED:
            key = "tally-title-closed"
        case _:
            key = "tally-title"
            total = max(total, state.roll_call.expected)
    return words.say(key, done=everyone.answered, count=total)


def _tone(state: State) -> Tone:
    if state.roll_call.state is Stage.CANCELLED:
        return Tone.CALM
    if state.everyone.help:
        return Tone.URGENT
    done = state.everyone.total and not state.everyone.missing and not state.everyone.held
    return Tone.GOOD if done else Tone.CALM


def _stage(state: State, reader: Reader) -> Text | None:
    """How far the sending has got."""
    roll_call = state.roll_call
    if roll_call.state is not Stage.LAUNCHING:
        return None
    done = reader.words.say(
        "tally-launching",
        done=state.everyone.total,
        count=max(roll_call.expected, state.everyone.total),
    )
    return Text(done)


def _sending(state: State, reader: Reader) -> Text | None:
    """How many questions have not left yet, and about how long that will take."""
    if not state.sending:
        return None
    words, left = reader.words, sum(state.sending.values())
    span = words.span(preflight.seconds(state.sending, reader))
    return Text(words.say("tally-sending", count=left, span=span))


def _bar(everyone: Group, reader: Reader) -> Tally:
    words = reader.words
    parts = [
        (words.say("tally-help"), everyone.help, Tone.URGENT),
        (words.say("tally-missing"), everyone.missing, Tone.CALM),
        (words.say("tally-safe"), everyone.safe, Tone.GOOD),
        (words.say("tally-unaffected"), everyone.unaffected, Tone.GOOD),
    ]
    if everyone.held:
        parts.insert(2, (words.say("tally-held"), everyone.held, Tone.CALM))
    return Tally(tuple(parts), everyone.total)


def _rows(
    heading: str, nameless: str, groups: Sequence[tuple[str, Group]], reader: Reader
) -> list[Section]:
    """One line a group, the worst first; nothing where there is only one group."""
    if len(groups) < 2:
        return []
    words = reader.words
    rows = [
        (fit.line(name) if name else words.say(nameless), _standing(group, reader))
        for name, group in groups[:ROWS]
    ]
    more: list[Section] = []
    if len(groups) > ROWS:
        more.append(Text(words.say("and-more", count=len(groups) - ROWS), quiet=True))
    return [Text(words.say(heading), quiet=True), Fields(tuple(rows)), *more]


def _standing(group: Group, reader: Reader) -> str:
    words = reader.words
    facts = []
    if group.help:
        facts.append(words.say("tally-row-help", count=group.help))
    if group.missing:
        facts.append(words.say("tally-row-missing", count=group.missing, all=group.total))
    elif not group.held:
        facts.append(words.say("tally-row-done", count=group.total))
    if group.held:
        facts.append(words.say("tally-row-held", count=group.held))
    return words.dotted(facts)


def _delivery(state: State, reader: Reader) -> list[Section]:
    """How far the questions have come, where there is more to say than that they were sent."""
    told = [d for d in state.delivery if d.delivered or d.seen or d.failed]
    if len(state.delivery) < 2 and not told:
        return []
    words = reader.words
    rows = tuple((fit.channel(reader, d.channel), _far(d, reader)) for d in state.delivery)
    return [Text(words.say("delivery-title"), quiet=True), Fields(rows)]


def _far(of: Delivery, reader: Reader) -> str:
    """Each of these is a thing of its own; only the last but one is an answer."""
    words = reader.words
    counts = {
        "delivery-queued": of.queued,
        "delivery-handed": of.handed,
        "delivery-delivered": of.delivered,
        "delivery-seen": of.seen,
        "delivery-answered": of.answered,
        "delivery-failed": sum(of.failed.values()),
    }
    shown = [words.say(key, count=count) for key, count in counts.items() if count]
    return words.dotted(shown or [words.say("delivery-handed", count=0)])


def _facts(state: State, reader: Reader) -> list[Section | None]:
    """Who was asked and how; who sent it; how it ended."""
    words, roll_call = reader.words, state.roll_call
    who = event.scope(reader, roll_call.scope, roll_call.target, state.lead, roll_call.expected)
    how = words.say(f"option-rollcall-mode-{roll_call.mode.value}")
    facts: list[Section | None] = [
        Text(words.dotted((who, how)), quiet=True),
        event.sender(reader, roll_call, state.launcher),
        event.ended(reader, roll_call, state.ended_by),
    ]
    if roll_call.ending:
        facts.append(fit.said(roll_call.ending))
    return facts


def _ends(roll_call: RollCall, reader: Reader) -> tuple[Button, ...]:
    if not roll_call.running:
        return ()
    words = reader.words
    return (
        fit.button(
            buttons.roll_call(roll_call.id, "allclear"),
            words.say("button-allclear"),
            Style.GOOD,
        ),
        fit.button(
            buttons.roll_call(roll_call.id, "calloff"), words.say("button-calloff"), Style.QUIET
        ),
    )
