"""One-time codes that link a chat account to a person, and the ways to hand them out.

Rules of the room:
- A code is shown once, to whoever runs the command; only its digest is kept.
- A printed sheet is read by its person: it speaks their language, and each team has its pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from bot.commands.parts import paper
from bot.commands.parts.endings import Ending, Refused

if TYPE_CHECKING:
    from bot.app import House
    from bot.people import Person
    from bot.ports import Ids
    from bot.texts import Words

LENGTH = 12
"""Letters of a code: 60 bits, for a few weeks."""


@dataclass(frozen=True, slots=True)
class Code:
    """One person's code; `link` opens the chat with it where the platform has such links."""

    person: Person
    code: str
    link: str


async def made(
    house: House, channel: str, people: Sequence[Person], valid: timedelta
) -> tuple[list[Code], datetime]:
    """A fresh code for each of these people, and until when they are good.

    Codes of theirs that nobody has used are void from now on.
    """
    from bot.outcomes import Entry
    from storage import newcomers

    if not people:
        return [], house.clock.now()
    root = await _root(house, channel)
    fresh = {person.id: _code(house.ids) for person in people}
    async with house.store.write() as work:
        until = work.now + valid
        await newcomers.make(work, work.keys, channel, fresh, until)
        work.record([Entry("people.invited", f"person:{p}", data={"on": channel}) for p in fresh])
        await work.flush()
    return [
        Code(person, fresh[person.id], f"{root}?start={fresh[person.id]}" if root else "")
        for person in people
    ], until


def _code(ids: Ids) -> str:
    """With a digit in it, so that nobody takes it for a word."""
    code = ids.token(LENGTH)
    while code.isalpha():
        code = ids.token(LENGTH)
    return code


async def _root(house: House, channel: str) -> str:
    """What a link that opens the chat begins with; empty where there are none."""
    platform = house.platforms.get(channel)
    if platform is None:
        key = "slack.bot_token" if channel == "slack" else "telegram.token"
        raise Refused(f"{key} is not set, so nobody could be linked: set it first.")
    try:
        return await platform.address()
    except Exception as problem:
        raise Refused(
            f"{channel.capitalize()} did not answer ({type(problem).__name__}): run `renraku check`"
            " to see why.",
            Ending.NO,
        ) from None


def say(codes: Sequence[Code], *, qr: bool) -> None:
    """In the terminal: two lines a person, and the code as a picture if asked for."""
    for one in codes:
        paper.say(f"{one.person.name} ({one.person.key})", f"  {one.link or one.code}")
        if qr:
            paper.say(_blocks(one.link or one.code))


def _blocks(text: str) -> str:
    import io

    import segno

    out = io.StringIO()
    segno.make(text, error="m", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue()


def rows(codes: Sequence[Code], until: datetime) -> list[dict[str, str]]:
    """For a CSV file or JSON."""
    return [
        {
            "key": one.person.key,
            "name": one.person.name,
            "site": one.person.site,
            "team": one.person.team,
            "code": one.code,
            "link": one.link,
            "until": paper.iso(until),
        }
        for one in codes
    ]


# --- the printable sheet ---------------------------------------------------------------------

_STYLE = (
    "body{font:11pt sans-serif;margin:0}section{break-after:page;padding:12mm}"
    "h1{font-size:14pt}.slips{display:grid;grid-template-columns:1fr 1fr;gap:6mm}"
    ".slip{border:1px dashed #888;padding:5mm;break-inside:avoid}"
    ".slip svg{width:34mm;height:34mm;display:block;margin:3mm 0}"
    ".slip b{font-size:13pt}.code{font:12pt monospace;direction:ltr;unicode-bidi:isolate}"
    "p{margin:2mm 0}"
)


def sheet(house: House, channel: str, codes: Sequence[Code], until: datetime) -> bytes:
    """Slips to cut out, team by team, as one HTML page without anything from elsewhere."""
    by_team = sorted(codes, key=lambda c: (c.person.site, c.person.team, c.person.name))
    sections = [
        _section(house, channel, [*slips], place, team, until)
        for (place, team), slips in groupby(by_team, key=lambda c: (c.person.site, c.person.team))
    ]
    name = escape(house.rules.organisation)
    return (
        f'<!doctype html><meta charset="utf-8"><title>{name}</title><style>{_STYLE}</style>'
        + "".join(sections)
    ).encode()


def _section(
    house: House, channel: str, slips: Sequence[Code], place: str, team: str, until: datetime
) -> str:
    heading = escape(" · ".join(part for part in (place, team) if part) or house.rules.organisation)
    drawn = "".join(_slip(house, channel, one, until) for one in slips)
    return f'<section><h1>{heading}</h1><div class="slips">{drawn}</div></section>'


def _slip(house: House, channel: str, one: Code, until: datetime) -> str:
    import segno

    person = one.person
    words = house.texts.words(person.language, person.time_zone)
    side = "rtl" if person.language == "ar" else "ltr"
    picture = segno.make(one.link or one.code, error="m", micro=False).svg_inline(scale=3)
    return (
        f'<div class="slip" lang="{person.language}" dir="{side}"><b>{escape(person.name)}</b>'
        f" <small>{escape(person.key)}</small>{picture}"
        f"<p>{escape(_how(words, channel, house.rules.organisation))}</p>{_find(words, one)}"
        f'<p class="code">{escape(one.code)}</p>'
        f"<p><small>{escape(_until(words, until, house.clock.now()))}</small></p></div>"
    )


def _how(words: Words, channel: str, organisation: str) -> str:
    return words.say(f"slip-{channel}", organisation=organisation)


def _find(words: Words, one: Code) -> str:
    """Without a camera: which bot to look for, and that the code is sent to it."""
    bot = one.link.partition("?")[0].rpartition("/")[2]
    return f"<p>{escape(words.say('slip-find', bot='@' + bot))}</p>" if bot else ""


def _until(words: Words, until: datetime, now: datetime) -> str:
    # A clock time on paper means nothing without its zone.
    return words.say("slip-until", when=words.when(until, now), zone=words.zone)
