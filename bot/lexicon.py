"""What typed words mean, in whichever language they are typed.

Rules of the room:
- Everybody may write in any of the languages, whatever their own is.
- Commands and answers count only as a whole line; words for a kind of incident count anywhere
  in a sentence. Scripts without blanks between words are searched as they are, others by whole
  words.
- Where a sentence speaks of several kinds the most severe counts: a phone lost in a fire is a
  fire. A word within a longer one ("storm" in "social media storm") is not spoken of.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from bot.forms import fold
from bot.people import LANGUAGES
from bot.rollcalls import ANSWERS, HELP
from bot.rules import SEVERITIES, Rules
from bot.texts import Texts

COMMANDS = (
    *("report", "rollcall", "help", "status", "cancel", "back", "skip", "menu", "note"),
    *("unlink", "board", "shownumber", "hidenumber"),
)

LABELS = {
    "report": "menu-report",
    "rollcall": "menu-rollcall",
    "status": "menu-status",
    "help": "menu-help",
    "board": "menu-board",
}
"""What stands on a button of the menu may be typed as well."""

_SPACED = re.compile(r"^[\u0000-\u024f\s]+$")
_BLANKS = re.compile(r"[\u0000-\u024f\u0600-\u06ff]")
"""A letter of a script that writes blanks between words."""
_CLAUSES = re.compile(r"[.,;:!?\n。、，；：！？،؛؟]+|\bbut\b|但|可是|ولكن|لكن")
_CONTRASTS = re.compile(r"\bbut\b|けど|けれど|ですが|しかし|でも|但|可是|不過|不过|لكن")
NEAR = 4
"""How many words (letters, where none are told apart) before a cry may deny it."""
_LETTER = "[0-9a-z_\u00c0-\u024f]"
"""What may not stand beside a whole word; "fireです" holds one, "firewall" does not."""


class Lexicon:
    """Built once from the texts and the organisation's own words."""

    def __init__(self, texts: Texts, rules: Rules) -> None:
        self._commands = _whole(texts, {c: f"command-{c}-words" for c in COMMANDS})
        self._commands |= {
            fold(texts.words(language, "UTC").say(key)): command
            for command, key in LABELS.items()
            for language in LANGUAGES
        }
        self._answers = _whole(texts, {a: f"answer-{a}-words" for a in ANSWERS})
        self._answers |= {
            fold(texts.words(language, "UTC").say(f"answer-{answer}")): answer
            for answer in ANSWERS
            for language in LANGUAGES
        }
        self._cries = [_searched(word) for word in texts.anywhere("cry-words")]
        denials = texts.every("cry-not-words")
        self._denials_behind = [_denial(word) for word in denials.get("ja", ())]
        self._denials = [
            _denial(word)
            for language, words in denials.items()
            if language != "ja"
            for word in words
        ]
        self._kinds: list[tuple[re.Pattern[str], str]] = []
        self._severities = {k: SEVERITIES.index(rule.severity) for k, rule in rules.kinds.items()}
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

    def told(self, text: str) -> tuple[str | None, str]:
        """The answer that a line holds as one of its clauses, and the rest of the line.

        A line that holds several different answers holds none; neither does one that takes half of
        its answer back.
        """
        clauses = [clause.strip() for clause in _CLAUSES.split(text)]
        meant = {clause: self.answer(clause) for clause in clauses if clause}
        answers = {answer for answer in meant.values() if answer is not None}
        if len(answers) != 1:
            return None, text
        rest = " ".join(clause for clause, answer in meant.items() if answer is None)
        said = answers.pop()
        if said != HELP and rest and _CONTRASTS.search(text) and self.kind(rest) is None:
            # "I am fine, but ...": what comes then may be worse than the answer is good.
            return None, text
        return said, rest

    def cries(self, text: str) -> bool:
        """True if a sentence says, anywhere, that somebody needs help: "I need help, my leg …"."""
        return any(self._cried(fold(clause)) for clause in _CLAUSES.split(text))

    def calls_for_help(self, text: str) -> bool:
        """True for a cry, and for a line that is nothing but one: "SOS"."""
        return self.answer(text) == HELP or self.cries(text)

    def _cried(self, clause: str) -> bool:
        return any(
            not self._denied(clause, word.start(), word.end())
            for pattern in self._cries
            for word in pattern.finditer(clause)
        )

    def _denied(self, clause: str, start: int, end: int) -> bool:
        """ "I don't think I need help", "没有人受伤"; in Japanese what denies comes behind."""
        blanks = _BLANKS.search(clause[start:end]) is not None
        before = " ".join(clause[:start].split()[-NEAR:]) if blanks else clause[:start][-NEAR:]
        if any(word.search(before) for word in self._denials):
            return True
        return any(word.search(clause[end:]) for word in self._denials_behind)

    def kind(self, text: str) -> str | None:
        """The kind of incident a sentence speaks of: the most severe, then the longest word."""
        said = fold(text)
        found = [
            _Found(self._severities[kind], _weight(spoken.group()), spoken.span(), kind)
            for word, kind in self._kinds
            for spoken in word.finditer(said)
        ]
        found.sort(key=lambda one: (one.severity, one.weight), reverse=True)
        heard = (one for one in found if not any(one.within(other) for other in found))
        best = next(heard, None)
        return best.kind if best else None


class _Found(NamedTuple):
    """A word found in a sentence."""

    severity: int
    weight: int
    span: tuple[int, int]
    kind: str

    def within(self, other: _Found) -> bool:
        """True if it is only a part of a longer word of another kind."""
        (start, end), (first, last) = self.span, other.span
        longer = last - first > end - start
        return longer and first <= start and end <= last and self.kind != other.kind


def _weight(word: str) -> int:
    """A letter of a script without blanks says as much as two others."""
    return len(word) if _SPACED.match(word) else 2 * len(word)


def _whole(texts: Texts, keys: dict[str, str]) -> dict[str, str]:
    return {
        fold(word): meaning
        for meaning, key in keys.items()
        for words in texts.every(key).values()
        for word in words
    }


@cache
def _denial(word: str) -> re.Pattern[str]:
    plain = re.escape(fold(word))
    return re.compile(rf"(?<!\w){plain}(?!\w)" if _BLANKS.search(word) else plain)


@cache
def _searched(word: str) -> re.Pattern[str]:
    plain = fold(word)
    if _SPACED.match(plain):
        return re.compile(rf"(?<!{_LETTER}){re.escape(plain)}(?!{_LETTER})")
    return re.compile(re.escape(plain))
