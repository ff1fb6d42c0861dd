"""One incident with its timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.parts import calls, names, office, paper
from bot.commands.parts.given import Given, Json, Limit, of

if TYPE_CHECKING:
    from storage.look import Looking


def command(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The incident.")],
    limit: Limit = 200,
    json: Json = False,
) -> None:
    """Show one incident: what is known, who has it, what was done."""
    told, zone = office.run(_show(of(ctx), name, limit))
    if json:
        paper.as_json(told)
    else:
        _print(told, zone)


async def _show(given: Given, name: str, limit: int) -> tuple[dict[str, Any], str]:
    async with office.opened(given) as here, here.store.look() as look:
        incident = await calls.incident(look, name)
        notes = await look.notes(incident.about, limit)
        paged = await look.asks_about(incident.about)
        told = {
            "id": incident.id,
            "kind": incident.kind,
            "severity": incident.severity,
            "state": incident.state.value,
            "place": incident.place,
            "site": incident.site,
            "hurt": incident.hurt,
            "details": incident.details,
            "photos": len(incident.photos),
            **await names.who(look, "reporter", incident.reporter),
            "reported_at": incident.reported_at,
            **await names.who(look, "taken_by", incident.taken_by),
            "taken_at": incident.taken_at,
            **await names.who(look, "ended_by", incident.ended_by),
            "ended_at": incident.ended_at,
            "reason": incident.reason,
            "paged": [
                {
                    **await _paged_person(look, page.person),
                    "standing": page.standing.value,
                    **await names.who(look, "now_with", page.holder if page.waiting else None),
                }
                for page in paged
            ],
            "timeline": [
                {
                    "at": note.at,
                    **await names.who(look, "by", note.by),
                    "what": note.key.removeprefix("note-") or "note",
                    "text": note.text,
                    "photo": bool(note.photo),
                }
                for note in notes
            ],
        }
        return told, here.zone


async def _paged_person(look: Looking, person: int) -> dict[str, str | None]:
    found = await look.person(person)
    return {"key": found.key if found else None, "name": found.name if found else None}


def _name(told: dict[str, Any], field: str) -> str:
    return names.shown(told[f"{field}_name"], told[field])


def _print(told: dict[str, Any], zone: str) -> None:
    facts = [
        ("Where", told["place"] or told["site"]),
        ("Severity", told["severity"]),
        ("Hurt", told["hurt"]),
        ("Reported", f"{paper.clock(told['reported_at'], zone)} by {_name(told, 'reporter')}"),
        ("Taken", _who_when(_name(told, "taken_by"), told["taken_at"], zone) or "by nobody yet"),
        ("Ended", _who_when(_name(told, "ended_by"), told["ended_at"], zone)),
        ("Reason", told["reason"]),
        ("Details", told["details"]),
        ("Photos", str(told["photos"] or "")),
        ("Paged", "; ".join(_paged(page) for page in told["paged"]) or "nobody"),
    ]
    paper.say(f"Incident {told['id']}: {told['kind']}, {told['state']}")
    paper.say(*(f"  {head:<9} {_one_line(said)}" for head, said in facts if said))
    paper.say("Timeline")
    for note in told["timeline"]:
        when, by = paper.clock(note["at"], zone), _name(note, "by") or "Renraku"
        what = "" if note["what"] == "note" else note["what"]
        said = ": ".join(part for part in (what, _one_line(note["text"])) if part)
        paper.say(f"  {when}  {by}  {said}")


def _who_when(who: str, at: Any, zone: str) -> str:
    return f"{paper.clock(at, zone)} by {who}" if at else ""


def _paged(page: dict[str, Any]) -> str:
    where = page["now_with"]
    climbed = f", now with {_name(page, 'now_with')}" if where and where != page["key"] else ""
    return f"{names.shown(page['name'], page['key'])}: {page['standing']}{climbed}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
