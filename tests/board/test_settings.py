"""The settings page: for administrators alone, and no secret is on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.boarding import Entrance
from bot.config import load
from bot.config.inforce import in_force
from tests.board.visiting import Visitor, client, text, visit
from tests.town import Founding

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety @HQ
  Sato: admin @HQ
    Aiko: ja
    Ben: none
"""


async def test_administrators_see_how_the_house_stands(found: Founding) -> None:
    town = await found(PEOPLE)
    sato, mori = await visit(town, "Sato"), await visit(town, "Mori")
    assert "/board/settings" not in await mori.opens("/board")
    await mori.refused("/board/settings")
    assert 'href="/board/settings"' in await sato.opens("/board")
    page = await sato.opens("/board/settings")
    said = text(page)
    for group in in_force(town.house.settings):
        for line in group.lines:
            assert f'<dt dir="ltr">{line.key}</dt>' in page
            assert line.sentence in said
    # What `renraku check` would say of this house.
    assert "1 cannot be reached" in said
    assert "Ben" in said.split("1 cannot be reached")[1][:30]
    assert "日本語" in said
    assert "not on record" in said
    town.ignores()


def test_where_each_setting_was_set_is_known_and_no_secret_is_told(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        "[web]\nport = 9000\nhost = '0.0.0.0'\n[mail]\npassword = 'hunter22'\n"
        "[lanes]\nslack.rate = 3\n[rollcall]\nworklist_size = 12\n"
    )
    environ = {
        "RENRAKU_WEB__PORT": "9001",
        "RENRAKU_DATABASE__URL": "postgresql://us:swordfish@db/house",
        "RENRAKU_TELEGRAM__TOKEN": "12345:sesame",
        "RENRAKU_ROLLCALL": '{"worklist_size": 9}',
    }
    groups = in_force(load(file, environ=environ, log={"level": "debug"}))
    lines = {(group.name, line.key): line for group in groups for line in group.lines}
    origins = {
        ("web", "port"): ("9001", "environment", "RENRAKU_WEB__PORT"),
        ("web", "host"): ('"0.0.0.0"', "file", str(file)),
        ("mail", "password"): ("set", "file", str(file)),
        ("lanes.slack", "rate"): ("3.0", "file", str(file)),
        ("telegram", "token"): ("set", "environment", "RENRAKU_TELEGRAM__TOKEN"),
        ("rollcall", "worklist_size"): ("9", "environment", "RENRAKU_ROLLCALL"),
        ("log", "level"): ('"debug"', "option", ""),
        ("slack", "bot_token"): ("", "default", ""),
        ("organisation", "time_zone"): ('"UTC"', "default", ""),
    }
    for place, (value, kind, where) in origins.items():
        line = lines[place]
        assert (line.value, line.origin.kind, line.origin.place) == (value, kind, where), place
    assert lines["web", "port"].default == "8080"
    for secret in ("hunter22", "swordfish", "sesame"):
        assert secret not in repr(groups)


@pytest.mark.parametrize("language", ["ja", "ar"])
async def test_the_page_speaks_the_language_of_its_reader(found: Founding, language: str) -> None:
    town = await found(f"Sato: admin {language} @HQ")
    sato = Visitor(town, "Sato", client(town))
    async with town.house.store.look() as look:
        [person] = [p for p in [await look.person(1)] if p is not None]
    await sato.post(await Entrance(town.house).link(person), {})
    words = town.house.texts.words(language)
    page = text(await sato.opens("/board/settings"))
    for key in ("board-nav-settings", "board-settings-how", "board-settings-from-default"):
        assert words.say(key) in page
    town.ignores()
