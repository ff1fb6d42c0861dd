"""From a card to what a medium of few words can carry.

Rules of the room:
- Whether it is a drill comes first, always.
- An SMS names what it is about, where to answer, and how to answer by reply where replies come
  back. What does not fit is the said words: they stand behind the link.
- What is read aloud has no link, and no signs that are spelt out.
"""

from __future__ import annotations

from dataclasses import dataclass

from adapters.outbound.given import Medium, Words
from adapters.outbound.segments import fitted, plain, segments, stopped
from bot.cards import Card, Fields, Person, Tally, Text

CHECK_IN = 3
"""Buttons of a question that can be answered by "1" or "2"."""
SPOKEN = 600
"""Characters read aloud at most: about 45 seconds."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is handed to the gateway."""

    title: str
    body: str


def drawn(card: Card, link: str, medium: Medium, words: Words, *, replies: bool) -> Line:
    """A card for one medium. `replies`: "1" and "2" come back to us."""
    match medium:
        case "sms":
            return Line("", _sms(card, link, words, replies=replies and _asks(card)))
        case "voice":
            return Line("", _spoken(card, words))
        case "push":
            head = f"[{card.badge}] {card.title}" if card.badge else card.title
            lines = [*_lines(card), *([link] if link else ())]
            return Line(plain(head), "\n".join(lines) or plain(head))


def _asks(card: Card) -> bool:
    """True for one's own check-in: the only question whose answers are numbered alike always."""
    ids = [button.id for button in card.buttons]
    own = [id_ for id_ in ids if id_.startswith("ask:")]
    return len(own) == CHECK_IN and len(ids) == CHECK_IN


def _sms(card: Card, link: str, words: Words, *, replies: bool) -> str:
    mark = f"[{card.badge}]" if card.badge else ""
    how = words.say("sms-reply") if replies else ""
    said = " ".join(map(stopped, _lines(card)))
    head = stopped(plain(card.title))
    # Without a link to open, what it says is all there is.
    with_how = f"{how} {link}".strip()
    shortest = fitted(mark, head, "", with_how)
    tail = with_how if not link or segments(shortest) == 1 else link
    if head.rstrip(".。").casefold() in said.casefold():
        # What was said asks already: nobody pays for a question asked twice.
        once = f"{mark} {said} {tail}".strip()
        if segments(once) == 1:
            return once
    return fitted(mark, head, said, tail)


def _spoken(card: Card, words: Words) -> str:
    said = [card.badge, card.title, *_lines(card)]
    if card.open:
        said.append(words.say("voice-answer"))
    text = ". ".join(plain(line).rstrip(".。") for line in said if line)
    return f"{text[:SPOKEN]}."


def _lines(card: Card) -> list[str]:
    """What it is about: the words somebody said first, small print and lists of people left out."""
    said = [s.text for s in card.body if isinstance(s, Text) and s.said]
    told = [s.text for s in card.body if isinstance(s, Text) and not s.said and not s.quiet]
    facts: list[str] = []
    for section in card.body:
        match section:
            case Fields(rows=rows):
                facts += [f"{label}: {value}" for label, value in rows]
            case Person(name=name):
                facts.append(name)
            case Tally(parts=parts, total=total):
                counts = ", ".join(f"{label} {count}" for label, count, _ in parts)
                facts.append(f"{counts} / {total}")
    return [plain(line) for line in (*said, *told, *facts) if line.strip()]
