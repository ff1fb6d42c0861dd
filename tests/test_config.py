"""The settings: layers, limits, and one sentence for whatever is wrong."""

from __future__ import annotations

import base64
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import (
    BUILT_IN_KINDS,
    ConfigError,
    Settings,
    describe,
    example,
    load,
    span,
    span_text,
)
from bot.config.values import Language
from bot.people import LANGUAGES

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"
KEY = base64.b64encode(bytes(range(32))).decode()


def read(
    toml: str, tmp_path: Path, environ: dict[str, str] | None = None, **options: Any
) -> Settings:
    file = tmp_path / "renraku.toml"
    file.write_text(toml, encoding="utf-8")
    return load(file, environ=environ or {}, **options)


def refusal(
    toml: str, tmp_path: Path, environ: dict[str, str] | None = None, **options: Any
) -> str:
    with pytest.raises(ConfigError) as caught:
        read(toml, tmp_path, environ, **options)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith((".", "?"))
    return sentence.replace(str(tmp_path) + "/", "")


# --- Layers --------------------------------------------------------------------------------


def test_the_defaults_alone_are_enough() -> None:
    settings = load(None, environ={})
    assert settings == load(None, environ={"HOME": "/", "RENRAKU_CONFIG": "elsewhere.toml"})
    assert settings == Settings()
    assert settings.web.base_url == "http://127.0.0.1:8080"


def test_an_option_counts_more_than_the_environment_and_that_more_than_the_file(
    tmp_path: Path,
) -> None:
    toml = '[web]\nhost = "a.example"\nport = 1\nlink_lifetime = "1d"'
    environ = {"RENRAKU_WEB__HOST": "b.example", "RENRAKU_WEB__PORT": "2"}
    settings = read(toml, tmp_path, environ, web={"port": 3, "host": None})
    assert (settings.web.host, settings.web.port) == ("b.example", 3)
    assert settings.web.link_lifetime == timedelta(days=1)


def test_the_environment_of_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENRAKU_POLICY__CRITICAL__CLIMB_EVERY", "90s")
    monkeypatch.setenv("RENRAKU_KINDS__FIRE__HIDDEN", "true")
    monkeypatch.setenv("RENRAKU_KINDS__FIRE__WORDS", '["ablaze"]')
    monkeypatch.setenv("RENRAKU_LOG__JSON", "true")
    settings = load(None)
    assert settings.policy.of("critical").climb_every == 90
    assert settings.kinds["fire"].hidden
    assert settings.kinds["fire"].words == ["ablaze"]
    assert settings.log.as_json


def test_changing_one_key_of_a_policy_keeps_the_others(tmp_path: Path) -> None:
    critical = read('[policy.critical]\nremind_every = "1m"', tmp_path).policy.of("critical")
    assert critical.code() == "180/60/2/300/3/900/1200"


def test_kinds_of_the_file_are_added_to_the_built_in_ones(tmp_path: Path) -> None:
    toml = """
        [kinds.fire]
        words = ["ablaze"]
        [kinds.typhoon]
        hidden = true
        [kinds.robot]
        severity = "routine"
        labels = { en = "Robot stopped", zh-Hant = "機器人停止" }
    """
    kinds = read(toml, tmp_path).kinds
    assert list(kinds) == [*BUILT_IN_KINDS, "robot"]
    assert (kinds["fire"].severity, kinds["fire"].words) == ("critical", ["ablaze"])
    assert kinds["typhoon"].hidden
    assert kinds["robot"].labels["zh-Hant"] == "機器人停止"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert read("\ufeff[web]\nport = 9", tmp_path).web.port == 9


def test_settings_never_change_while_running() -> None:
    settings = Settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.web.port = 1  # type: ignore[misc]
    with pytest.raises(ValueError, match="frozen"):
        settings.replica = "other"  # type: ignore[misc]


def test_the_languages_are_those_of_the_house() -> None:
    assert get_args(Language) == LANGUAGES


# --- Lengths of time -----------------------------------------------------------------------


