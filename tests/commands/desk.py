"""An operator's desk: a folder with a database in it, and the command line."""

from __future__ import annotations

import io
import json
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import cli

ROOT = Path(__file__).parents[2]


STAFF = """key,name,language,site,team,lead,deputy,roles,away,contacts,email,phone
100,Ada Top,en,HQ,Board,,,admin safety,,web,ada@example.org,
101,Ben Lead,en,HQ,Office,100,102,,,web,,+81 90 1234 5678
102,Cho Deputy,ja,HQ,Office,100,,safety,,web,,
103,[red]Dan[/red] Day,en,HQ,Office,101,,,,web,,
104,二宮 花子,ja,HQ,Office,101,,,yes,web,,
105,ثالث,ar,Depot,Drivers,104,,,,web,,
106,"'=Only Mail",en,Depot,Drivers,104,,,,,only.mail@example.org,
107,Nobody Reach,en,Depot,Drivers,106,,,,,,
"""


SECRETS = ("ada@example.org", "only.mail@example.org", "1234 5678", "12345678")


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Desk:
    """A folder with a database in it, and the command line."""

    def __init__(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
    ) -> None:
        self.folder = folder
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *args: str, typed: str = "", links: bool = False) -> Result:
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        self._capsys.readouterr()
        code = cli.run(args)
        out, err = self._capsys.readouterr()
        said = out + err
        assert "Traceback" not in said
        assert not [secret for secret in SECRETS if secret in said]
        assert links or "/c/" not in said, "a personal link where none was asked for"
        return Result(code, out, err)

    def good(self, *args: str, **more: Any) -> Result:
        result = self(*args, **more)
        assert result.code == 0, result.err
        return result

    def staff(self, text: str = STAFF, name: str = "staff.csv") -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def drill(self, *more: str) -> str:
        """The id of a drill that has just been started."""
        said = ("--everyone", "--words", "Fire drill", "--drill", "--as", "100", "--yes", "--json")
        found: str = self.good("rollcall", "start", *said, *more).json["id"]
        return found

    def spread(self) -> None:
        """What a server does first: everybody is asked. A chat without one does it too."""
        self.good("chat", "--as", "100", typed="/help\n/help\n/quit\n")

    def incident(self) -> str:
        said = ("--kind", "injury", "--place", "Lobby", "--hurt", "someone", "--as", "103")
        found: str = self.good("incident", "report", *said, "--json").json["id"]
        return found


START = ("rollcall", "start", "--words", "Earthquake. Are you safe?", "--as", "100")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def finding(check: Result, name: str) -> dict[str, str]:
    [found] = [row for row in check.json["checks"] if row["name"] == name]
    return dict(found)


def results(check: Result) -> dict[str, str]:
    return {row["name"]: row["result"] for row in check.json["checks"]}
