"""A made-up town to draw cards from, kept in memory, and what every card owes its reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.asks import Ask, Kind, Policy, Standing
from bot.calls import Call, Way
from bot.cards import Card, Fields, Photo, Style, Tally, Text, Tone, as_text
from bot.cards import Person as Line
from bot.forms import FORMS, SKIPPED, Draft
from bot.found import Count, Delivery, Reach, Worklist
from bot.incidents import Incident
from bot.incidents import State as Reported
from bot.people import CallTree, Person, Role, TreeRow
from bot.rollcalls import Mode, RollCall, Scope
from bot.rollcalls import State as Ended
from bot.rules import KindRule, Rules
from bot.signin import SignIn
from bot.texts import Texts
from bot.timeline import Note
from bot.views import Reader, draw

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)


TEXTS = Texts()


POLICY = Policy(180, 180, 2, 300)


ODD = (
    "<script>alert(1)</script> {{7*7}} ${x} \u202eevil\u2066 %s '; DROP TABLE asks;-- "
    "👩‍👩‍👧‍👦🏳️‍🌈 محمد 山田\u0000\x1b[31m e\u0301\u0301\u0301 "
)


LONG_WORDS = (ODD * 60)[:4000]


ORGANISATION = "Sunrise Clinic and Call Centre " * 3


ID = "k" * 12
"""As long as ids get."""


RULES = Rules(
    organisation=ORGANISATION,
    language="en",
    time_zone="UTC",
    kinds={
        "fire": KindRule("critical"),
        "lost_badge": KindRule("routine"),
        "vault": KindRule("serious", {"en": "Vault open", "ja": "金庫"}, ("vault",)),
    },
    policies={"routine": POLICY, "serious": POLICY, "critical": POLICY},
    rollcall_severity="critical",
    drill_severity="serious",
    late_answers=timedelta(days=7),
    worklist_size=8,
    rates={"telegram": 25.0},
    text_limit=4000,
    photo_bytes=10_000_000,
    taps_per_minute=120,
    messages_per_minute=30,
    drafts_kept=timedelta(days=14),
)
"""The same for every card, as in a house: what is remembered by them is remembered."""


def rules(**changes: Any) -> Rules:
    return replace(RULES, **changes)


@dataclass
class Looking:
    """`bot.look.Look` from memory."""

    all_people: dict[int, Person] = field(default_factory=dict)
    asks: dict[str, Ask] = field(default_factory=dict)
    roll_calls: dict[str, RollCall] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    timeline: list[Note] = field(default_factory=list)
    all_counts: list[Count] = field(default_factory=list)
    lists: dict[int, list[str]] = field(default_factory=dict)
    """Ids of the open asks on each lead's worklist."""
    handled: int = 0
    reachable: Reach = field(default_factory=lambda: Reach(0, {}, 0))
    queued: dict[str, int] = field(default_factory=dict)
    told: list[Delivery] = field(default_factory=list)
    """Questions still to be sent, by channel."""
    in_hand: tuple[Call, ...] = ()
    """Names on the way from hand to hand."""
    shut: tuple[str, ...] = ()
    """Channels out of order."""
    places: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sign_ins: dict[str, SignIn] = field(default_factory=dict)

    async def prefetch(self, **_: Collection[object]) -> None:
        return None

    async def ask(self, ask: str) -> Ask | None:
        return self.asks.get(ask)

    async def asks_about(self, about: str) -> list[Ask]:
        return [a for a in self.asks.values() if a.about == about]

    async def check_in(self, about: str, person: int) -> Ask | None:
        return next((a for a in await self.asks_about(about) if a.person == person), None)

    async def waiting_for(self, person: int) -> list[Ask]:
        mine = [a for a in self.asks.values() if a.person == person and not a.answer]
        return [a for a in mine if a.waiting]

    async def person(self, person: int) -> Person | None:
        return self.all_people.get(person)

    async def by_key(self, keys: Sequence[str]) -> dict[str, Person]:
        return {p.key: p for p in self.all_people.values() if p.key in keys}

    async def roll_call(self, roll_call: str) -> RollCall | None:
        return self.roll_calls.get(roll_call)

    async def incident(self, incident: str) -> Incident | None:
        return self.incidents.get(incident)

    async def draft(self, draft: str) -> Draft | None:
        return self.drafts.get(draft)

    async def draft_of(self, person: int) -> Draft | None:
        mine = (d for d in self.drafts.values() if d.person == person and not d.done)
        return next(mine, None)

    async def sign_in(self, id_: str) -> SignIn | None:
        return self.sign_ins.get(id_)

    async def notes(self, about: str, limit: int = 50) -> list[Note]:
        return [n for n in self.timeline if n.about == about][-limit:]

    async def remarks(self, asks: Collection[str]) -> dict[str, Note]:
        newest = {n.about.removeprefix("ask:"): n for n in self.timeline}
        return {ask: newest[ask] for ask in asks if ask in newest}

    async def counts(self, about: str) -> list[Count]:
        return self.all_counts

    async def worklist(self, about: str, lead: int, offset: int, limit: int) -> Worklist:
        ids = self.lists.get(lead, [])
        some = tuple(self.asks[i] for i in ids[offset : offset + limit])
        return Worklist(some, len(ids), self.handled)

    async def sending(self, about: str, channels: Collection[str]) -> dict[str, int]:
        return self.queued

    async def delivery(self, about: str) -> list[Delivery]:
        return self.told

    async def in_need(self, about: str, limit: int = 20) -> list[Ask]:
        return [a for a in await self.asks_about(about) if a.answer == "help"][:limit]

    async def silent(self, about: str, limit: int = 20) -> list[Ask]:
        return [a for a in await self.asks_about(about) if not a.answer][:limit]

    async def handout(self, handout: str) -> list[Call]:
        return [c for c in self.in_hand if c.handout == handout]

    async def calls_of(self, asks: Collection[str]) -> dict[str, Call]:
        return {c.ask: c for c in self.in_hand if c.ask in asks}

    async def asked_by(self, asks: Sequence[str]) -> dict[str, list[Way]]:
        return {ask: [Way(name, NOW) for name in ("slack", "telegram", "pigeon")] for ask in asks}

    async def callable_by(self, people_ids: Collection[int]) -> dict[int, int]:
        return dict.fromkeys(people_ids, 77)

    async def crying(
        self,
        now: datetime,
        limit: int = 20,
        people: Collection[int] | None = None,
        *,
        untaken: bool = False,
    ) -> list[Ask]:
        found = [a for a in self.asks.values() if a.answer == "help"]
        if untaken:
            pages = [p for p in self.asks.values() if p.standing is Standing.ANSWERED]
            taken = {p.about for p in pages}
            found = [a for a in found if f"help:{a.id}" not in taken]
        return found[:limit]

    async def untaken_reports(self, limit: int) -> list[Incident]:
        return [i for i in self.incidents.values() if i.state is Reported.REPORTED][:limit]

    async def out_of_order(self) -> Collection[str]:
        return self.shut

    async def running(self) -> list[RollCall]:
        return [r for r in self.roll_calls.values() if r.running]

    async def ended_lately(self, now: datetime) -> list[RollCall]:
        over = (r for r in self.roll_calls.values() if r.late_until)
        return [r for r in over if r.late_until and r.late_until > now]

    async def open_incidents(self, limit: int = 20) -> list[Incident]:
        return [i for i in self.incidents.values() if not i.over][:limit]

    async def in_charge(self, person: int) -> list[Incident]:
        return [i for i in await self.open_incidents() if i.taken_by == person]

    async def desk(self) -> tuple[int, ...]:
        return tuple(p.id for p in self.all_people.values() if p.may(Role.SAFETY))

    async def tree(self) -> CallTree:
        return CallTree(TreeRow(p.id, p.lead, p.deputy) for p in self.all_people.values())

    async def sites(self) -> tuple[str, ...]:
        return self.places

    async def teams(self) -> tuple[str, ...]:
        return self.groups

    async def reach(self, scope: Scope, target: Sequence[str]) -> Reach:
        return self.reachable


