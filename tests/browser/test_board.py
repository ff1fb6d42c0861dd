"""The board in a browser: a whole roll call, every page in every look, ticks without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.audit import audit
from tests.browser.conftest import Visit
from tests.browser.stage import DESK, MARK, PHONE, Chat, Demo, say, words

pytestmark = pytest.mark.browser

LOOKS: list[dict[str, Any]] = [
    {**PHONE, "color_scheme": "light"},
    {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    {
        "viewport": {"width": 320, "height": 700},
        "color_scheme": "dark",
        "reduced_motion": "reduce",
    },
]
PAGES = ("/board", "/board/incidents", "/board/people", "/board/tree", "/board/ready")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with Demo.played(tmp_path_factory.mktemp("board"), speed=5) as demo:
        yield demo


@pytest.fixture(scope="module")
def signed_in(demo: Demo, chromium: Browser) -> dict[str, Any]:
    """The manager's cookies: the demo's link works once."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(demo.board)
    page.get_by_role("button", name=say("en", "board-signin-do")).click()
    expect(page).to_have_url(re.compile(r"/board$"))
    state: Any = context.storage_state()
    context.close()
    return dict(state)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=words(name)).first.click()


def choose(page: Page, name: str) -> None:
    """An option, wherever there are so many that a list holds them."""
    listed = page.locator("select option").filter(has_text=words(name))
    if listed.count():
        value = str(listed.first.get_attribute("value"))
        listed.first.locator("xpath=..").select_option(value)
    else:
        page.locator(".option").filter(has_text=words(name)).first.click()


def launch(chat: Chat, kind: str) -> None:
    """From the first page to the page of a roll call that runs."""
    page = chat.page
    press(page, say("en", "menu-rollcall"))
    choose(page, say("en", f"option-rollcall-drill-{kind}"))
    choose(page, say("en", "option-rollcall-who-everyone"))
    press(page, say("en", "page-next"))
    choose(page, say("en", "option-rollcall-words-general"))
    choose(page, say("en", "option-rollcall-mode-broadcast"))
    press(page, say("en", "page-next"))
    expect(page.locator(".pre > .line .badge")).to_be_visible()
    assert audit(page) == []
    if kind == "real":
        page.locator("#f-confirm").fill("40")
        press(page, say("en", "page-send-real"))
    else:
        press(page, say("en", "page-send"))
    page.locator(".call h2 a").first.click()
    expect(page.locator(".banner .badge")).to_be_visible()


def test_a_roll_call_from_launch_to_all_clear_without_a_reload(
    demo: Demo, signed_in: dict[str, Any], visit: Visit
) -> None:
    board = visit(demo.board.rpartition("/board/")[0] + "/board", storage_state=signed_in, **DESK)
    page = board.page
    launch(board, "drill")
    expect(page.locator(".banner .badge")).to_have_text(re.compile(say("en", "badge-drill")))
    page.evaluate(f"{MARK} = true")
    first = page.locator("#part-list .person").first
    key = str(first.get_attribute("data-key"))
    press(page, say("en", "for-safe"))
    expect(page.locator("#notice")).to_contain_text(say("en", "recorded-for-safe"))
    # They leave the list and are counted, by themselves.
    expect(page.locator(f'#part-list [data-key="{key}"]')).to_have_count(0)
    expect(page.locator(".answered")).not_to_contain_text(words("Answered: 0 of"))
    expect(page.locator("#part-changes")).to_contain_text(re.compile("recorded for"))
    # Somebody needs help: on top, and said to those who only listen.
    page.locator("#part-list .tap.danger").first.click()
    expect(page.locator("#part-need .person").first).to_be_visible()
    expect(page.locator("#told")).to_contain_text(words("needs help"))
    board.was_never_reloaded()
    assert audit(page) == []
    press(page, say("en", "button-allclear"))
    page.locator("#f-words").fill("The building is safe.")
    press(page, say("en", "button-allclear"))
    expect(page.locator(".banner")).to_contain_text(say("en", "board-ended"))
    expect(page.locator(".banner")).to_contain_text("The building is safe.")


def test_every_page_is_sound_in_every_look(
    demo: Demo, signed_in: dict[str, Any], visit: Visit
) -> None:
    root = demo.board.rpartition("/board/")[0]
    starter = visit(root + "/board", storage_state=signed_in, **DESK)
    launch(starter, "real")
    rollcall = "/board/r/" + starter.page.url.rpartition("/")[2]
    expect(starter.page.locator(".banner .badge")).to_have_text(re.compile(say("en", "board-real")))
    more = (rollcall, f"{rollcall}?sort=everyone", f"{rollcall}/heads", f"{rollcall}/print")
    for look in LOOKS:
        board = visit(root + "/board", storage_state=signed_in, **look)
        # What is narrowest is tried where most stands beside each other.
        narrow = look["viewport"]["width"] < 390
        for path in more[::2] if narrow else (*PAGES, *more):
            board.page.goto(root + path)
            expect(board.page.locator("h1, .sheet").first).to_be_visible()
            found = [w for w in audit(board.page) if "0 h1" not in w or "print" not in path]
            assert found == [], (path, look)
    # Without JavaScript the same page, and the same taps.
    plain = visit(root + rollcall, storage_state=signed_in, java_script_enabled=False, **PHONE)
    plain.page.locator("#part-list .tap.good").first.click()
    expect(plain.page.locator("#notice")).to_contain_text(say("en", "recorded-for-safe"))


