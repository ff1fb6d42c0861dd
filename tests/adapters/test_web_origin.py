"""Which requests count as made by our own page."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from adapters.serving.origin import from_here

OWN = "https://renraku.example"


def asked(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "headers": raw})


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "same-origin", "origin": OWN},
        {"sec_fetch_site": "same-origin", "origin": "null"},
        {"sec_fetch_site": "none"},
        {"origin": OWN},
        {"origin": "http://localhost:8080", "host": "localhost:8080"},
        {"origin": "null"},
        {},
    ],
)
def test_our_own_page_and_what_is_no_browser_may_act(headers: dict[str, str]):
    assert from_here(asked(**headers), OWN)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "cross-site", "origin": "null"},
        {"sec_fetch_site": "cross-site", "origin": OWN},
        {"sec_fetch_site": "same-site", "origin": "https://shop.renraku.example"},
        {"sec_fetch_site": "same-origin", "origin": "https://evil.example"},
        {"origin": "https://evil.example", "host": "renraku.example"},
        {"origin": "https://renraku.example.evil.example", "host": "renraku.example"},
        {"origin": "", "host": ""},
    ],
)
def test_a_page_elsewhere_may_not(headers: dict[str, str]):
    assert not from_here(asked(**headers), OWN)
