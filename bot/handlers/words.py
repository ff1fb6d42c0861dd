"""Typed words, pictures and places: found a meaning, or one helpful line.

Rules of the room, in order of precedence:
1. "Cancel", "back" and "skip" steer the form one is in; "help" and "menu" always work.
2. An answer ("I'm safe", 無事です) answers the roll call that waits for one, or the last one that
   still takes late answers; so does one among other words ("no, I am safe").
3. An open form takes the words as its answer, unless they plainly are none: an answer to a roll
   call, a cry (see `asides`).
4. A number taps that button of the newest card that has buttons.
5. Whoever said that they need help and writes on is heard by those who were called.
6. Words for an incident start a report, with the words as its details; so does a cry for help
   while nobody asked. From whoever is dealing with an incident of that kind they are news of it.
7. Whoever has taken one incident writes its timeline.
8. From whoever is asked in a roll call that still runs it is a remark: no answer, but kept for
   those who look after them; and the question is asked again.
9. Everything else gets one helpful line with the menu.
"""

from __future__ import annotations

import unicodedata
from datetime import timedelta

from bot import checkins, desk, forms
from bot.asks import Ask, Kind, Standing
from bot.cards import Card
from bot.events import Attached, Located, Wrote
from bot.forms import FORMS, SKIPPED, Draft, Question
from bot.handlers import NOUN_ID, TAPS, Scene, problem
from bot.handlers.asides import among_words, for_the_cry, no_answer
from bot.handlers.calls import consent
from bot.handlers.forms import advance, begin, cancel, change, go_back, listens, options
from bot.handlers.incidents import add_note, add_photo, may_work
from bot.handlers.menu import card, do
from bot.handlers.newcomers import offer
from bot.incidents import Incident
from bot.outcomes import Outcome, Priority, Reply, Show
from bot.rollcalls import ANSWERS, HELP
from bot.timeline import Note
from bot.views import draw

BY_LINK = frozenset({"link"})
"""Pages of one card: whoever got hold of its link must not get hold of anything else."""
BY_TELEPHONE = frozenset({"sms", "voice"})
"""Channels of bare lines: nothing can be tapped, and each message costs."""
LEFT_LYING = timedelta(minutes=30)
"""How long after its last answer an open form gives way to a newer question."""
IN_HAND = timedelta(hours=12)
"""How long words count as news of what is in hand: an incident of that kind, or one's own cry."""


async def wrote(scene: Scene, event: Wrote) -> Outcome:
    """What a typed line means, and a line in return."""
    text = forms.clean(event.text)
    if not text:
        return await _puzzled(scene)
    if len(text) > scene.rules.text_limit:
        text = text[: scene.rules.text_limit]
        out = await meaning(scene, text)
        out.show.append(line(scene, Reply("text-cut", {"limit": scene.rules.text_limit})))
        return out
    return await meaning(scene, text)


