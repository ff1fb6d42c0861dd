"""The fake Slack is held against the official client: what it takes, refuses and delivers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.adapters.slack_fake import Slack


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as running:
        running.add_user("U1", real_name="Aiko Tanaka", email="aiko@example.org")
        yield running


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)


async def refused(call: Any) -> dict[str, Any]:
    """The answer of a call that must fail."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response.data


async def test_a_message_to_a_person_opens_their_direct_messages(slack, client):
    answer = await client.chat_postMessage(channel="U1", text="Are you safe?")
    assert answer["channel"].startswith("D")
    assert slack.user("U1").last.shown == "Are you safe?"
    await client.chat_update(channel=answer["channel"], ts=answer["ts"], text="Thank you.")
    assert slack.user("U1").last.shown == "Thank you."
    update = client.chat_update(channel="U1", ts=answer["ts"], text="No.")
    assert (await refused(update))["error"] == "channel_not_found"
