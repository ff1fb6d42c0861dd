"""Mail dead and chat alive, chat dead and mail alive, everything dead; and what is known of each
message."""

from __future__ import annotations

import pytest

from bot.channels import Parcel
from bot.look import CouldNotSave
from tests.scenarios.lastresort import SECRET, reached
from tests.scenarios.launch import WORDS, roll_call
from tests.scenarios.phones import Killed
from tests.town import Founding

DATABASES = ("sqlite",)

PEOPLE = """
Mori: safety admin @HQ
  Lena: @Plant #Line1
    Aiko: email sms
    Ben: email phone
    Chen: sms email ja
"""


async def test_asked_by_mail_answered_behind_its_link(found: Founding) -> None:
    async with reached(found, PEOPLE) as here:
        await roll_call(here.town, "Mori", 5)
        [letter] = here.mails("Aiko")
        assert letter.subject == "Are you safe? · Our organisation"
        assert WORDS in letter.text
        page = await here.page(letter.link)
        page.says("Are you safe?", WORDS, "not answered yet")
        assert await here.answer("Aiko") == ""
        delivery = await here.delivery()
        assert (delivery["email"].handed, delivery["email"].seen) == (2, 1)
        assert delivery["email"].answered == 0, "seen is no answer"
        await page.taps("I'm safe")
        assert await here.answer("Aiko") == "safe"
        assert (await here.delivery())["email"].answered == 1
        assert len(here.mails("Aiko")) == 1, "what a page has said is not mailed again"
        here.town.ignores()
        await here.town.fast_forward(minutes=4)
        assert here.texts("Aiko") == [], "reminders stop at the answer"
        here.town.sees("Mori", "Answered: 1 of 5", "E-mail: sent", "opened 1", "answered 1")


async def test_asked_by_sms_in_one_segment_in_their_own_language(found: Founding) -> None:
    short = {"public_url": "https://s.example.org"}
    async with reached(found, PEOPLE, web=short) as here:
        await roll_call(here.town, "Mori", 5, drill=True)
        [text] = here.texts("Chen")
        assert text.body.startswith("[訓練] ")
        assert len(text.body) <= 70
        page = await here.page(text.body.split()[-1])
        page.says("訓練", "これは訓練です")


async def test_each_reminder_goes_by_the_next_contact(found: Founding) -> None:
    async with reached(found, PEOPLE) as here:
        await roll_call(here.town, "Mori", 5)
        assert (len(here.mails("Aiko")), len(here.texts("Aiko"))) == (1, 0)
        assert (len(here.mails("Chen")), len(here.texts("Chen"))) == (0, 1)
        await here.town.fast_forward(minutes=3, seconds=5)
        assert (len(here.mails("Aiko")), len(here.texts("Aiko"))) == (1, 1)
        assert (len(here.mails("Chen")), len(here.texts("Chen"))) == (1, 1)
        here.town.hears("Ben", "Are you safe?", "Reminder")


async def test_a_refused_address_leads_to_the_next_contact_at_once(found: Founding) -> None:
    async with reached(found, PEOPLE) as here:
        here.mail.refuses[here.address("Aiko", "email")] = "550 5.1.1 no such user"
        here.mail.refuses[here.address("Ben", "email")] = "550 5.7.1 not welcome here"
        await roll_call(here.town, "Mori", 5)
        assert len(here.texts("Aiko")) == 1
        here.town.hears("Ben", "Are you safe?")
        delivery = await here.delivery()
        assert delivery["email"].failed == {"smtp-550-5.1.1": 1, "smtp-550-5.7.1": 1}
        assert delivery["email"].handed == 0
        failing = "contacts WHERE failing <> ''"
        assert await here.count(failing) == 1, "a mail that is not taken is no bad address"
        here.town.ignores()
        await here.town.fast_forward(minutes=3, seconds=5)
        here.town.sees("Mori", "Answered: 0 of 5", "failed 2")


# --- the three stories ---------------------------------------------------------------------


