"""Launching, following, ending and calling off a roll call."""

from __future__ import annotations

from bot import rollcalls
from bot.choices import may_launch, scope_of
from bot.forms import Draft, value
from bot.handlers import CHECKS, NOUN_ID, Scene, problem, ready, tap
from bot.handlers.forms import begin
from bot.outcomes import Outcome, Priority, Refresh, Reply, Show
from bot.people import Role
from bot.rollcalls import Mode, RollCall, Scope
from bot.timeline import Note

MOST_LISTED = 1_000_000
"""No worklist is longer."""


async def may_ask(scene: Scene, scope: Scope, target: tuple[str, ...]) -> bool:
    """The safety desk and administrators ask anyone; a lead asks those below them."""
    if scene.person.may(Role.SAFETY, Role.ADMIN):
        return True
    if scene.person.left:
        return False
    tree = await scene.look.tree()
    below = set(tree.subtree(scene.person.id))
    if scope is Scope.UNDER:
        asked = int(target[0]) if target[0].isdecimal() else -1
        return bool(below) and (asked == scene.person.id or asked in below)
    if scope is Scope.LIST:
        named = await scene.look.by_key(target)
        return bool(below) and {p.id for p in named.values()} <= below
    return False


async def unknown(scene: Scene, scope: Scope, target: tuple[str, ...]) -> list[str]:
    """Keys of a list that nobody has."""
    if scope is not Scope.LIST:
        return []
    known = await scene.look.by_key(target)
    return [key for key in target if key not in known]


def unknown_people(keys: list[str]) -> Reply:
    return Reply("unknown-people", {"keys": ", ".join(keys[:10])}, problem=True)


async def who_is_possible(_scene: Scene, draft: Draft) -> Reply | None:
    """Whether what was typed as "who" means anything."""
    try:
        scope_of(value(draft, "who"))
    except ValueError:
        return Reply("problem-choice", problem=True)
    return None


async def people_are_known(scene: Scene, draft: Draft) -> Reply | None:
    """Found at once, not when everything else has been answered."""
    missing = await unknown(scene, *scope_of("list", value(draft, "people")))
    return unknown_people(missing) if missing else None


CHECKS["rollcall", "who"] = who_is_possible
CHECKS["rollcall", "people"] = people_are_known


@ready("rollcall")
async def launch(scene: Scene, draft: Draft) -> tuple[Outcome, str]:
    """Confirmed: the roll call begins, and its questions go out in batches."""
    if not may_launch(scene.person, await scene.look.tree()):
        return problem("not-allowed"), ""
    scope, target = scope_of(value(draft, "who"), value(draft, "people"))
    missing = await unknown(scene, scope, target)
    if missing:
        return Outcome(reply=unknown_people(missing)), ""
    if not await may_ask(scene, scope, target):
        return problem("not-allowed"), ""
    reach = await scene.look.reach(scope, target)
    if reach.people == 0:
        return problem("nobody-in-scope"), ""
    drill = value(draft, "drill") == "drill"
    if not drill and value(draft, "confirm") != str(reach.people):
        return problem("count-wrong", expected=reach.people), ""
    rules = scene.rules
    roll_call = RollCall(
        id=scene.ids.token(NOUN_ID),
        words=value(draft, "words"),
        scope=scope,
        target=target,
        mode=Mode(value(draft, "mode") or Mode.BROADCAST.value),
        drill=drill,
        policy=rules.policies[rules.drill_severity if drill else rules.rollcall_severity],
        launched_by=scene.person.id,
        launched_at=scene.now,
        incident=draft.about.removeprefix("incident:"),
        expected=reach.people,
    )
    out = rollcalls.launch(roll_call, await scene.look.desk())
    if roll_call.incident:
        about = f"incident:{roll_call.incident}"
        note_id = scene.ids.token(NOUN_ID + 5)
        out.save.append(Note(note_id, about, scene.now, scene.person.id, key="note-rollcall"))
        out.refresh.append(Refresh(about))
    return out, roll_call.id


async def may_end(scene: Scene, roll_call: RollCall) -> bool:
    """Whoever launched it, and every safety officer: no owner is a bottleneck."""
    return scene.person.may(Role.SAFETY) or (
        scene.person.id == roll_call.launched_by and not scene.person.left
    )