@given(st.integers(0, 10**9))
def test_a_length_of_time_survives_being_written_and_read(seconds: int) -> None:
    assert span(span_text(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("90s", 90), ("5m", 300), ("2h", 7200), ("7d", 604800), ("1h30m", 5400), (0, 0), ("0", 0)],
)
def test_lengths_of_time_as_people_write_them(written: object, seconds: int) -> None:
    assert span(written) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "wrong", ["", "-5m", "5 minutes", "m", "٥m", "1e3s", True, 1.5, [], 60, "45"]
)
def test_what_is_no_length_of_time_is_refused(wrong: object) -> None:
    with pytest.raises(ConfigError, match=r"^rollcall\.tally_every .* must be a duration from 1s"):
        load(None, environ={}, rollcall={"tally_every": wrong})


# --- Sentences -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        (
            "[web]\nprot = 80",
            "web.prot in renraku.toml is not a setting: did you mean web.port?",
        ),
        (
            "port = 80",
            "port in renraku.toml is not a setting: did you mean web.port?",
        ),
        (
            "[wbe]\nport = 80",
            "wbe in renraku.toml is not a setting: did you mean web?",
        ),
        (
            "[policy.critical]\nremind_evry = 5",
            "policy.critical.remind_evry in renraku.toml is not a setting: "
            "did you mean policy.critical.remind_every?",
        ),
        (
            "[policy.urgent]",
            "policy.urgent in renraku.toml is not a setting: "
            "[policy] knows routine, serious, critical.",
        ),
        (
            "[kinds.fire]\nseverty = 1",
            "kinds.fire.severty in renraku.toml is not a setting: "
            "did you mean kinds.fire.severity?",
        ),
        (
            '[web]\nport = "eighty"',
            'web.port in renraku.toml must be a whole number from 0 to 65535, not "eighty": '
            "write for example `port = 8080`.",
        ),
        (
            "[web]\nport = 70000",
            "web.port in renraku.toml must be a whole number from 0 to 65535, not 70000: "
            "write for example `port = 8080`.",
        ),
        (
            "[policy.critical]\nremind_every = 5",
            "policy.critical.remind_every in renraku.toml must be a duration from 10s to 30d, "
            'written like "90s", "5m", "2h" or "7d", not 5: '
            'write for example `remind_every = "5m"`.',
        ),
        (
            '[organisation]\nlanguage = "fr"',
            'organisation.language in renraku.toml must be one of "en", "ja", "zh-Hant", '
            '"zh-Hans", "ar", not "fr": write for example `language = "en"`.',
        ),
        (
            '[organisation]\ntime_zone = "Asia/Tokio"',
            "organisation.time_zone in renraku.toml must be a time zone such as "
            '"UTC" or "Asia/Tokyo", not "Asia/Tokio".',
        ),
        (
            '[log]\njson = "perhaps"',
            'log.json in renraku.toml must be true or false, not "perhaps": '
            "write for example `json = false`.",
        ),
        (
            'web = "localhost"',
            "web in renraku.toml must be a section: write [web] and its keys below it.",
        ),
        (
            '[kinds.robot]\nlabels = { en = "Robot" }',
            "kinds.robot.severity in renraku.toml is missing: "
            'write for example `severity = "critical"`.',
        ),
        (
            '[kinds.robot]\nseverity = "serious"',
            'kinds in renraku.toml needs words for "robot", which is not built in: '
            'write labels = { en = "..." } below [kinds.robot].',
        ),
        (
            '[kinds."Big Robot"]\nseverity = "serious"',
            "kinds.Big Robot in renraku.toml must be named with 2 to 31 small letters, "
            "digits or _, a letter first.",
        ),
        (
            '[kinds.fire.labels]\nfr = "Feu"',
            "kinds.fire.labels.fr in renraku.toml must be named one of "
            '"en", "ja", "zh-Hant", "zh-Hans", "ar".',
        ),
        (
            '[courier]\nbackoff = "10m"',
            "courier.backoff_max in renraku.toml must not be shorter than courier.backoff (10m).",
        ),
        (
            '[web]\npublic_url = "renraku.example.org"',
            "web.public_url in renraku.toml must be the address people open, "
            'such as "https://renraku.example.org", or "".',
        ),
        (
            'replica = "a b"',
            "replica in renraku.toml must be 1 to 40 letters, digits, dots, _ or -, "
            'not "a b": write for example `replica = "server"`.',
        ),
        (
            "[lanes.slack]\nrate = 0",
            "lanes.slack.rate in renraku.toml must be a number from 0.01 to 10000, not 0: "
            "write for example `rate = 2`.",
        ),
    ],
)
def test_whatever_is_wrong_in_the_file_is_named(toml: str, sentence: str, tmp_path: Path) -> None:
    assert refusal(toml, tmp_path) == sentence


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        (
            "RENRAKU_WEB__PROT",
            "80",
            "RENRAKU_WEB__PROT is not a setting: did you mean RENRAKU_WEB__PORT?",
        ),
        (
            "RENRAKU_WBE__PORT",
            "80",
            "RENRAKU_WBE__PORT is not a setting: did you mean RENRAKU_WEB__PORT?",
        ),
        (
            "RENRAKU_WEB_PORT",
            "80",
            "RENRAKU_WEB_PORT is not a setting: did you mean RENRAKU_WEB__PORT?",
        ),
        (
            "RENRAKU_WEB__PORT",
            "eighty",
            'RENRAKU_WEB__PORT must be a whole number from 0 to 65535, not "eighty": '
            "write for example RENRAKU_WEB__PORT=8080.",
        ),
        (
            "RENRAKU_WEB",
            "8080",
            "RENRAKU_WEB must be a section: write [web] and its keys below it.",
        ),
        (
            "RENRAKU_KINDS__FIRE__WORDS",
            "ablaze",
            'RENRAKU_KINDS__FIRE__WORDS must be a list of texts, not "ablaze": '
            'write for example RENRAKU_KINDS__FIRE__WORDS=["one", "two"].',
        ),
    ],
)
def test_whatever_is_wrong_in_the_environment_is_named(
    variable: str, value: str, sentence: str, tmp_path: Path
) -> None:
    assert refusal("[web]\nport = 1", tmp_path, {variable: value}) == sentence


