"""Ways to reach a person, as they are written in a list, checked and made uniform.

Rules of the room:
- An address is returned to be stored and nothing else: no problem repeats it.

>>> Addresses({"sms"}, "", Nearest()).contact("Phone: +81 90-1234-5678")
('sms', '+819012345678')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat, ValidationResult

from bot.roster.findings import quotable
from bot.roster.nearest import Nearest, Wrong, shown
from bot.roster.titles import CHANNEL_WORDS, fold

MAX_ADDRESS = 254
Contact = tuple[str, str]
"""(channel, address), the address "" where the channel needs none."""
CONTACT_COLUMNS = (("contacts", ""), ("email", "email"), ("phone", "sms"))
"""In the order in which they are tried, with the channel that is meant."""
WITHOUT_ADDRESS = {"web"}
NUMBERED = {"sms", "voice"}
EXAMPLES = {"email": "email:name@example.org", "sms": "sms:+819012345678"}
EXAMPLES |= {"voice": "voice:+81312345678"}
ITEMS = re.compile(r"[;；؛\n]")
LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
EMAIL = re.compile(rf'[^\s@,:<>()\[\]\\"]{{1,64}}@(?:{LABEL}\.)+(?=[^\W\d_][^\W_]){LABEL}')
SPACING = str.maketrans("", "", " -().")
PLAIN_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")


class Addresses:
    """Reads contacts for the channels in use; `country` (two letters) helps short numbers."""

    def __init__(self, channels: Collection[str], country: str, nearest: Nearest) -> None:
        self.channels = channels
        self._country = country.upper() or None
        self._nearest = nearest
        self._words = {fold(channel): channel for channel in channels} | {
            word: channel for word, channel in CHANNEL_WORDS.items() if channel in channels
        }

    def contact(self, item: str) -> Contact | Wrong:
        """`channel` or `channel:address`, as written in the column of contacts."""
        word, colon, text = item.replace("：", ":").partition(":")
        channel = self._words.get(fold(word))
        if channel:
            return self.address(channel, text.strip())
        example = next((EXAMPLES[c] for c in EXAMPLES if c in self.channels), "web")
        if not colon and not quotable(item):
            return Wrong("bare_address", {"example": example})
        args = {"value": shown(word), "channels": ", ".join(sorted(self.channels))}
        near = self._nearest.word(word, self._words)
        return Wrong("channel", {**args, "example": example, **near})

    def address(self, channel: str, text: str) -> Contact | Wrong:
        """One address as it is kept: numbers as E.164, domains in lower case."""
        named = {"channel": channel, "example": EXAMPLES.get(channel, f"{channel}:address")}
        if channel in WITHOUT_ADDRESS:
            return Wrong("needless_address", named) if text else (channel, "")
        if not text:
            return Wrong("no_address", named)
        if channel in NUMBERED:
            return self._number(channel, text)
        if channel == "email":
            return _email(text)
        if len(text) > MAX_ADDRESS or not text.isprintable() or " " in text:
            return Wrong("address", named)
        return channel, text

    def _number(self, channel: str, text: str) -> Contact | Wrong:
        plain = _plain_number(text)
        if plain:
            return channel, plain
        try:
            number = phonenumbers.parse(text, self._country)
        except NumberParseException as error:
            unplaced = error.error_type == NumberParseException.INVALID_COUNTRY_CODE
            return Wrong("phone_country" if unplaced else "phone")
        fits = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
        if not fits or number.extension:
            return Wrong("phone")
        return channel, phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _email(text: str) -> Contact | Wrong:
    local, _, domain = unicodedata.normalize("NFKC", text).rpartition("@")
    address = f"{local}@{domain.lower()}"
    dotted = ".." in local or local.startswith(".") or local.endswith(".")
    fits = len(address) <= MAX_ADDRESS and not dotted and EMAIL.fullmatch(address)
    return ("email", address) if fits else Wrong("email")


def _plain_number(text: str) -> str:
    """An international number already as it should be, at a fifth of the parser's cost; "" for
    any that needs the parser: a prefix to drop, an unusual length, a country not known."""
    digits = text.translate(SPACING)
    if not PLAIN_NUMBER.fullmatch(digits):
        return ""
    for end in (2, 3, 4):
        rules = _number_rules(int(digits[1:end]))
        if rules is not None:
            prefix, lengths = rules
            rest = digits[end:]
            return digits if len(rest) in lengths and not prefix.match(rest) else ""
    return ""


@cache
def _number_rules(country_code: int) -> tuple[re.Pattern[str], frozenset[int]] | None:
    """What a national number must not begin with, and how many digits it may have."""
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(country_code)
    about = PhoneMetadata.metadata_for_region(regions[0], None) if regions else None
    if about is None:
        return None
    lengths = frozenset(about.general_desc.possible_length) if about.general_desc else frozenset()
    return re.compile(f"0|{about.national_prefix_for_parsing or '0'}"), lengths