async def test_mail_dead_chat_alive(found: Founding) -> None:
    async with reached(found, PEOPLE) as here:
        for each in here.mail.open:
            each.transport.abort()
        town = here.town
        port = here.mail.port
        assert port
        # Nobody listens there any more.
        town.house.platforms["email"].channel._post._given = here.mail.given(port=1, timeout=1.0)  # type: ignore[attr-defined]
        await roll_call(town, "Mori", 5)
        town.ignores()
        await town.fast_forward(minutes=2)
        assert here.mail.letters == []
        town.hears("Ben", "Are you safe?")
        assert len(here.texts("Aiko")) == 1
        town.hears("Mori", "E-mail does not let us in any more")
        assert await here.replies("Aiko", "1") == 200
        await town.taps("Ben", "I'm safe")
        assert (await here.answer("Aiko"), await here.answer("Ben")) == ("safe", "safe")
        await town.house.reopen("email")
        await town.settle()
        town.hears("Mori", "E-mail works again")


async def test_chat_dead_mail_alive(found: Founding) -> None:
    people = PEOPLE.replace("Ben: email phone", "Ben: phone email")
    async with reached(found, people) as here:
        town = here.town
        await roll_call(town, "Mori", 5)
        town.ignores()
        town.phones.closed = "revoked"
        await town.fast_forward(minutes=3, seconds=10)
        [letter] = here.mails("Ben")
        page = await here.page(letter.link)
        await page.taps("I need help")
        assert await here.answer("Ben") == "help"
        town.phones.closed = ""
        await town.house.reopen("phone")
        await town.fast_forward(minutes=2)
        town.hears("Lena", "Ben needs help")


async def test_everything_dead_the_worklists_carry_every_name(found: Founding) -> None:
    people = PEOPLE.replace("Lena: @Plant", "Lena: web @Plant")
    async with reached(found, people) as here:
        town = here.town
        town.phones.down = True
        here.mail.refuses_sender = "550 5.7.1 go away"
        here.gateway.down = True
        await roll_call(town, "Mori", 5)
        await town.fast_forward(hours=1)
        card = town.sees("Lena", "3 of 3 still to reach")
        for name in ("Aiko", "Ben", "Chen"):
            assert name in card.text
        await town.taps("Lena", "Safe (by phone)", line="Aiko", told="safe")
        assert await here.answer("Aiko") == "safe"
        town.phones.down, here.gateway.down = False, False
        here.mail.refuses_sender = ""
        await town.house.reopen("email")
        await town.fast_forward(hours=50)


# --- replies -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("1", "safe"),
        ("１。", "safe"),
        ("SAFE", "safe"),
        ("無事", "safe"),
        ("平安", "safe"),
        ("بخير", "safe"),
        ("2", "help"),
        ("HELP", "help"),
        ("Help me, I cannot get out", "help"),
        ("助けて", "help"),
        ("3", "unaffected"),
    ],
)
async def test_a_reply_by_sms_is_an_answer(found: Founding, words: str, answer: str) -> None:
    async with reached(found, PEOPLE) as here:
        await roll_call(here.town, "Mori", 5)
        assert await here.replies("Chen", words) == 200
        assert await here.answer("Chen") == answer
        assert len(here.texts("Chen")) == 2, "the question, and what was recorded"


async def test_a_lead_who_texts_1_speaks_of_themself(found: Founding) -> None:
    async with reached(found, PEOPLE.replace("Lena: @", "Lena: sms @")) as here:
        await roll_call(here.town, "Mori", 5)
        await here.town.taps("Mori", "I'm safe")
        await here.town.fast_forward(minutes=12)
        assert any("still to reach" in text.body for text in here.texts("Lena"))
        assert await here.replies("Lena", "1") == 200
        assert await here.answer("Lena") == "safe"
        assert {await here.answer(name) for name in ("Aiko", "Ben", "Chen")} == {""}
        here.town.ignores()


async def test_of_an_unknown_number_nothing_is_kept(found: Founding) -> None:
    async with reached(found, PEOPLE) as here:
        await roll_call(here.town, "Mori", 5)
        before = await here.count("journal")
        posted = {"from": "+819099999999", "text": "fire in building B", "id": "x1"}
        assert await here.hook("sms_gw", posted) == 200
        assert await here.hook("sms_gw", {"from": "nobody", "text": "1", "id": "x2"}) == 200
        assert await here.count("journal") == before
        assert len(here.gateway.messages) == 1, "and nobody is written back to"


async def test_a_repeat_counts_once(found: Founding) -> None:
    async with reached(found, PEOPLE) as here:
        await roll_call(here.town, "Mori", 5)
        for _ in range(3):
            assert await here.replies("Chen", "2") == 200
        no_id = {"from": here.address("Chen", "sms"), "text": "stuck on floor 3"}
        for _ in range(2):
            assert await here.hook("sms_gw", no_id) == 200
        assert await here.count("journal WHERE event LIKE 'hook:%'") == 2
        here.town.ignores()