def test_a_variable_for_a_section_and_one_for_its_key_exclude_each_other() -> None:
    with pytest.raises(ConfigError, match="exclude each other"):
        load(None, environ={"RENRAKU_WEB": "x", "RENRAKU_WEB__PORT": "1"})
    both = {"RENRAKU_WEB": '{"host": "::1"}', "RENRAKU_WEB__PORT": "1"}
    assert load(None, environ=both).web.base_url == "http://[::1]:1"


def test_a_wrong_option_is_named() -> None:
    with pytest.raises(ConfigError, match=r"^web\.port among the options must be a whole number"):
        load(None, environ={"RENRAKU_WEB__PORT": "1"}, web={"port": "x"})


def test_every_fault_is_kept_and_the_first_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read('[web]\nport = "x"\nprot = 1', tmp_path)
    assert len(caught.value.problems) == 2
    assert str(caught.value) == caught.value.problems[0]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml does not exist: copy config\.example"):
        load(tmp_path / "absent.toml", environ={})
    with pytest.raises(ConfigError, match="is a folder"):
        load(tmp_path, environ={})


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    assert refusal("[web]\nport = 1\nhost = nowhere", tmp_path) == (
        "The configuration file renraku.toml is not valid TOML at line 3, column 8: "
        'texts need "quotes", and each key its own line.'
    )
    (tmp_path / "latin.toml").write_bytes(b'[organisation]\nname = "caf\xe9"')
    with pytest.raises(ConfigError, match="is not UTF-8 at byte 26"):
        load(tmp_path / "latin.toml", environ={})


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "renraku.toml"
    if os.geteuid() == 0:  # nothing is closed to root but a loop of links
        file.symlink_to(file)
    else:
        file.write_text("")
        file.chmod(0)
    with pytest.raises(ConfigError, match=r"renraku\.toml cannot be read \(.+\): mend its perm"):
        load(file, environ={})


# --- Secrets -------------------------------------------------------------------------------

