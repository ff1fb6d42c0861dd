"""One post asks a whole Slack channel, another a whole Telegram group."""

from __future__ import annotations

from tests.adapters.slack_fake import Message
from tests.adapters.telegram_phones import Room
from tests.scenarios.launch import roll_call
from tests.scenarios.phones import plain
from tests.scenarios.platforms import City, founded

DATABASES = ("sqlite",)

OSAKA = [f"Osaka{n}" for n in range(1, 9)]
PLANT = [f"Plant{n}" for n in range(1, 9)]
PEOPLE = (
    "Mori: safety @HQ slack\n"
    + "".join(f"  {name}: @Osaka slack\n" for name in OSAKA)
    + "".join(f"  {name}: @Plant telegram\n" for name in PLANT)
    + "  Away1: @Harbour slack\n  Away2: @Harbour telegram\n"
)
EVERYBODY = 1 + len(OSAKA) + len(PLANT) + 2
CHANNEL, GROUP = "C0OSAKA", -1001000
ROOMS = {
    "slack": {"rooms": {"site:Osaka": CHANNEL}},
    "telegram": {"rooms": {"site:Plant": str(GROUP)}},
}
# Time is moved by hand from minute to minute: nobody waits for the next second here.
SLOW = {
    "slack": {"rate": 0.2, "burst": 4, "start": 0.2},
    "telegram": {"rate": 0.2, "burst": 2, "start": 0.2, "strict": False},
}


def rooms_of(city: City) -> Room:
    """Everybody of Osaka is in the channel, everybody of the plant in the group."""
    members = [city.slack(name).phone.id for name in OSAKA]
    stranger = city.slack("STRANGER").phone.id
    city.at_slack.add_channel(CHANNEL, "osaka", *members, stranger)
    return city.at_telegram.group(GROUP, "The plant")


def post_in_channel(city: City) -> Message:
    [post] = [m for m in city.at_slack.messages if m.room.id == CHANNEL and not m.only]
    return post


async def test_whoever_answers_in_the_room_is_not_asked_and_those_outside_are_asked_first(
    database: str,
) -> None:
    async with founded(database, PEOPLE, lanes=SLOW, **ROOMS) as city:
        group = rooms_of(city)
        await roll_call(city, "Mori", EVERYBODY)
        await city.until(lambda: group.messages)
        await city.until(lambda: any(m.room.id == CHANNEL for m in city.at_slack.messages))
        # The lanes are slow: whoever has no room to answer in is asked first.
        assert city.slack("Away1").heard("Are you safe?") == 1
        assert city.telegram("Away2").heard("Are you safe?") == 1
        asked = [h.name for h in city.handsets if h.heard("Are you safe?")]
        assert set(asked) <= {"Mori", "Away1", "Away2"}, asked

        post, in_group = post_in_channel(city), group.messages[0]
        for name in OSAKA[:6]:
            await city.slack(name).phone.taps("I'm safe", on=post)
        for name in PLANT[:6]:
            city.telegram(name).phone.taps("I'm safe", on=in_group)
        await city.settle()
        await city.slack("Osaka1").told("Recorded: you are safe.")
        await city.telegram("Plant1").told("Recorded: you are safe.")
        await city.fast_forward(minutes=1)
        for name in (*OSAKA[:6], *PLANT[:6]):
            channel = city.people[name].somebody.channels[0]
            handset = city.slack(name) if channel == "slack" else city.telegram(name)
            assert handset.heard("Are you safe?") == 0, name
        # Those left are asked themselves; while that goes on, nothing in the rooms changes.
        for name in OSAKA[6:]:
            assert city.slack(name).heard("Are you safe?") == 1, name
        for name in PLANT[6:]:
            assert city.telegram(name).heard("Are you safe?") == 1, name
        # Six answers in each room, and how many is drawn now and then.
        assert "6 of 8 have answered." in plain(post.shown)
        assert len(post.versions) <= 3
        assert "6 of 8 have answered." in group.messages[0].text
        assert len(group.messages[0].before) <= 2
        assert len(group.messages) == 1


async def test_a_stranger_and_somebody_not_asked_are_refused_in_the_room(database: str) -> None:
    async with founded(database, PEOPLE, **ROOMS) as city:
        group = rooms_of(city)
        await roll_call(city, "Mori", 8, who="site:Osaka")
        await city.until(lambda: any(m.room.id == CHANNEL for m in city.at_slack.messages))
        post = post_in_channel(city)
        assert group.messages == [], "the plant is not asked"
        stranger = city.slack("STRANGER")
        await stranger.phone.taps("I'm safe", on=post)
        await stranger.told("not registered here")
        city.at_slack.workspace.rooms[CHANNEL].members.add(city.slack("Away1").phone.id)
        await city.slack("Away1").phone.taps("I'm safe", on=post)
        await city.slack("Away1").told("not on the list")
        assert set((await city.answers()).values()) == {""}

        await roll_call(city, "Mori", 8, who="site:Plant", words="Gas alarm.")
        await city.until(lambda: group.messages)
        somebody = city.telegram("SOMEBODY")
        somebody.phone.taps("I need help", on=group.messages[0])
        await city.settle()
        await somebody.told("not registered here")
        assert set((await city.answers()).values()) == {""}
        assert await city.count("SELECT count(*) FROM asks WHERE kind = 'page'") == 0
        assert await city.recorded("checkin.answered") == 0