@pytest.mark.parametrize("language", ["ja", "ar"])
def test_staff_ask_the_bot_and_see_their_own_in_their_language(
    demo: Demo, visit: Visit, language: str
) -> None:
    chat = visit(demo.guests[language], **PHONE)
    chat.write(say(language, "menu-board"))
    card = chat.sees(say(language, "menu-board"))
    with chat.page.expect_popup() as opened:
        card.locator("a.link").click()
    page = opened.value
    page.locator("button.primary").click()
    expect(page.locator("h1")).to_have_text(say(language, "status-title"))
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert not page.locator('nav a[href$="/ready"]').count()
    assert audit(page) == []


def test_a_head_count_goes_on_without_a_network_and_is_sent_when_it_is_back(
    demo: Demo, signed_in: dict[str, Any], visit: Visit
) -> None:
    root = demo.board.rpartition("/board/")[0]
    board = visit(root + "/board", storage_state=signed_in, **PHONE)
    page, seen = board.page, board.page.locator('[data-sum="seen"]')
    if not page.locator(".call h2 a").count():
        launch(board, "drill")
    else:
        page.locator(".call h2 a").first.click()
    rollcall = page.url.partition("?")[0]
    page.goto(f"{rollcall}/heads?site=*")
    expect(page.locator("html[data-kept]")).to_have_count(1)
    assert audit(page) == []
    board.excused = "ERR_INTERNET_DISCONNECTED"
    page.context.set_offline(True)
    ticks = page.locator('.tick[aria-pressed="false"]')
    before = int(str(seen.get_attribute("data-count")))
    taken = [str(ticks.nth(n).get_attribute("value")) for n in range(2)]
    page.locator(f'.tick[value="{taken[0]}"]').click()
    expect(page.locator("#unsent")).to_contain_text("1")
    # Closed and opened anew: the list is there, and the tick that waits stands on it.
    page.close()
    page = board.again()
    page.goto(f"{rollcall}/heads?site=*")
    from_device = "async () => (await fetch(location.href)).headers.has('x-kept-at')"
    assert page.evaluate(from_device) is True
    expect(page.locator("#connection")).to_have_text(say("en", "offline"))
    expect(page.locator("#unsent")).to_contain_text("1")
    page.locator(f'.tick[value="{taken[1]}"]').click()
    for value in taken:
        ticked = page.locator(f'.tick[value="{value.replace(":here", ":undo")}"]')
        expect(ticked).to_have_attribute("aria-pressed", "true")
        expect(ticked).to_have_accessible_name(say("en", "board-seen-here"))
    seen = page.locator('[data-sum="seen"]')
    expect(seen).to_have_text(str(before + 2))
    page.locator("#visitor-name").fill("Dr. Visitor")
    press(page, say("en", "button-visitor"))
    expect(page.locator("#unsent")).to_contain_text("3")
    page.context.set_offline(False)
    expect(page.locator("#unsent")).to_be_hidden()
    page.reload()
    expect(seen).to_have_text(str(before + 2))
    expect(page.locator("#visitors")).to_contain_text("Dr. Visitor")
    # Nothing but this page is kept, and nothing at all after signing out.
    pages = """async () => {
      const [name] = await caches.keys();
      const all = await (await caches.open(name)).keys();
      return all.map((one) => new URL(one.url).pathname).filter((path) => !/static/.test(path));
    }"""
    assert page.evaluate(pages) == [f"{rollcall}/heads".removeprefix(root)]
    page.locator(".me summary").click()
    press(page, say("en", "board-signout"))
    expect(page.locator(".sentence")).to_have_text(say("en", "board-signed-out"))
    page.wait_for_function("async () => !(await caches.keys()).length")
    page.wait_for_function("async () => !(await navigator.serviceWorker.getRegistrations()).length")


def test_the_audit_finds_what_is_wrong(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(
        "<h1>One</h1><h1>Two</h1><h3>Deep</h3><ul><p>no item</p></ul><i id=a></i><i id=a></i>"
        "<button></button><input aria-labelledby=gone><img src='data:,' alt='' role=img>"
        "<p style='color:#999;background:#fff'>pale</p><div style='width:3000px'>wide</div>"
    )
    found = " / ".join(audit(page))
    page.close()
    for part in ("no language", "no title", "not one main", "2 h1", "h1 then h3", "twice #a"):
        assert part in found
    for part in ("P in a list", "gone leads nowhere", "small:", "pale", "wider", "without a name"):
        assert part in found
