"""What the demo prints, by key: one Fluent file a language, as in `bot.texts`.

Rules of the room:
- These words are for a terminal. Nothing is isolated: most terminals show the marks instead of
  obeying them.
- Numbers that are names, such as ports, are given as text; others choose the plural.

>>> Said("en").line("status", done=3, all=40, help=1, missing=36, called=0)
'3 of 40 answered · 1 needs help · 36 missing, 0 of them being called'
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import resources

from fluent.runtime import FluentBundle, FluentResource

from adapters.web.site import preferred


class Said:
    """The demo's words in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        source = resources.files(__name__).joinpath(f"{language}.ftl").read_text(encoding="utf-8")
        self._bundle = FluentBundle([language], use_isolating=False)
        self._bundle.add_resource(FluentResource(source))

    def line(self, key: str, **values: str | int | float) -> str:
        """The words for `key`. Raises `KeyError` for one that is not in the file."""
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise KeyError(f"{key} in {self.language}: {errors[0]}")
        return str(text)


def spoken(environment: Mapping[str, str] | None = None) -> str:
    """The language the terminal asks for, as far as it is one of ours; else English.

    >>> spoken({"LANG": "zh_TW.UTF-8"}), spoken({"LC_ALL": "ja_JP.UTF-8", "LANG": "C"})
    ('zh-Hant', 'ja')
    >>> spoken({"LANG": "de_DE.UTF-8"}), spoken({})
    ('en', 'en')
    """
    given = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if given.get(name):
            return preferred(given[name].partition(".")[0].replace("_", "-"))
    return "en"
