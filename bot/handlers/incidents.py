"""Reporting an incident and working on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import desk, incidents
from bot.forms import Draft, value
from bot.handlers import COMPLETED, NOUN_ID, SOONER, Scene, once_more, problem, ready, tap
from bot.handlers.forms import begin
from bot.incidents import Incident, State
from bot.look import Work
from bot.outcomes import Outcome, Priority, Reply, Show
from bot.people import Person
from bot.ports import Ids, ask_ids
from bot.rules import SEVERITIES, Rules
from bot.timeline import Note, Photo

OTHER = "other"
"""The kind of what nobody has named."""


def cannot_wait(scene: Scene, draft: Draft) -> bool:
    """True for what must go out before anything more is asked: something critical, or a cry."""
    rule = scene.rules.kinds.get(value(draft, "kind"))
    if rule is not None and rule.severity == "critical":
        return True
    return scene.lexicon.calls_for_help(value(draft, "details"))


SOONER["incident"] = cannot_wait


@ready("incident")
async def send(scene: Scene, draft: Draft) -> tuple[Outcome, str]:
    """It is known enough: page the lead and the safety desk now."""
    given = value(draft, "kind")
    if given and given not in scene.rules.kinds:
        return problem("problem-choice"), ""
    urgent = scene.lexicon.calls_for_help(value(draft, "details"))
    return await report(
        scene.look, scene.rules, scene.ids, scene.person, draft, scene.now, urgent=urgent
    )


async def report(
    look: Work,
    rules: Rules,
    ids: Ids,
    person: Person,
    draft: Draft,
    now: datetime,
    *,
    urgent: bool = False,
) -> tuple[Outcome, str]:
    """The report as far as it is known: who, what and in which words, their site."""
    kind = value(draft, "kind") or _unknown_kind(rules)
    rule = rules.kinds.get(kind)
    place, hurt = value(draft, "place"), value(draft, "hurt") or incidents.UNKNOWN
    usual = "critical" if urgent else rule.severity if rule else "serious"
    incident = Incident(
        id=ids.token(NOUN_ID),
        kind=kind,
        severity=_severity(usual, hurt),
        reporter=person.id,
        reported_at=now,
        place=place,
        site=place if place in await look.sites() else person.site,
        hurt=hurt,
        details=value(draft, "details"),
    )
    called = await desk.called_about(look, person.id)
    out = incidents.reported(
        incident,
        called,
        ask_ids(ids, len(called), now),
        rules.policies[incident.severity],
        now,
        ids.token(NOUN_ID + 5),
    )
    return out, incident.id


def _unknown_kind(rules: Rules) -> str:
    """What a report is called that does not say what has happened."""
    if OTHER in rules.kinds:
        return OTHER
    return max(rules.kinds, key=lambda kind: SEVERITIES.index(rules.kinds[kind].severity))


def _severity(usual: str, hurt: str) -> str:
    """Somebody is hurt: never less than critical."""
    return "critical" if hurt == incidents.SOMEONE else usual


async def complete(scene: Scene, draft: Draft, changed: dict[str, str]) -> Outcome:
    """Answers given or corrected after sending reach everyone who has the incident."""
    incident = await scene.look.incident(draft.sent)
    if incident is None:
        return problem("draft-gone")
    fresh = {name: value(draft, name) for name in changed if name != "photo"}
    if fresh.get("place") in await scene.look.sites():
        fresh["site"] = fresh["place"]
    if "kind" in fresh or "hurt" in fresh:
        kind = scene.rules.kinds.get(fresh.get("kind", incident.kind))
        usual = kind.severity if kind else incident.severity
        fresh["severity"] = _severity(usual, fresh.get("hurt", incident.hurt))
    if not any(fresh.values()):
        return Outcome()
    if scene.lexicon.calls_for_help(fresh.get("details", "")):
        fresh["severity"] = "critical"
    out = incidents.completed(incident, fresh, scene.person)
    now = next((v for v in out.save if isinstance(v, Incident)), None)
    if now is None:
        return out
    if _more_urgent(now, incident) and now.state is State.REPORTED:
        out.add(await _paged_anew(scene, now))
    elif now.place != incident.place or fresh.get("hurt") == incidents.SOMEONE:
        out.show += incidents.learned(now, await scene.look.asks_about(now.about))
    return out


def _more_urgent(now: Incident, before: Incident) -> bool:
    return SEVERITIES.index(now.severity) > SEVERITIES.index(before.severity)


async def _paged_anew(scene: Scene, incident: Incident) -> Outcome:
    called = await desk.called_about(scene.look, incident.reporter)
    ids, policy = scene.new_ids(len(called)), scene.policy(incident.severity)
    return incidents.raised(incident, called, ids, policy, scene.now)


async def raise_alarm(scene: Scene, incident: Incident) -> Outcome:
    """Its reporter cries for help: it is critical from now on, and whoever has it, or is asked to
    take it, hears so."""
    now = replace(incident, severity="critical")
    out = Outcome(save=[now])
    if _more_urgent(now, incident) and now.state is State.REPORTED:
        return out.add(await _paged_anew(scene, now))
    paged = await scene.look.asks_about(now.about)
    for show in incidents.learned(now, paged):
        out.show.append(replace(show, in_place=False))
    return out


COMPLETED["incident"] = complete


@tap("inc")
async def work(scene: Scene, parts: list[str]) -> Outcome:
    """`inc:<id>:note|rollcall|close|dismiss|show`, the reporter's `mistake`, `mistaken`, `keep`."""
    incident = await scene.look.incident(parts[0])
    if incident is None or len(parts) != 2:
        return problem("button-gone")
    own = incident.reporter == scene.person.id
    if parts[1] in ("mistake", "mistaken", "keep"):
        return await _mistake(scene, incident, parts[1]) if own else problem("not-allowed")
    if not (await may_work(scene, incident) or (own and parts[1] == "show")):
        return problem("not-allowed")
    if parts[1] == "show":
        card = Show(
            scene.person.id,
            "incident",
            incident.about,
            priority=Priority.REPLY,
            channel=scene.channel,
            about=incident.about,
        )
        return Outcome(show=[card])
    if incident.over:
        return problem("incident-is-over")
    if parts[1] == "rollcall":
        return await begin(scene, "rollcall", incident.about, roll_call_answers(incident))
    if parts[1] == "note":
        return await begin(scene, "note", incident.about, {"which": incident.id})
    if parts[1] in ("close", "dismiss"):
        return await begin(scene, parts[1], incident.about)
    return problem("button-gone")


