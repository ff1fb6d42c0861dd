"""What every response carries, what the log does not, and what the server survives."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
import structlog

from adapters.serving.assets import Assets
from adapters.web.shield import POLICY
from adapters.web.site import HERE
from bot.look import CouldNotSave
from tests.adapters.test_web_house import AIKO, ARE_YOU_SAFE, House, serving

EVERYWHERE = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}


def test_the_policy_lets_nothing_in_but_our_own():
    assert "unsafe" not in POLICY
    for rule in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"):
        assert rule in POLICY


async def test_every_response_is_shielded():
    house = House()
    house.post(AIKO, ARE_YOU_SAFE)
    async with serving(house) as browser:
        here = f"/c/{house.link()}"
        script = browser.site.assets.address("chat.js")
        for path in (here, f"{here}/older?before=1", f"{here}/fresh", f"{here}/tap", "/healthz",
                     f"{here}/photo/none", script, "/static/x/none.js", "/c/forged", "/", "//",
                     "/nothing/here", f"{here}/", "/robots.txt"):  # fmt: skip
            status, _, headers = await browser.get(path)
            assert EVERYWHERE.items() <= {k.lower(): v for k, v in headers.items()}.items(), path
            assert "server" not in headers
            if path != script:
                assert headers["cache-control"] == "no-store", path
            assert status in (200, 204, 307, 404, 405), path
        house.fault = RuntimeError()
        _, _, headers = await browser.post(f"{here}/say", {"event": "abcdefgh1", "text": "x"})
        assert headers["content-security-policy"] == POLICY


async def test_https_is_remembered_where_it_is_used():
    async with serving(House(), base_url="https://renraku.example") as browser:
        _, _, headers = await browser.get("/healthz")
        assert headers["strict-transport-security"].startswith("max-age=")
    async with serving(House()) as browser:
        _, _, headers = await browser.get("/healthz")
        assert "strict-transport-security" not in headers


async def test_over_https_the_notice_cannot_be_planted_by_a_neighbour():
    house = House()
    async with serving(house, base_url="https://renraku.example") as browser:
        form = {"event": "abcdefgh1", "text": "x"}
        origin = {"Origin": "https://renraku.example"}
        status, _, headers = await browser.post(f"/c/{house.link()}/say", form, origin)
    assert status == 303
    cookie = headers["set-cookie"]
    assert cookie.startswith("__Host-said-1=")
    for word in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert word in cookie


async def test_below_a_path_of_a_proxy_every_address_carries_it():
    house = House()
    house.post(AIKO, ARE_YOU_SAFE)
    async with serving(house, base_url="https://example.org/safety/") as browser:
        _, page, _ = await browser.get(f"/c/{house.link()}")
    assert 'href="/safety/static/' in page
    assert f'action="/safety/c/{house.link()}/tap"' in page
    assert ' href="/static' not in page


async def test_no_link_and_no_word_reaches_the_log(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    caplog.set_level(0)
    house = House()
    token = house.link()
    with structlog.testing.capture_logs() as told:
        async with serving(house) as browser:
            form = {"event": "abcdefgh1", "text": "a private matter"}
            await browser.get(f"/c/{token}")
            await browser.get(f"/c/{token}/nothing")
            await browser.get(f"//c/{token}")
            await browser.post(f"/c/{token}/say", form)
            house.fault = RuntimeError(f"a private matter of {token}")
            await browser.post(f"/c/{token}/say", {**form, "event": "abcdefgh2"})
            house.fault = CouldNotSave("a private matter")
            await browser.post(f"/c/{token}/say", {**form, "event": "abcdefgh3"})
    out = capfd.readouterr()
    everything = f"{told}{out.out}{out.err}{caplog.text}"
    assert token not in everything
    assert token.split(".")[-1] not in everything
    assert "private" not in everything
    assert "Aiko" not in everything
    requests = [line for line in told if line["event"] == "web.request"]
    assert {"what": "chat", "method": "GET", "status": 200, "person": 1}.items() <= requests[
        0
    ].items()
    (fault,) = [line for line in told if line["event"] == "web.fault"]
    assert fault["error"] == "RuntimeError"
    assert "act.py" in fault["where"]


async def test_a_page_that_cannot_be_drawn_apologises_in_the_persons_language():
    house = House()
    house.staff[AIKO.id] = replace(AIKO, language="ja")

    async def broken(*_: Any) -> Any:
        raise CouldNotSave("The disk is full.")

    house.cards = broken  # type: ignore[method-assign]
    async with serving(house) as browser:
        status, page, _ = await browser.get(f"/c/{house.link()}")
    assert status == 503
    assert '<html lang="ja"' in page


async def test_our_files_are_kept_for_good_and_nothing_else_is_served():
    async with serving(House()) as browser:
        address = browser.site.assets.address("chat.css")
        status, css, headers = await browser.get(address)
        assert status == 200
        assert "immutable" in headers["cache-control"]
        assert headers["content-encoding"] == "gzip"
        assert "--ground" in css
        assert (await browser.get("/static/old/chat.css"))[2]["cache-control"] == "no-cache"
        for path in ("/static/x/..%2fapp.py", "/static/x/%2e%2e/app.py", "/static/x/chat.html"):
            assert (await browser.get(path))[0] == 404


def test_the_page_is_small():
    assets = Assets(HERE / "static", HERE / "templates")
    names = ("chat.css", "chat.js", "feed.js", "queue.js", "live.js", "composer.js", "mark.svg")
    found = [assets.get(name) for name in names]
    assert sum(len(asset.content) for asset in found if asset) < 55_000
    assert sum(len(asset.packed) for asset in found if asset) < 20_000


def test_nothing_of_ours_needs_an_exception_from_the_policy():
    for path in (*(HERE / "templates").glob("*.html"), *(HERE / "static").iterdir()):
        source = path.read_text(encoding="utf-8")
        assert " style=" not in source, path.name
        assert " onclick" not in source, path.name
        assert "://" not in source.replace("http://www.w3.org/2000/svg", ""), path.name
        assert "| safe" not in source.replace("' class=\"unseen\"' | safe", ""), path.name


async def test_the_server_ends_while_pages_are_open():
    house = House()
    async with asyncio.timeout(8):
        async with serving(house) as browser:
            opened = await browser.http.get(f"{browser.base}/c/{house.link()}/events")
            assert opened.status == 200
        opened.close()
