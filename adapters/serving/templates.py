"""How pages are drawn: what is escaped, and what a template may ask about a part of a card.

Rules of the room:
- Everything is escaped, and what is missing fails instead of being left out.
- What every site draws alike stands in `shared`, beside the templates of each.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from adapters.serving.assets import SHARED
from bot import cards

PARTS = {
    "text": cards.Text,
    "fields": cards.Fields,
    "person": cards.Person,
    "tally": cards.Tally,
    "photo": cards.Photo,
}
"""Parts of a card, as a template asks for them: `part is text`."""


def templates(folder: Path) -> Environment:
    """The templates in `folder`, and those all sites share."""
    found = Environment(
        loader=FileSystemLoader([folder, SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for name, kind in PARTS.items():
        found.tests[name] = lambda part, kind=kind: isinstance(part, kind)
    return found
