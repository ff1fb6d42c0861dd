"""The menu of commands beside the text field, in every language; and languages by their codes.

Rules of the room:
- Commands are English words everywhere, as Telegram wants them; what they do is said in the
  reader's language. Each is a word that the house understands when it is typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import BotCommand

from bot.people import LANGUAGES, Person

if TYPE_CHECKING:
    from adapters.telegram.client import Client
    from bot.door import Door
    from bot.texts import Words

MENU = (
    ("report", "menu-report"),
    ("safe", "answer-safe"),
    ("sos", "answer-help"),
    ("status", "menu-status"),
    ("rollcall", "menu-rollcall"),
    ("menu", "menu-title"),
    ("help", "menu-help"),
    ("cancel", "button-cancel"),
)
"""Each command and the key of what it does."""

_SIMPLIFIED = ("zh-hans", "zh-cn", "zh-sg", "zh-my")


def language_of(code: str, organisation: str) -> str:
    """Our language for Telegram's code, an IETF tag; empty where we speak none of theirs.

    >>> language_of("zh-TW", "en"), language_of("pt-BR", "en"), language_of("ar-EG", "en")
    ('zh-Hant', '', 'ar')
    """
    said = code.casefold().replace("_", "-")
    short = said.partition("-")[0]
    if short == "zh":
        if said == "zh":
            return chinese(organisation)
        return "zh-Hans" if said.startswith(_SIMPLIFIED) else "zh-Hant"
    return short if short in LANGUAGES else ""


def chinese(organisation: str) -> str:
    """Which Chinese `zh` is. Telegram's menus know no finer code.

    It is the organisation's own, where that is Chinese. Else the traditional one: Telegram cannot
    be reached from mainland China, and most who read Chinese there live elsewhere.
    """
    return organisation if organisation.startswith("zh-") else "zh-Hant"


async def announce(client: Client, door: Door) -> None:
    """Tell Telegram the menu in each language. Raises `telegram.error`."""
    organisation = door.words(None).language
    await client.set_my_commands(_menu(door.words(None)))
    for code in ("en", "ja", "zh", "ar"):
        language = chinese(organisation) if code == "zh" else code
        words = door.words(Person(0, "", "", language))
        await client.set_my_commands(_menu(words), language_code=code)


def _menu(words: Words) -> list[BotCommand]:
    return [BotCommand(command, words.say(key)[:256]) for command, key in MENU]
