"""Reporting an incident from the terminal, or from a program."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.parts import acting, office, paper
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.given import As, Given, Json, missing, of

HURT = ("nobody", "someone", "unknown")


def command(
    ctx: typer.Context,
    kind: Annotated[str, typer.Option(help="What it is: fire, injury, outage, ...")] = "",
    place: Annotated[str, typer.Option(help="Where it is, in your own words.")] = "",
    hurt: Annotated[
        str, typer.Option(metavar="|".join(HURT), help="Whether anyone is hurt.")
    ] = "unknown",
    details: Annotated[str, typer.Option(help="What those who come should know.")] = "",
    who: As = "",
    json: Json = False,
) -> None:
    """Report an incident: the reporter's lead and the safety desk are paged at once."""
    answers = {"kind": kind.strip(), "place": place.strip(), "hurt": hurt, "details": details}
    office.run(_report(of(ctx), answers, who.strip(), json))


async def _report(given: Given, said: dict[str, str], who: str, as_json: bool) -> None:
    from bot.forms import SKIPPED

    async with office.joined(given) as house:
        async with house.store.look() as look:
            wrong = _wrong(said, list(house.rules.kinds))
            person = (await look.by_key([who])).get(who)
            if person is None:
                wrong.insert(0, office.no_such_key(who) if who else missing("--as"))
            if wrong or person is None:
                raise Refused("\n".join(wrong))
            answers = {**said, "details": said["details"].strip() or SKIPPED, "photo": SKIPPED}
            answers = await acting.checked(house, look, person, "incident", answers, {})
        done = await acting.submit(house, person, "incident", answers)
        if done.kind != "incident.reported":
            raise Refused(f"Not reported: {done.said}", Ending.NO)
        name = done.about.removeprefix("incident:")
        called = not done.problem
        asleep = await office.asleep(house.store, house.clock.now())
        if as_json:
            told = {"id": name, "somebody_is_called": called and not asleep}
            paper.as_json({**told, "server_running": not asleep})
        elif called:
            paper.say(
                f"{_said(name, asleep=asleep)} Follow it with `renraku incident show {name}`."
            )
        if asleep:
            await office.note_if_asleep(house.store, house.clock.now())
        if not called:
            raise Refused(
                f"Incident {name} is recorded, but nobody is set up to receive it: phone somebody"
                " now, then give people the role safety in the staff list.",
                Ending.NO,
            )


def _wrong(said: dict[str, str], kinds: list[str]) -> list[str]:
    """Everything that is missing or cannot be used, at once: somebody may be in a hurry."""
    return [
        sentence
        for sentence, wrong in (
            (f"--kind must be one of {', '.join(kinds)}.", said["kind"] not in kinds),
            (missing("--place"), not said["place"]),
            (f"--hurt must be one of {', '.join(HURT)}.", said["hurt"] not in HURT),
        )
        if wrong
    ]


def _said(name: str, *, asleep: bool) -> str:
    if asleep:
        return (
            f"Recorded incident {name}, but nobody is called yet: the lead and the safety desk will"
            " be, as soon as `renraku serve` runs. If it is urgent, phone them."
        )
    return f"Reported incident {name}: the lead and the safety desk are being called."
