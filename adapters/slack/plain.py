"""Words between people and Slack: escaped on the way out, opened on the way in, cut to length.

Rules of the room:
- Slack takes `&`, `<` and `>` for control signs: what is said is escaped wherever Slack would
  read it as markup, so that nobody's words ping a channel or pretend to be a link.
- What is cut is cut before it is escaped, so that no escape is ever torn.

>>> escaped("<!channel> fire & smoke")
'&lt;!channel&gt; fire &amp; smoke'
>>> opened("<@U7> at <https://a.example|the gate> &lt;now&gt;")
'@U7 at the gate <now>'
"""

from __future__ import annotations

import re

from bot.views.parts.fit import cut

RLM = "\N{RIGHT-TO-LEFT MARK}"

_SPAN = re.compile(r"<([^<>]*)>")


def size(text: str) -> int:
    """How long Slack takes a text to be: letters beyond the basic plane count twice."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def within(text: str, longest: int) -> str:
    """`text`, or as much of it as Slack counts as at most `longest` characters."""
    if size(text) <= longest:
        return text
    kept = cut(text, longest)
    while size(kept) > longest:
        kept = cut(text, len(kept) - max(1, (size(kept) - longest) // 2))
    return kept


def escaped(text: str) -> str:
    """Words that Slack shall show as they are, in a place where it reads markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escaped_within(text: str, longest: int) -> str:
    """`escaped`, cut so that the result is at most `longest` characters."""
    kept = within(text, longest)
    while size(found := escaped(kept)) > longest:
        kept = cut(kept, max(1, len(kept) - max(1, (size(found) - longest) // 5)))
    return found


def opened(text: str) -> str:
    """What somebody typed, as they see it: Slack's own markup taken out of a message."""
    return unescaped(_SPAN.sub(_shown, text))


def unescaped(text: str) -> str:
    """What somebody typed where Slack adds no markup: in a form, behind a command.

    Slack escapes such words in some places and not in others; this is right for both.
    """
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _shown(span: re.Match[str]) -> str:
    target, _, label = span[1].partition("|")
    match target[:1]:
        case "@" | "#":
            return target[:1] + (label.lstrip("@#") or target[1:])
        case "!":
            return label or "@" + target[1:].partition("^")[0]
    return label or target.removeprefix("mailto:").removeprefix("tel:")
