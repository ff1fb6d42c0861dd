"""Forms in conversation: begin, answer, go back, leave out, cancel, resume.

Rules of the room:
- Whatever somebody has typed is kept in the draft at once; a restart or a week changes nothing.
- An answer to an earlier question, by an old button, is a correction and counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot import forms
from bot.buttons import may_be
from bot.choices import choices
from bot.events import Submitted
from bot.forms import FORMS, SKIPPED, Draft, Form, Option, Question
from bot.handlers import BOARD, CHECKS, COMPLETED, NOUN_ID, READY, SOONER, Scene, problem, tap
from bot.outcomes import Entry, Outcome, Priority, Refresh, Reply, Show


def question_card(scene: Scene, draft: Draft, question: str, wrong: Reply | None = None) -> Show:
    """The card that asks one question."""
    args = {"question": question}
    if wrong is not None:
        args |= {"problem": wrong.key, **{k: str(v) for k, v in wrong.args.items()}}
    return Show(
        scene.person.id,
        "form",
        f"draft:{draft.id}",
        args,
        Priority.REPLY,
        channel=scene.channel,
        about=f"draft:{draft.id}",
    )


async def begin(
    scene: Scene, form_name: str, about: str = "", given: Mapping[str, str] | None = None
) -> Outcome:
    """Open a fresh draft, filled with what is known already, and ask the first question.

    An unfinished draft of the same kind about the same thing is taken up again instead.
    """
    earlier = await scene.look.draft_of(scene.person.id)
    out = Outcome()
    if earlier is not None and not earlier.sent:
        if (earlier.form, earlier.about) == (form_name, about) and not given:
            if scene.channel == BOARD:
                # The page says what there is, how old it is, and offers to begin anew.
                return Outcome(draft=earlier.id)
            out = await ask_next(scene, earlier)
            out.reply = Reply("draft-resumed")
            return out
        if not earlier.answers:
            out.save.append(replace(earlier, done=True, due_at=None))
    draft = Draft(scene.ids.token(NOUN_ID), scene.person.id, form_name, about=about)
    return out.add(await advance(scene, draft, dict(given or {}), begun=True))


async def options(scene: Scene, draft: Draft, question: Question) -> tuple[Option, ...]:
    """What may be chosen for a question, in the sender's language."""
    return await choices(scene.look, scene.reader, FORMS[draft.form], draft, question)


async def advance(
    scene: Scene, draft: Draft, given: Mapping[str, str], *, begun: bool = False
) -> Outcome:
    """Take over answers; send the form once it is ready; ask the next question."""
    form = FORMS[draft.form]
    lists: dict[str, tuple[Option, ...]] = {}
    for name in given:
        question = form.question(name)
        if question is not None and question.kind == "choice":
            lists[name] = await options(scene, draft, question)
    fresh, problems = forms.answer(form, draft, given, lists)
    reasons = {name: Reply(key, problem=True) for name, key in problems.items()}
    for name in given:
        check = CHECKS.get((form.name, name))
        if check is not None and name in fresh.answers and name not in reasons:
            wrong = await check(scene, fresh)
            if wrong is not None:
                reasons[name] = wrong
                left = {k: v for k, v in fresh.answers.items() if k != name}
                fresh = replace(fresh, answers=left)
    out = Outcome()
    if reasons and not begun:
        return out.add(refused(scene, fresh, reasons))
    changed = {n: v for n, v in fresh.answers.items() if draft.answers.get(n) != v}
    if fresh.sent and changed and form.name in COMPLETED:
        out.add(await COMPLETED[form.name](scene, fresh, changed))
    if not fresh.sent and _to_be_sent(scene, form, fresh):
        done, became = await READY[form.name](scene, fresh)
        out.add(done)
        if not became:
            failed = next((q for q in reversed(form.questions) if q.name in given), None)
            if failed is not None and out.reply is not None and out.reply.problem:
                again = replace(
                    fresh,
                    answers={k: v for k, v in fresh.answers.items() if k != failed.name},
                )
                out.add(refused(scene, again, {failed.name: out.reply}))
            return out
        fresh = replace(fresh, sent=became)
    out.refresh.append(Refresh(f"draft:{fresh.id}"))
    return out.add(await ask_next(scene, fresh))


def _to_be_sent(scene: Scene, form: Form, draft: Draft) -> bool:
    """True once the questions that matter are answered, or what is known cannot wait for more."""
    sooner = SOONER.get(form.name)
    return forms.ready(form, draft) or (sooner is not None and sooner(scene, draft))


def refused(scene: Scene, draft: Draft, reasons: Mapping[str, Reply]) -> Outcome:
    """Keep the draft and say what is wrong: beside the questions of a page, else with the first
    question again."""
    name, reason = next(iter(reasons.items()))
    out = Outcome(save=[_kept(scene, draft)], reply=reason)
    if scene.paged:
        out.draft, out.problems = draft.id, dict(reasons)
    else:
        out.show.append(question_card(scene, draft, name, reason))
    return out


