"""E-mail: what a mail looks like, how it travels, what each refusal means."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from adapters.mail import Mail
from adapters.mail.failures import Stage, failure
from bot.cards import Button, Card, Fields, Person, Photo, Style, Tally, Text, Tone
from bot.channels import Closed, Declined, Gone, Paced, Parcel, Temporary
from bot.texts import Texts
from tests.adapters.mail_server import MailServer, certificate, serving

LINK = "https://s.example.org/a/AXMAAndvcmtsaXN0OnJkNnox"
BUTTONS = (
    Button("ask:1:safe", "I'm safe", Style.GOOD),
    Button("ask:1:help", "I need help", Style.DANGER),
)
CARD = Card(
    "Are you safe?",
    (Text("There was an earthquake.", said=True), Text("Sent by \u2068Mori\u2069", quiet=True)),
    BUTTONS,
    Tone.URGENT,
)
TEXTS = Texts()


class Hands:
    """A clock set by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 11, 5, 46, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


def parcel(card: Card = CARD, to: str = "aiko@example.org", once: str = "7.1.3") -> Parcel:
    return Parcel(card, 1, 0, to, "", LINK if card.buttons else "", once)


def mail(server: MailServer, clock: Hands | None = None, **more: object) -> Mail:
    return Mail(server.given(**more), TEXTS, clock or Hands())


# --- what arrives --------------------------------------------------------------------------


async def test_a_mail_says_what_it_is_from_whom_and_where_to_answer() -> None:
    async with serving() as server:
        sender = mail(server)
        assert await sender.channel.deliver(parcel()) == "7.1.3"
        await sender.close()
    [letter] = server.letters
    assert letter.subject == "Are you safe? · Our organisation"
    assert letter.sender == "safety@example.org"
    headers = letter.message
    assert headers["From"] == "Safety <safety@example.org>"
    assert headers["To"] == "aiko@example.org"
    assert headers["Message-ID"] == "<7.1.3@example.org>"
    assert headers["Date"] == "Wed, 11 Mar 2026 05:46:00 +0000"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Content-Language"] == "en"
    assert headers["List-Unsubscribe"] is None
    for body in (letter.text, letter.html):
        assert "There was an earthquake." in body
        assert "Open and answer" in body
        assert "read by nobody" in body
    assert letter.link == LINK
    assert "\u2068" not in letter.text
    for loading in ("<img", "src=", "url(", "<script", "<link", "http-equiv"):
        assert loading not in letter.html


async def test_a_drill_says_so_in_the_subject_and_first_of_all() -> None:
    drill = replace(CARD, badge="訓練", language="ja", tone=Tone.DRILL, title="無事ですか？")
    async with serving() as server:
        sender = mail(server)
        await sender.channel.deliver(parcel(drill))
        await sender.close()
    [letter] = server.letters
    assert letter.subject.startswith("[訓練] 無事ですか？")
    assert letter.text.startswith("[訓練] 無事ですか？")
    assert letter.html.index("訓練") < letter.html.index("<h1")
    assert 'lang="ja" dir="ltr"' in letter.html
    assert "開いて回答する" in letter.html


async def test_arabic_runs_from_right_to_left() -> None:
    async with serving() as server:
        sender = mail(server)
        await sender.channel.deliver(parcel(replace(CARD, language="ar", title="هل أنت بخير؟")))
        await sender.close()
    [letter] = server.letters
    assert '<html lang="ar" dir="rtl">' in letter.html
    assert "text-align:right" in letter.html
    assert "افتح وأجب" in letter.text


