"""What links begin with, and whether they lead to us."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.commands.parts import door, office, paper
from bot.commands.parts.endings import Refused
from bot.commands.parts.office import Office

OWN = ("127.0.0.1", "localhost", "::1")


async def base(here: Office) -> tuple[str, str]:
    """What links begin with, and why they lead to somebody else; says so where others cannot open
    them."""
    from storage import feed

    web = here.settings.web
    base, elsewhere = web.base_url, ""
    if not web.public_url:
        async with here.store.look() as look:
            listens = await feed.fact(look.conn, office.ADDRESS)
        if await here.running():
            base = listens or base
        elif web.port == 0:
            raise Refused(
                "web.port is 0, any free one, so no link would last: set web.port or"
                " web.public_url."
            )
        elsewhere = await _warn_of_port(here, listens, base)
    host = urlsplit(base).hostname or ""
    if host in OWN or host in ("0.0.0.0", "::"):
        where = "on this machine only" if host in OWN else "nowhere"
        paper.aside(
            f"These links begin with {base} and open {where}: set web.public_url to the address"
            " people use."
        )
    return base, elsewhere


async def _warn_of_port(here: Office, listens: str, base: str) -> str:
    """Links hold for one port: says so where another is or was in use; returns what to say at the
    end where this one is taken."""
    web = here.settings.web
    if base != web.base_url:
        paper.aside(
            f"The server runs at {base}, but the settings say {web.base_url}: these links end when"
            " it is started without options. Set web.port, or web.public_url."
        )
        return ""
    at = await door.look(web.host, web.port, here.store.keys.signing)
    if at in (door.At.ANOTHER, door.At.OTHER):
        return (
            f"These links do not work now: port {web.port} on {web.host} is taken by {at.value}."
            " End that and hand them out, or set web.port to another one and make new ones."
        )
    if listens and listens != base:
        paper.aside(f"The server ran at {listens} before: links that begin so do not lead here.")
    return ""
