"""The README holds what it says: its example runs, and whatever it names is there."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from bot import cli

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAPERS = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLE = re.compile(
    r"<!-- example: first roll call -->\s+```console\n(.*?)```\s+<!-- end -->", re.S
)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
CODE = re.compile(r"`([^`\n]+)`")
MADE_BY_RUNNING = (".venv/", "renraku.db", "renraku.key", "config.toml")


def text_of(paper: Path) -> str:
    return paper.read_text(encoding="utf-8")


# --- the example -----------------------------------------------------------------------------


def test_the_first_roll_call_works_as_written(tmp_path: Path) -> None:
    """Line by line, in one shell, in an empty folder beside whose `.venv` it would be."""
    found = EXAMPLE.search(text_of(README))
    assert found, "the example has lost its marks"
    lines = found[1].splitlines()
    assert len(lines) > 5
    assert all(line.startswith("$ ") for line in lines), "only commands, no output"
    commands = [line.removeprefix("$ ") for line in lines]
    (tmp_path / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    script = "".join(f"{line} || {{ echo 'failed: line {n}' >&2; exit {n}; }}\n"
                     for n, line in enumerate(commands, start=1))  # fmt: skip
    # A port of its own: another Renraku may be running on this machine.
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    inherited = {name: value for name, value in os.environ.items() if "RENRAKU" not in name}
    done = subprocess.run(
        [shutil.which("sh") or "sh"],
        input=script,
        cwd=tmp_path,
        env={
            **inherited,
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "RENRAKU_WEB__PORT": port,
        },
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, f"{commands[done.returncode - 1]}: {done.stderr}"
    assert done.stdout.count("/c/") == 3, "a link for each of the three"
    assert "Earthquake. Are you safe?" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


# --- commands --------------------------------------------------------------------------------


Spoken = tuple[str, ...]
"""A command as it is typed, without the first word."""


def every_command(
    command: Any, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    below = getattr(command, "commands", None)
    if not below:
        yield path, command
        return
    for name, found in below.items():
        yield from every_command(found, (*path, name))


def named(text: str) -> Iterator[tuple[Spoken, list[str]]]:
    """The commands a paper names, with their options; `a|b` in a table names both."""
    spoken = [*CODE.findall(text), *re.findall(r"^\$ (.+)$", text, re.M)]
    for line in spoken:
        line = line.replace("\\|", "|")
        if not re.match(r"renraku [a-z]", line):
            continue
        words = line.split()[1:]
        path = []
        for word in words:
            if not re.fullmatch(r"[a-z]+(\|[a-z]+)*", word) or len(path) == 2:
                break
            path.append(word.split("|"))
        options = [word for word in words if word.startswith("--")]
        for one in product(*path):
            yield one, options


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_command_and_option_named_exists(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = dict(every_command(cli.build()))
    for path, options in named(text_of(paper)):
        # What follows a command may be an argument: `renraku tree somebody`.
        found = path if path in known else path[:1]
        assert found in known, f"renraku {' '.join(path)}"
        assert cli.run([*found, "--help"]) == 0
        has = {opt for param in known[found].params for opt in (*param.opts, *param.secondary_opts)}
        assert set(options) <= {*has, "--help"}, f"renraku {' '.join(found)}"
    capsys.readouterr()


def test_every_command_is_in_the_readme() -> None:
    listed = {path for path, _ in named(text_of(README))}
    assert {path for path, _ in every_command(cli.build())} - listed == set()


# --- files and targets -----------------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_file_and_link_named_exists(paper: Path) -> None:
    text = text_of(paper)
    missing = [
        link
        for link in LINK.findall(text)
        if not re.match(r"[a-z]+:", link) and not (paper.parent / link).exists()
    ]
    for code in CODE.findall(text):
        if not re.fullmatch(r"[\w.-]+(/[\w.-]*)+|[\w-]+\.(md|py|toml|lock)", code):
            continue  # no path
        if re.match(r"[a-z]+/[a-z-]+$", code) and not (ROOT / code.split("/")[0]).exists():
            continue  # a media type, such as text/event-stream
        near = (ROOT / code, paper.parent / code, ROOT / "bot" / code)
        if not code.startswith(MADE_BY_RUNNING) and not any(path.exists() for path in near):
            missing.append(code)
    assert missing == []


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.M))
    for paper in PAPERS:
        asked = set(re.findall(r"(?:`|\$ )make ([a-z]+)", text_of(paper)))
        assert asked <= targets, paper.name
    assert {"run", "test", "help", "bench"} <= targets
