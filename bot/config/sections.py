"""Every setting: its name, its limits, its default, and one sentence on what it does.

Rules of the room:
- A setting is one line: `name: type = key(default, sentence, lowest, highest)`. Its default is
  written as people write it. `config.example.toml` and every refusal are made from that line.
- Nothing unknown is accepted at any level, and nothing changes while Renraku runs.
- `Settings()` is the defaults alone; `load` reads the file and the environment.

>>> settings = Settings()
>>> settings.web.port, settings.policy.of("critical").climb_every
(8080, 300)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import PrivateAttr, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.asks import Policy
from bot.config.outside import Hook, Mail, Outbound
from bot.config.platforms import BUILT_IN_LANES, Lane, Slack, Telegram
from bot.config.values import (
    ConfigError,
    DatabaseUrl,
    KeyNumber,
    Language,
    MasterKey,
    Name,
    PublicUrl,
    Section,
    Severity,
    Span,
    TimeZone,
    Words,
    decoded,
    key,
    span_text,
)

PREFIX = "RENRAKU_"
NESTED = "__"


class Origin(NamedTuple):
    """Where a value was set: by `default`, in a `file`, by a variable (`environment`), or when it
    was started (`option`); and in which one."""

    kind: str
    place: str = ""


DEFAULT = Origin("default")


class Organisation(Section):
    """Who uses this."""

    name: str = key(
        "Our organisation", "The name people see in messages.", min_length=1, max_length=80
    )
    language: Language = key("en", "The language of people who have not chosen one.")
    time_zone: TimeZone = key("UTC", "The time zone of people who have none of their own.")


class Database(Section):
    """Where everything is kept."""

    url: DatabaseUrl = key(
        "sqlite:///renraku.db",
        "SQLite for one machine, or postgresql://user:password@host/name for several replicas.",
        repr=False,
        json_schema_extra={"secret": True},
    )

    @property
    def shown(self) -> str:
        """The address without its password, for people and logs."""
        return re.sub(r"(?<=://)(.*):.*@", r"\1:***@", self.url).partition("?")[0]


class Secrets(Section):
    """The key that seals contact addresses. Without it they can never be read again."""

    master_key: MasterKey = key(
        None,
        "The master key, 32 bytes in base64; better given as RENRAKU_SECRETS__MASTER_KEY.",
        json_schema_extra={"secret": True},
    )
    master_key_file: Path = key(
        Path("renraku.key"), "The file holding the master key where master_key is not given."
    )

    def read(self) -> bytes:
        """The master key, 32 bytes. Raises `ConfigError` where it is missing or damaged."""
        if self.master_key is not None:
            return decoded(self.master_key.get_secret_value())
        remedy = "name the right file in secrets.master_key_file"
        try:
            return decoded(self.master_key_file.read_text(encoding="ascii"))
        except FileNotFoundError:
            problem = f"does not exist: {remedy}, or make one with `openssl rand -base64 32`"
        except OSError as error:
            problem = f"cannot be read ({error.strerror}): mend its permissions or {remedy}"
        except ValueError:
            problem = f"does not hold 32 bytes in base64: restore it from a copy or {remedy}"
        raise ConfigError(f"The master key file {self.master_key_file} {problem}.")


class Web(Section):
    """Personal links, the web chat and the board."""

    host: str = key("127.0.0.1", "The address to listen on; 0.0.0.0 is every one.", min_length=1)
    port: int = key(8080, "The port to listen on; 0 takes any free one.", 0, 65535)
    public_url: PublicUrl = key(
        "", "The address people open, used in personal links; empty is http://host:port."
    )
    link_lifetime: Span = key("400d", "How long a personal link works.", "1h", "3650d")
    board_link: Span = key("15m", "How long a link that signs in to the board works.", "1m", "1d")
    board_idle: Span = key(
        "12h", "After how long without use a browser is signed out of the board.", "5m", "90d"
    )
    board_lifetime: Span = key(
        "7d", "After how long a browser is signed out of the board in any case.", "1h", "365d"
    )
    tap_lifetime: Span = key(
        "60d",
        "How long a one-tap link works; never shorter than late answers are welcome.",
        "1d",
        "1000d",
    )
    link_keys: list[KeyNumber] = key(
        [1],
        "Which keys make links: the first signs, all are accepted; put a new number in front, and"
        " taking one away ends its links.",
        min_length=1,
        max_length=8,
    )
    max_open_pages: int = key(
        20_000, "How many pages may be open at once; further ones are asked to wait.", 10, 1_000_000
    )

    @property
    def base_url(self) -> str:
        """What personal links begin with, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"


