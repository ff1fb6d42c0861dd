"""`python -m bot.config` prints the text of `config.example.toml`."""

import sys

from bot.config.explain import example

sys.stdout.write(example())
