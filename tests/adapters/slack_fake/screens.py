"""What a client shows of blocks: words, buttons by their labels, things that can be chosen.

Rules of the room:
- A label is what a person reads; action ids are accepted too, where a test must be exact.
- Whatever is not shown cannot be tapped: looking for it fails and says what is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import mrkdwn
from .workspace import JSON


@dataclass(frozen=True, slots=True)
class Shown:
    """An interactive element where it stands; `option` is the one of a menu that was meant."""

    block: JSON
    element: JSON
    option: JSON | None = None

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def value(self) -> str:
        return str(self.element.get("value", ""))

    @property
    def style(self) -> str:
        return str(self.element.get("style", ""))

    @property
    def url(self) -> str:
        return str((self.option or self.element).get("url", ""))

    @property
    def label(self) -> str:
        """What stands on it, or above it in a form."""
        if self.option:
            return str(self.option["text"]["text"])
        for named in (self.element.get("text"), self.block.get("label")):
            if isinstance(named, dict):
                return str(named["text"])
        placeholder = self.element.get("placeholder") or {}
        return str(placeholder.get("text", self.action_id))


class NotShown(AssertionError):
    """Somebody looked for something that is not on their screen."""


def _first(found: Sequence[Shown], named: Sequence[tuple[str, ...]], wanted: str) -> Shown | None:
    """The first that is called so; the first kind of name counts before the second."""
    for names in zip(*named, strict=True):
        if wanted in names:
            return found[names.index(wanted)]
    return None


class Screen:
    """Anything made of blocks: a message, a modal, a home page."""

    __slots__ = ()
    if TYPE_CHECKING:
        blocks: list[JSON]

    def words(self) -> str:
        """All texts from top to bottom as a reader sees them, one a line."""
        lines = []
        for kind, text in mrkdwn.texts(self.blocks):
            lines.append(mrkdwn.shown(text) if kind == "mrkdwn" else text)
        return "\n".join(lines)

    def elements(self) -> Iterator[Shown]:
        """Everything that can be used, from top to bottom."""
        for block in self.blocks:
            places: list[Any] = [block.get("accessory"), block.get("element")]
            if block["type"] in ("actions", "context_actions"):
                places += block["elements"]
            for element in places:
                if isinstance(element, dict) and element.get("type") != "image":
                    yield Shown(block, element)

    @property
    def buttons(self) -> list[Shown]:
        return [shown for shown in self.elements() if shown.kind == "button"]

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons and of what overflow menus hold, in order."""
        return [shown.label for shown in self._tappable()]

    def _tappable(self) -> Iterator[Shown]:
        for shown in self.elements():
            if shown.kind == "button":
                yield shown
            elif shown.kind == "overflow":
                for option in shown.element["options"]:
                    yield Shown(shown.block, shown.element, option)

    def tappable(self, wanted: str) -> Shown | None:
        """A button, or a line of an overflow menu: by label, action id or value."""
        found = list(self._tappable())
        values = [str((s.option or s.element).get("value", "")) for s in found]
        named = [(s.label, s.action_id, value) for s, value in zip(found, values, strict=True)]
        return _first(found, named, wanted)

    def input(self, wanted: str) -> Shown:
        """Something to fill in: by label, block id or action id."""
        found = [s for s in self.elements() if s.kind not in ("button", "overflow")]
        named = [(s.label, s.block_id, s.action_id) for s in found]
        shown = _first(found, named, wanted)
        if shown is not None:
            return shown
        raise NotShown(f"nothing to fill in is called {wanted!r}: {[s.label for s in found]}")


class Old(Screen):
    """Blocks as a client may still show them when they are no longer so."""

    __slots__ = ("blocks",)

    def __init__(self, blocks: list[JSON]) -> None:
        self.blocks = blocks