class Patience(Section):
    """How patient a question of one severity is."""

    first_reminder: Span = key(
        ..., "How long after the question the first reminder goes out.", "10s", "30d"
    )
    remind_every: Span = key(..., "How long after one reminder the next goes out.", "10s", "30d")
    reminders: int = key(..., "How many reminders a person gets before it climbs.", 0, 20)
    climb_every: Span = key(
        ..., "How long each person above has before it climbs further.", "10s", "30d"
    )
    rounds: int = key(
        ..., "How often a page starts again from the bottom when the top stayed silent.", 1, 20
    )
    backstop: Span = key(
        ..., "How long to wait for a channel before the clock starts anyway.", "10s", "30d"
    )

    call_after: Span = key(
        ...,
        "How long after a roll call began people call whoever is silent; 0s is never.",
        "0s",
        "30d",
    )

    def policy(self) -> Policy:
        """The same in whole seconds, as asks freeze it."""
        return Policy(
            first_reminder=int(self.first_reminder.total_seconds()),
            remind_every=int(self.remind_every.total_seconds()),
            reminders=self.reminders,
            climb_every=int(self.climb_every.total_seconds()),
            rounds=self.rounds,
            backstop=int(self.backstop.total_seconds()),
            call_after=int(self.call_after.total_seconds()),
        )


_NAMES = tuple(Patience.model_fields)
PATIENCE: dict[str, dict[str, Any]] = {
    "routine": dict(zip(_NAMES, ("1h", "4h", 2, "8h", 1, "1h", "12h"), strict=True)),
    "serious": dict(zip(_NAMES, ("5m", "10m", 2, "15m", 2, "30m", "20m"), strict=True)),
    "critical": dict(zip(_NAMES, ("3m", "3m", 2, "5m", 3, "15m", "20m"), strict=True)),
}


class Policies(Section):
    """How patient Renraku is, by severity."""

    routine: Patience = key({}, "Questions that can wait for hours.")
    serious: Patience = key({}, "Questions that need an answer within the hour.")
    critical: Patience = key({}, "Questions of life and limb.")

    @field_validator("routine", "serious", "critical", mode="before")
    @classmethod
    def _over_the_defaults(cls, given: object, info: ValidationInfo) -> object:
        if isinstance(given, Mapping) and info.field_name:
            return {**PATIENCE[info.field_name], **given}
        return given

    def of(self, severity: str) -> Policy:
        """The policy of one severity, ready to be frozen into an ask."""
        found: Patience = getattr(self, severity)
        return found.policy()


class RollCall(Section):
    """The question "are you safe?"."""

    severity: Severity = key("critical", "How urgent a roll call is.")
    drill_severity: Severity = key("serious", "How urgent a drill is.")
    late_answers: Span = key("7d", "How long answers are welcome after the end.", "0s", "365d")
    worklist_size: int = key(8, "How many silent people one worklist page shows.", 1, 50)
    tally_every: Span = key("1s", "How often a live tally is redrawn at most.", "1s", "10m")


class Kind(Section):
    """A kind of incident."""

    severity: Severity = key(..., "How urgent a report of this kind is.")
    labels: dict[Language, Words] = key(
        {}, "What people see, by language; needed for a kind that is not built in."
    )
    words: list[Words] = key([], "Further words that start a report of this kind.", max_length=50)
    hidden: bool = key(False, "Whether the form leaves this kind out.")


BUILT_IN_KINDS: dict[str, Severity] = {
    "fire": "critical",
    "earthquake": "critical",
    "typhoon": "serious",
    "flood": "critical",
    "injury": "critical",
    "intrusion": "critical",
    "data_leak": "serious",
    "misdirected": "serious",
    "lost_device": "serious",
    "lost_badge": "routine",
    "equipment": "routine",
    "outage": "serious",
    "mistake": "routine",
    "public_health": "serious",
    "supplier": "routine",
    "reputation": "serious",
    # Nobody knows yet what it is: rather too urgent than too late.
    "other": "serious",
}
"""Kinds whose words are in `bot/texts`, with the severity they have unless the file says else."""


class Limits(Section):
    """How much one person may send."""

    text: int = key(4000, "How many characters of a text are kept.", 100, 100_000)
    photo_megabytes: int = key(10, "How large a photo may be.", 1, 100)
    taps_per_minute: int = key(120, "How often one person may tap in a minute.", 1, 10_000)
    messages_per_minute: int = key(30, "How often one person may write in a minute.", 1, 10_000)
    drafts_kept: Span = key("14d", "How long an unfinished form waits.", "1h", "365d")