BOSS, LEAD, STAFF, OFFICER, OTHER = 1, 2, 3, 4, 5


def people(
    language: str, name: str = "", site: str = "Harbour", team: str = "Night"
) -> dict[int, Person]:
    def one(person: int, called: str, lead: int | None, *roles: Role) -> Person:
        return Person(
            person,
            f"S{person}",
            name or called,
            language,
            "Asia/Tokyo",
            site,
            team,
            lead,
            roles=frozenset(roles),
        )

    return {
        BOSS: one(BOSS, "Chen Mei", None, Role.ADMIN),
        LEAD: one(LEAD, "Sato Ken", BOSS),
        STAFF: one(STAFF, "Amira Nasser", LEAD),
        OFFICER: one(OFFICER, "Lee Wei", BOSS, Role.SAFETY),
        OTHER: one(OTHER, "Tom Hill", BOSS),
    }


def roll_call(**changes: Any) -> RollCall:
    return replace(
        RollCall(
            id=ID,
            words="Earthquake in the harbour. Are you safe?",
            scope=Scope.EVERYONE,
            target=(),
            mode=Mode.BROADCAST,
            drill=False,
            policy=POLICY,
            launched_by=BOSS,
            launched_at=NOW - timedelta(minutes=9),
            state=Ended.OPEN,
            expected=40,
        ),
        **changes,
    )


