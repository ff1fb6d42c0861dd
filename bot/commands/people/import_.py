"""Importing the staff list, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.parts import names, office, paper
from bot.commands.parts.endings import Ending, Refused
from bot.commands.parts.given import Given, Json, Yes, of
from bot.commands.parts.office import Office

if TYPE_CHECKING:
    from bot.roster import Roster
    from bot.roster.findings import Problem

SHOWN = 50
"""How many problems are written out; the rest are counted."""
KEPT = ("web", "email", "sms", "voice")
"""Addresses taken from a list even where no channel uses them yet."""


def command(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV or XLSX file.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    leave: Annotated[
        bool | None,
        typer.Option(
            "--leave/--keep-missing",
            help="People who are on record but not in the list: remove them, or keep them as they"
            " are. Needed as soon as there are any.",
            show_default=False,
        ),
    ] = None,
    encoding: Annotated[
        str, typer.Option(help="How the text is encoded, where it is not recognised.")
    ] = "",
    country: Annotated[
        str, typer.Option(help="Two letters for phone numbers without country code: JP.")
    ] = "",
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Take over the staff list in FILE, all or nothing.

    The list needs the columns key and name; it may have lead, deputy, site, team, language, time
    zone, roles, away, contacts, email and phone. Importing again brings changes; a column the
    list does not have stays as it is. Where people on record are missing from it, say --leave to
    remove them or --keep-missing to keep them; --dry-run names them first.
    """
    data = _bytes(file)
    importing = _Import(file, encoding, country, dry_run, leave, yes, json)
    office.run(importing.run(of(ctx), data))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        problem = "does not exist: check the name and the folder"
    except IsADirectoryError:
        problem = "is a folder: name the file in it"
    except OSError as error:
        problem = f"cannot be read ({error.strerror}): mend its permissions"
    raise Refused(f"{file} {problem}.")


