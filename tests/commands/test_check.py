"""`renraku check`: whatever could stop a roll call, before it does."""

from __future__ import annotations

import sqlite3
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.commands.desk import STAFF, Desk, finding, free_port, results


def test_check_of_a_sound_house(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENRAKU_WEB__PORT", str(free_port()))
    check = desk.good("check", "--json")
    assert check.json["ok"] is True
    found = results(check)
    assert found["database"] == found["master key"] == found["safety desk"] == "ok"
    assert found["server"] == found["reach"] == "look"
    assert found["port"] == "ok"
    assert "✓" in desk.good("check").out
    assert "=Only Mail (106), Nobody Reach (107)" in desk.good("check").out


def test_check_finds_what_must_be_mended(desk: Desk) -> None:
    Path("renraku.key").chmod(0o644)
    desk.good("people", "import", desk.staff(STAFF.replace("safety", "")))
    with sqlite3.connect("renraku.db") as db:
        db.execute("update journal set at = at + 3600000000")
    db.close()
    check = desk("check", "--json")
    assert check.code == 1
    found = results(check)
    assert (found["safety desk"], found["clock"]) == ("bad", "bad")
    assert found["master key"] == "look"
    assert "clock" in check.err


@pytest.mark.parametrize(
    ("setting", "name"),
    [
        ({"RENRAKU_WEB__PORT": "x"}, "configuration"),
        ({"RENRAKU_DATABASE__URL": "sqlite:///nowhere.db"}, "database"),
        ({"RENRAKU_DATABASE__URL": "postgresql://u:pw-secret@127.0.0.1:1/x"}, "database"),
        ({"RENRAKU_SECRETS__MASTER_KEY_FILE": "nowhere.key"}, "master key"),
    ],
)
def test_check_says_what_bars_the_way(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, setting: dict[str, str], name: str
) -> None:
    for key, value in setting.items():
        monkeypatch.setenv(key, value)
    check = desk("check", "--json")
    assert check.code == 1
    assert results(check)[name] == "bad"
    assert "pw-secret" not in check.out + check.err


def test_check_names_everything_that_is_wrong_with_the_settings(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENRAKU_WEB__PORT", "x")
    monkeypatch.setenv("RENRAKU_ROLLCALL__LATE_ANSWERS", "soon")
    check = desk("check", "--json")
    wrong = [row["says"] for row in check.json["checks"]]
    assert {row["name"] for row in check.json["checks"]} == {"configuration"}
    assert (len(wrong), check.code) == (2, 1)
    assert "RENRAKU_WEB__PORT" in " ".join(wrong)
    assert "RENRAKU_ROLLCALL__LATE_ANSWERS" in " ".join(wrong)
    # Every other command says as much.
    assert desk("people", "list").err.splitlines() == wrong


def test_check_counts_what_nobody_looks_after(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENRAKU_WEB__PORT", str(free_port()))
    assert results(desk.good("check", "--json"))["unattended"] == "ok"
    incident = desk.incident()
    ages_ago = "update incidents set reported_at = reported_at - 86400000000"
    taken = "update incidents set state = 'taken', taken_by = (select id from people where key = ?)"
    with sqlite3.connect("renraku.db") as db:
        db.execute(ages_ago)
    found = finding(desk("check", "--json"), "untaken")
    assert (found["result"], "1 report or call for help" in found["says"]) == ("bad", True)
    assert "renraku incident list" in found["do"]
    desk.good("people", "remove", "101", "--yes")
    with sqlite3.connect("renraku.db") as db:
        db.execute(taken, ("101",))
        db.execute("update people set left_at = left_at - 86400000000 where key = '101'")
    assert finding(desk("check", "--json"), "leavers")["result"] == "bad"
    desk.good("incident", "close", incident, "--reason", "over", "--as", "100")
    assert results(desk.good("check", "--json"))["unattended"] == "ok"


class Stranger(BaseHTTPRequestHandler):
    """Somebody else at the port; `says` is what they answer to everything."""

    says = b"Welcome"

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" or self.says != b"ok\n" else 404)
        self.end_headers()
        self.wfile.write(self.says)

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(
    ("says", "who"),
    [(b"Welcome", "another program"), (b"ok\n", "another Renraku, such as the demo")],
)
def test_a_port_that_is_taken_is_said_by_each(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, says: bytes, who: str
) -> None:
    monkeypatch.setattr(Stranger, "says", says)
    with ThreadingHTTPServer(("127.0.0.1", 0), Stranger) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        port = other.server_port
        monkeypatch.setenv("RENRAKU_WEB__PORT", str(port))
        check = desk("check", "--json")
        refused = desk("serve")
        invited = desk("people", "invite", "100", links=True)
        other.shutdown()
    assert (invited.code, "/c/" in invited.out) == (1, True)
    assert check.code == 1
    found = finding(check, "port")
    assert found["result"] == "bad"
    assert f"{port} on 127.0.0.1 is taken by {who}" in found["says"]
    assert "set web.port" in found["do"]
    assert refused.code == 2
    assert refused.err.strip() == (
        f"Port {port} on 127.0.0.1 is taken by {who}: end that, or choose another port with"
        " --port or web.port."
    )
    assert f"do not work now: port {port} on 127.0.0.1 is taken by {who}." in invited.err
    assert finding(desk.good("check", "--json"), "port")["result"] == "ok", "free again"


def test_a_port_nobody_may_have(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENRAKU_WEB__HOST", "192.0.2.1")
    assert finding(desk("check", "--json"), "port")["result"] == "bad"
    monkeypatch.setenv("RENRAKU_WEB__HOST", "127.0.0.1")
    monkeypatch.setenv("RENRAKU_WEB__PORT", "0")
    found = finding(desk("check", "--json"), "port")
    assert (found["result"], "any free one" in found["says"]) == ("look", True)