async def ask_next(scene: Scene, draft: Draft) -> Outcome:
    """Save the draft and show the next open question, or finish."""
    question = forms.upcoming(FORMS[draft.form], draft)
    if question is None:
        return Outcome(save=[replace(draft, done=True, due_at=None, updated_at=scene.now)])
    out = Outcome(save=[_kept(scene, draft)], draft=draft.id)
    if not scene.paged:
        out.show.append(question_card(scene, draft, question.name))
    return out


def _kept(scene: Scene, draft: Draft) -> Draft:
    """The draft with its clock set: sent as it is or a nudge while unsent, then tidied away."""
    patience = scene.rules.drafts_kept
    if not draft.sent and draft.form == "incident" and draft.answers:
        patience = scene.rules.sends_after
    elif not draft.sent and not draft.nudged:
        patience = scene.rules.nudge_after
    return replace(draft, updated_at=scene.now, due_at=scene.now + patience)


@tap("form")
async def tapped(scene: Scene, parts: list[str]) -> Outcome:
    """`form:<draft>:!act`, `form:<draft>:<question>:<tag or !act>`."""
    draft = await scene.look.draft(parts[0])
    if draft is None or len(parts) < 2:
        return problem("draft-gone")
    if draft.person != scene.person.id:
        return problem("not-allowed")
    if over(draft):
        return problem("draft-gone")
    form = FORMS[draft.form]
    act = parts[-1]
    if len(parts) == 2:
        return await _act(scene, form, draft, act)
    question = form.question(parts[1])
    if question is None:
        return problem("draft-gone")
    if act == "!change":
        return await change(scene, draft, question)
    value = SKIPPED if act == "!skip" else act
    return await advance(scene, replace(draft, done=False), {question.name: value})


def over(draft: Draft) -> bool:
    """True if nothing of this form counts any more: given up, or sent and not to be corrected."""
    if draft.form not in FORMS:
        return True
    return draft.form not in COMPLETED if draft.sent else draft.done


async def _act(scene: Scene, form: Form, draft: Draft, act: str) -> Outcome:
    match act:
        case "!back":
            return await go_back(scene, form, draft)
        case "!cancel":
            return cancel(scene, draft)
        case "!resume":
            return await ask_next(scene, draft)
        case "!anew" if not draft.sent:
            given_up = cancel(scene, draft)
            given_up.reply = None
            fresh = Draft(scene.ids.token(NOUN_ID), scene.person.id, form.name, about=draft.about)
            return given_up.add(await advance(scene, fresh, {}, begun=True))
    return problem("button-gone")


async def go_back(scene: Scene, form: Form, draft: Draft) -> Outcome:
    """Ask the question before once more."""
    if draft.sent:
        return problem("button-gone")
    out = await ask_next(scene, forms.back(form, draft))
    out.refresh.append(Refresh(f"draft:{draft.id}"))
    return out


def cancel(scene: Scene, draft: Draft) -> Outcome:
    """Give a draft up. What was sent stays sent."""
    key = "draft-finished" if draft.sent else "draft-cancelled"
    return Outcome(
        save=[replace(draft, done=True, due_at=None, updated_at=scene.now)],
        refresh=[Refresh(f"draft:{draft.id}")],
        journal=[Entry("draft.cancelled", f"draft:{draft.id}", scene.person.id)],
        reply=Reply(key),
    )


async def change(scene: Scene, draft: Draft, question: Question) -> Outcome:
    """Ask an answered question again, keeping the others."""
    if draft.sent and question.name not in ("kind", "place", "hurt", "details"):
        return problem("button-gone")
    answers = {k: v for k, v in draft.answers.items() if k != question.name}
    open_again = replace(draft, answers=answers, done=False)
    return Outcome(
        save=[_kept(scene, open_again)],
        show=[question_card(scene, open_again, question.name)],
    )


def listens(scene: Scene, draft: Draft) -> bool:
    """True while plain typed words belong to this draft."""
    if draft.done or draft.updated_at is None:
        return False
    patience = scene.rules.listens if draft.sent else scene.rules.listens_unsent
    return scene.now - draft.updated_at <= patience


async def submitted(scene: Scene, event: Submitted) -> Outcome:
    """A whole form at once: a page, or the command line."""
    about = event.about
    if not may_be(about):
        return problem("draft-gone")
    if not about.startswith("draft:"):
        return await begin(scene, event.form, about, event.answers)
    draft = await scene.look.draft(about.removeprefix("draft:"))
    if draft is None or draft.person != scene.person.id or over(draft):
        return problem("draft-gone")
    done = {q.name: q.options[0] for q in forms.together(FORMS[draft.form], draft) if q.foregone}
    return await advance(scene, draft, {**event.answers, **done})
