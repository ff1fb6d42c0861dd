"""A request that stops here, and the language of whoever is nobody yet.

Rules of the room:
- What goes wrong is raised as `Refused` with the key of its sentence; each site turns that into a
  page or JSON of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request

from bot.people import LANGUAGES


class Refused(Exception):
    """The request stops here: an HTTP status and a sentence by its key.

    `again` is the form to offer once more, so that nothing typed is lost.
    """

    def __init__(
        self,
        status: int,
        key: str,
        values: Mapping[str, str | int] | None = None,
        *,
        again: dict[str, str] | None = None,
    ) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.values = dict(values or {})
        self.again = again


def wants_json(request: Request) -> bool:
    """A script asked, not somebody's browser by itself."""
    return "application/json" in request.headers.get("accept", "")


def preferred(header: str) -> str:
    """The first language of an `Accept-Language` header that the product speaks.

    >>> preferred("de, zh-TW;q=0.9, en;q=0.8"), preferred("ar-EG"), preferred("tlh")
    ('zh-Hant', 'ar', 'en')
    """
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:200].split(",")[:12]):
        tag, _, quality = part.partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            weight = 0.0
        wanted.append((-weight, place, tag.strip().lower()))
    for weight, _, tag in sorted(wanted):
        if not weight:
            continue
        base, *rest = tag.split("-")
        if base == "zh":
            traditional = {"hant", "tw", "hk", "mo"} & set(rest)
            return "zh-Hant" if traditional else "zh-Hans"
        if base in LANGUAGES:
            return base
    return "en"