async def meaning(scene: Scene, text: str) -> Outcome:
    """What a line of words means; see the rules of the room."""
    if scene.channel in BY_TELEPHONE | BY_LINK:
        short = await _by_telephone(scene, text)
        if short is not None:
            return short
    draft = await scene.look.draft_of(scene.person.id)
    live = draft if draft is not None and listens(scene, draft) else None
    command = scene.lexicon.command(text)
    if scene.channel in BY_LINK:
        # It opens one card: words beside it answer, cry or report, and steer nothing else.
        live, command = live if live and live.form == "incident" else None, None
    if command is not None:
        return await _command(scene, command, live)
    said = scene.lexicon.answer(text)
    if said is not None:
        ask = await _check_in(scene)
        if ask is not None:
            return await TAPS["ask"](scene, [ask.id, said])
    cries = scene.lexicon.cries(text)
    tells = live is not None and _tells(live)
    if not tells:
        ask = await _check_in(scene)
        if cries and ask is not None and ask.answer != HELP:
            return await _cried(scene, ask, text, live)
        among = await among_words(scene, ask, text, live) if ask and not cries else None
        if among is not None:
            return among
    number = unicodedata.normalize("NFKC", text)
    numbers = scene.channel not in BY_LINK
    if numbers and number.isdecimal() and not (live and _wants_number(live)):
        tapped = await _numbered(scene, int(number[:6]))
        if tapped is not None:
            return tapped
    if live is not None and await _for_the_newer(scene, live):
        remark = await _remarked(scene, text) if scene.lexicon.kind(text) is None else None
        if remark is not None:
            return remark
        live = None
    if live is not None:
        question = forms.upcoming(FORMS[live.form], live)
        if question is not None and question.kind != "photo":
            aside = None
            if not tells:
                aside = await no_answer(scene, live, question, text, await _cry(scene))
            if aside is not None:
                return aside
            return await advance(scene, live, await _answers(scene, live, question, text))
        asked = await scene.look.incident(live.sent) if live.form == "incident" else None
        if asked is not None and not asked.over:
            # Asked for a photo of it, people also say something about it.
            return add_note(scene, asked, text)
    kind = scene.lexicon.kind(text)
    mine = await scene.look.in_charge(scene.person.id)
    cry = await _cry(scene)
    if cry is not None:
        out = for_the_cry(scene, cry, text)
        if kind is not None and not _is_news(scene, mine, kind):
            # Heard by those who were called, and a report as well: they may be called no more.
            reply = out.reply
            out.add(await begin(scene, "incident", given={"kind": kind, "details": text}))
            out.reply = reply
        return out
    if kind is not None and not _is_news(scene, mine, kind):
        return await begin(scene, "incident", given={"kind": kind, "details": text})
    if cries or said == HELP:
        return await begin(scene, "incident", given={"details": text})
    if len(mine) == 1:
        return add_note(scene, mine[0], text)
    if mine:
        return await begin(scene, "note", given={"text": text})
    # A number that is on no button is a slip, not a remark.
    remark = await _remarked(scene, text) if any(letter.isalpha() for letter in text) else None
    return remark or await _puzzled(scene)


async def _for_the_newer(scene: Scene, live: Draft) -> bool:
    """True if somebody has been asked whether they are safe long after they left a form lying:
    what they write now is about the newer question."""
    left = live.updated_at
    if left is None or scene.now - left < LEFT_LYING:
        return False
    ask = await _check_in(scene)
    roll_call = await scene.look.roll_call(ask.about.removeprefix("rollcall:")) if ask else None
    if ask is None or roll_call is None or ask.answer or not roll_call.running:
        return False
    return roll_call.launched_at > left


async def _remarked(scene: Scene, text: str) -> Outcome | None:
    """What somebody who is being asked says besides; `None` if nobody asks them."""
    ask = await _check_in(scene)
    roll_call = await scene.look.roll_call(ask.about.removeprefix("rollcall:")) if ask else None
    if ask is None or roll_call is None:
        return None
    if not roll_call.running and scene.channel not in BY_LINK:
        return None
    if checkins.refusal(roll_call, scene.now) is not None:
        return None
    if checkins.crying(ask):
        return for_the_cry(scene, ask, text)
    note = Note(
        scene.ids.token(NOUN_ID + 5), f"ask:{ask.id}", scene.now, scene.person.id, text=text
    )
    listener = await desk.listener(scene.look, roll_call, ask)
    if ask.answer and not listener:
        return None
    out = checkins.remarked(roll_call, ask, note, listener)
    asked = not ask.answer and ask.standing is not Standing.HELD
    if asked and scene.channel not in BY_LINK | BY_TELEPHONE:
        out.show.append(
            Show(
                ask.person,
                "checkin",
                f"ask:{ask.id}",
                priority=Priority.REPLY,
                channel=scene.channel,
                about=ask.about,
                in_place=True,
            )
        )
    return out