class Courier(Section):
    """How messages leave."""

    batch: int = key(200, "How many messages are taken from the outbox at once.", 1, 10_000)
    lease: Span = key("60s", "After how long a message held by a dead replica is free.", "5s", "1h")
    attempts: int = key(8, "How often one contact is tried before the next.", 1, 100)
    backoff: Span = key("2s", "The wait after the first failure; it doubles each time.", "1s", "1h")
    backoff_max: Span = key("5m", "The longest wait between two attempts.", "1s", "1d")
    stall_after: Span = key("2m", "After how long a waiting message raises an alarm.", "10s", "1d")

    @field_validator("backoff_max")
    @classmethod
    def _not_below_backoff(cls, value: timedelta, info: ValidationInfo) -> timedelta:
        least = info.data.get("backoff", value)
        if value < least:
            raise ValueError(f"must not be shorter than courier.backoff ({span_text(least)})")
        return value


class Log(Section):
    """What Renraku says about itself."""

    level: Literal["debug", "info", "warning", "error"] = key(
        "info", "The least important line that is written."
    )
    as_json: bool = key(False, "Whether each line is a JSON object, for machines.", alias="json")


class Settings(BaseSettings):
    """All settings. `Settings(web={"port": 1})` is the defaults but for what is given."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=NESTED,
        frozen=True,
        extra="forbid",
        validate_default=True,
        hide_input_in_errors=True,
    )

    _came: Mapping[tuple[str, ...], Origin] = PrivateAttr(default_factory=dict)

    def origin(self, *path: str) -> Origin:
        """Where what stands at this path was set."""
        steps = [path[:length] for length in range(len(path), 0, -1)]
        return next((self._came[step] for step in steps if step in self._came), DEFAULT)

    replica: str = key(
        "server",
        "The name of this process in the journal; each replica needs its own.",
        pattern=r"^[A-Za-z0-9_.-]{1,40}$",
        json_schema_extra={"words": "1 to 40 letters, digits, dots, _ or -"},
    )
    organisation: Organisation = key({}, "Who uses this.")
    database: Database = key({}, "Where everything is kept.")
    secrets: Secrets = key(
        {}, "The key that seals contact addresses: keep a copy, nobody can recover them without it."
    )
    web: Web = key({}, "Personal links, the web chat and the board.")
    policy: Policies = key({}, "How patient Renraku is, by severity.")
    rollcall: RollCall = key({}, 'The question "are you safe?".')
    kinds: dict[Name, Kind] = key({}, "What can be reported; yours are added to these.")
    limits: Limits = key({}, "How much one person may send.")
    courier: Courier = key({}, "How messages leave.")
    lanes: dict[Name, Lane] = key({}, "The pace of a channel; one not named is not slowed.")
    slack: Slack = key({}, "Slack; `renraku slack manifest` prints what its app needs.")
    telegram: Telegram = key({}, "Telegram; its bot is made by talking to @BotFather.")
    mail: Mail = key({}, "E-mail, by SMTP; answers come by the links in it.")
    outbound: Outbound = key({}, "SMS, voice and push, by a service that apprise knows.")
    hooks: dict[Name, Hook] = key({}, "Gateways that hand in replies and receipts.")
    log: Log = key({}, "What Renraku says about itself.")

    @field_validator("kinds", "lanes", mode="before")
    @classmethod
    def _over_the_built_in(cls, given: object, info: ValidationInfo) -> object:
        if not isinstance(given, Mapping):
            return given
        merged: dict[str, object] = (
            {n: {"severity": s} for n, s in BUILT_IN_KINDS.items()}
            if info.field_name == "kinds"
            else {**BUILT_IN_LANES}
        )
        for name, value in given.items():
            known = merged.get(name)
            both = isinstance(known, dict) and isinstance(value, Mapping)
            merged[name] = {**known, **value} if both else value  # type: ignore[dict-item]
        return merged

    @field_validator("kinds")
    @classmethod
    def _words_for_every_kind(cls, kinds: dict[str, Kind]) -> dict[str, Kind]:
        for name, kind in kinds.items():
            if name not in BUILT_IN_KINDS and not kind.labels:
                raise ValueError(
                    f'needs words for "{name}", which is not built in: '
                    f'write labels = {{ en = "..." }} below [kinds.{name}]'
                )
        return kinds

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is given counts, each of `layers` over the next; nothing is looked for."""
        given = dict(init_settings())
        layers = given.pop("layers", ())
        return tuple(InitSettingsSource(settings_cls, layer) for layer in (given, *layers))