@tap("rc")
async def tapped(scene: Scene, parts: list[str]) -> Outcome:
    """`rc:<id>:tally|allclear|calloff|message|prolong`."""
    roll_call = await scene.look.roll_call(parts[0])
    if roll_call is None or len(parts) != 2:
        return problem("button-gone")
    if not await may_end(scene, roll_call):
        return problem("not-allowed")
    if parts[1] == "tally":
        card = Show(
            scene.person.id,
            "tally",
            roll_call.about,
            priority=Priority.REPLY,
            channel=scene.channel,
            about=roll_call.about,
        )
        return Outcome(show=[card])
    if parts[1] in ("message", "prolong"):
        return await begin(scene, parts[1], roll_call.about)
    if parts[1] not in ("allclear", "calloff"):
        return problem("button-gone")
    if not roll_call.running:
        return Outcome(reply=Reply("rollcall-already-over"))
    return await begin(scene, parts[1], roll_call.about)


async def _ending(scene: Scene, draft: Draft) -> RollCall | None:
    roll_call = await scene.look.hold_roll_call(draft.about.removeprefix("rollcall:"))
    return roll_call if roll_call and await may_end(scene, roll_call) else None


@ready("allclear")
async def all_clear(scene: Scene, draft: Draft) -> tuple[Outcome, str]:
    roll_call = await _ending(scene, draft)
    if roll_call is None:
        return problem("not-allowed"), ""
    words = value(draft, "words")
    late = scene.rules.late_answers
    return rollcalls.closed(roll_call, scene.person, words, scene.now, late), roll_call.id


@ready("calloff")
async def call_off(scene: Scene, draft: Draft) -> tuple[Outcome, str]:
    roll_call = await _ending(scene, draft)
    if roll_call is None:
        return problem("not-allowed"), ""
    words = value(draft, "words")
    return rollcalls.cancelled(roll_call, scene.person, words, scene.now), roll_call.id


@ready("message")
async def message(scene: Scene, draft: Draft) -> tuple[Outcome, str]:
    roll_call = await _ending(scene, draft)
    if roll_call is None:
        return problem("not-allowed"), ""
    id_ = scene.ids.token(NOUN_ID + 5)
    text = value(draft, "text")
    note = Note(id_, f"message:{roll_call.id}:{id_}", scene.now, scene.person.id, text=text)
    return rollcalls.messaged(roll_call, scene.person, value(draft, "group"), note), id_


@ready("prolong")
async def prolong(scene: Scene, draft: Draft) -> tuple[Outcome, str]:
    roll_call = await _ending(scene, draft)
    if roll_call is None:
        return problem("not-allowed"), ""
    out = rollcalls.prolonged(roll_call, scene.person, value(draft, "time"), scene.now)
    return out, roll_call.id


@ready("visitor")
async def visitor(scene: Scene, draft: Draft) -> tuple[Outcome, str]:
    """Whoever may end it, leads, and responders at an assembly point."""
    roll_call = await scene.look.roll_call(draft.about.removeprefix("rollcall:"))
    if roll_call is None:
        return problem("button-gone"), ""
    leads = bool((await scene.look.tree()).reports(scene.person.id)) and not scene.person.left
    counts = leads or scene.person.may(Role.RESPONDER)
    if not (counts or await may_end(scene, roll_call)):
        return problem("not-allowed"), ""
    id_ = scene.ids.token(NOUN_ID + 5)
    where = {"site": value(draft, "site")}
    name = value(draft, "name")
    note = Note(
        *(id_, roll_call.about, scene.now, scene.person.id),
        key="note-visitor",
        text=name,
        args=where,
    )
    return rollcalls.visited(roll_call, scene.person, note), id_


@tap("wl")
async def worklist(scene: Scene, parts: list[str]) -> Outcome:
    """`wl:<rollcall>:<lead>:<offset>`: the next people of one's own worklist."""
    if len(parts) != 3 or not (parts[1].isdecimal() and parts[2].isdecimal()):
        return problem("button-gone")
    if len(parts[2]) > len(str(MOST_LISTED)):
        return problem("button-gone")
    roll_call = await scene.look.roll_call(parts[0])
    if roll_call is None:
        return problem("button-gone")
    if int(parts[1]) != scene.person.id:
        return problem("not-allowed")
    card = Show(
        scene.person.id,
        "worklist",
        f"worklist:{roll_call.id}:{scene.person.id}",
        {"offset": str(int(parts[2]))},
        Priority.REPLY,
        channel=scene.channel,
        about=roll_call.about,
    )
    return Outcome(show=[card])
