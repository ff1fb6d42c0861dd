"""Every card in every language, with the longest and oddest words people write.

The look is a handful of dictionaries here: what is under test is what a card says and whether
every channel can carry it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.asks import Ask, Kind, Policy, Standing
from bot.cards import Card, Fields, Photo, Style, Tally, Text, Tone, as_text
from bot.cards import Person as Line
from bot.choices import choices, keys_in, may_launch, scope_of
from bot.forms import FORMS, SKIPPED, Draft, clean, match
from bot.incidents import Incident
from bot.incidents import State as Stage
from bot.look import Count, Reach, Worklist
from bot.people import LANGUAGES, CallTree, Person, Role, TreeRow
from bot.rollcalls import Mode, RollCall, Scope
from bot.rollcalls import State as Call
from bot.rules import KindRule, Rules
from bot.texts import Texts
from bot.timeline import Note
from bot.views import Reader, draw
from bot.views.parts import fit

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
TEXTS = Texts()
POLICY = Policy(180, 180, 2, 300)

ODD = (
    "<script>alert(1)</script> {{7*7}} ${x} \u202eevil\u2066 %s '; DROP TABLE asks;-- "
    "👩‍👩‍👧‍👦🏳️‍🌈 محمد 山田\u0000\x1b[31m e\u0301\u0301\u0301 "
)
LONG_NAME = (ODD * 9)[:900]
LONG_WORDS = (ODD * 60)[:4000]
ORGANISATION = "Sunrise Clinic and Call Centre " * 3

ID = "k" * 12
"""As long as ids get."""


def rules(**changes: Any) -> Rules:
    return replace(
        Rules(
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
        ),
        **changes,
    )


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
    places: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

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

    async def notes(self, about: str, limit: int = 50) -> list[Note]:
        return [n for n in self.timeline if n.about == about][-limit:]

    async def counts(self, about: str) -> list[Count]:
        return self.all_counts

    async def worklist(self, about: str, lead: int, offset: int, limit: int) -> Worklist:
        ids = self.lists.get(lead, [])
        some = tuple(self.asks[i] for i in ids[offset : offset + limit])
        return Worklist(some, len(ids), self.handled)

    async def sending(self, about: str, channels: Collection[str]) -> dict[str, int]:
        return {}

    async def in_need(self, about: str, limit: int = 20) -> list[Ask]:
        return [a for a in await self.asks_about(about) if a.answer == "help"][:limit]

    async def silent(self, about: str, limit: int = 20) -> list[Ask]:
        return [a for a in await self.asks_about(about) if not a.answer][:limit]

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
            state=Call.OPEN,
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
    return Reader(look.all_people[person], NOW, house or rules(), TEXTS)


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


# --- what every card owes its reader --------------------------------------------------------

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


def sound(card: Card) -> Card:
    """The card itself, if every channel can carry it and every word on it is one."""
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


def test_pieces_are_the_whole_text_and_end_between_words() -> None:
    for text in (LONG_WORDS, "漢" * 3000, "word " * 900, "", "q" + "\u0301" * 2500):
        found = fit.pieces(text)
        assert all(0 < len(piece) <= fit.SAID for piece in found)
        assert "".join("".join(found).split()) == "".join(clean(text).split())


# --- everything, everywhere -----------------------------------------------------------------


def odd(look: Looking) -> Looking:
    """The same town with the longest and oddest words."""
    language = look.all_people[STAFF].language
    return replace(
        look,
        all_people=people(language, LONG_NAME, LONG_NAME, LONG_NAME),
        roll_calls={
            i: replace(r, words=LONG_WORDS, ending=LONG_WORDS if r.ended_at else "")
            for i, r in look.roll_calls.items()
        },
        asks={i: replace(a, site=LONG_NAME, team=LONG_NAME) for i, a in look.asks.items()},
        incidents={
            i: replace(n, place=LONG_WORDS, site=LONG_NAME, details=LONG_WORDS, reason=LONG_WORDS)
            for i, n in look.incidents.items()
        },
        timeline=[replace(n, text=LONG_WORDS) for n in look.timeline],
        all_counts=[
            replace(c, site=f"{c.site}{LONG_NAME}", team=f"{c.team}{LONG_NAME}")
            for c in look.all_counts
        ],
        places=tuple(f"{LONG_NAME}{n}" for n in range(300)),
        groups=tuple(f"{LONG_NAME}{n}" for n in range(300)),
    )


def calls() -> list[RollCall]:
    over = {"ended_at": NOW, "ended_by": OFFICER}
    late = {"late_until": NOW + timedelta(days=1)}
    past = {"late_until": NOW - timedelta(days=1)}
    return [
        roll_call(),
        roll_call(drill=True),
        roll_call(state=Call.LAUNCHING, mode=Mode.CASCADE),
        roll_call(scope=Scope.SITE, target=("Harbour",)),
        roll_call(scope=Scope.UNDER, target=(str(LEAD),)),
        roll_call(scope=Scope.LIST, target=("S1", "S2")),
        roll_call(state=Call.CLOSED, **over, **late),
        roll_call(state=Call.CLOSED, drill=True, **over, **past),
        roll_call(state=Call.CANCELLED, **over),
        roll_call(state=Call.CANCELLED, drill=True, **over),
    ]


def check_ins() -> list[Ask]:
    return [
        check_in(),
        check_in(standing=Standing.HELD, due_at=None),
        check_in(standing=Standing.CLIMBED, rung=1, reminders=2),
        check_in(standing=Standing.CLIMBED, rung=1, handed=False),
        check_in(standing=Standing.UNREACHED, due_at=None, rung=2, round=2, tries=3),
        check_in(standing=Standing.LAPSED, due_at=None),
        check_in(standing=Standing.WITHDRAWN, due_at=None),
        answered("safe"),
        answered("help"),
        answered("help", by=LEAD),
        answered("unaffected"),
        answered("unaffected", by=OFFICER),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("call", calls(), ids=lambda c: f"{c.state}-{c.scope}-{c.drill:d}")
async def test_cards_of_a_roll_call_are_sound(language: str, call: RollCall) -> None:
    for ask in check_ins():
        pages = [
            page("p1", f"help:{ID}", LEAD),
            page("p2", f"help:{ID}", OFFICER, taken=ask.on_behalf),
        ]
        look = town(
            language,
            roll_calls={ID: call},
            asks={a.id: a for a in (ask, *pages)},
            lists={LEAD: [ID]},
            handled=2,
            all_counts=[Count("Harbour", "Night", ask.standing.value, ask.answer, 1)],
        )
        for some in (look, odd(look)):
            await card(some, STAFF, "checkin", f"ask:{ID}")
            for reminder in ("1", "2"):
                await card(some, STAFF, "checkin", f"ask:{ID}", reminder=reminder)
            await card(some, LEAD, "worklist", f"worklist:{ID}:{LEAD}")
            await card(some, BOSS, "tally", f"rollcall:{ID}")
            for person in (LEAD, BOSS, OFFICER):
                await card(some, person, "help", f"help:{ID}")
                if ask.answer == "help":
                    for part in ("0", "1", "99"):
                        await card(some, person, "everything", f"help:{ID}", part=part)
            for view, state in (("allclear", Call.CLOSED), ("cancelled", Call.CANCELLED)):
                found = await shown(some, OTHER, view, f"rollcall:{ID}")
                assert (found is not None) == (call.state is state)
                if found:
                    sound(found)
            for person in some.all_people:
                for view in ("menu", "explain", "status"):
                    await card(some, person, view, f"person:{person}")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_cards_of_an_incident_are_sound(language: str) -> None:
    variants = [
        incident(),
        incident(kind="vault", hurt="unknown", severity="serious", place="", site=""),
        incident(kind="gone_from_the_rules", hurt="nobody", severity="routine"),
        incident(state=Stage.TAKEN, taken_by=OFFICER, taken_at=NOW, photos=("a", "b")),
        incident(state=Stage.CLOSED, ended_by=OFFICER, ended_at=NOW, reason="Put out."),
        incident(state=Stage.DISMISSED, ended_by=OFFICER, ended_at=NOW),
    ]
    keys = ("note-reported", "note-taken", "note-closed", "note-dismissed", "note-photo", "")
    timeline = [Note(f"n{k}", f"incident:{ID}", NOW, STAFF, k, "words") for k in keys]
    timeline += [Note("n", f"incident:{ID}", NOW, None, photo="x")]
    for variant in variants:
        pages = {p: page(p, f"incident:{ID}", o) for p, o in (("p1", LEAD), ("p2", OFFICER))}
        for asks in ({}, pages):
            look = town(language, incidents={ID: variant}, asks=asks, timeline=timeline)
            for some in (look, odd(look)):
                for person in (STAFF, LEAD, BOSS, OFFICER):
                    await card(some, person, "incident", f"incident:{ID}")
                    await card(some, person, "status", f"person:{person}")
                assert await shown(some, OTHER, "incident", f"incident:{ID}") is None
                for key in ("told-taken", "told-closed", "told-dismissed"):
                    name = some.all_people[LEAD].name
                    await card(some, STAFF, "told", f"incident:{ID}", text=key, name=name)
                assert await shown(some, LEAD, "told", f"incident:{ID}", text="told-taken") is None


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


PROBLEMS = (
    "problem-needed",
    "problem-number",
    "problem-photo",
    "problem-too-long",
    "problem-choice",
    "count-wrong",
    "nobody-in-scope",
    "unknown-people",
)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_question_of_every_form_is_sound(language: str) -> None:
    for draft, question in drafts(language):
        look = town(language, drafts={ID: draft})
        asker = {**look.all_people, STAFF: replace(look.all_people[BOSS], id=STAFF)}
        look = replace(look, all_people=asker)
        for some in (look, odd(look)):
            drawn = await shown(some, STAFF, "form", f"draft:{ID}", question=question)
            if drawn is not None:
                sound(drawn)
        if question in draft.answers or draft.done:
            continue
        await card(look, STAFF, "form", f"draft:{ID}", question=question, nudge="1")
        for problem in PROBLEMS:
            if problem == "count-wrong" and question not in ("confirm", "start"):
                continue
            drawn = await shown(
                look, STAFF, "form", f"draft:{ID}", question=question, problem=problem
            )
            if drawn is not None:
                sound(drawn)


REPLIES: dict[str, dict[str, Any]] = {
    "rollcall-launched": {"count": "12"},
    "something-broke": {"ref": "abc234"},
    "text-cut": {"limit": "4000"},
    "count-wrong": {"expected": "40"},
    "unknown-people": {"keys": LONG_NAME},
    "not-understood": {},
    "unknown-person": {},
    "button-gone": {},
    "incident-sent-nobody": {},
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_lines_in_reply_are_sound(language: str) -> None:
    look = town(language)
    for key, values in REPLIES.items():
        drawn = await card(look, STAFF, "plain", "person:3", text=key, **values)
        assert not drawn.open
    for words in ("help", LONG_WORDS):
        said = await card(look, STAFF, "said", "person:3", text=words)
        assert [s.said for s in said.body if isinstance(s, Text)] == [True]
    assert await shown(look, STAFF, "said", "person:3") is None
    assert await shown(look, STAFF, "plain", "person:3") is None


# --- the check-in ---------------------------------------------------------------------------


async def test_a_check_in_asks_names_its_sender_and_offers_three_answers() -> None:
    drawn = await card(town(), STAFF, "checkin", f"ask:{ID}")
    assert drawn.open
    assert acts(drawn) == ["ask:safe", "ask:help", "ask:unaffected"]
    assert drawn.tone is Tone.URGENT
    assert text_of(drawn).startswith(
        "Are you safe?\nEarthquake in the harbour. Are you safe?\nSent by Chen Mei, Sunrise Clinic"
    )
    assert "14:21" in text_of(drawn)


async def test_an_answered_check_in_says_so_and_lets_it_be_changed() -> None:
    drawn = await card(town(asks={ID: answered("safe")}), STAFF, "checkin", f"ask:{ID}")
    assert not drawn.open
    assert [b.chosen for b in drawn.buttons] == [True, False, False]
    assert "Recorded 14:27: you are safe. Thank you." in text_of(drawn)
    assert "You can change your answer at any time." in text_of(drawn)
    assert drawn.tone is Tone.GOOD


async def test_an_answer_on_behalf_names_who_gave_it() -> None:
    look = town(asks={ID: answered("unaffected", by=LEAD)})
    drawn = await card(look, STAFF, "checkin", f"ask:{ID}")
    assert "Sato Ken answered for you, 14:27: you are not affected." in text_of(drawn)


async def test_after_a_cry_it_says_truthfully_who_was_told_and_who_comes() -> None:
    look = town(asks={ID: answered("help")})
    assert "Nobody could be told automatically." in text_of(
        await card(look, STAFF, "checkin", f"ask:{ID}")
    )
    look.asks["p1"] = page("p1", f"help:{ID}", LEAD)
    look.asks["p2"] = page("p2", f"help:{ID}", OFFICER)
    drawn = await card(look, STAFF, "checkin", f"ask:{ID}")
    assert "Told: Sato Ken and Lee Wei." in text_of(drawn)
    assert drawn.tone is Tone.URGENT
    look.asks["p2"] = page("p2", f"help:{ID}", OFFICER, taken=True)
    drawn = await card(look, STAFF, "checkin", f"ask:{ID}")
    assert "Lee Wei is taking care of it." in text_of(drawn)


async def test_a_drill_is_one_beyond_doubt() -> None:
    look = town(roll_calls={ID: roll_call(drill=True)})
    drawn = await card(look, STAFF, "checkin", f"ask:{ID}")
    assert (drawn.badge, drawn.tone) == ("DRILL", Tone.DRILL)
    assert "This is a drill." in text_of(drawn)
    real = await card(town(), STAFF, "checkin", f"ask:{ID}")
    assert real.badge == ""


async def test_a_reminder_says_that_it_is_one_until_there_is_an_answer() -> None:
    drawn = await card(town(), STAFF, "checkin", f"ask:{ID}", reminder="2")
    assert "Reminder 2: we have not heard from you yet." in text_of(drawn)
    look = town(asks={ID: answered("safe")})
    drawn = await card(look, STAFF, "checkin", f"ask:{ID}", reminder="2")
    assert "Reminder" not in text_of(drawn)
    assert not drawn.open


async def test_late_answers_are_welcome_until_they_are_not() -> None:
    over = {"state": Call.CLOSED, "ended_at": NOW, "ended_by": BOSS}
    lapsed = {ID: check_in(standing=Standing.LAPSED, due_at=None)}
    late = roll_call(**over, late_until=NOW + timedelta(hours=1))
    drawn = await card(town(roll_calls={ID: late}, asks=lapsed), STAFF, "checkin", f"ask:{ID}")
    assert len(drawn.buttons) == 3
    assert not drawn.open
    assert "Your answer is still welcome." in text_of(drawn)
    past = roll_call(**over, late_until=NOW - timedelta(hours=1))
    drawn = await card(town(roll_calls={ID: past}, asks=lapsed), STAFF, "checkin", f"ask:{ID}")
    assert drawn.buttons == ()
    assert "There is nothing to do." in text_of(drawn)


async def test_a_roll_call_called_off_asks_nothing_more() -> None:
    off = roll_call(state=Call.CANCELLED, ended_at=NOW, ended_by=BOSS)
    look = town(roll_calls={ID: off}, asks={ID: check_in(standing=Standing.WITHDRAWN)})
    drawn = await card(look, STAFF, "checkin", f"ask:{ID}")
    assert drawn.every_button() == ()
    assert not drawn.open
    assert "sent by mistake" in text_of(drawn)


async def test_nobody_sees_another_ones_check_in() -> None:
    assert await shown(town(), LEAD, "checkin", f"ask:{ID}") is None
    assert await shown(town(), STAFF, "checkin", "ask:none") is None


async def test_suggested_words_are_read_in_ones_own_language() -> None:
    english = TEXTS.words("en").say("option-rollcall-words-earthquake")
    look = town("ja", roll_calls={ID: roll_call(words=english)})
    drawn = await card(look, STAFF, "checkin", f"ask:{ID}")
    assert "地震がありました。ご無事ですか？" in text_of(drawn)


# --- worklist and tally ---------------------------------------------------------------------


def crowd(count: int) -> dict[str, Ask]:
    return {
        f"a{n}": check_in(f"a{n}", STAFF, standing=Standing.CLIMBED, rung=1) for n in range(count)
    }


async def test_a_worklist_turns_its_pages() -> None:
    asks = crowd(20)
    look = town(asks=asks, lists={LEAD: list(asks)}, handled=20)
    subject = f"worklist:{ID}:{LEAD}"
    first = await card(look, LEAD, "worklist", subject)
    assert text_of(first).startswith("20 of 40 still to reach\nPlease call them")
    assert len([s for s in first.body if isinstance(s, Line)]) == 8
    assert [b.label for b in first.buttons] == ["Next \u20688\u2069"]
    assert first.buttons[0].id == f"wl:{ID}:{LEAD}:8"
    last = await card(look, LEAD, "worklist", subject, offset="16")
    assert [b.id for b in last.buttons] == [f"wl:{ID}:{LEAD}:0"]
    assert "17 to 20 of 20" in text_of(last)
    beyond = await card(look, LEAD, "worklist", subject, offset="99")
    assert "1 to 8 of 20" in text_of(beyond)


async def test_a_worklist_never_outgrows_a_card() -> None:
    asks = crowd(50)
    look = town(asks=asks, lists={LEAD: list(asks)})
    generous = rules(worklist_size=50)
    for offset in ("0", "12"):
        await card(look, LEAD, "worklist", f"worklist:{ID}:{LEAD}", generous, offset=offset)


async def test_a_worklist_offers_what_a_call_may_give() -> None:
    asks = {"a": answered("help", ask="a"), **crowd(1)}
    look = town(asks=asks, lists={LEAD: ["a", "a0"]})
    drawn = await card(look, LEAD, "worklist", f"worklist:{ID}:{LEAD}")
    assert drawn.tone is Tone.URGENT
    assert acts(drawn) == ["for:a:safe", "for:a0:safe", "for:a0:help", "for:a0:tried"]
    assert "NEEDS HELP since 14:27" in text_of(drawn)


async def test_a_finished_worklist_is_done_and_asks_nothing() -> None:
    look = town(lists={}, handled=40)
    drawn = await card(look, LEAD, "worklist", f"worklist:{ID}:{LEAD}")
    assert drawn.title.startswith("Done: all")
    assert (drawn.open, drawn.buttons) == (False, ())
    assert await shown(look, OTHER, "worklist", f"worklist:{ID}:{LEAD}") is None


COUNTS = [
    Count("Harbour", "Night", "asked", "", 5),
    Count("Harbour", "Day", "answered", "help", 1),
    Count("North", "Day", "unreached", "", 7),
    Count("North", "Day", "answered", "safe", 20),
    Count("", "", "answered", "unaffected", 3),
    Count("North", "Night", "held", "", 4),
    Count("North", "Night", "withdrawn", "", 2),
]


async def test_a_tally_puts_need_first_and_the_missing_next() -> None:
    asks = {"h": answered("help", ask="h", person=OTHER), **crowd(12)}
    look = town(all_counts=COUNTS, asks=asks)
    drawn = await card(look, OFFICER, "tally", f"rollcall:{ID}")
    assert drawn.title == "Answered: \u206824\u2069 of \u206840\u2069"
    bar = next(s for s in drawn.body if isinstance(s, Tally))
    assert [count for _, count, _ in bar.parts] == [1, 12, 4, 20, 3]
    text = text_of(drawn)
    assert text.index("1 person needs help") < text.index("No answer yet 12")
    assert "North: 7 of 31 missing · 4 not asked yet" in text
    assert text.index("North: 7") < text.index("Harbour: 1 needs help · 5 of 6 missing")
    assert "No site: all 3 answered" in text
    assert "7 people could not be reached by anyone." in text
    assert "No answer from 12 people" in text
    assert "4 others" in text
    assert acts(drawn)[-2:] == ["rc:allclear", "rc:calloff"]


async def test_a_tally_is_for_the_launcher_and_the_desk() -> None:
    look = town(all_counts=COUNTS)
    for person, sees in ((BOSS, True), (OFFICER, True), (LEAD, False), (STAFF, False)):
        found = await shown(look, person, "tally", f"rollcall:{ID}")
        assert (found is not None) == sees


def over() -> RollCall:
    return roll_call(state=Call.CLOSED, ended_at=NOW, ended_by=OTHER, late_until=NOW)


async def test_after_the_end_those_in_charge_read_names_and_staff_read_none() -> None:
    counts = [Count("", "", "answered", "help", 1), Count("", "", "lapsed", "", 12)]
    silent = {
        i: replace(ask, standing=Standing.LAPSED, due_at=None) for i, ask in crowd(12).items()
    }
    asks = {"h": answered("help", ask="h", person=LEAD), **silent}
    look = town(all_counts=counts, asks=asks, roll_calls={ID: over()})
    for person in (BOSS, OFFICER, OTHER):
        for view in ("allclear", "tally"):
            drawn = await card(look, person, view, f"rollcall:{ID}")
            text = text_of(drawn)
            assert text.index("1 person needs help") < text.index("Sato Ken")
            assert text.index("No answer from 12 people") < text.index("Amira Nasser")
            assert "4 others" in text
    for person in (STAFF, LEAD):
        drawn = await card(look, person, "allclear", f"rollcall:{ID}")
        assert "Amira" not in text_of(drawn)
        assert "needs help" not in text_of(drawn)
        assert await shown(look, person, "tally", f"rollcall:{ID}") is None


async def test_whoever_is_about_to_end_a_roll_call_reads_who_needs_help() -> None:
    asks = {"h": answered("help", ask="h", person=LEAD), **crowd(12)}
    draft = Draft(ID, BOSS, "allclear", about=f"rollcall:{ID}")
    look = town(all_counts=COUNTS, asks=asks, drafts={ID: draft})
    text = text_of(await card(look, BOSS, "form", f"draft:{ID}"))
    assert text.index("1 person needs help") < text.index("Sato Ken")
    assert "No answer from 12 people" in text
    assert "Not asked yet: 4" in text


async def test_a_tally_names_the_worst_sites_and_counts_the_rest() -> None:
    counts = [Count(f"Site {n:02}", "", "asked", "", n + 1) for n in range(30)]
    drawn = await card(town(all_counts=counts), BOSS, "tally", f"rollcall:{ID}")
    rows = next(s for s in drawn.body if isinstance(s, Fields)).rows
    assert [label for label, _ in rows] == [f"Site {n}" for n in range(29, 21, -1)]
    assert "22 more" in text_of(drawn)


async def test_a_tally_of_an_ended_roll_call_has_no_buttons() -> None:
    over = roll_call(state=Call.CLOSED, ended_at=NOW, ended_by=OFFICER)
    drawn = await card(
        town(all_counts=COUNTS, roll_calls={ID: over}), BOSS, "tally", f"rollcall:{ID}"
    )
    assert drawn.every_button() == ()
    assert "Ended by Lee Wei, 14:30" in text_of(drawn)


# --- a cry for help -------------------------------------------------------------------------


async def test_a_cry_can_be_taken_and_says_who_has_it() -> None:
    pages = {"p1": page("p1", f"help:{ID}", LEAD), "p2": page("p2", f"help:{ID}", OFFICER)}
    look = town(asks={ID: answered("help"), **pages})
    drawn = await card(look, OFFICER, "help", f"help:{ID}")
    assert drawn.open
    assert acts(drawn) == ["take:help", "for:safe"]
    assert "Told: Sato Ken and Lee Wei" in text_of(drawn)
    look.asks["p2"] = page("p2", f"help:{ID}", OFFICER, taken=True)
    taker = await card(look, OFFICER, "help", f"help:{ID}")
    assert (taker.open, acts(taker)) == (False, ["for:safe"])
    assert "You are taking care of it." in text_of(taker)
    lead = await card(look, LEAD, "help", f"help:{ID}")
    assert "Lee Wei is taking care of it" in text_of(lead)


async def test_a_cry_ends_when_help_is_no_longer_needed_not_when_the_roll_call_ends() -> None:
    over = roll_call(state=Call.CLOSED, ended_at=NOW, ended_by=OFFICER)
    look = town(asks={ID: answered("help")}, roll_calls={ID: over})
    assert (await card(look, LEAD, "help", f"help:{ID}")).open
    look.asks[ID] = answered("safe")
    drawn = await card(look, LEAD, "help", f"help:{ID}")
    assert (drawn.open, drawn.buttons, drawn.tone) == (False, (), Tone.GOOD)
    assert text_of(drawn).startswith("Amira Nasser no longer needs help")


async def test_a_cry_is_shown_to_those_concerned_only() -> None:
    look = town(asks={ID: answered("help")})
    assert await shown(look, STAFF, "help", f"help:{ID}") is None
    assert await shown(look, OTHER, "help", f"help:{ID}") is None
    assert await shown(look, OFFICER, "help", "help:none") is None


# --- incidents ------------------------------------------------------------------------------


async def test_whoever_may_work_on_an_incident_has_its_taps() -> None:
    look = town(asks={"p1": page("p1", f"incident:{ID}", LEAD)})
    drawn = await card(look, LEAD, "incident", f"incident:{ID}")
    assert drawn.open
    assert acts(drawn) == ["take:incident", "inc:note", "inc:rollcall", "inc:close", "inc:dismiss"]
    assert text_of(drawn).startswith(
        "Fire: Building B\nNobody has taken it yet. Can you?\nSOMEBODY IS HURT."
    )
    look.incidents[ID] = incident(state=Stage.TAKEN, taken_by=LEAD, taken_at=NOW)
    drawn = await card(look, LEAD, "incident", f"incident:{ID}")
    assert (drawn.open, acts(drawn)[0]) == (False, "inc:note")


async def test_the_reporter_sees_how_it_stands_and_nothing_to_take() -> None:
    look = town(asks={f"p{n}": page(f"p{n}", f"incident:{ID}", n) for n in (LEAD, OFFICER)})
    drawn = await card(look, STAFF, "incident", f"incident:{ID}")
    assert drawn.every_button() == ()
    assert "Sent to 2 people. Nobody has taken it yet; we keep asking." in text_of(drawn)
    look.incidents[ID] = incident(state=Stage.TAKEN, taken_by=LEAD, taken_at=NOW)
    drawn = await card(look, STAFF, "incident", f"incident:{ID}")
    assert "Sato Ken has been taking care of it since 14:30." in text_of(drawn)


async def test_a_safety_officer_may_work_on_their_own_report() -> None:
    look = town(incidents={ID: incident(reporter=OFFICER)})
    assert "inc:close" in acts(await card(look, OFFICER, "incident", f"incident:{ID}"))
    look = town(incidents={ID: incident(reporter=LEAD)}, asks={})
    assert acts(await card(look, LEAD, "incident", f"incident:{ID}")) == []


async def test_an_own_kind_is_called_by_its_own_name() -> None:
    look = town("ja", incidents={ID: incident(kind="vault")})
    assert text_of(await card(look, OFFICER, "incident", f"incident:{ID}")).startswith("金庫：")
    look = town("ar", incidents={ID: incident(kind="vault")})
    assert "Vault open" in (await card(look, OFFICER, "incident", f"incident:{ID}")).title


# --- forms ----------------------------------------------------------------------------------


async def test_a_question_shows_options_progress_and_ways_out() -> None:
    look = town(drafts={ID: Draft(ID, STAFF, "incident", {"kind": "fire"})})
    drawn = await card(look, STAFF, "form", f"draft:{ID}", question="place")
    assert drawn.open
    assert acts(drawn) == ["form:place:Harbour", "form:place:North", "form:!back", "form:!cancel"]
    assert "2 of 3, then it is sent" in text_of(drawn)
    assert drawn.ask is not None
    assert not drawn.ask.multiline
    assert await shown(look, LEAD, "form", f"draft:{ID}", question="place") is None
    assert await shown(look, STAFF, "form", "draft:gone") is None


async def test_what_comes_after_sending_can_only_be_left_out() -> None:
    answers = {"kind": "fire", "place": "B", "hurt": "someone"}
    look = town(drafts={ID: Draft(ID, STAFF, "incident", answers, sent=ID)})
    drawn = await card(look, STAFF, "form", f"draft:{ID}")
    assert drawn.title == "What else should those who come know?"
    assert acts(drawn) == ["form:details:!skip"]
    assert "Your report has been sent." in text_of(drawn)


async def test_an_answered_question_shows_its_answer_and_can_be_changed() -> None:
    look = town(drafts={ID: Draft(ID, STAFF, "incident", {"kind": "fire"})})
    drawn = await card(look, STAFF, "form", f"draft:{ID}", question="kind")
    assert (drawn.open, acts(drawn)) == (False, ["form:kind:!change"])
    assert "Fire" in text_of(drawn)


async def test_a_sent_report_can_be_corrected_a_started_roll_call_cannot() -> None:
    report = Draft(ID, STAFF, "incident", {"kind": "fire", "photo": "photo:1"}, sent=ID, done=True)
    look = town(drafts={ID: report})
    drawn = await card(look, STAFF, "form", f"draft:{ID}", question="kind")
    assert acts(drawn) == ["form:kind:!change"]
    drawn = await card(look, STAFF, "form", f"draft:{ID}", question="photo")
    assert acts(drawn) == []
    look.drafts[ID] = Draft(ID, STAFF, "rollcall", {"drill": "real"}, sent=ID, done=True)
    drawn = await card(look, STAFF, "form", f"draft:{ID}", question="drill")
    assert acts(drawn) == []


async def test_a_form_given_up_takes_no_tap() -> None:
    look = town(drafts={ID: Draft(ID, STAFF, "incident", {"kind": "fire"}, done=True)})
    for question in ("kind", "place"):
        drawn = await card(look, STAFF, "form", f"draft:{ID}", question=question)
        assert (drawn.open, drawn.buttons) == (False, ())
        assert "This form is no longer open." in text_of(drawn)


async def test_a_problem_is_said_beside_the_question() -> None:
    look = town(drafts={ID: Draft(ID, STAFF, "incident", {"kind": "fire"})})
    drawn = await card(
        look, STAFF, "form", f"draft:{ID}", question="place", problem="problem-too-long"
    )
    assert "Please make it shorter: at most 200 characters." in text_of(drawn)


async def test_the_last_step_tells_everything_before_it_sends() -> None:
    answers = {"drill": "real", "who": "everyone", "words": "Are you safe?", "mode": "cascade"}
    look = town(drafts={ID: Draft(ID, BOSS, "rollcall", answers)})
    look.reachable = Reach(10_000, {"web": 400, "telegram": 9590}, 10)
    drawn = await card(look, BOSS, "form", f"draft:{ID}")
    text = text_of(drawn)
    assert drawn.tone is Tone.URGENT
    for expected in (
        "To send it, type the number of people",
        "THIS IS REAL, not a drill.",
        "Are you safe?",
        "People: 10,000",
        "How: Call tree, level by level",
        "Reached by: Telegram: 9,590 · Web chat: 400",
        "Sending takes: about 6 minutes, 24 seconds",
        "10 people have no working contact",
    ):
        assert expected in text
    assert drawn.ask is not None
    assert "10,000" in drawn.ask.hint


async def test_a_drill_is_started_by_a_tap_and_says_that_it_is_one() -> None:
    answers = {"drill": "drill", "who": "site:North", "words": "Drill", "mode": "broadcast"}
    look = town(drafts={ID: Draft(ID, BOSS, "rollcall", answers)})
    drawn = await card(look, BOSS, "form", f"draft:{ID}")
    assert (drawn.badge, drawn.tone) == ("DRILL", Tone.DRILL)
    assert "THIS IS A DRILL." in text_of(drawn)
    assert "Sending takes: about 1 second" in text_of(drawn)
    assert acts(drawn)[0] == "form:start:start"


# --- choices --------------------------------------------------------------------------------


async def offered(
    look: Looking, person: int, form: str, question: str, draft: Draft | None = None
) -> list[str]:
    asked = FORMS[form].question(question)
    assert asked is not None
    using = draft or Draft(ID, person, form)
    found = await choices(look, reader(look, person), FORMS[form], using, asked)
    assert len({o.tag for o in found}) == len(found)
    return [o.value for o in found]


async def test_whom_somebody_may_ask() -> None:
    look = town()
    tree = await look.tree()
    assert await offered(look, OFFICER, "rollcall", "who") == [
        "everyone", "site:Harbour", "team:Night", "list", "site:North", "team:Day",
    ]  # fmt: skip
    assert (await offered(look, BOSS, "rollcall", "who"))[3] == f"under:{BOSS}"
    assert await offered(look, LEAD, "rollcall", "who") == [f"under:{LEAD}"]
    assert await offered(look, STAFF, "rollcall", "who") == []
    may = {p: may_launch(look.all_people[p], tree) for p in look.all_people}
    assert may == {BOSS: True, LEAD: True, STAFF: False, OFFICER: True, OTHER: False}
    assert not may_launch(replace(look.all_people[OFFICER], left=True), tree)


async def test_who_travels_as_text_and_back() -> None:
    assert scope_of("everyone") == (Scope.EVERYONE, ())
    assert scope_of("site:a:b") == (Scope.SITE, ("a:b",))
    assert scope_of("under:7") == (Scope.UNDER, ("7",))
    assert scope_of("list", "A1、B2,\nA1 C3") == (Scope.LIST, ("A1", "B2", "C3"))
    assert keys_in(" , ") == ()
    with pytest.raises(ValueError, match="nobody"):
        scope_of("nobody")


async def test_ones_own_site_comes_first_and_the_list_is_short() -> None:
    look = town(places=tuple(f"Site {n}" for n in range(30)))
    places = await offered(look, STAFF, "incident", "place")
    assert places == ["Harbour", *(f"Site {n}" for n in range(7))]
    homeless = {**look.all_people, STAFF: replace(look.all_people[STAFF], site="")}
    look = replace(look, all_people=homeless)
    assert (await offered(look, STAFF, "incident", "place"))[0] == "Site 0"


async def test_words_for_an_event_come_from_the_incident_and_hold_no_marks() -> None:
    look = town("ar")
    draft = Draft(ID, OFFICER, "rollcall", {"drill": "drill"}, about=f"incident:{ID}")
    words = await offered(look, OFFICER, "rollcall", "words", draft)
    assert len(words) == 3
    assert words[1].startswith("حريق: Building B")
    assert not any(c in w for w in words for c in "\u2066\u2067\u2068\u2069")
    assert len(await offered(look, OFFICER, "rollcall", "words")) == 3


async def test_notes_offer_the_incident_at_hand_then_those_in_charge() -> None:
    mine = incident(id="mine", state=Stage.TAKEN, taken_by=LEAD)
    look = town(incidents={ID: incident(), "mine": mine})
    draft = Draft(ID, LEAD, "note", about=f"incident:{ID}")
    assert await offered(look, LEAD, "note", "which", draft) == [ID, "mine"]
    assert await offered(look, LEAD, "note", "which") == ["mine"]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("火災", "fire"), ("1", "fire"), ("حريق", "fire"), ("金庫", "vault"), ("?", None)],
)
async def test_options_are_meant_in_any_language(typed: str, kind: str | None) -> None:
    look = town("en")
    question = FORMS["incident"].questions[0]
    options = await choices(
        look, reader(look, STAFF), FORMS["incident"], Draft(ID, 3, "incident"), question
    )
    found = match(typed, options)
    assert (found.value if found else None) == kind


# --- menu, help, status ---------------------------------------------------------------------


async def test_the_menu_offers_what_one_may_do() -> None:
    look = town(asks={})
    assert acts(await card(look, STAFF, "menu", f"person:{STAFF}")) == [
        "do:report",
        "do:status",
        "do:help",
    ]
    assert "do:rollcall" in acts(await card(look, LEAD, "menu", f"person:{LEAD}"))
    assert await shown(look, STAFF, "menu", f"person:{LEAD}") is None


@pytest.mark.parametrize("view", ["explain", "menu"])
async def test_whoever_types_help_during_a_roll_call_finds_its_answers_first(view: str) -> None:
    drawn = await card(town(), STAFF, view, f"person:{STAFF}")
    answers = [f"ask:{ID}:{answer}" for answer in ("safe", "help", "unaffected")]
    assert [button.id for button in drawn.buttons[:3]] == answers
    assert drawn.buttons[1].style is Style.DANGER


async def test_an_unfinished_form_can_be_taken_up_again() -> None:
    look = town(asks={}, drafts={ID: Draft(ID, STAFF, "incident", {"kind": "fire"})})
    drawn = await card(look, STAFF, "menu", f"person:{STAFF}")
    assert drawn.buttons[0].id == f"form:{ID}:!resume"


async def test_the_status_lists_what_concerns_somebody() -> None:
    asks = {"h": answered("help", ask="h"), "p": page("p", "help:h", LEAD), **crowd(3)}
    look = town(asks=asks, lists={LEAD: ["a0", "a1"]})
    drawn = await card(look, LEAD, "status", f"person:{LEAD}")
    assert acts(drawn)[:3] == ["take:help:h", f"wl:{LEAD}:0", "inc:show"]
    assert "2 people for you to call" in text_of(drawn)
    desk = await card(look, OFFICER, "status", f"person:{OFFICER}")
    assert "rc:tally" in acts(desk)
    nothing = town(asks={}, incidents={})
    assert "Nothing waits for you." in text_of(
        await card(nothing, OTHER, "status", f"person:{OTHER}")
    )


# --- cutting --------------------------------------------------------------------------------


def test_what_is_cut_keeps_letters_and_isolates_whole() -> None:
    assert fit.cut("abc", 3) == "abc"
    assert fit.cut("abcd", 3) == "ab…"
    assert fit.cut("e\u0301" * 10, 4) == "e\u0301…"
    assert fit.cut("👩‍👩‍👧‍👦" * 3, 9) == "👩‍👩‍👧‍👦…"
    assert fit.cut("x\u2068abcdef\u2069", 5) == "x\u2068a…\u2069"
    assert fit.cut("\u0301" * 50, 5) == "…"
    for length in range(1, 60):
        assert len(fit.cut(ODD, length)) <= length


def test_a_line_is_one_line_without_hidden_marks() -> None:
    assert fit.line("a\nb\t\u202ec  d\x00") == "a b c d"
    assert fit.said("a\n\u202eb").text == "a\nb"


def test_a_button_that_does_not_fit_is_a_fault() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        fit.button("x" * 65, "label")