async def _cried(scene: Scene, ask: Ask, text: str, live: Draft | None) -> Outcome:
    """A sentence that cries for help answers the question, whatever form is open; those who are
    called read it.

    One that also says what has happened is a report as well: a fire during a drill is no drill.
    """
    out = await TAPS["ask"](scene, [ask.id, HELP])
    reply = out.reply
    if reply is None or not reply.problem:
        out.add(for_the_cry(scene, ask, text))
    kind = scene.lexicon.kind(text)
    if kind is not None and live is None:
        mine = await scene.look.in_charge(scene.person.id)
        if not _is_news(scene, mine, kind):
            out.add(await begin(scene, "incident", given={"kind": kind, "details": text}))
    elif kind is not None and live is not None and _asks_what(live):
        told = {"kind": kind, "details": live.answers.get("details", text)}
        out.add(await advance(scene, live, told))
    out.reply = reply
    return out


async def _by_telephone(scene: Scene, text: str) -> Outcome | None:
    """By telephone there is one question at a time, and its answers are always numbered alike: a
    "1" there is about oneself, whatever else was shown elsewhere meanwhile. And whoever is asked
    whether they are safe and writes HELP does not want to be told how this works."""
    number = unicodedata.normalize("NFKC", text).strip(" .。#*")
    numbered = number.isdecimal() and 1 <= int(number[:6]) <= len(ANSWERS)
    if not numbered and scene.lexicon.command(text) != "help":
        return None
    ask = await _check_in(scene)
    if ask is None:
        return None
    said = ANSWERS[int(number) - 1] if numbered else HELP
    return await TAPS["ask"](scene, [ask.id, said])


def _asks_what(draft: Draft) -> bool:
    """True while a report waits for what has happened."""
    question = forms.upcoming(FORMS[draft.form], draft)
    return draft.form == "incident" and question is not None and question.name == "kind"


def _tells(draft: Draft) -> bool:
    """True while a form waits for a text: people tell there what happens to others."""
    question = forms.upcoming(FORMS[draft.form], draft)
    return question is not None and question.kind == "text"


async def _cry(scene: Scene) -> Ask | None:
    """The sender's own cry for help, while it is fresh."""
    cry = await scene.look.cry_of(scene.person.id)
    if cry is None or cry.answered_at is None or scene.now - cry.answered_at > IN_HAND:
        return None
    return cry


async def _answers(scene: Scene, draft: Draft, question: Question, text: str) -> dict[str, str]:
    """What a typed line answers: asked what has happened, people tell it in a sentence."""
    if (
        not _asks_what(draft)
        or forms.match(text, await options(scene, draft, question)) is not None
    ):
        return {question.name: text}
    told = {"details": draft.answers.get("details", text)}
    kind = scene.lexicon.kind(text)
    if kind is not None:
        return {"kind": kind, **told}
    # What they need is not lost while we still ask what has happened.
    return told if scene.lexicon.cries(text) else {question.name: text}


def _is_news(scene: Scene, mine: list[Incident], kind: str) -> bool:
    """True if somebody who writes of a fire has just taken a fire in hand."""
    return any(
        i.kind == kind and i.taken_at is not None and scene.now - i.taken_at <= IN_HAND
        for i in mine
    )


def _wants_number(draft: Draft) -> bool:
    question = forms.upcoming(FORMS[draft.form], draft)
    return question is not None and question.kind in ("number", "choice")


async def _command(scene: Scene, command: str, draft: Draft | None) -> Outcome:
    match command:
        case "cancel":
            return cancel(scene, draft) if draft else _say(scene, "nothing-to-cancel")
        case "back":
            if draft is None:
                return _say(scene, "nothing-to-cancel")
            return await go_back(scene, FORMS[draft.form], draft)
        case "skip":
            question = forms.upcoming(FORMS[draft.form], draft) if draft else None
            if draft is None or question is None:
                return _say(scene, "nothing-to-cancel")
            return await advance(scene, draft, {question.name: SKIPPED})
        case "shownumber" | "hidenumber":
            return await consent(scene, shown=command == "shownumber")
        case "unlink":
            return offer(scene)
        case "note":
            mine = await scene.look.in_charge(scene.person.id)
            if mine:
                return await begin(scene, "note")
            return await _puzzled(scene)
        case _:
            return await do(scene, [command])


