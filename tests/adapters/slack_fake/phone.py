"""One person's client: what they see, and everything they can do with it.

Rules of the room:
- Nobody taps what is not shown, chooses what is not offered, or sends what a client would stop.
- What somebody does is told to the app and waited for: until it is confirmed or has failed, or
  until a few real seconds have passed. `wait=False` goes on at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from . import filling, mrkdwn, payloads
from .deliveries import Delivery
from .looking import Looking
from .messages import Message
from .modals import View
from .screens import NotShown, Old, Shown
from .workspace import BOT_USER, JSON, File, Room

if TYPE_CHECKING:
    from .slack import Slack


class Phone(Looking):
    """The client of one person."""

    def __init__(self, slack: Slack, user: str) -> None:
        super().__init__(slack, user)
        self._offered: dict[tuple[str, str], list[JSON]] = {}
        """What the app has offered for external menus, by view and action."""

    # --- What it does --------------------------------------------------------------------------

    async def _tell(self, delivery: Delivery, wait: bool) -> Delivery:
        await self._slack.deliveries.send(delivery)
        if wait:
            await self.waits_for(delivery)
        return delivery

    def _room(self, channel: str) -> Room:
        return self._slack.workspace.rooms[channel] if channel else self.direct

    async def says(
        self,
        words: str,
        *,
        channel: str = "",
        raw: bool = False,
        thread: Message | None = None,
        files: list[File] | None = None,
        wait: bool = True,
    ) -> Message:
        """Type a line to the bot, in a channel, in a thread. `raw` is sent as it is."""
        slack, room = self._slack, self._room(channel)
        text = words if raw else mrkdwn.typed(words)
        leaf = {"type": "text", "text": words}
        section = {"type": "rich_text_section", "elements": [leaf]}
        rich = [{"type": "rich_text", "elements": [section]}] if words else []
        message = slack.letters.post(
            room,
            self.id,
            text,
            rich,
            thread=(thread.thread or thread.ts) if thread else "",
            parent=thread.user if thread else "",
            files=[file.as_json() for file in files or []],
            client_msg_id=slack.workspace.new("client-").lower(),
        )
        told = payloads.said(message, "file_share" if files else "")
        listens = payloads.subscription(room)
        deliveries = [await slack.happens(told, listens)]
        if f"<@{BOT_USER}>" in text and room.kind != "im" and BOT_USER in room.members:
            mention = told | {"type": "app_mention"}
            mention.pop("channel_type")
            deliveries.append(await slack.happens(mention))
        for delivery in deliveries:
            if delivery is not None and wait:
                await self.waits_for(delivery)
        return message

    async def uploads(
        self,
        data: bytes,
        *,
        name: str = "photo.jpg",
        mimetype: str = "image/jpeg",
        words: str = "",
        channel: str = "",
        wait: bool = True,
    ) -> Message:
        """Send a file to the bot, with a line beside it or without."""
        file = self.file(data, name=name, mimetype=mimetype)
        return await self.says(words, channel=channel, files=[file], wait=wait)

    def file(self, data: bytes, *, name: str = "photo.jpg", mimetype: str = "image/jpeg") -> File:
        """A file of theirs, to be put into a form's file field."""
        slack = self._slack
        return slack.workspace.add_file(self.id, data, name, mimetype, slack.base)

    async def edits(self, message: Message, words: str, *, wait: bool = True) -> Delivery | None:
        """Change something they have said."""
        assert message.user == self.id, "people edit their own messages only"
        before, ts = message.as_json(), self._slack.workspace.ts()
        leaf = {"type": "text", "text": words}
        section = {"type": "rich_text_section", "elements": [leaf]}
        rich = self._slack.completed([{"type": "rich_text", "elements": [section]}])
        message.change(mrkdwn.typed(words), rich, ts)
        return await self._told(message, payloads.changed(message, before, ts), wait)

    async def deletes(self, message: Message, *, wait: bool = True) -> Delivery | None:
        """Take back something they have said."""
        assert message.user == self.id, "people delete their own messages only"
        message.deleted = True
        told = payloads.deleted(message, self._slack.workspace.ts())
        return await self._told(message, told, wait)

    async def _told(self, message: Message, event: Any, wait: bool) -> Delivery | None:
        delivery = await self._slack.happens(event, payloads.subscription(message.room))
        if delivery is not None and wait:
            await self.waits_for(delivery)
        return delivery

    # --- Taps ----------------------------------------------------------------------------------

    def _places(self, on: Message | View | None) -> list[Message | View]:
        if on is not None:
            return [on]
        if self.modal is not None:
            return [self.modal]
        home = self._slack.views.homes.get(self.id)
        return [*reversed(self.received), *([home] if home else [])]

    def finds(self, wanted: str, on: Message | View | None = None) -> tuple[Message | View, Shown]:
        """Where something to tap is shown: the open modal alone, else messages, newest first,
        then the home page."""
        places = self._places(on)
        for place in places:
            assert not (isinstance(place, Message) and place.deleted), "that message is gone"
            shown = place.tappable(wanted)
            if shown is not None:
                return place, shown
        labels = [place.labels for place in places[:3]]
        raise NotShown(f"{self.id} sees nothing called {wanted!r} to tap: {labels}")

    async def taps(
        self,
        wanted: str,
        on: Message | View | None = None,
        *,
        stale: int | None = None,
        wait: bool = True,
    ) -> Delivery:
        """Tap a button, or a line of an overflow menu, by label, action id or value.

        `stale`: on a client that still shows this version of the message, counted from 0.
        """
        if stale is None:
            place, shown = self.finds(wanted, on)
        else:
            assert isinstance(on, Message), "say which message is stale"
            found = Old(on.versions[stale].blocks).tappable(wanted)
            assert found is not None, f"version {stale} shows no {wanted!r}"
            place, shown = on, found
        action: dict[str, Any] = {"type": shown.kind}
        if shown.option is not None:
            action["selected_option"] = shown.option
        else:
            kept = ("text", "value", "style", "url", "confirm", "accessibility_label")
            action |= {n: shown.element[n] for n in kept if n in shown.element}
        return await self._acts(place, shown, action, wait)

    async def picks(
        self, wanted: str, value: Any, on: Message | View | None = None, *, wait: bool = True
    ) -> Delivery:
        """Choose in a menu outside an input block: the app is told at once."""
        for place in self._places(on):
            try:
                shown = place.input(wanted)
            except NotShown:
                continue
            said = self._put(place, shown, value)
            return await self._acts(place, shown, filling.action(shown.element, said), wait)
        raise NotShown(f"{self.id} sees nothing called {wanted!r} to choose in")

    def _put(self, place: Message | View, shown: Shown, value: Any) -> Any:
        offered = None
        if "external_select" in shown.kind:
            where = place.id if isinstance(place, View) else place.ts
            offered = self._offered.get((where, shown.action_id), [])
        said = filling.filled(shown.element, value, offered)
        values = place.values if isinstance(place, View) else place.state
        values.setdefault(shown.block_id, {})[shown.action_id] = said
        return said

    async def _acts(
        self, place: Message | View, shown: Shown, action: dict[str, Any], wait: bool
    ) -> Delivery:
        slack = self._slack
        action = {
            "action_id": shown.action_id,
            "block_id": shown.block_id,
            **action,
            "action_ts": slack.workspace.ts(),
        }
        trigger = slack.views.trigger(self.id)
        if isinstance(place, View):
            payload = payloads.acted_on_view(slack, self.id, place, action, trigger)
        else:
            respond = slack.replies.url("actions", self.id, place.room, place)
            payload = payloads.acted_on_message(slack, self.id, place, action, trigger, respond)
        return await self._tell(Delivery("interactive", payload), wait)

    # --- Home, commands, shortcuts ---------------------------------------------------------------

    async def opens_home(self, *, tab: str = "home", wait: bool = True) -> Delivery | None:
        """Open the app's home tab, or its messages tab."""
        told: JSON = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.direct.id,
            "tab": tab,
            "event_ts": self._slack.workspace.ts(),
        }
        view = self._slack.views.homes.get(self.id)
        if view is not None and tab == "home":
            told["view"] = view.as_json()
        delivery = await self._slack.happens(told)
        if delivery is not None and wait:
            await self.waits_for(delivery)
        return delivery

    async def runs(self, line: str, *, channel: str = "", wait: bool = True) -> Delivery:
        """Type a slash command, wherever they are."""
        slack = self._slack
        name, _, text = line.partition(" ")
        if name not in slack.commands:
            raise NotShown(f"{name} is not a command here: {sorted(slack.commands)}")
        room = self._room(channel)
        respond = slack.replies.url("commands", self.id, room)
        trigger = slack.views.trigger(self.id)
        payload = payloads.command(slack, self.id, room, name, text.strip(), trigger, respond)
        delivery = Delivery("slash_commands", payload, accepts_response=True)

        async def answered(response: Any) -> None:
            slack.replies.to_command(slack.replies.by_url(respond), delivery, response)

        delivery.on_response = answered
        return await self._tell(delivery, wait)

    async def shortcut(self, callback_id: str, *, wait: bool = True) -> Delivery:
        """A global shortcut, from the lightning bolt or the search bar."""
        trigger = self._slack.views.trigger(self.id)
        payload = payloads.shortcut(self._slack, self.id, callback_id, trigger)
        return await self._tell(Delivery("interactive", payload), wait)

    async def message_shortcut(
        self, message: Message, callback_id: str, *, wait: bool = True
    ) -> Delivery:
        """A shortcut from a message's menu."""
        slack = self._slack
        trigger = slack.views.trigger(self.id)
        respond = slack.replies.url("actions", self.id, message.room, message)
        payload = payloads.message_shortcut(slack, self.id, message, callback_id, trigger, respond)
        return await self._tell(Delivery("interactive", payload), wait)

    # --- Modals ----------------------------------------------------------------------------------

    def _modal(self, modal: View | None = None) -> View:
        found = modal or self.modal
        if found is None or found not in self.modals:
            raise NotShown(f"{self.id} has no modal open; troubles: {self.troubles}")
        return found

    async def fills(
        self, values: Mapping[str, Any], modal: View | None = None, *, wait: bool = True
    ) -> View:
        """Fill in an open modal: by label, block id or action id. The app is told where it has
        asked to be (`dispatch_action`)."""
        view = self._modal(modal)
        for wanted, value in values.items():
            shown = view.input(wanted)
            said = self._put(view, shown, value)
            if shown.block["type"] != "input" or shown.block.get("dispatch_action"):
                await self._acts(view, shown, filling.action(shown.element, said), wait)
        return view

    async def searches(self, wanted: str, typed: str, modal: View | None = None) -> list[str]:
        """Type into an external menu: the labels the app offers for it."""
        view, slack = self._modal(modal), self._slack
        shown = view.input(wanted)
        block, action = shown.block_id, shown.action_id
        payload = payloads.suggestion(slack, self.id, view, block, action, typed)
        delivery = Delivery("interactive", payload, accepts_response=True)
        await self._tell(delivery, True)
        options = slack.replies.to_suggestion(delivery)
        self._offered[view.id, action] = options
        return [option["text"]["text"] for option in options]

    async def submits(self, modal: View | None = None, *, wait: bool = True) -> Delivery:
        """Press the modal's submit button; a client asks for what is missing itself."""
        view = self._modal(modal)
        if not view.submit:
            raise NotShown("this modal has nothing to submit")
        for shown in view.elements():
            if shown.block["type"] != "input":
                continue
            said = view.values[shown.block_id][shown.action_id]
            if filling.is_empty(said):
                if not shown.block.get("optional"):
                    raise NotShown(f"{shown.label!r} is required and empty")
            elif len(str(said.get("value") or "")) < shown.element.get("min_length", 0):
                raise NotShown(f"{shown.label!r} is too short")
        view.errors = {}
        slack = self._slack
        payload = payloads.submitted(slack, view, slack.views.trigger(self.id))
        delivery = Delivery("interactive", payload, accepts_response=True)

        async def answered(response: Any) -> None:
            slack.replies.to_submission(view, delivery, response)

        delivery.on_response = answered
        return await self._tell(delivery, wait)

    async def closes(
        self, modal: View | None = None, *, everything: bool = False, wait: bool = True
    ) -> Delivery | None:
        """Close the modal on top, or the whole stack; the app is told where it has asked."""
        view = self._modal(modal)
        clear = everything or bool(view.given.get("clear_on_close"))
        gone = list(reversed(self.modals)) if clear else [view]
        told = None
        for closed in gone:
            self.modals.remove(closed)
            if closed.given.get("notify_on_close"):
                payload = payloads.closed(self._slack, closed, cleared=clear)
                told = await self._tell(Delivery("interactive", payload), wait)
        return told
