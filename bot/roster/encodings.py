"""The encoding of a text file: recognised by evidence, or refused.

Rules of the room:
- UTF-8 and UTF-16 prove themselves. Older encodings need known titles, or everyday characters
  in one reading and not in the next best; names spelt wrong are worse than a file refused.

>>> decode("社員番号,氏名".encode("cp932"), "", lambda cell: cell == "氏名")
('社員番号,氏名', 'Shift_JIS', True)
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from bot.roster.findings import IsTitle, Refused

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp932": "Shift_JIS",
    "cp950": "Big5",
    "gb18030": "GB18030",
    "euc_jp": "EUC-JP",
    "cp949": "EUC-KR",
    "cp1256": "Windows-1256",
    "cp1252": "Windows-1252",
}
"""Those that can be asked for, by codec, and what people call them."""
WIDER = {"shift_jis": "cp932", "big5": "cp950", "euc_kr": "cp949", "gb2312": "gb18030"}
"""Asked for by its standard's name, read by the superset that machines really write."""
WIDER |= {"gbk": "gb18030", "utf-8-sig": "utf-8", "iso8859-1": "cp1252", "iso8859-6": "cp1256"}
COMMON = {
    "cp932": (0x88, 0x98, 0x40),
    "cp950": (0xA4, 0xC6, 0x40),
    "gb18030": (0xB0, 0xD7, 0xA1),
    "euc_jp": (0xB0, 0xCF, 0xA1),
    "cp949": (0xB0, 0xC8, 0xA1),
}
"""Where each standard put its everyday characters: first and last lead byte, lowest trail byte.
Text read by the wrong codec lands outside."""
KANA = re.compile("[\u3041-\u30fe]")
JAPANESE = {"cp932", "euc_jp"}


def decode(data: bytes, encoding: str, is_title: IsTitle | None) -> tuple[str, str, bool]:
    """The text, its encoding's name, and whether that is beyond doubt."""
    sure = True
    if encoding:
        try:
            codec = codecs.lookup(encoding).name
        except (LookupError, ValueError):
            codec = ""
        codec = WIDER.get(codec, codec)
        if codec not in ENCODINGS:
            raise Refused("encoding_unheard", known=", ".join(ENCODINGS.values()))
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16"
    elif b"\0" in data or b"\x1b$" in data:
        raise Refused("not_text")
    else:
        codec = "utf-8"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if encoding or codec == "utf-16" or data.startswith(codecs.BOM_UTF8):
            raise Refused("encoding_broken", line, encoding=ENCODINGS[codec]) from None
        found = _recognise(data, is_title)
        if found is None:
            raise Refused("encoding_unsure", line) from None
        text, codec, sure = found
    if "\0" in text:
        raise Refused("not_text")
    return text.removeprefix("\ufeff"), ENCODINGS[codec], sure


def _recognise(data: bytes, is_title: IsTitle | None) -> tuple[str, str, bool] | None:
    """By the titles, which settle it, else by everyday characters, else not at all."""
    scores: list[tuple[float, str, str]] = []
    titled: list[tuple[str, str]] = []
    for codec in (*COMMON, "cp1256"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        words = re.split('[,;\t"\r\n]+', text[:4000])
        if is_title and any(not w.isascii() and is_title(w.strip()) for w in words):
            titled.append((text, codec))
        scores.append((_everyday(text, codec), codec, text))
    if titled:
        return (*titled[0], True) if len(titled) == 1 else None
    scores.sort(reverse=True)
    if not scores or scores[0][0] < 0.85 or (len(scores) > 1 and scores[1][0] > 0.6):
        return None
    return scores[0][2], scores[0][1], False


def _everyday(text: str, codec: str) -> float:
    """The share of everyday characters, 0 to 1, among those that tell; 0 for fewer than 8."""
    if codec not in COMMON:
        return 0.0
    low, high, trail = COMMON[codec]
    counts = Counter(c for c in text[:200_000] if c > "\x7f" and not "\u3000" <= c <= "\u3020")
    common = 0
    for character, count in counts.items():
        code = character.encode(codec)
        if KANA.match(character):
            common += count if codec in JAPANESE else 0
        elif len(code) == 2 and low <= code[0] <= high and code[1] >= trail:
            common += count
    return common / counts.total() if counts.total() >= 8 else 0.0
