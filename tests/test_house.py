"""The house keeps its own rules: imports run one way, every room says what it is for.

Each rule is checked on the files themselves, so a new file is under it from its first line.
"""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PRODUCT = sorted(p for room in ("bot", "adapters", "storage") for p in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

MOST_LINES = 400
LONGER_FOR_A_REASON: dict[str, str] = {}
"""Files past `MOST_LINES`, by path, each with the reason why it is still one noun."""

NAMES_THAT_SAY_NOTHING = {"utils", "util", "helper", "helpers", "manager", "base", "common", "misc"}

# Where the parts are joined, and where time and chance come from.
# APScheduler runs on the machine's own time; what is due is read from the clock handed in.
MAY_READ_THE_CLOCK = (
    *("bot/ports.py", "bot/scheduler.py", "bot/app.py", "bot/cli.py"),
    *("bot/commands/", "bot/demo"),
)
CLOCK_AND_CHANCE = re.compile(
    r"datetime\.(now|utcnow|today)|date\.today|time\.(time|monotonic|sleep)(_ns)?|asyncio\.sleep"
    r"|random\.\w+|secrets\.(choice|token_\w+|randbelow)|uuid\.uuid[14]|os\.urandom"
)


def at(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=at(path))


def test_imports_run_one_way(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    code = lint_imports(config_filename="pyproject.toml", no_cache=True, no_logo=True)
    assert code == 0, capsys.readouterr().out


def test_every_room_is_a_package() -> None:
    # Migrations are no room: Alembic loads them by path, and their names begin with a number.
    modules = [path for path in PRODUCT if "migrations" not in path.parts]
    folders = {parent for path in modules for parent in path.parents if ROOT in parent.parents}
    assert [at(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_every_module_says_what_it_is_for() -> None:
    empty = [path for path in TESTS if not path.read_text(encoding="utf-8").strip()]
    silent = [
        at(path)
        for path in PRODUCT + TESTS
        if path not in empty and not (ast.get_docstring(tree(path)) or "").strip()
    ]
    assert silent == []


def test_no_file_holds_two_nouns() -> None:
    # A migration is written by Alembic, and as long as the tables are many.
    written = [path for path in PRODUCT if "versions" not in path.parts]
    lengths = {at(path): len(path.read_text(encoding="utf-8").splitlines()) for path in written}
    long = {name for name, lines in lengths.items() if lines > MOST_LINES}
    assert long - set(LONGER_FOR_A_REASON) == set(), "look for the second noun in it"
    assert set(LONGER_FOR_A_REASON) - long == set(), "no longer long: take it off the list"


def test_every_name_says_something() -> None:
    assert [at(path) for path in PRODUCT if path.stem in NAMES_THAT_SAY_NOTHING] == []


def test_nothing_is_left_for_later() -> None:
    unfinished = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
    assert [at(path) for path in PRODUCT if unfinished.search(path.read_text("utf-8"))] == []


def test_time_and_chance_are_handed_in() -> None:
    """One thread with a virtual clock and a seed can run the whole core, and run it again."""
    core = [p for p in PRODUCT if at(p).startswith("bot/")]
    found = [
        f"{at(path)}:{call.lineno} {ast.unparse(call.func)}"
        for path in core
        if not at(path).startswith(MAY_READ_THE_CLOCK)
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and CLOCK_AND_CHANCE.fullmatch(ast.unparse(call.func))
        # Letting others run takes no time.
        and ast.unparse(call) != "asyncio.sleep(0)"
    ]
    assert found == []


EXAMPLES = [path for path in PRODUCT if ">>> " in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", EXAMPLES, ids=at)
def test_the_examples_in_the_code_are_true(path: Path) -> None:
    name = at(path.parent if path.name == "__init__.py" else path.with_suffix(""))
    module = importlib.import_module(name.replace("/", "."))
    result = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert (result.failed, result.attempted > 0) == (0, True)


# --- The lock files ------------------------------------------------------------------------


def locked(name: str) -> dict[str, str]:
    """Package -> version; fails on a line that is not a pinned, hashed requirement."""
    text = (ROOT / name).read_text(encoding="utf-8")
    versions: dict[str, str] = {}
    for entry in re.split(r"\n(?=\S)", text.strip()):
        wanted, *rest = entry.split("\n")
        requirement = Requirement(wanted.rstrip(" \\"))
        [pin] = requirement.specifier
        assert pin.operator == "==", entry
        assert any(line.strip().startswith("--hash=sha256:") for line in rest), entry
        versions[canonicalize_name(requirement.name)] = pin.version
    return versions


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_versions_and_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(
        r"(^|\s)(/|-[a-z]\s|--(?!hash=))", text.replace("-c requirements.lock", "")
    )
    assert locked(name)


def test_the_locks_agree_with_each_other_and_with_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert runtime.items() <= dev.items()
    extra = project["optional-dependencies"]["dev"]
    for wanted, lock in ((project["dependencies"], runtime), (extra, dev)):
        for requirement in map(Requirement, wanted):
            version = lock.get(canonicalize_name(requirement.name), "missing: run `make lock`")
            assert requirement.specifier.contains(version), f"{requirement} {version}"