PASSWORD = "correct-horse-battery"
FAULTS_BESIDE_A_SECRET = [
    f'[database]\nurl = "mysql://me:{PASSWORD}@host/db"',
    f'database = "postgresql://me:{PASSWORD}@host/db"',
    f'[secrets]\nmaster_key = "{PASSWORD}"',
    f'[secrets]\nmaster_kye = "{PASSWORD}"',
    f'secrets = "{PASSWORD}"',
    f'[secrets]\nmaster_key = ["{PASSWORD}"]',
    f'[secrets]\nmaster_key = "{PASSWORD}',
    f"[secrets]\nmaster_key = {PASSWORD}",
    f'[database]\nurl = "postgresql://me:{PASSWORD}@host/db"\n[web]\nport = "x"',
]


@pytest.mark.parametrize("toml", FAULTS_BESIDE_A_SECRET)
def test_no_refusal_repeats_a_secret(toml: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read(toml, tmp_path)
    assert PASSWORD not in " ".join(caught.value.problems)
    # Nor does the exception that a crash reporter would follow.
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or PASSWORD not in str(caught.value.__context__)


def test_no_refusal_of_a_variable_repeats_a_secret(tmp_path: Path) -> None:
    for name in ("SECRETS__MASTER_KEY", "DATABASE", "DATABASE__URL", "DATABASE_URL", "MASTER_KEY"):
        assert PASSWORD not in refusal("", tmp_path, {f"RENRAKU_{name}": f"x:{PASSWORD}@"})


def test_settings_do_not_show_their_secrets() -> None:
    settings = load(
        None,
        environ={},
        database={"url": f"postgresql://me:{PASSWORD}@host/db?password={PASSWORD}"},
        secrets={"master_key": KEY},
    )
    for shown in (repr(settings), str(settings), repr(settings.database), settings.database.shown):
        assert PASSWORD not in shown
        assert KEY not in shown
    assert settings.database.shown == "postgresql://me:***@host/db"
    assert PASSWORD in settings.database.url
    assert Settings().database.shown == "sqlite:///renraku.db"


def test_the_master_key_comes_from_the_environment_or_its_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(base64.urlsafe_b64encode(b"\xff" * 32).decode() + "\n")
    from_file = load(None, environ={}, secrets={"master_key_file": file})
    assert from_file.secrets.read() == b"\xff" * 32
    over_it = load(
        None, environ={"RENRAKU_SECRETS__MASTER_KEY": KEY}, secrets={"master_key_file": file}
    )
    assert over_it.secrets.read() == bytes(range(32))
    unset = {"RENRAKU_SECRETS__MASTER_KEY": ""}
    assert load(None, environ=unset).secrets.master_key is None


def test_a_missing_or_damaged_key_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "key"
    secrets = load(None, environ={}, secrets={"master_key_file": file}).secrets
    with pytest.raises(ConfigError, match=r"key does not exist: name the right file"):
        secrets.read()
    file.write_text("c2hvcnQ=")
    with pytest.raises(ConfigError, match=r"key does not hold 32 bytes in base64: restore") as c:
        secrets.read()
    assert "c2hvcnQ" not in str(c.value)


# --- The example file ----------------------------------------------------------------------


def test_the_example_file_is_up_to_date() -> None:
    assert EXAMPLE.read_text(encoding="utf-8") == example(), "run `make example`"


def test_the_example_as_it_stands_changes_nothing() -> None:
    assert load(EXAMPLE, environ={}) == Settings()


def test_every_key_of_the_example_loads_and_is_its_default(tmp_path: Path) -> None:
    toml = re.sub(r"^#(?=\S)", "", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    settings = read(toml, tmp_path).model_dump()
    defaults = Settings().model_dump()
    assert set(settings["kinds"]) - set(defaults["kinds"]) == {"robot"}
    del settings["kinds"]["robot"]
    assert settings["hooks"].pop("sms_gateway")["id"] == "MessageSid"
    assert settings == defaults


def test_every_setting_is_explained_in_one_sentence() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for setting in describe():
        assert re.fullmatch(r"[^.]+(\.[^. ][^.]*)*\.", setting.sentence), setting
        assert setting.sentence in text, setting
        assert setting.type, setting
    keys = [setting.key for setting in describe()]
    assert len(keys) == len(set(keys))
    assert {"web.port", "log.json", "kinds.<name>.severity", "replica"} < set(keys)