async def test_without_ids_the_last_word_counts(found: Founding) -> None:
    async with reached(found, PEOPLE) as here:
        await roll_call(here.town, "Mori", 5)
        for said, answer in (("2", "help"), ("2", "help"), ("1", "safe"), ("2", "help")):
            no_id = {"from": here.address("Chen", "sms"), "text": said}
            assert await here.hook("sms_gw", no_id) == 200
            here.town.ignores()
            assert await here.answer("Chen") == answer
            await here.town.fast_forward(seconds=5)
        assert await here.count("journal WHERE event LIKE 'hook:%'") == 3
        here.town.ignores()


async def test_without_the_secret_nothing_is_read(found: Founding) -> None:
    async with reached(found, PEOPLE) as here:
        await roll_call(here.town, "Mori", 5)
        posted = {"from": here.address("Chen", "sms"), "text": "1", "id": "x"}
        for wrong in (
            {"Authorization": "Bearer wrong"},
            {"X-Hook-Secret": ""},
            {"Authorization": "Basic ????"},
        ):
            assert await here.hook("sms_gw", posted, **wrong) == 403
        assert await here.hook("nothing", posted) == 403
        assert await here.answer("Chen") == ""
        base = f"{here.web.base}/hooks/sms_gw"
        async with here.web.http.get(base) as got:
            assert got.status == 405
        for body, status in ((b"{", 400), (b"[1, 2]", 400), (b"x" * 70_000, 413)):
            async with here.web.http.post(
                base, data=body, headers={"X-Hook-Secret": SECRET, "Content-Type": "x/json"}
            ) as got:
                assert got.status == status
        async with here.web.http.post(f"{base}?key={SECRET}", data=posted) as got:
            assert got.status == 200
        assert await here.answer("Chen") == "safe"
        here.town.ignores()


