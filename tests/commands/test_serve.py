"""Commands beside other processes: a busy database, a running server, one that was killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator

import pytest

from tests.commands.desk import ROOT, START, Desk, finding, free_port, results


def hold(seconds: float, began: threading.Event) -> None:
    """Another process that keeps the database to itself for a while."""
    db = sqlite3.connect("renraku.db", isolation_level=None)
    db.execute("begin immediate")
    began.set()
    time.sleep(seconds)
    db.execute("rollback")
    db.close()


@pytest.mark.parametrize(
    ("busy", "code"), [(5000, 0), (200, 3)], ids=["held shortly", "held too long"]
)
def test_a_database_held_by_another_process(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, busy: int, code: int
) -> None:
    monkeypatch.setattr("storage.sqlite.BUSY_MS", busy)
    began = threading.Event()
    holder = threading.Thread(target=hold, args=(1.5, began))
    holder.start()
    began.wait()
    result = desk("people", "remove", "107", "--yes")
    holder.join()
    assert result.code == code, result.err
    if code:
        assert "held the database for too long" in result.err


class Server:
    """`renraku serve` in a process of its own."""

    address = ""

    def __init__(self, *args: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve", *args],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out + err


@pytest.fixture
def server(desk: Desk) -> Iterator[Server]:
    running = Server("--port", "0")
    try:
        greeting = running.line()
        assert "Renraku is running at http://127.0.0.1:" in greeting
        running.address = greeting.split()[4]
        yield running
    finally:
        running.process.kill()
        running.process.communicate()


def test_commands_work_beside_a_server(desk: Desk, server: Server) -> None:
    result = desk.good(*START, "--everyone", "--drill", "--yes")
    assert "8 people are being asked" in result.out
    assert "No server is running" not in result.err
    told = desk.good("rollcall", "status", "--json").json
    for _ in range(100):
        if told["state"] == "open":
            break
        time.sleep(0.1)
        told = desk.good("rollcall", "status", "--json").json
    assert told["counts"]["missing"] == 8
    assert results(desk.good("check", "--json"))["server"] == "ok"
    [invited] = desk.good("people", "invite", "105", "--json", links=True).json
    with urllib.request.urlopen(invited["link"]) as page:
        assert "زلزال" in page.read().decode(), "a kind of incident is told in the reader's words"
    desk.good("rollcall", "close", "--as", "100", "--yes")
    desk.good("journal", "--verify")
    second = desk("serve", "--port", "0")
    assert second.code == 1
    assert "already running" in second.err
    code, said = server.end()
    assert (code, "Traceback" in said) == (0, False)
    assert "Ended" in said
    assert results(desk("check", "--json"))["server"] == "look"


def test_the_port_and_its_links_beside_a_server(
    desk: Desk, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    listens = server.address
    port = listens.rpartition(":")[2]
    monkeypatch.setenv("RENRAKU_WEB__PORT", str(free_port()))
    elsewhere = finding(desk.good("check", "--json"), "port")
    assert elsewhere["result"] == "look"
    assert f"the server runs at {listens}, but the settings say" in elsewhere["says"]
    invited = desk.good("people", "invite", "100", links=True)
    assert f"{listens}/c/" in invited.out
    assert "these links end when it is started without options" in invited.err
    monkeypatch.setenv("RENRAKU_WEB__PORT", port)
    ours = finding(desk.good("check", "--json"), "port")
    assert (ours["result"], ours["says"]) == ("ok", f"this Renraku serves {port} on 127.0.0.1")
    assert "started without options" not in desk.good("people", "invite", "100", links=True).err
    again = desk("serve")
    assert again.code == 1
    assert again.err.strip() == f"This Renraku is already running at port {port} on 127.0.0.1."
    server.end()
    monkeypatch.setenv("RENRAKU_WEB__PORT", str(free_port()))
    moved = desk.good("people", "invite", "100", links=True)
    assert f"The server ran at {listens} before" in moved.err
    second = Server()
    try:
        assert "Renraku is running" in second.line()
        _, said = second.end()
        assert f"It ran at {listens} before: links that begin so do not lead here." in said
    finally:
        second.process.kill()
        second.process.communicate()


def test_a_second_ctrl_c_ends_at_once(desk: Desk, server: Server) -> None:
    server.process.send_signal(signal.SIGINT)
    code, said = server.end(signal.SIGINT)
    assert code in (0, 130)
    assert "Traceback" not in said


def test_after_a_kill_the_next_server_starts(desk: Desk, server: Server) -> None:
    server.process.kill()
    server.process.wait()
    desk.good("people", "list")
    # Its last sign is fresh, but no further one comes.
    again = Server("--port", "0")
    try:
        assert "Renraku is running" in again.line()
        assert again.end()[0] == 0
    finally:
        again.process.kill()
        again.process.communicate()


def test_serve_refuses(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = desk("serve", "--host", "192.0.2.1", "--port", "0")
    assert nowhere.code == 2
    monkeypatch.setenv("RENRAKU_REPLICA", "cli")
    assert desk("serve", "--port", "0").code == 2
