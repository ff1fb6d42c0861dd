"""Rows to values and back, one pair a noun.

Rules of the room:
- Plain functions on plain rows: they run a hundred thousand times in a roll call.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from bot.asks import Ask, Kind, Policy, Standing
from bot.forms import Draft
from bot.incidents import Incident
from bot.incidents import State as IncidentState
from bot.outcomes import AskEach
from bot.people import Person, Role
from bot.rollcalls import Mode, RollCall, Scope
from bot.rollcalls import State as RollCallState
from bot.timeline import Note
from storage.instants import micros

Row = Any

KINDS = {k.value: k for k in Kind}
STANDINGS = {s.value: s for s in Standing}


compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
"""JSON without blanks, keys in order: the same value is always the same text."""


def mapping(text: str) -> dict[str, str]:
    """The mapping behind compact JSON text."""
    found: dict[str, str] = json.loads(text) if text and text != "{}" else {}
    return found


def args_text(args: Mapping[str, Any]) -> str:
    return compact(dict(args)) if args else "{}"


@lru_cache(maxsize=65536)
def chain_of(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(","))) if text else ()


@lru_cache(maxsize=65536)
def chain_text(chain: tuple[int, ...]) -> str:
    return ",".join(map(str, chain))


def roles_text(roles: frozenset[Role]) -> str:
    """Between spaces, so that one role is found by LIKE '% safety %'."""
    return f" {' '.join(sorted(r.value for r in roles))} " if roles else ""


@lru_cache(maxsize=256)
def roles_of(text: str) -> frozenset[Role]:
    return frozenset(Role(r) for r in text.split())


class Usual(NamedTuple):
    """What those speak and go by who have no language or time zone of their own."""

    language: str = "en"
    time_zone: str = "UTC"


USUAL = Usual()


def person_of(r: Row, usual: Usual) -> Person:
    """From a row that begins with all columns of the table, in its order."""
    (id_, key, name, language, time_zone, site, team, lead, deputy, roles, away, left_at,
     link_rev) = r[:13]  # fmt: skip
    return Person(
        id_,
        key,
        name,
        language or usual.language,
        time_zone or usual.time_zone,
        site,
        team,
        lead,
        deputy,
        roles_of(roles),
        away,
        left_at is not None,
        link_rev,
    )


ASK_FROZEN = (
    *("id", "kind", "about", "person", "chain", "policy", "site", "team", "releaser", "drill"),
)
"""The columns of an ask that never change."""
ASK_MOVES = (
    "standing",
    "due_at",
    "rung",
    "reminders",
    "round",
    "handed",
    "answer",
    "answered_at",
    "answered_by",
    "tries",
    "put_off",
)
"""Those that do."""


def ask_of(r: Row) -> Ask:
    """From a row that begins with all columns of the table, in its order."""
    # By place, not by name: half the time, and asks are read by the hundred thousand.
    (id_, kind, about, person, chain, policy, standing, due_at, rung, reminders, round_, handed,
     answer, answered_at, answered_by, tries, site, team, releaser, drill,
     put_off) = r[:21]  # fmt: skip
    return Ask(
        id_,
        KINDS[kind],
        about,
        person,
        chain_of(chain),
        Policy.parse(policy),
        STANDINGS[standing],
        due_at,
        rung,
        reminders,
        round_,
        bool(handed),
        answer,
        answered_at,
        answered_by,
        tries,
        site,
        team,
        releaser,
        bool(drill),
        bool(put_off),
    )


def ask_frozen(a: Ask) -> tuple[Any, ...]:
    """The values of `ASK_FROZEN` as the driver takes them."""
    return (
        a.id,
        a.kind._value_,
        a.about,
        a.person,
        chain_text(a.chain),
        a.policy.code(),
        a.site,
        a.team,
        a.releaser,
        a.drill,
    )


def ask_moves(a: Ask) -> tuple[Any, ...]:
    """The values of `ASK_MOVES` as the driver takes them."""
    due, answered = a.due_at, a.answered_at
    return (
        a.standing._value_,
        None if due is None else micros(due),
        a.rung,
        a.reminders,
        a.round,
        a.handed,
        a.answer,
        None if answered is None else micros(answered),
        a.answered_by,
        a.tries,
        a.put_off,
    )


def asks_of(each: AskEach) -> list[tuple[Any, ...]]:
    """The values of `ASK_FROZEN` and `ASK_MOVES` of everybody who is asked together."""
    one = each.asked
    kind, about, policy, drill = one.kind._value_, one.about, one.policy.code(), one.drill
    asked, held = ask_moves(one), ask_moves(each.held)
    return [
        (id_, kind, about, person, chain_text(chain), policy, site, team, releaser, drill)
        + (asked if releaser is None else held)
        for (person, chain, site, team, releaser), id_ in zip(each.people, each.ids, strict=True)
    ]


def roll_call_of(r: Row) -> RollCall:
    return RollCall(
        id=r.id,
        words=r.words,
        scope=Scope(r.scope),
        target=tuple(json.loads(r.target)),
        mode=Mode(r.mode),
        drill=bool(r.drill),
        policy=Policy.parse(r.policy),
        launched_by=r.launched_by,
        launched_at=r.launched_at,
        state=RollCallState(r.state),
        incident=r.incident,
        expected=r.expected,
        cursor=r.cursor,
        due_at=r.due_at,
        ended_at=r.ended_at,
        ended_by=r.ended_by,
        ending=r.ending,
        late_until=r.late_until,
    )


def roll_call_row(c: RollCall) -> dict[str, Any]:
    return {
        "id": c.id,
        "words": c.words,
        "scope": c.scope.value,
        "target": compact(list(c.target)),
        "mode": c.mode.value,
        "drill": c.drill,
        "policy": c.policy.code(),
        "launched_by": c.launched_by,
        "launched_at": c.launched_at,
        "state": c.state.value,
        "incident": c.incident,
        "expected": c.expected,
        "cursor": c.cursor,
        "due_at": c.due_at,
        "ended_at": c.ended_at,
        "ended_by": c.ended_by,
        "ending": c.ending,
        "late_until": c.late_until,
    }


def incident_of(r: Row) -> Incident:
    return Incident(
        id=r.id,
        kind=r.kind,
        severity=r.severity,
        reporter=r.reporter,
        reported_at=r.reported_at,
        place=r.place,
        site=r.site,
        hurt=r.hurt,
        details=r.details,
        photos=tuple(json.loads(r.photos)),
        state=IncidentState(r.state),
        taken_by=r.taken_by,
        taken_at=r.taken_at,
        ended_by=r.ended_by,
        ended_at=r.ended_at,
        reason=r.reason,
    )


def incident_row(i: Incident) -> dict[str, Any]:
    return {
        "id": i.id,
        "kind": i.kind,
        "severity": i.severity,
        "reporter": i.reporter,
        "reported_at": i.reported_at,
        "place": i.place,
        "site": i.site,
        "hurt": i.hurt,
        "details": i.details,
        "photos": compact(list(i.photos)),
        "state": i.state.value,
        "taken_by": i.taken_by,
        "taken_at": i.taken_at,
        "ended_by": i.ended_by,
        "ended_at": i.ended_at,
        "reason": i.reason,
    }


def note_of(r: Row) -> Note:
    return Note(
        id=r.id,
        about=r.about,
        at=r.at,
        by=r.by,
        key=r.key,
        text=r.text,
        args=mapping(r.args),
        photo=r.photo,
    )


def note_row(n: Note) -> dict[str, Any]:
    return {
        "id": n.id,
        "about": n.about,
        "at": n.at,
        "by": n.by,
        "key": n.key,
        "text": n.text,
        "args": args_text(n.args),
        "photo": n.photo,
    }


def draft_of(r: Row) -> Draft:
    return Draft(
        id=r.id,
        person=r.person,
        form=r.form,
        answers=mapping(r.answers),
        about=r.about,
        sent=r.sent,
        updated_at=r.updated_at,
        due_at=r.due_at,
        nudged=bool(r.nudged),
        done=bool(r.done),
    )


def draft_row(d: Draft) -> dict[str, Any]:
    return {
        "id": d.id,
        "person": d.person,
        "form": d.form,
        "answers": args_text(d.answers),
        "about": d.about,
        "sent": d.sent,
        "updated_at": d.updated_at,
        "due_at": d.due_at,
        "nudged": d.nudged,
        "done": d.done,
    }
