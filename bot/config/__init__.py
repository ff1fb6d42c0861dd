"""The settings: what there is to set, how it is read, how it is explained.

    settings = load(Path("renraku.toml"), web={"port": 9000})
    settings.web.base_url                  # "http://127.0.0.1:9000"
    settings.policy.of("critical")         # an `asks.Policy`, ready to be frozen into an ask
    settings.kinds["fire"].severity        # "critical"

`sections` lists every setting, `values` says what each may be, `reading` joins file, environment
and options into one, `explain` writes `config.example.toml`. Whatever is wrong raises
`ConfigError`, whose text is one sentence for people.
"""

from bot.config.explain import Setting, describe, example
from bot.config.platforms import Lane, Slack, Telegram
from bot.config.reading import load
from bot.config.sections import BUILT_IN_KINDS, Kind, Settings
from bot.config.values import SEVERITIES, ConfigError, Severity, span, span_text

__all__ = [
    "BUILT_IN_KINDS",
    "SEVERITIES",
    "ConfigError",
    "Kind",
    "Lane",
    "Setting",
    "Settings",
    "Severity",
    "Slack",
    "Telegram",
    "describe",
    "example",
    "load",
    "span",
    "span_text",
]
