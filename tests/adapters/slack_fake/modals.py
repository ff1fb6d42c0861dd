"""Views: modals in a stack of three, the home page, and the methods that show them.

Rules of the room:
- A trigger opens one view, once, within three seconds of the tap it came from.
- What somebody typed stays when a view is updated under them, as long as block and action keep
  their ids; new ids begin anew.
- `hash` names a version of a view: who brings an old one is refused.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import blocks as kit
from . import filling
from .api import Call, Refused, method
from .screens import Screen
from .workspace import APP, BOT, BOT_USER, JSON, TEAM

if TYPE_CHECKING:
    from .slack import Slack

MOST_IN_A_STACK = 3
TRIGGER_SECONDS = 3.0

State = dict[str, dict[str, JSON]]


@dataclass(slots=True, eq=False)
class View(Screen):
    """A modal or a home page, with what its reader has put into it."""

    id: str
    user: str
    given: JSON
    blocks: list[JSON] = field(default_factory=list)
    values: State = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """Problems shown under blocks, by block id."""
    hash: str = ""
    root: str = ""
    previous: str | None = None
    response_url: str = ""

    @property
    def kind(self) -> str:
        return str(self.given["type"])

    @property
    def callback_id(self) -> str:
        return str(self.given.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        return str(self.given.get("private_metadata", ""))

    def _named(self, part: str) -> str:
        named = self.given.get(part)
        return str(named["text"]) if named else ""

    @property
    def title(self) -> str:
        return self._named("title")

    @property
    def submit(self) -> str:
        return self._named("submit")

    @property
    def close(self) -> str:
        return self._named("close")

    @property
    def shown(self) -> str:
        """What a reader sees: title, blocks, problems."""
        return "\n".join([self.title, self.words(), *self.errors.values()]).strip()

    def draw(self, given: JSON, blocks: list[JSON], hash: str) -> None:  # noqa: A002
        """Show something else; what was typed stays where it still has a place."""
        before = self.values
        self.given, self.blocks, self.hash, self.errors = given, blocks, hash, {}
        self.values = {}
        for shown in self.elements():
            if shown.kind in filling.STATELESS:
                continue
            kept = before.get(shown.block_id, {}).get(shown.action_id)
            if kept is None or kept["type"] != shown.kind:
                kept = filling.at_first(shown.element)
            self.values.setdefault(shown.block_id, {})[shown.action_id] = kept

    def as_json(self) -> JSON:
        modal = self.kind == "modal"
        shown: JSON = {
            "id": self.id,
            "team_id": TEAM,
            "type": self.kind,
            "blocks": copy.deepcopy(self.blocks),
            "private_metadata": self.private_metadata,
            "callback_id": self.callback_id,
            "state": {"values": copy.deepcopy(self.values)},
            "hash": self.hash,
            "title": self.given.get("title") or {"type": "plain_text", "text": "View Title"},
            "clear_on_close": bool(self.given.get("clear_on_close", False)),
            "notify_on_close": bool(self.given.get("notify_on_close", False)),
            "close": self.given.get("close"),
            "submit": self.given.get("submit"),
            "previous_view_id": self.previous,
            "root_view_id": self.root or self.id,
            "app_id": APP,
            "external_id": str(self.given.get("external_id", "")),
            "app_installed_team_id": TEAM,
            "bot_id": BOT,
        }
        if modal:
            shown["submit_disabled"] = False
        return shown


@dataclass(slots=True)
class Trigger:
    """What a tap hands out: good for one view, for three seconds."""

    user: str
    at: float
    used: bool = False


class Views:
    """Everybody's modals and home pages, and the triggers handed out."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self._triggers: dict[str, Trigger] = {}

    def trigger(self, user: str) -> str:
        space = self._slack.workspace
        name = f"{space.seconds()}.{len(self._triggers) + 1}.{space.new('x').lower()}"
        self._triggers[name] = Trigger(user, space.clock.now().timestamp())
        return name

    def _exchange(self, call: Call) -> str:
        """The user behind a trigger, which is used up by this."""
        name = call.need("trigger_id")
        trigger = self._triggers.get(name)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._slack.clock.now().timestamp() - trigger.at > TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def problems(self, given: Any, kind: str) -> Refused | None:
        """The refusal a view deserves, if it does."""
        if not self._slack.strict:
            return None
        if kit.view_too_large(given):
            return Refused("view_too_large")
        faults = kit.view_faults(given, kind)
        return Refused("invalid_arguments", faults) if faults else None

    def given(self, call: Call, kind: str) -> JSON:
        given = call.parsed("view", "invalid_arguments")
        if given is None:
            raise Refused("invalid_arguments", ["missing required field: view"])
        refused = self.problems(given, kind)
        if refused is not None:
            raise refused
        assert isinstance(given, dict)
        return given

    def _free(self, given: JSON, but: View | None = None) -> None:
        name = given.get("external_id")
        if name and any(v.given.get("external_id") == name for v in self.every() if v is not but):
            raise Refused("duplicate_external_id")

    def every(self) -> list[View]:
        return [v for stack in self.stacks.values() for v in stack] + list(self.homes.values())

    def draw(self, view: View, given: JSON) -> None:
        self._free(given, view)
        space = self._slack.workspace
        mark = f"{space.ts()}"
        view.draw(given, self._slack.completed(given["blocks"]), f"{mark}.{view.id[-6:].lower()}")

    def show(self, user: str, given: JSON, *, pushed: bool) -> View:
        """Open a view, or put it upon the one that is open."""
        self._free(given)
        stack = self.stacks.setdefault(user, [])
        if pushed and len(stack) >= MOST_IN_A_STACK:
            raise Refused("push_limit_reached")
        if not pushed:
            stack.clear()
        view = View(self._slack.workspace.new("V"), user, given)
        self.draw(view, given)
        view.root = stack[0].id if stack else view.id
        view.previous = stack[-1].id if stack else None
        stack.append(view)
        return view

    def find(self, call: Call) -> View:
        wanted, named = call.text("view_id"), call.text("external_id")
        for view in self.every():
            if (wanted and view.id == wanted) or (named and view.given.get("external_id") == named):
                return view
        raise Refused("not_found")

    def open(self, call: Call, *, pushed: bool) -> View:
        given = self.given(call, "modal")
        user = self._exchange(call)
        if pushed and not self.stacks.get(user):
            raise Refused("not_found")
        return self.show(user, given, pushed=pushed)

    def publish(self, user: str, given: JSON, brought: str) -> View:
        view = self.homes.get(user)
        if brought and (view is None or view.hash != brought):
            raise Refused("hash_conflict")
        if view is None:
            view = View(self._slack.workspace.new("V"), user, given)
            self._free(given)
            self.homes[user] = view
        self.draw(view, given)
        return view


@method("views.open", "trigger_id interactivity_pointer view")
async def views_open(slack: Slack, call: Call) -> JSON:
    return {"view": slack.views.open(call, pushed=False).as_json()}


@method("views.push", "trigger_id interactivity_pointer view")
async def views_push(slack: Slack, call: Call) -> JSON:
    return {"view": slack.views.open(call, pushed=True).as_json()}


@method("views.update", "view_id external_id hash view")
async def views_update(slack: Slack, call: Call) -> JSON:
    view = slack.views.find(call)
    given = slack.views.given(call, view.kind)
    if call.text("hash") and call.text("hash") != view.hash:
        raise Refused("hash_conflict")
    slack.views.draw(view, given)
    return {"view": view.as_json()}


@method("views.publish", "user_id hash view")
async def views_publish(slack: Slack, call: Call) -> JSON:
    user = call.need("user_id")
    known = slack.workspace.users.get(user)
    if known is None or user == BOT_USER or known.deleted:
        raise Refused("invalid_arguments", ["invalid `user_id`"])
    if not slack.home_tab:
        raise Refused("not_enabled")
    given = slack.views.given(call, "home")
    return {"view": slack.views.publish(user, given, call.text("hash")).as_json()}