class _Import:
    """One import, from the bytes to what was said about it."""

    def __init__(
        self,
        file: Path,
        encoding: str,
        country: str,
        dry_run: bool,
        leave: bool | None,
        yes: bool,
        json: bool,
    ) -> None:
        self.file = file
        self.encoding = encoding
        self.country = country
        self.dry_run = dry_run
        self.leave = leave
        self.yes = yes
        self.json = json
        self.names: dict[str, str] = {}
        """Everybody the list or the record knows, by key."""

    async def run(self, given: Given, data: bytes) -> None:
        from storage import feed, trees

        async with office.opened(given) as here:
            async with here.store.look() as look:
                before = await feed.fact(look.conn, trees.REVISION)
                roster = await self._check(here, look.conn, data)
            if roster.problems:
                self._refuse(roster)
            if not self.json:
                self._announce(roster)
            if self.dry_run:
                self._finish(roster, applied=False)
                return
            self._settle_leaving(roster)
            await self._apply(here, roster, before)
            self._finish(roster, applied=True)
            if not self.json:
                await _warn_unreachable(here)

    async def _check(self, here: Office, conn: Any, data: bytes) -> Roster:
        from bot.roster import check, is_title
        from bot.roster.sheets import read
        from storage import staff

        with paper.progress(self.json) as (bar, task):
            bar.update(task, description="Reading")
            sheet = read(
                data,
                self.file.name,
                lambda done: bar.update(task, completed=done),
                encoding=self.encoding,
                is_title=is_title,
            )
            known = await staff.known(conn)
            bar.update(task, description="Checking", completed=0, total=len(sheet.rows))
            roster = check(
                sheet,
                known,
                {*here.store.channels, *KEPT},
                country=self.country,
                fingerprint=staff.fingerprint(here.store.keys),
                progress=lambda done: bar.update(task, completed=done),
            )
        self.names = {key: person.name for key, person in known.items()}
        self.names |= {entry.key: entry.name for entry in roster.entries}
        return roster

    def _refuse(self, roster: Roster) -> None:
        if self.json:
            paper.as_json(self._told(roster, applied=False))
        else:
            paper.say(*(problem.sentence() for problem in roster.problems[:SHOWN]))
            _more(len(roster.problems) - SHOWN)
        raise Refused(
            f"{paper.count(len(roster.problems), 'problem')} in {self.file}: nothing was imported."
            " Mend the list and import it again.",
            Ending.NO,
        )

    def _announce(self, roster: Roster) -> None:
        """What is worth a look, and what would change."""
        paper.aside(*(warning.sentence() for warning in roster.warnings[:SHOWN]))
        _more(len(roster.warnings) - SHOWN, aside=True)
        lines = (("New", roster.added), ("Changed", roster.changed))
        paper.say(*(f"{word}: {len(keys):,} ({self._some(keys)})" for word, keys in lines if keys))
        if roster.unchanged:
            paper.say(f"As before: {len(roster.unchanged):,}")
        if roster.leaving:
            paper.say(
                f"On record but not in the list: {len(roster.leaving):,}"
                f" ({self._some(roster.leaving, 50)})"
            )

    def _some(self, keys: Sequence[str], most: int = 10) -> str:
        return names.some(self.names, keys, most)

    def _settle_leaving(self, roster: Roster) -> None:
        """Nobody is removed without somebody having said so."""
        if not roster.leaving:
            return
        missing = paper.people(len(roster.leaving))
        if self.leave is None:
            raise Refused(
                f"{missing} on record {'is' if len(roster.leaving) == 1 else 'are'} not in the"
                " list: say --leave to remove them (contacts deleted, keys destroyed) or"
                " --keep-missing to keep them as they are. Nothing was imported."
            )
        if self.leave:
            paper.confirm(
                f"Remove {self._some(roster.leaving)}? Their contacts are deleted and their keys"
                " destroyed for good.",
                yes=self.yes,
            )

    async def _apply(self, here: Office, roster: Roster, before: str) -> None:
        from bot.outcomes import Entry
        from storage import arrivals, feed, keeping, staff, trees

        gone = len(roster.leaving) if self.leave else 0
        if not (roster.added or roster.changed or gone):
            return
        entry = Entry(
            "people.imported",
            data={"added": len(roster.added), "changed": len(roster.changed), "removed": gone},
        )
        total = len(roster.added) + len(roster.changed)
        with paper.progress(self.json) as (bar, task):
            bar.update(task, description="Sealing", total=None)
            sealed = arrivals.seal_new(here.store.keys, roster)
            bar.update(task, description="Writing", total=total)
            async with here.store.write() as work:
                if await feed.fact(work.conn, trees.REVISION) != before:
                    raise Refused(
                        "Somebody else has changed the staff in the meantime: nothing was"
                        " imported. Import again.",
                        Ending.NO,
                    )
                await staff.take_over(
                    work,
                    roster,
                    leave=bool(self.leave),
                    sealed=sealed,
                    progress=lambda done: bar.update(task, completed=done),
                )
                await keeping.imported(work.conn, work.now)
                work.record([entry])
                await work.flush()

    def _finish(self, roster: Roster, *, applied: bool) -> None:
        if self.json:
            paper.as_json(self._told(roster, applied=applied))
        elif not applied:
            paper.say(*self._choice(len(roster.leaving)))
            paper.say("Nothing was changed. Import it without --dry-run to do it.")
        else:
            gone = f", {len(roster.leaving):,} removed" if self.leave and roster.leaving else ""
            paper.say(
                f"Imported: {len(roster.added):,} new, {len(roster.changed):,} changed{gone}."
                " Next: `renraku people invite --all`, then `renraku check`."
            )

    def _choice(self, leaving: int) -> list[str]:
        """What would become of those who are not in the list; nothing if all are."""
        if not leaving:
            return []
        whom = "That person" if leaving == 1 else f"These {leaving:,} people"
        if self.leave:
            return [f"{whom} would be removed: contacts deleted, keys destroyed, links void."]
        if self.leave is False:
            return [f"{whom} would stay as before."]
        return [
            f"{whom} would leave with --leave (contacts deleted, keys destroyed, links void) and"
            " stay as before with --keep-missing. Without either nothing is imported."
        ]

    def _told(self, roster: Roster, *, applied: bool) -> dict[str, object]:
        return {
            "applied": applied,
            "problems": [_problem(p) for p in roster.problems],
            "warnings": [_problem(p) for p in roster.warnings],
            "added": roster.added,
            "changed": roster.changed,
            "unchanged": len(roster.unchanged),
            "leaving": roster.leaving,
            "removed": len(roster.leaving) if applied and self.leave else 0,
            "names": {
                key: self.names[key]
                for key in (*roster.added, *roster.changed, *roster.leaving)
                if key in self.names
            },
        }


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "says": problem.sentence(),
    }


def _more(number: int, *, aside: bool = False) -> None:
    if number > 0:
        (paper.aside if aside else paper.say)(f"... and {number:,} more.")


async def _warn_unreachable(here: Office) -> None:
    """Having an address is not enough: some channel in use must take it."""
    from storage import staff

    async with here.store.look() as look:
        alone: Sequence[str] = await staff.unreachable(look.conn, list(look.channels), 1000)
        named = await names.of_keys(look, alone[:10])
    if alone:
        many = f"{len(alone):,}" if len(alone) < 1000 else "More than 1,000"
        paper.aside(
            f"{many} of them cannot be reached by a channel in use ({names.some(named, alone)}):"
            ' write "web" in the column contacts to give somebody the web chat.'
        )
