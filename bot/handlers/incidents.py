"""Reporting an incident and working on it."""

from __future__ import annotations

from bot import desk, incidents
from bot.forms import Draft, value
from bot.handlers import COMPLETED, NOUN_ID, Scene, problem, ready, tap
from bot.handlers.forms import begin
from bot.incidents import Incident, State
from bot.outcomes import Outcome, Priority, Reply, Show
from bot.timeline import Note, Photo


@ready("incident")
async def send(scene: Scene, draft: Draft) -> tuple[Outcome, str]:
    """The questions that matter are answered: page the lead and the safety desk now."""
    kind = value(draft, "kind")
    rule = scene.rules.kinds.get(kind)
    if rule is None:
        return problem("problem-choice"), ""
    place = value(draft, "place")
    sites = await scene.look.sites()
    incident = Incident(
        id=scene.ids.token(NOUN_ID),
        kind=kind,
        severity=_severity(rule.severity, value(draft, "hurt")),
        reporter=scene.person.id,
        reported_at=scene.now,
        place=place,
        site=place if place in sites else scene.person.site,
        hurt=value(draft, "hurt") or incidents.UNKNOWN,
        details=value(draft, "details"),
    )
    called = await desk.called_about(scene.look, scene.person.id)
    out = incidents.reported(
        incident,
        called,
        scene.new_ids(len(called)),
        scene.policy(incident.severity),
        scene.now,
        scene.ids.token(NOUN_ID + 5),
    )
    return out, incident.id


def _severity(usual: str, hurt: str) -> str:
    """Somebody is hurt: never less than critical."""
    return "critical" if hurt == incidents.SOMEONE else usual


async def complete(scene: Scene, draft: Draft, changed: dict[str, str]) -> Outcome:
    """Answers given or corrected after sending reach everyone who has the incident."""
    incident = await scene.look.incident(draft.sent)
    if incident is None:
        return problem("draft-gone")
    fresh = {name: value(draft, name) for name in changed if name != "photo"}
    if "kind" in fresh or "hurt" in fresh:
        kind = scene.rules.kinds.get(fresh.get("kind", incident.kind))
        usual = kind.severity if kind else incident.severity
        fresh["severity"] = _severity(usual, fresh.get("hurt", incident.hurt))
    if not any(fresh.values()):
        return Outcome()
    return incidents.completed(incident, fresh, scene.person)


COMPLETED["incident"] = complete


@tap("inc")
async def work(scene: Scene, parts: list[str]) -> Outcome:
    """`inc:<id>:note|rollcall|close|dismiss|show`."""
    incident = await scene.look.incident(parts[0])
    if incident is None or len(parts) != 2:
        return problem("button-gone")
    own = incident.reporter == scene.person.id
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
