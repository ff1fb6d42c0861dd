"""Answers that do not come through the Web API: response URLs, and what an app puts in its ack.

Rules of the room:
- A response URL works five times within thirty minutes.
- A submitted modal is answered with errors, a new view, another view upon it, or an empty
  stack; anything the platform would not understand leaves the person with "some trouble".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from . import blocks as kit
from .api import Refused
from .messages import Message
from .workspace import BOT_USER, JSON, Room

if TYPE_CHECKING:
    from .deliveries import Delivery
    from .modals import View
    from .slack import Slack

MOST_USES = 5
SECONDS = 30 * 60
KNOWN = {
    *("text", "blocks", "attachments", "response_type", "replace_original", "delete_original"),
    *("thread_ts", "unfurl_links", "unfurl_media", "metadata", "headers"),
}
LONGEST_ERROR = 2000


@dataclass(slots=True, eq=False)
class ResponseUrl:
    """Where an app can answer one interaction."""

    user: str
    room: Room
    at: float
    original: Message | None = None
    uses: int = 0


class Replies:
    """Response URLs and acks with something in them."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._urls: dict[str, ResponseUrl] = {}

    def url(self, kind: str, user: str, room: Room, original: Message | None = None) -> str:
        """A new response URL; `kind` is `actions` or `commands`."""
        name = self._slack.workspace.new("r").lower()
        now = self._slack.clock.now().timestamp()
        self._urls[name] = ResponseUrl(user, room, now, original)
        return f"{self._slack.base}{kind}/T0RENRAKU/{name}/secret"

    async def take(self, request: web.Request) -> web.Response:
        known = self._urls.get(request.match_info["name"])
        now = self._slack.clock.now().timestamp()
        if known is None or now - known.at > SECONDS:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        if known.uses >= MOST_USES:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        try:
            said = json.loads(await request.text())
            self.respond(known, said)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        except Refused as refused:
            return web.json_response(refused.answer, status=400)
        known.uses += 1
        return web.json_response({"ok": True})

    def respond(self, known: ResponseUrl, said: Any) -> None:
        """What an answer does: a new message, another original, none at all."""
        slack = self._slack
        if not isinstance(said, dict):
            raise Refused("invalid_payload")
        unknown = sorted(set(said) - KNOWN)
        if slack.strict and unknown:
            raise Refused("invalid_arguments", [f"unknown argument: {n}" for n in unknown])
        if said.get("delete_original"):
            if known.original is None:
                raise Refused("no_original")
            known.original.deleted = True
            return
        blocks = said.get("blocks")
        if isinstance(blocks, str):
            blocks = json.loads(blocks)
        if blocks and slack.strict:
            problems = kit.message_faults(blocks)
            if problems:
                raise Refused("invalid_blocks", problems)
        text = str(said.get("text") or "")
        if not text and not blocks and not said.get("attachments"):
            raise Refused("no_text")
        if said.get("replace_original"):
            if known.original is None:
                raise Refused("no_original")
            before = known.original.as_json()
            kept = slack.completed(blocks or [])
            known.original.change(text, kept, slack.workspace.ts())
            slack.echo(known.original, before)
            return
        only = "" if said.get("response_type") == "in_channel" else known.user
        posted = slack.letters.post(known.room, BOT_USER, text, blocks or [], only=only)
        slack.echo(posted)

    # --- Acks --------------------------------------------------------------------------------

    def to_command(self, known: ResponseUrl, delivery: Delivery, response: Any) -> None:
        """A command's ack may carry a message."""
        if not response:
            return
        try:
            self.respond(known, response)
        except (Refused, ValueError) as refused:
            self._slack.trouble(delivery, str(refused))

    def by_url(self, url: str) -> ResponseUrl:
        return self._urls[url.rsplit("/", 2)[1]]

    def to_submission(self, view: View, delivery: Delivery, response: Any) -> None:
        """What a submitted modal does next."""
        stack = self._slack.views.stacks.get(view.user, [])
        if view not in stack:
            return
        if not response:
            stack.remove(view)
            return
        try:
            self._act(view, stack, response)
        except Refused as refused:
            self._slack.trouble(delivery, json.dumps(refused.answer))

    def _act(self, view: View, stack: list[View], response: JSON) -> None:
        if not isinstance(response, dict):
            raise Refused("invalid_response")
        views = self._slack.views
        known = {"errors": {"errors"}, "update": {"view"}, "push": {"view"}, "clear": set()}
        action = response.get("response_action")
        if action not in known or set(response) - known[action] - {"response_action"}:
            raise Refused("invalid_response_action")
        if action == "clear":
            stack.clear()
        elif action == "errors":
            view.errors = self._errors(view, response.get("errors"))
        else:
            refused = views.problems(response.get("view"), "modal")
            if refused is not None:
                raise refused
            if action == "update":
                views.draw(view, response["view"])
            else:
                views.show(view.user, response["view"], pushed=True)

    def to_suggestion(self, delivery: Delivery) -> list[JSON]:
        """The options an app offers for an external menu; none where they are not well made."""
        response = delivery.response
        faults = kit.suggestion_faults(response)
        if faults:
            self._slack.trouble(delivery, "; ".join(faults))
            return []
        groups = response.get("option_groups") or [response]
        return [option for group in groups for option in group["options"]]

    @staticmethod
    def _errors(view: View, errors: Any) -> dict[str, str]:
        inputs = {b["block_id"] for b in view.blocks if b["type"] == "input"}
        if not isinstance(errors, dict) or not errors:
            raise Refused("invalid_errors")
        for block, problem in errors.items():
            if block not in inputs:
                raise Refused("invalid_errors", [f"no input block is called {block}"])
            if not isinstance(problem, str) or not 0 < len(problem) <= LONGEST_ERROR:
                raise Refused("invalid_errors", [f"the error of {block} is no short text"])
        return dict(errors)