async def test_every_part_of_a_card_is_in_both_bodies_and_escaped() -> None:
    card = Card(
        "2 of 3 still to reach",
        (
            Text("<b>bold</b> & bad", said=True),
            Fields((("Where", "Hall <3>"),)),
            Person("Aiko <Tanaka>", "asked twice", BUTTONS),
            Tally((("Safe", 1, Tone.GOOD), ("No answer yet", 2, Tone.CALM)), 3),
            Photo("p1", "Photo"),
        ),
    )
    async with serving() as server:
        sender = mail(server, reply_to="desk@example.org")
        await sender.channel.deliver(replace(parcel(card), link=LINK))
        await sender.close()
    [letter] = server.letters
    for said in ("<b>bold</b> & bad", "Where: Hall <3>", "- Aiko <Tanaka>, asked twice",
                 "Safe 1, No answer yet 2 / 3", "[Photo]"):  # fmt: skip
        assert said in letter.text
    for escaped in ("&lt;b&gt;bold&lt;/b&gt; &amp; bad", "Hall &lt;3&gt;", "Aiko &lt;Tanaka&gt;"):
        assert escaped in letter.html
    assert letter.message["Reply-To"] == "desk@example.org"
    assert "read by nobody" not in letter.text


async def test_nothing_to_tap_means_no_link() -> None:
    async with serving() as server:
        sender = mail(server)
        await sender.channel.deliver(parcel(Card("All clear", (Text("Thank you."),))))
        await sender.close()
    assert "http" not in server.letters[0].text + server.letters[0].html
    assert "Open and answer" not in server.letters[0].text


@pytest.mark.parametrize(
    "title",
    ["Fire\r\nBcc: everybody@example.org", "Fire\nX-Evil: 1", "a\x00b", "長" * 400, "\u2028x"],
)
async def test_nothing_people_wrote_becomes_a_header(title: str) -> None:
    async with serving() as server:
        sender = mail(server)
        await sender.channel.deliver(parcel(replace(CARD, title=title)))
        await sender.close()
    [letter] = server.letters
    assert letter.message["Bcc"] is None
    assert letter.message["X-Evil"] is None
    assert "\n" not in letter.subject
    assert len(letter.subject) <= 180


async def test_an_organisation_cannot_become_a_header_either() -> None:
    async with serving() as server:
        sender = mail(server, organisation="Us\r\nBcc: x@example.org")
        await sender.channel.deliver(parcel())
        await sender.close()
    assert server.letters[0].message["Bcc"] is None


# --- addresses -----------------------------------------------------------------------------


async def test_a_domain_of_another_script_travels_in_ascii() -> None:
    async with serving() as server:
        sender = mail(server)
        await sender.channel.deliver(parcel(to="aiko@例え.jp"))
        await sender.close()
    [letter] = server.letters
    assert letter.to == "aiko@xn--r8jz45g.jp"
    assert letter.options == [] or "SMTPUTF8" not in letter.options


async def test_a_name_of_another_script_needs_a_server_that_can() -> None:
    async with serving() as server:
        sender = mail(server)
        await sender.channel.deliver(parcel(to="愛子@example.org"))
        await sender.close()
        assert server.letters[0].to == "愛子@example.org"
        assert "SMTPUTF8" in server.letters[0].options
    async with serving(utf8=False) as old:
        sender = mail(old)
        with pytest.raises(Gone, match="needs-smtputf8"):
            await sender.channel.deliver(parcel(to="愛子@example.org"))
        await sender.channel.deliver(parcel())
        assert old.connections == 1, "the connection is as good as before"
        await sender.close()


@pytest.mark.parametrize(
    "address", ["", "nobody", "@x.org", "a b@x.org", "a@x..org", "a\r\nRCPT TO:<b@x.org>@x.org"]
)
async def test_what_is_no_address_is_gone(address: str) -> None:
    async with serving() as server:
        sender = mail(server)
        with pytest.raises(Gone, match="bad-address"):
            await sender.channel.deliver(parcel(to=address))
        await sender.close()
    assert server.letters == []