async def test_what_cannot_be_kept_is_asked_for_again(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reached(found, PEOPLE) as here:
        await roll_call(here.town, "Mori", 5)

        async def full(*_: object) -> None:
            raise CouldNotSave("the disk is full")

        monkeypatch.setattr(here.town.house.engine, "handle", full)
        assert await here.replies("Chen", "1") == 503
        monkeypatch.undo()
        assert await here.replies("Chen", "1") == 200
        assert await here.answer("Chen") == "safe"


async def test_a_launch_says_what_it_costs(found: Founding) -> None:
    costs = {"sms": "json://127.0.0.1:1/{to}", "sms_cost": 12.5, "currency": "JPY"}
    town = await found(PEOPLE, outbound=costs)
    await town.submits("Mori", "rollcall", {"drill": "drill", "who": "everyone", "words": "general",
                                            "mode": "broadcast"}, told=None)  # fmt: skip
    card = town.people["Mori"].phone.messages[-1]
    assert "Cost: about ¥25 to ask everyone once" in card.text, card.text
    town.ignores()
    for platform in town.house.platforms.values():
        await platform.close()


# --- receipts ------------------------------------------------------------------------------


async def test_delivered_is_on_record_and_no_answer(found: Founding) -> None:
    async with reached(found, PEOPLE) as here:
        await roll_call(here.town, "Mori", 5)
        [text] = here.texts("Chen")
        for _ in range(2):
            posted = {"id": "r1", "reference": text.ref, "status": "DELIVERED"}
            assert await here.hook("sms_gw", posted) == 200
        assert (await here.delivery())["sms"].delivered == 1
        assert await here.count("journal WHERE kind = 'receipt.delivered'") == 1
        assert await here.answer("Chen") == ""
        await here.town.fast_forward(minutes=3, seconds=5)
        assert len(here.mails("Chen")) == 1, "delivered does not stop the reminder"


async def test_a_failed_message_goes_on_at_once(found: Founding) -> None:
    async with reached(found, PEOPLE) as here:
        await roll_call(here.town, "Mori", 5)
        to = {"to": here.address("Chen", "sms"), "status": "undelivered", "id": "r2"}
        assert await here.hook("sms_gw", to) == 200
        assert len(here.mails("Chen")) == 1
        assert (await here.delivery())["sms"].failed == {"gateway-undelivered": 1}
        assert await here.count("contacts WHERE failing <> ''") == 0


async def test_a_bounce_strikes_the_address_off(found: Founding) -> None:
    async with reached(found, PEOPLE) as here:
        await roll_call(here.town, "Mori", 5)
        bounce = {"to": here.address("Aiko", "email"), "status": "bounced", "id": "b1"}
        assert await here.hook("mail_gw", bounce) == 200
        assert len(here.texts("Aiko")) == 1
        assert await here.count("contacts WHERE failing = 'gateway-bounced'") == 1
        [letter] = here.mails("Ben")
        by_name = {"reference": letter.message["Message-ID"], "status": "bounced", "id": "b2"}
        assert await here.hook("mail_gw", by_name) == 200
        assert await here.count("contacts WHERE failing = 'gateway-bounced'") == 2
        here.town.hears("Ben", "Are you safe?")


async def test_a_receipt_for_nothing_does_nothing(found: Founding) -> None:
    async with reached(found, PEOPLE) as here:
        await roll_call(here.town, "Mori", 5)
        before = await here.count("journal")
        for posted in (
            {"reference": "1.2.999", "status": "failed", "id": "n1"},
            {"reference": "nonsense", "status": "failed", "id": "n2"},
            {"reference": "1.2." + "9" * 40, "status": "failed", "id": "n3"},
            {"to": "+819000009999", "status": "failed", "id": "n4"},
            {"to": here.address("Chen", "sms"), "status": "in transit", "id": "n5"},
            {"status": "failed"},
            {},
        ):
            assert await here.hook("sms_gw", posted) == 200
        assert await here.count("journal") == before


async def test_a_hook_speaks_for_its_own_channel_alone(found: Founding) -> None:
    async with reached(found, PEOPLE) as here:
        await roll_call(here.town, "Mori", 5)
        [letter] = here.mails("Ben")
        name = letter.message["Message-ID"]
        bounce = {"reference": name, "status": "bounced", "id": "s1"}
        assert await here.hook("sms_gw", bounce) == 200
        assert await here.count("contacts WHERE failing <> ''") == 0
        forged = {"from": here.address("Aiko", "email"), "text": "safe", "id": "s2"}
        assert await here.hook("mail_gw", forged) == 200
        assert await here.answer("Aiko") == "", "a sender of a mail is easily forged"


# --- a crash -------------------------------------------------------------------------------


async def test_a_mail_sent_again_after_a_crash_has_the_same_name(
    found: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reached(found, PEOPLE) as here:
        town = here.town
        channel = town.house.platforms["email"].channel
        deliver, died = channel.deliver, []

        async def last_words(parcel: Parcel) -> str:
            await deliver(parcel)
            died.append(parcel.once)
            raise Killed

        monkeypatch.setattr(channel, "deliver", last_words)
        with pytest.raises((Killed, BaseExceptionGroup)):
            await roll_call(town, "Mori", 5)
        monkeypatch.undo()
        assert died
        await town.fast_forward(minutes=2)
        names = [letter.message["Message-ID"] for letter in here.mails("Aiko")]
        assert len(names) >= 1
        assert len(set(names)) == 1
        town.ignores()


async def test_a_mail_that_is_not_taken_goes_round_no_circles(found: Founding) -> None:
    """Ben has nothing but mail, Aiko a telephone besides, and their mail is taken by nobody."""
    people = PEOPLE.replace("Ben: email phone", "Ben: email")
    async with reached(found, people) as here:
        for name in ("Aiko", "Ben"):
            here.mail.refuses[here.address(name, "email")] = "554 5.7.0 policy violation"
        await roll_call(here.town, "Mori", 5)
        for _ in range(3):
            here.town.ignores()
            await here.town.fast_forward(seconds=30)
        assert await here.count("refusals") == 2, "one for each"
        standing = await here.town.row(
            "SELECT standing FROM asks WHERE kind = 'check-in' AND person = :p",
            p=here.town.people["Ben"].id,
        )
        assert standing.standing == "climbed", "nobody can ask Ben: whoever stands above is told"
        assert len(here.texts("Aiko")) == 1
        to = {"to": here.address("Aiko", "sms"), "status": "undelivered", "id": "r9"}
        assert await here.hook("sms_gw", to) == 200
        await here.town.fast_forward(seconds=30)
        assert await here.count("refusals") == 3, "mail has said no to this card already"
        assert len(here.texts("Aiko")) == 1
        card = here.town.sees("Lena", "2 of 2 still to reach")
        assert "Aiko" in card.text
        assert "Ben" in card.text
        here.town.ignores()
