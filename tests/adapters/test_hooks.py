"""What gateways post, read: fields by path, numbers as they are kept, statuses as codes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.hooks.given import Given
from adapters.hooks.reading import Unreadable, code, field, fields, numbers, standing
from bot.receipts import State

HOOK = Given(
    "gw",
    "sms",
    "secret",
    delivered=["delivered"],
    seen=["read"],
    failed=["failed", "Undelivered"],
    gone=["bounced"],
)


@pytest.mark.parametrize(
    ("text", "country", "kept"),
    [
        ("+819012345678", "", "+819012345678"),
        ("+81 90-1234-5678", "", "+819012345678"),
        ("00819012345678", "", "+819012345678"),
        ("819012345678", "", "+819012345678"),
        ("09012345678", "JP", "+819012345678"),
        ("\u202a+81 90 1234 5678\u202c", "", "+819012345678"),
        ("09012345678", "", ""),
        ("SAFETY", "", ""),
        ("", "", ""),
        ("+0", "JP", ""),
    ],
)
def test_a_number_is_found_however_a_gateway_writes_it(text: str, country: str, kept: str) -> None:
    assert next(iter(numbers(text, country)), "") == kept


def test_fields_come_from_json_or_a_form_and_by_path() -> None:
    nested = {"data": {"from": "+81", "n": 7, "yes": True, "list": [1]}, "a.b": "flat"}
    for body in (nested, [nested]):
        posted = fields(json.dumps(body).encode(), "application/json; charset=utf-8")
        assert field(posted, "data.from") == "+81"
        assert field(posted, "data.n") == "7"
        assert field(posted, "a.b") == "flat"
        for absent in ("data.yes", "data.list", "data.from.x", "none", "data", ""):
            assert field(posted, absent) == ""
    form = fields("From=%2B81&Body=無事".encode(), "application/x-www-form-urlencoded")
    assert (field(form, "From"), field(form, "Body")) == ("+81", "無事")
    assert len(field({"x": "y" * 999}, "x")) == 200


@given(st.binary(max_size=300), st.sampled_from(["application/json", "text/plain", ""]))
def test_whatever_is_posted_is_read_or_refused(body: bytes, kind: str) -> None:
    try:
        posted = fields(body, kind)
    except Unreadable:
        return
    assert isinstance(field(posted, "from"), str)
    assert numbers(field(posted, "from"), "JP") == () or field(posted, "from")


def test_deep_json_is_refused() -> None:
    with pytest.raises(Unreadable):
        fields(b"[" * 60_000, "application/json")


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("DELIVERED", (State.DELIVERED, False)),
        ("read", (State.SEEN, False)),
        ("undelivered", (State.FAILED, False)),
        ("Bounced", (State.FAILED, True)),
        ("queued", None),
        ("", None),
    ],
)
def test_a_status_means_what_the_settings_say(said: str, means: object) -> None:
    assert standing(HOOK, said) == means


def test_a_code_holds_no_number_and_no_sentence() -> None:
    assert code("Undelivered: absent subscriber +81 90 1234") == "undelivered"
    assert code("30003") == "failed"
    assert code("x" * 99) == "x" * 30


def test_a_number_without_its_plus_may_be_read_two_ways() -> None:
    """Gateways leave the plus out: whose number it is says which reading was meant."""
    assert "+819012345678" in numbers("819012345678", "DE")
    assert numbers("09012345678", "JP") == ("+819012345678",)