# --- refusals ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "kind", "why"),
    [
        ("550 5.1.1 no such user", Gone, "smtp-550-5.1.1"),
        ("550 mailbox unavailable", Gone, "smtp-550"),
        ("551 user not local", Gone, "smtp-551"),
        ("550 5.2.1 mailbox disabled", Gone, "smtp-550-5.2.1"),
        ("552 5.2.2 mailbox full", Declined, "smtp-552-5.2.2"),
        ("550 5.7.1 rejected by policy", Declined, "smtp-550-5.7.1"),
        ("550 5.7.1 sender not liked by this mailbox", Declined, "smtp-550-5.7.1"),
        ("550 5.7.1 authentication required for this recipient", Declined, "smtp-550"),
        ("550 Sender not authorized to send to this group", Declined, "smtp-550"),
        ("554 5.7.1 relay access denied", Declined, "smtp-554"),
        ("530 5.7.0 authentication required", Declined, "smtp-530"),
        ("450 4.2.0 greylisted, come back", Temporary, "smtp-450-4.2.0"),
        ("451 local error", Temporary, "smtp-451"),
        ("452 4.5.3 too many recipients", Paced, "paced"),
        ("450 4.7.1 rate limit exceeded", Paced, "paced"),
        ("421 4.7.0 closing", Paced, "paced"),
    ],
)
async def test_a_refused_address_says_why(said: str, kind: type[Exception], why: str) -> None:
    async with serving() as server:
        server.refuses["aiko@example.org"] = said
        sender = mail(server)
        with pytest.raises(kind, match=why):
            await sender.channel.deliver(parcel())
        server.refuses.clear()
        await sender.channel.deliver(parcel())
        await sender.close()
    assert len(server.letters) == 1


async def test_a_refused_mail_is_not_a_refused_address() -> None:
    async with serving() as server:
        server.refuses_data += ["554 5.6.0 looks like spam", "451 4.3.0 try later"]
        sender = mail(server)
        with pytest.raises(Declined, match="smtp-554"):
            await sender.channel.deliver(parcel())
        with pytest.raises(Temporary, match="smtp-451"):
            await sender.channel.deliver(parcel())
        await sender.channel.deliver(parcel())
        assert server.connections == 1
        await sender.close()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("554 5.7.1 relay access denied", "relay-refused"),
        ("550 relaying denied", "relay-refused"),
        ("530 5.7.0 authentication required", "login-refused"),
    ],
)
async def test_what_every_recipient_is_refused_for_is_our_fault(said: str, why: str) -> None:
    async with serving() as server:
        sender = mail(server)
        people = [f"p{number}@example.org" for number in range(9)]
        server.refuses.update(dict.fromkeys(people, said))

        async def declined(to: str) -> None:
            with pytest.raises(Declined):
                await sender.channel.deliver(parcel(to=to))

        for to in (*people[:4], *people[:4]):
            await declined(to)
        await sender.channel.deliver(parcel())
        for to in people[:4]:
            await declined(to)
        with pytest.raises(Closed, match=why):
            await sender.channel.deliver(parcel(to=people[4]))
        await sender.close()


def test_a_mail_too_large_for_one_server_does_not_close_it() -> None:
    said = failure(Stage.SENDER, 552, "5.3.4 message size exceeds fixed limit")
    assert isinstance(said, Declined)
    assert isinstance(failure(Stage.SENDER, 550, "5.7.1 go away"), Closed)


async def test_a_sender_that_is_not_taken_closes_the_channel() -> None:
    async with serving() as server:
        server.refuses_sender = "553 5.7.1 not your address"
        sender = mail(server)
        with pytest.raises(Closed, match="sender-refused"):
            await sender.channel.deliver(parcel())
        await sender.close()


def test_what_a_server_writes_is_never_repeated() -> None:
    said = "5.1.1 <aiko@example.org> unknown"
    assert "aiko" not in str(failure(Stage.RECIPIENT, 550, said))


# --- the connection ------------------------------------------------------------------------


async def test_a_connection_is_used_again_and_never_more_than_a_few() -> None:
    async with serving() as server:
        sender = mail(server)
        for number in range(5):
            await sender.channel.deliver(parcel(once=f"{number}.1.1"))
        assert server.connections == 1
        many = (sender.channel.deliver(parcel(once=f"{n}.2.1")) for n in range(40))
        await asyncio.gather(*many)
        assert server.connections <= 8
        await sender.close()
    assert len(server.letters) == 45