async def _check_in(scene: Scene) -> Ask | None:
    waiting = await scene.look.waiting_for(scene.person.id)
    open_one = next((a for a in waiting if a.kind is Kind.CHECK_IN), None)
    if open_one is not None:
        return open_one
    ended = await scene.look.ended_lately(scene.now)
    for roll_call in [*await scene.look.running(), *ended]:
        ask = await scene.look.check_in(roll_call.about, scene.person.id)
        if ask is not None:
            return ask
    return None


async def _numbered(scene: Scene, number: int) -> Outcome | None:
    """Tap button `number` of the newest card that has buttons and still asks."""
    for posted in await scene.look.last_posted(scene.person.id):
        shown = await draw(posted.view, scene.look, posted.subject, scene.reader, posted.args)
        if not isinstance(shown, Card) or not shown.every_button():
            continue
        buttons = shown.every_button()
        if not 1 <= number <= len(buttons):
            return None
        verb, *parts = buttons[number - 1].id.split(":")
        return await TAPS[verb](scene, parts)
    return None


async def _puzzled(scene: Scene) -> Outcome:
    out = Outcome() if scene.channel in BY_TELEPHONE else card(scene, "menu")
    out.reply = Reply("not-understood", problem=True)
    return out


def _say(scene: Scene, key: str) -> Outcome:
    del scene
    return Outcome(reply=Reply(key))


def line(scene: Scene, reply: Reply) -> Show:
    """A reply as a line of its own in the conversation."""
    args = {"text": reply.key, **{k: str(v) for k, v in reply.args.items()}}
    return Show(
        scene.person.id,
        "plain",
        f"person:{scene.person.id}",
        args,
        Priority.REPLY,
        channel=scene.channel,
    )


async def attached(scene: Scene, event: Attached) -> Outcome:
    """A picture: for the report in hand, or the incident one has taken or reported."""
    incident = await _pictured(scene)
    if incident is None:
        draft = await scene.look.draft_of(scene.person.id)
        if draft is not None and draft.form == "incident" and not draft.sent:
            return problem("photo-after-sending")
        return problem("photo-not-expected")
    out = add_photo(scene, incident, event.picture)
    draft = await scene.look.draft_of(scene.person.id)
    if draft is not None and draft.form == "incident" and draft.sent == incident.id:
        photo = f"photo:{len(incident.photos) + 1}"
        moved = await advance(scene, draft, {"photo": photo})
        moved.reply = None
        out.add(moved)
    return out


async def _pictured(scene: Scene) -> Incident | None:
    draft = await scene.look.draft_of(scene.person.id)
    if draft is not None and draft.form == "incident" and draft.sent:
        incident = await scene.look.incident(draft.sent)
        if incident is not None and not incident.over:
            return incident
    mine = await scene.look.in_charge(scene.person.id)
    reported = [] if mine else await scene.look.open_incidents(1, reporter=scene.person.id)
    newest = next(iter([*mine, *reported]), None)
    return await scene.look.incident(newest.id) if newest else None


async def located(scene: Scene, event: Located) -> Outcome:
    """A place: the answer to "where", or a line for the incident in hand."""
    spot = f"{event.latitude:.5f}, {event.longitude:.5f}"
    cry = await _cry(scene)
    if cry is not None:
        return for_the_cry(scene, cry, spot)
    draft = await scene.look.draft_of(scene.person.id)
    if draft is not None and draft.form == "incident" and listens(scene, draft):
        if "place" not in draft.answers:
            return await advance(scene, draft, {"place": spot})
        question = FORMS["incident"].question("place")
        if question is not None and not draft.sent:
            return await change(scene, draft, question)
    incident = await _pictured(scene)
    if incident is not None and (
        incident.reporter == scene.person.id or await may_work(scene, incident)
    ):
        return add_note(scene, incident, spot)
    return await _remarked(scene, spot) or problem("place-not-expected")