def check_in(ask: str = ID, person: int = STAFF, **changes: Any) -> Ask:
    return replace(
        Ask(
            id=ask,
            kind=Kind.CHECK_IN,
            about=f"rollcall:{ID}",
            person=person,
            chain=(LEAD, BOSS),
            policy=POLICY,
            standing=Standing.ASKED,
            due_at=NOW,
            handed=True,
            site="Harbour",
            team="Night",
        ),
        **changes,
    )


def answered(answer: str, by: int = STAFF, ask: str = ID, person: int = STAFF) -> Ask:
    return check_in(
        ask,
        person,
        standing=Standing.ANSWERED,
        due_at=None,
        answer=answer,
        answered_at=NOW - timedelta(minutes=3),
        answered_by=by,
    )


def page(ask: str, about: str, person: int, *, taken: bool = False) -> Ask:
    asked = Ask(ask, Kind.PAGE, about, person, (BOSS,), POLICY, Standing.ASKED, due_at=NOW)
    if not taken:
        return asked
    return replace(
        asked, standing=Standing.ANSWERED, due_at=None, answer="taken", answered_by=person
    )


def incident(**changes: Any) -> Incident:
    return replace(
        Incident(
            id=ID,
            kind="fire",
            severity="critical",
            reporter=STAFF,
            reported_at=NOW - timedelta(minutes=12),
            place="Building B",
            site="Harbour",
            hurt="someone",
        ),
        **changes,
    )


def town(language: str = "en", **changes: Any) -> Looking:
    look = Looking(
        all_people=people(language),
        roll_calls={ID: roll_call()},
        asks={ID: check_in()},
        incidents={ID: incident()},
        reachable=Reach(40, {"telegram": 30, "web": 8}, 2),
        places=("Harbour", "North"),
        groups=("Night", "Day"),
    )
    return replace(look, **changes)


def reader(look: Looking, person: int, house: Rules | None = None) -> Reader:
    return Reader(look.all_people[person], NOW, house or RULES, TEXTS)


async def shown(
    look: Looking, person: int, view: str, subject: str, house: Rules | None = None, **args: str
) -> Card | None:
    return await draw(view, look, subject, reader(look, person, house), args)


async def card(
    look: Looking, person: int, view: str, subject: str, house: Rules | None = None, **args: str
) -> Card:
    found = await shown(look, person, view, subject, house, **args)
    assert found is not None, (view, subject)
    return sound(found)


ISOLATES = "\u2066\u2067\u2068", "\u2069"


CONTROL = re.compile("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\ufeff]")


