"""What typed words mean, in whichever language they are typed.

Rules of the room:
- Everybody may write in any of the languages, whatever their own is.
- Commands and answers count only as a whole line; words for a kind of incident count anywhere
  in a sentence. Scripts without blanks between words are searched as they are, others by whole
  words.
"""

from __future__ import annotations

import re

from bot.forms import fold
from bot.people import LANGUAGES
from bot.rollcalls import ANSWERS
from bot.rules import Rules
from bot.texts import Texts

COMMANDS = ("report", "rollcall", "help", "status", "cancel", "back", "skip", "menu", "note")

_SPACED = re.compile(r"^[\u0000-\u024f\s]+$")
_LETTER = "[0-9a-z_\u00c0-\u024f]"
"""What may not stand beside a whole word; "fireです" holds one, "firewall" does not."""


class Lexicon:
    """Built once from the texts and the organisation's own words."""

    def __init__(self, texts: Texts, rules: Rules) -> None:
        self._commands = _whole(texts, {c: f"command-{c}-words" for c in COMMANDS})
        self._answers = _whole(texts, {a: f"answer-{a}-words" for a in ANSWERS})
        self._answers |= {
            fold(texts.words(language, "UTC").say(f"answer-{answer}")): answer
            for answer in ANSWERS
            for language in LANGUAGES
        }
        self._kinds: list[tuple[re.Pattern[str] | str, str]] = []
        for kind, rule in rules.kinds.items():
            words = {*rule.words, *rule.labels.values()}
            for spoken in texts.every(f"kind-{kind}-words").values():
                words.update(spoken)
            self._kinds += [(_searched(w), kind) for w in sorted(words, key=len, reverse=True) if w]

    def command(self, text: str) -> str | None:
        """The command a whole line stands for; a leading slash or "renraku" is ignored."""
        said = fold(text).removeprefix("/").removeprefix("renraku ").strip()
        return self._commands.get(said)

    def answer(self, text: str) -> str | None:
        """The check-in answer a whole line stands for."""
        return self._answers.get(fold(text))

    def kind(self, text: str) -> str | None:
        """The kind of incident a sentence speaks of: the longest word found wins."""
        said = fold(text)
        best: tuple[int, str] | None = None
        for word, kind in self._kinds:
            if isinstance(word, str):
                length = len(word) * 2 if word in said else 0
            else:
                found = word.search(said)
                length = len(found.group()) if found else 0
            if length and (best is None or length > best[0]):
                best = (length, kind)
        return best[1] if best else None


def _whole(texts: Texts, keys: dict[str, str]) -> dict[str, str]:
    return {
        fold(word): meaning
        for meaning, key in keys.items()
        for words in texts.every(key).values()
        for word in words
    }


def _searched(word: str) -> re.Pattern[str] | str:
    plain = fold(word)
    if _SPACED.match(plain):
        return re.compile(rf"(?<!{_LETTER}){re.escape(plain)}(?!{_LETTER})")
    return plain
