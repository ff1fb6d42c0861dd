"""The settings of the chat platforms, and the pace of every channel.

Rules of the room:
- A token is a secret: given by itself, better in the environment, or in a file of its own. It
  is never part of a sentence, a log or an error.
- A platform without a token is not used.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, SecretStr

from bot.config.values import ConfigError, PublicUrl, Section, key


def _shown_once(value: SecretStr | None) -> SecretStr | None:
    text = value.get_secret_value().strip() if value is not None else ""
    return SecretStr(text) if text else None


Token = Annotated[SecretStr | None, AfterValidator(_shown_once)]
SECRET = {"secret": True}


def _room(name: str) -> str:
    noun, _, rest = name.partition(":")
    if name != "everyone" and not (noun in ("site", "team") and rest):
        raise ValueError('must name who is in it: "everyone", "site:Osaka" or "team:Night shift"')
    return name


Rooms = dict[Annotated[str, AfterValidator(_room)], str]
"""Who is in a room (`everyone`, `site:<name>`, `team:<name>`), and its id on the platform."""


def opened(name: str, token: SecretStr | None, file: Path) -> str:
    """A secret given by itself or in a file; empty where there is none."""
    if token is not None:
        return token.get_secret_value()
    if file == Path():
        return ""
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(
            f"{name}_file names {file}, which cannot be read: mend the path or its permissions."
        ) from None


class Slack(Section):
    """Slack; see `renraku slack manifest`."""

    bot_token: Token = key(
        None,
        "The bot token (xoxb-); better given as RENRAKU_SLACK__BOT_TOKEN; without it no Slack.",
        json_schema_extra=SECRET,
    )
    bot_token_file: Path = key(Path(), "The file holding the bot token.")
    app_token: Token = key(
        None,
        "The app-level token (xapp-) for socket mode, with the scope connections:write.",
        json_schema_extra=SECRET,
    )
    app_token_file: Path = key(Path(), "The file holding the app-level token.")
    signing_secret: Token = key(
        None, "The signing secret, for http mode.", json_schema_extra=SECRET
    )
    signing_secret_file: Path = key(Path(), "The file holding the signing secret.")
    mode: Literal["socket", "http"] = key(
        "socket",
        "socket needs no public address; http, for several replicas, is web.public_url/slack.",
    )
    connections: int = key(2, "How many connections are kept open in socket mode.", 1, 10)
    directory: bool = key(
        True,
        "Whether people are found in Slack's directory by e-mail, before they have ever written.",
    )
    api_url: PublicUrl = key("https://slack.com/api", "Where Slack's Web API is.")
    rooms: Rooms = key(
        {}, 'Channels that get a roll call as one post, as { "site:Osaka" = "C0123456789" }.'
    )

    def secret(self, name: str) -> str:
        """One of `bot_token`, `app_token`, `signing_secret`; empty where it is not given."""
        return opened(f"slack.{name}", getattr(self, name), getattr(self, f"{name}_file"))


class Telegram(Section):
    """Telegram; its bot is made by talking to @BotFather."""

    token: Token = key(
        None,
        "The bot's token; better given as RENRAKU_TELEGRAM__TOKEN; without it no Telegram.",
        json_schema_extra=SECRET,
    )
    token_file: Path = key(Path(), "The file holding the token.")
    mode: Literal["polling", "webhook"] = key(
        "polling",
        "polling needs no public address; webhook, for several replicas, is"
        " web.public_url/telegram.",
    )
    webhook_secret: Token = key(
        None,
        "What Telegram must show at the webhook: 1 to 256 letters, digits, _ or -.",
        json_schema_extra=SECRET,
    )
    webhook_secret_file: Path = key(Path(), "The file holding the webhook secret.")
    api_url: PublicUrl = key("https://api.telegram.org", "Where Telegram's Bot API is.")
    rooms: Rooms = key(
        {}, 'Groups that get a roll call as one post, as { "site:Osaka" = "-1001234567890" }.'
    )

    def secret(self, name: str) -> str:
        """One of `token`, `webhook_secret`; empty where it is not given."""
        return opened(f"telegram.{name}", getattr(self, name), getattr(self, f"{name}_file"))


class Lane(Section):
    """The pace of one channel."""

    rate: float = key(..., "Messages a second over a longer time.", 0.01, 10_000)
    burst: int = key(1, "How many may go at once after a pause.", 1, 10_000)
    start: float = key(
        0, "Messages a second to begin with, faster from there up to rate; 0 is rate.", 0, 10_000
    )
    strict: bool = key(False, "Whether no single second may ever see more messages than rate.")


BUILT_IN_LANES: dict[str, dict[str, float]] = {
    # Slack publishes no limit for messages to many people: begin moderately, find out slowly.
    "slack": {"rate": 50.0, "burst": 20, "start": 10.0},
    # Telegram: about 30 messages a second, whichever second.
    "telegram": {"rate": 30.0, "burst": 30, "strict": True},
    # Mail servers count by the minute or the hour, each differently: moderately.
    "email": {"rate": 20.0, "burst": 20, "start": 5.0},
    # One sender's number takes about one a second in many countries; short codes take more.
    "sms": {"rate": 5.0, "burst": 5, "start": 1.0},
    "voice": {"rate": 1.0, "burst": 2},
    "push": {"rate": 20.0, "burst": 20},
}
"""The pace of the platforms unless the file says else."""
