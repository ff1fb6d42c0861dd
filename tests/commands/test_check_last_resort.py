"""`renraku check` asks the mail server for real, and looks at gateways without sending."""

from __future__ import annotations

import asyncio

import pytest

from tests.adapters import gateway as gateways
from tests.adapters import mail_server
from tests.commands.desk import Desk, Result

WELL = ("ok", "lets us in, with all the rights that are needed")


async def check(desk: Desk) -> dict[str, tuple[str, str]]:
    """What is found, by name: result and what it says."""
    result: Result = await asyncio.to_thread(desk, "check", "--json")
    assert "very-secret" not in result.out + result.err
    return {row["name"]: (row["result"], row["says"]) for row in result.json["checks"]}


def given(monkeypatch: pytest.MonkeyPatch, **names: object) -> None:
    for name, value in {"WEB__PORT": 0, **names}.items():
        monkeypatch.setenv(f"RENRAKU_{name}", str(value))


async def test_mail_and_gateway_are_looked_at_and_nothing_is_sent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with mail_server.serving() as mail, gateways.serving() as gateway:
        given(
            monkeypatch,
            MAIL__HOST="127.0.0.1",
            MAIL__PORT=mail.port,
            MAIL__SECURITY="none",
            MAIL__SENDER=mail_server.SENDER,
            MAIL__PASSWORD="very-secret",
            OUTBOUND__SMS=gateway.template,
        )
        found = await check(desk)
        assert found["email"] == WELL
        assert found["sms"][0] == "ok"
        assert "shows when one is sent" in found["sms"][1], "nobody claims what nobody tried"
        assert found["channel email"][0] == "ok"
        mail.refuses_sender = "550 5.7.1 no"
        found = await check(desk)
        assert found["email"][0] == "bad"
        assert "mail.sender" in found["email"][1]
        assert mail.letters == []
        assert gateway.messages == []


async def test_a_faulty_template_and_a_hook_without_a_secret_are_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, OUTBOUND__SMS="nonsense://very-secret@{to}")
    found = await check(desk)
    assert found["sms"] == ("bad", "outbound.sms is no address of a service that apprise knows.")
    monkeypatch.delenv("RENRAKU_OUTBOUND__SMS")
    given(monkeypatch, HOOKS='{"gw": {"channel": "sms", "secret": "short"}}')
    found = await check(desk)
    assert found["platforms"][0] == "bad"
    assert "hooks.gw.secret must have at least 16 characters" in found["platforms"][1]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("OUTBOUND__SMS", "twilio://a:very-secret@b/c", "{to}"),
        ("MAIL__HOST", "mail.example.org", "mail.sender"),
        ("MAIL__SENDER", "not an address", "must be an address"),
        ("OUTBOUND__CURRENCY", "yen", "three capital letters"),
    ],
)
async def test_settings_that_cannot_work_are_refused_in_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    given(monkeypatch, **{name: value})
    result = await asyncio.to_thread(desk, "check", "--json")
    assert result.code == 1
    assert says in result.out
    assert "very-secret" not in result.out + result.err
