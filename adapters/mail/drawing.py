"""From a card to the two bodies of a mail: plain text, and HTML for whoever shows it.

Rules of the room:
- Both say the same. Whoever reads a mail can see everything on the card; to answer they open its
  page, for a mail has no buttons and opening a link must never be an answer.
- Everything is escaped; style stands at each piece, since mail programs drop all else. Nothing is
  loaded from anywhere: no picture, no font, no counter of who has read it.
"""

from __future__ import annotations

import re
from html import escape

from adapters.mail.given import Words
from bot.cards import Card, Fields, Person, Photo, Section, Style, Tally, Text, Tone

COLOURS = {
    Tone.CALM: "#5c6770",
    Tone.URGENT: "#b3141b",
    Tone.GOOD: "#0a6b3d",
    Tone.DRILL: "#5b2a9d",
}
BORDERS = {Tone.DRILL: "dashed"}
ISOLATES = re.compile("[\u2066-\u2069]")


def subject(card: Card, organisation: str) -> str:
    """One line: whether it is a drill, what it is, from whom."""
    title = plain(card.title)
    head = f"[{card.badge}] {title}" if card.badge else title
    return f"{head} · {' '.join(organisation.split())}"


def plain(text: str) -> str:
    """A line without the marks that isolate names: a list of mails shows them as boxes."""
    return " ".join(ISOLATES.sub("", text).split())


def as_text(card: Card, link: str, words: Words, *, replies: bool) -> str:
    """The plain body. `replies`: somebody reads what is sent back."""
    lines = [f"[{card.badge}] {card.title}" if card.badge else card.title, ""]
    for section in card.body:
        lines += _lines(section)
    if link:
        # The address stands alone: no mail program takes a sign behind it for a part of it.
        lines += ["", f"{words.say('mail-open')}:", link, "", words.say("mail-open-note")]
    if not replies:
        lines += ["", words.say("mail-no-reply")]
    text = "\n".join(lines) + "\n"
    return text if card.rtl else ISOLATES.sub("", text)


def _lines(section: Section) -> list[str]:
    match section:
        case Text(text=text):
            return [text, ""]
        case Fields(rows=rows):
            return [*(f"{label}: {value}" for label, value in rows), ""]
        case Person(name=name, note=note):
            return [f"- {name}" + (f", {note}" if note else "")]
        case Tally(parts=parts, total=total):
            counts = ", ".join(f"{label} {count}" for label, count, _ in parts)
            return [f"{counts} / {total}", ""]
        case Photo(alt=alt):
            return [f"[{alt}]", ""]


def as_html(card: Card, link: str, words: Words, *, replies: bool) -> str:
    """The HTML body."""
    colour = COLOURS[card.tone]
    side = "right" if card.rtl else "left"
    badge = (
        f'<p style="margin:0 0 12px;padding:6px;background:{COLOURS[Tone.DRILL]};color:#ffffff;'
        f'font-weight:bold;text-align:center">{escape(card.badge)}</p>'
        if card.badge
        else ""
    )
    body = "".join(_html(section, side) for section in card.body)
    quiet = "margin:12px 0;color:#4b555c;font-size:15px"
    if link:
        body += (
            f'<p style="margin:20px 0"><a href="{escape(link)}" style="display:block;padding:16px;'
            f"background:{colour};color:#ffffff;font-size:20px;font-weight:bold;text-align:center;"
            f'text-decoration:none;border-radius:8px">{escape(words.say("mail-open"))}</a></p>'
            f'<p style="{quiet}">{escape(words.say("mail-open-note"))}</p>'
        )
    foot = "" if replies else f'<p style="{quiet}">{escape(words.say("mail-no-reply"))}</p>'
    return (
        f'<!doctype html><html lang="{card.language}" dir="{"rtl" if card.rtl else "ltr"}">'
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(plain(card.title))}</title></head>"
        '<body style="margin:0;padding:16px;background:#f4f5f2;color:#15191c;'
        f'font:18px/1.5 sans-serif;text-align:{side}">'
        '<div style="max-width:560px;margin:0 auto;padding:16px;background:#ffffff;'
        f'border-top:6px {BORDERS.get(card.tone, "solid")} {colour}">'
        f'{badge}<h1 style="margin:0 0 12px;font-size:24px;line-height:1.3">{escape(card.title)}'
        f"</h1>{body}</div>{foot}</body></html>\n"
    )


def _html(section: Section, side: str) -> str:
    match section:
        case Text(text=text, link=label) if label:
            return f'<p style="margin:12px 0"><a href="{escape(text)}">{escape(label)}</a></p>'
        case Text(text=text, quiet=quiet, said=said):
            style = "margin:12px 0"
            if quiet:
                style += ";color:#4b555c;font-size:15px"
            if said:
                style += f";padding-{side}:12px;border-{side}:4px solid #c9cfd2"
            shown = escape(text).replace("\n", "<br>")
            return f'<p style="{style}"{" dir=auto" if said else ""}>{shown}</p>'
        case Fields(rows=rows):
            lines = (f"{escape(label)}: <b>{escape(value)}</b>" for label, value in rows)
            return f'<p style="margin:12px 0">{"<br>".join(lines)}</p>'
        case Person(name=name, note=note):
            after = f"<br><span style='color:#4b555c'>{escape(note)}</span>" if note else ""
            line = "margin:8px 0;padding-top:8px;border-top:1px solid #c9cfd2"
            return f'<p style="{line}"><b><bdi>{escape(name)}</bdi></b>{after}</p>'
        case Tally(parts=parts, total=total):
            counts = " · ".join(f"{escape(label)} <b>{count}</b>" for label, count, _ in parts)
            return f'<p style="margin:12px 0">{counts} / {total}</p>'
        case Photo(alt=alt):
            return f'<p style="margin:12px 0">[{escape(alt)}]</p>'


def urgent(card: Card) -> bool:
    """True where mail programs should show it first."""
    danger = any(button.style is Style.DANGER for button in card.every_button())
    return card.tone is Tone.URGENT or (card.open and danger)
