"""What the demo prints: who to be, what to try, and then quietly what happens.

Rules of the room:
- On a terminal one line at the bottom keeps up with the roll call; what happens scrolls above
  it. Anywhere else there is one line for each happening, and no more.
- Links are never broken over two lines, or nobody could click them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.console import Console
from rich.live import Live
from rich.text import Text

from bot.demo.story import Line, Standings
from bot.demo.words import Said

STEPS = ("step-1", "step-2", "step-3", "step-4")
QUIET, LOUD, GOOD, LINK = "dim", "bold red", "green", "cyan"
STYLES = {"help": LOUD, "reported": "bold", "over": GOOD, "safe-again": GOOD}
NATIVE = {
    "en": "English",
    "ja": "日本語",
    "zh-Hant": "繁體中文",
    "zh-Hans": "简体中文",
    "ar": "العربية",
}
BAR = 24
"""Characters of the bar at the bottom."""


class Paper(Console):
    """Standard output. Where nobody reads it any more, the demo ends like any other way."""

    def on_broken_pipe(self) -> None:
        # The stream is put aside, so that nothing is said about it at the very end.
        with contextlib.suppress(SystemExit):
            super().on_broken_pipe()
        raise BrokenPipeError


class Screen:
    """Writes to standard output in one language."""

    def __init__(self, said: Said, console: Console | None = None) -> None:
        self.said = said
        self._console = console or Paper(highlight=False, emoji=False, soft_wrap=True)
        self._live: Live | None = None
        self._shown = ""

    # --- at the beginning ------------------------------------------------------------------

    def title(self) -> None:
        """At once, so that nobody wonders while everything is made ready."""
        self._print(Text(self.said.line("title"), "bold"))

    def introduce(
        self,
        facts: Sequence[str],
        parts: Iterable[tuple[str, str, str]],
        others: Iterable[tuple[str, str]],
        ending: str,
    ) -> None:
        """`facts` in lines, `parts` as (heading, link, who), `others` as (language, link)."""
        for fact in facts:
            self._print(Text(fact))
        for heading, link, who in parts:
            self._print(Text())
            self._print(Text.assemble((heading, "bold"), "  ", (who, QUIET)))
            self._print(Text.assemble("  ", (link, f"{LINK} link {link}")))
        self._print(Text())
        self._print(Text(self.said.line("try"), "bold"))
        for number, step in enumerate(STEPS, start=1):
            self._print(Text(f"  {number}. {self.said.line(step)}"))
        listed = list(others)
        if listed:
            self._print(Text())
            self._print(Text(self.said.line("others"), QUIET))
            for language, link in listed:
                self._print(
                    Text.assemble("  ", NATIVE[language], "  ", (link, f"{QUIET} link {link}"))
                )
        self._print(Text())
        self._print(Text(ending, QUIET))
        self._print(Text())

    def say(self, key: str, **values: str | int | float) -> None:
        """One sentence."""
        self._print(Text(self.said.line(key, **values)))

    # --- while it runs ---------------------------------------------------------------------

    def begin(self) -> None:
        """Open the line at the bottom, where there is a terminal to have one."""
        if self._console.is_terminal:
            self._live = Live(Text(), console=self._console, auto_refresh=False, transient=True)
            self._live.start()

    def end(self) -> None:
        """Give the terminal back."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def tell(self, lines: Iterable[Line], at: datetime) -> None:
        """Each happening with the demo's own time of day."""
        for line in lines:
            text = Text.assemble((f"{at:%H:%M}  ", QUIET))
            text.append(self.said.line(line.key, **line.values), STYLES.get(line.key, ""))
            self._print(text)

    def keep_up(self, standings: Standings | None) -> None:
        """Draw the line at the bottom anew, if it says anything new."""
        if self._live is None:
            return
        words = self.said.line("status", **standings.values) if standings else ""
        if words != self._shown:
            self._shown = words
            self._live.update(_drawn(standings, words), refresh=True)

    def _print(self, text: Text) -> None:
        self._console.print(text)


def _drawn(standings: Standings | None, words: str) -> Text:
    if standings is None:
        return Text()
    full = BAR * standings.done // standings.all if standings.all else 0
    crying = LOUD if standings.help else ""
    return Text.assemble(
        ("━" * full, GOOD), ("━" * (BAR - full), QUIET), "  ", (words, crying), overflow="ellipsis"
    )