async def _mistake(scene: Scene, incident: Incident, act: str) -> Outcome:
    """Taken back by its reporter, after a second question, until somebody has taken it."""
    if incident.over:
        return problem("incident-is-over")
    if incident.state is not State.REPORTED:
        return problem("page-already-taken")
    if act == "keep":
        return Outcome(reply=Reply("incident-kept"))
    if act == "mistake":
        card = Show(
            scene.person.id,
            "sure",
            incident.about,
            priority=Priority.REPLY,
            channel=scene.channel,
            about=incident.about,
        )
        return once_more(scene, card, Reply("sure-mistake"))
    paged = await scene.look.asks_about(incident.about)
    note_id = scene.ids.token(NOUN_ID + 5)
    out = incidents.taken_back(incident, paged, scene.person, scene.now, note_id)
    draft = await scene.look.draft_of(scene.person.id)
    if draft is not None and draft.sent == incident.id:
        out.save.append(replace(draft, done=True, due_at=None))
    return out


def roll_call_answers(incident: Incident) -> dict[str, str]:
    """What an incident already tells about its roll call: it is real, and its site."""
    given = {"drill": "real"}
    if incident.site:
        given["who"] = f"site:{incident.site}"
    return given


async def may_work(scene: Scene, incident: Incident) -> bool:
    """The desk, those paged, those above the reporter, whoever took it."""
    paged = await scene.look.asks_about(incident.about)
    named = any(scene.person.id in (p.person, *p.chain) for p in paged)
    chain = (await scene.look.tree()).chain(incident.reporter)
    return incidents.may_work_on(incident, scene.person, chain, named)


async def _about(scene: Scene, draft: Draft) -> Incident | None:
    incident = await scene.look.incident(draft.about.removeprefix("incident:"))
    return incident if incident and await may_work(scene, incident) else None


@ready("note")
async def note(scene: Scene, draft: Draft) -> tuple[Outcome, str]:
    incident = await scene.look.incident(value(draft, "which"))
    if incident is None or not await may_work(scene, incident):
        return problem("not-allowed"), ""
    return add_note(scene, incident, value(draft, "text")), incident.id


def add_note(scene: Scene, incident: Incident, text: str) -> Outcome:
    """Words for an incident's timeline."""
    line = Note(scene.ids.token(NOUN_ID + 5), incident.about, scene.now, scene.person.id, text=text)
    return incidents.noted(incident, scene.person, line)


def add_photo(scene: Scene, incident: Incident, picture: bytes) -> Outcome:
    """A picture for an incident and its timeline."""
    photo = Photo(scene.ids.token(NOUN_ID + 9), scene.person.id, incident.about, scene.now, picture)
    line = Note(
        scene.ids.token(NOUN_ID + 5),
        incident.about,
        scene.now,
        scene.person.id,
        key="note-photo",
        photo=photo.id,
    )
    out = incidents.pictured(incident, scene.person, photo.id, line)
    out.save.insert(0, photo)
    return out


@ready("close")
async def close(scene: Scene, draft: Draft) -> tuple[Outcome, str]:
    return await _end(scene, draft, State.CLOSED)


@ready("dismiss")
async def dismiss(scene: Scene, draft: Draft) -> tuple[Outcome, str]:
    return await _end(scene, draft, State.DISMISSED)


async def _end(scene: Scene, draft: Draft, state: State) -> tuple[Outcome, str]:
    incident = await _about(scene, draft)
    if incident is None:
        return problem("not-allowed"), ""
    reason = value(draft, "reason")
    out = incidents.ended(
        incident, state, scene.person, reason, scene.now, scene.ids.token(NOUN_ID + 5)
    )
    out.reply = out.reply or Reply(f"incident-{state.value}")
    return out, incident.id