async def test_a_connection_that_was_hung_up_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.mail.post.IDLE", 0.0)
    async with serving() as server:
        sender = mail(server)
        await sender.channel.deliver(parcel())
        port = server.port
    await asyncio.sleep(0)
    for line in sender._post._idle:
        line.hang_up()
    async with serving(port=port) as server:
        await sender.channel.deliver(parcel())
        assert len(server.letters) == 1
        await sender.close()


async def test_nobody_there_is_temporary_until_it_lasts() -> None:
    async with serving() as server:
        port = server.port
    clock = Hands()
    sender = mail(server, clock, port=port)
    with capture_logs() as lines:
        for _ in range(4):
            with pytest.raises(Temporary):
                await sender.channel.deliver(parcel())
        clock.time += timedelta(seconds=50)
        with pytest.raises(Closed, match="unreachable"):
            await sender.channel.deliver(parcel())
    assert "example.org" not in str(lines)


async def test_a_server_that_goes_silent_does_not_hold_for_ever() -> None:
    async with serving() as server:
        server.hangs = True
        sender = mail(server, timeout=0.2)
        with pytest.raises(Temporary):
            await sender.channel.deliver(parcel())
        await sender.close()


async def test_nothing_private_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), capture_logs() as lines:
        async with serving() as server:
            server.refuses["gone@example.org"] = "550 5.1.1 <gone@example.org> unknown"
            sender = mail(server)
            await sender.channel.deliver(parcel())
            with pytest.raises(Gone):
                await sender.channel.deliver(parcel(to="gone@example.org"))
            await sender.close()
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("mail.log")]
    for secret in ("aiko@", "gone@", LINK):
        assert secret not in str(lines) + str(ours)


# --- encryption, login, and the check ------------------------------------------------------


@pytest.mark.parametrize("wrapped", [False, True])
async def test_mail_is_encrypted_and_the_certificate_is_checked(
    tmp_path: Path, wrapped: bool
) -> None:
    context, file = certificate(tmp_path)
    security = "tls" if wrapped else "starttls"
    async with serving(tls=context, wrapped=wrapped) as server:
        server.users["renraku"] = "secret"
        known = {"security": security, "user": "renraku", "password": "secret"}
        sender = mail(server, ca_file=file, **known)
        await sender.channel.deliver(parcel())
        assert await sender.source.check() == []
        await sender.close()
        assert len(server.letters) == 1

        stranger = mail(server, **known)
        with pytest.raises(Closed, match="certificate-refused"):
            await stranger.channel.deliver(parcel())
        [trouble] = await stranger.source.check()
        assert "not to be trusted" in trouble.says

        wrong = mail(server, ca_file=file, **{**known, "password": "wrong"})
        with pytest.raises(Closed, match="login-refused"):
            await wrong.channel.deliver(parcel())
        [trouble] = await wrong.source.check()
        assert "user and password" in trouble.says
        assert "wrong" not in trouble.says + trouble.do
    assert len(server.letters) == 1


async def test_a_server_without_encryption_gets_nothing() -> None:
    async with serving() as server:
        sender = mail(server, security="starttls", user="renraku", password="secret")
        with pytest.raises(Closed, match="not-supported"):
            await sender.channel.deliver(parcel())
        [trouble] = await sender.source.check()
        assert "does not offer" in trouble.says
    async with serving() as server:
        sender = mail(server, security="tls")
        with pytest.raises((Closed, Temporary)):
            await sender.channel.deliver(parcel())
        [trouble] = await sender.source.check()
        assert trouble.fatal
    assert server.letters == []


async def test_the_check_says_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    async with serving() as server:
        well = mail(server)
        assert await well.source.check() == []
        server.refuses_sender = "550 5.7.1 no"
        [trouble] = await well.source.check()
        assert "mail.sender" in trouble.says
        assert server.letters == []
        port = server.port
    [trouble] = await mail(server, port=port).source.check()
    assert "does not answer" in trouble.says
    assert "mail.host" in trouble.do
    [trouble] = await mail(server, security="tls", ca_file=tmp_path / "none").source.check()
    assert "mail.ca_file" in trouble.says