def words_on(card: Card) -> Iterable[str]:
    """Every text on a card."""
    yield card.title
    yield card.badge
    if card.ask:
        yield card.ask.hint
    for button in card.every_button():
        yield button.label
    for section in card.body:
        match section:
            case Text(text=text):
                yield text
            case Fields(rows=rows):
                yield from (part for row in rows for part in row)
            case Line(name=name, note=note):
                yield from (name, note)
            case Tally(parts=parts):
                yield from (label for label, _, _ in parts)
            case Photo(alt=alt):
                yield alt


WITNESSES: list[Callable[[Card], object]] = []
"""Who else looks at every card that is found sound: a channel that must be able to carry it."""


def sound(card: Card) -> Card:
    """The card itself, if every channel can carry it and every word on it is one."""
    for witness in WITNESSES:
        witness(card)
    assert card.title.strip()
    assert len(card.title) <= 150
    assert "\n" not in card.title
    for button in card.every_button():
        assert 0 < len(button.label) <= 64
        assert len(button.id.encode()) <= 64
    ids = [button.id for button in card.every_button()]
    assert len(ids) == len(set(ids))
    assert len(ids) <= 40
    for section in card.body:
        if isinstance(section, Text):
            assert section.text.strip()
            assert len(section.text) <= 1100
        if isinstance(section, Fields):
            assert section.rows
            assert all(label and value for label, value in section.rows)
        if isinstance(section, Tally):
            assert sum(count for _, count, _ in section.parts) == section.total
    for text in words_on(card):
        assert not CONTROL.search(text), text
        assert sum(map(text.count, ISOLATES[0])) == text.count(ISOLATES[1]), text
        assert "{ $" not in text, text
        assert "{$" not in text, text
        assert not re.search(r"\[[a-z]+(-[a-z_]+)+\]", text), text
    assert as_text(card).strip()
    assert card.rtl == (card.language == "ar")
    assert (card.tone is Tone.DRILL) == bool(card.badge)
    assert not TEXTS.missing
    return card


def text_of(card: Card) -> str:
    return re.sub("[\u2066-\u2069]", "", as_text(card))


def styles(card: Card) -> dict[str, Style]:
    return {button.id.split(":")[-1]: button.style for button in card.every_button()}


def acts(card: Card) -> list[str]:
    """What the buttons would do, without the ids in the middle."""
    return [button.id.replace(f":{ID}", "") for button in card.every_button()]


def drafts(language: str) -> list[tuple[Draft, str]]:
    """Every question of every form, open and answered, with the drafts that lead to it."""
    given = {
        "incident": {"kind": "fire", "place": "Building B", "hurt": "someone", "details": "x"},
        "rollcall": {"who": "everyone", "words": "Are you safe?", "mode": "broadcast"},
        "note": {"which": ID, "text": "words"},
    }
    out = []
    for form in FORMS.values():
        about = {"incident": "", "rollcall": f"incident:{ID}", "note": f"incident:{ID}"}.get(
            form.name,
            f"rollcall:{ID}" if form.name in ("allclear", "calloff") else f"incident:{ID}",
        )
        for question in form.questions:
            answers = dict(given.get(form.name, {"reason": "r", "words": "w"}))
            for name, wanted in question.only_if.items():
                answers[name] = wanted[0]
            answers.setdefault("drill", "real")
            answers["people"] = "S1, S9"
            done = Draft(ID, STAFF, form.name, {**answers, question.name: "photo:1"}, about)
            still = {k: v for k, v in answers.items() if k != question.name}
            out += [
                (Draft(ID, STAFF, form.name, still, about), question.name),
                (Draft(ID, STAFF, form.name, still, about, sent=ID), question.name),
                (Draft(ID, STAFF, form.name, still, about, done=True), question.name),
                (done, question.name),
                (replace(done, answers={**done.answers, question.name: SKIPPED}), question.name),
                (replace(done, answers={**done.answers, question.name: LONG_WORDS}), question.name),
            ]
    return out


def crowd(count: int) -> dict[str, Ask]:
    return {
        f"a{n}": check_in(f"a{n}", STAFF, standing=Standing.CLIMBED, rung=1) for n in range(count)
    }


def over() -> RollCall:
    return roll_call(state=Ended.CLOSED, ended_at=NOW, ended_by=OTHER, late_until=NOW)
