"""A strict Slack on loopback: what the adapter, whole stories and benches talk to.

    async with Slack() as slack:
        aiko = slack.add_user("U1", real_name="Aiko Tanaka", email="aiko@example.org")
        ...                     # point the app at slack.api_url, slack.bot_token, slack.app_token
        await slack.sockets.connected()
        await aiko.says("fire in building B")
        await aiko.taps("I am safe")
        assert "Thank you" in aiko.last.shown

Rules of the room:
- It follows the public protocol of Slack, not the needs of any adapter: it knows no product.
- It refuses what the platform refuses, with the platform's own errors.
"""

from .blocks import message_faults, view_faults
from .clock import StandingClock
from .deliveries import Delivery
from .messages import Message
from .modals import View
from .phone import Phone
from .screens import NotShown
from .slack import Slack
from .workspace import APP, BOT, BOT_USER, TEAM

__all__ = [
    "APP",
    "BOT",
    "BOT_USER",
    "TEAM",
    "Delivery",
    "Message",
    "NotShown",
    "Phone",
    "Slack",
    "StandingClock",
    "View",
    "message_faults",
    "view_faults",
]
