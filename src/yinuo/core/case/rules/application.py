"""From the application to its acceptance: submit, supplement, accept, refuse, forward, withdraw, lapse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yinuo.core.case.commands import (
    Accept,
    AllowNotice,
    AnswerSupplement,
    AskSupplement,
    Context,
    Deem,
    Lapse,
    Made,
    Refuse,
    Submit,
    Withdraw,
)
from yinuo.core.case.events import Payload
from yinuo.core.case.folding import promise_json
from yinuo.core.case.rules.guards import (
    has_post,
    has_words,
    in_stage,
    is_applicant,
    is_system,
    ran_out,
)
from yinuo.core.case.state import UNDECIDED, CaseState, Stage
from yinuo.core.clock import Pause, Stopped, day_of
from yinuo.core.errors import Refusal
from yinuo.core.form import Answers, problems, settle
from yinuo.core.item import Item
from yinuo.core.promise import Promise

# 行政许可法第三十二条: one notice of everything that is missing; until it is answered, no time runs.
SUPPLEMENT_GROUND = "administrative-licensing-law 第三十二条"


def submit(command: Submit, state: None, context: Context) -> Made | Refusal:
    if context.actor.role != "applicant":
        return Refusal("only-an-applicant")
    if command.principal and not context.actor.stands_for(command.principal, context.item.id):
        return Refusal("without-a-mandate")
    answers = settle(context.item.form, command.answers)
    wrong = incomplete(context.item, answers, frozenset(command.provided), context.now)
    if wrong is not None:
        return wrong
    payload = {
        "number": command.number,
        "query_code": command.query_code,
        "item": context.item.id,
        "item_version": context.item.version,
        "applicant": context.actor.id,
        "unit": command.unit,
        "owner": command.owner,
        "answers": answers,
        "provided": {key: list(ids) for key, ids in command.provided.items()},
        "promise": begin(context, "accept", command.unit, context.now),
        **({"principal": command.principal, "mandate": command.mandate} if command.principal else {}),
    }
    return [("submitted", payload)]


def incomplete(item: Item, answers: Answers, provided: frozenset[str], now: datetime) -> Refusal | None:
    """`invalid-answers` or `missing-materials`, with every field that is wrong."""
    wrong = problems(item.form, answers, day_of(now))
    if wrong:
        return Refusal("invalid-answers", wrong)
    missing = item.missing(answers, provided)
    return Refusal("missing-materials", {m.key: "required" for m in missing}) if missing else None


def begin(context: Context, key: str, owner: str, start: datetime) -> dict[str, object]:
    """The promise of that kind as the item declares it, beginning now."""
    limit, route = context.item.limits[key], context.item.route
    ground = str(limit.ground) if limit.ground else ""
    post = {"accept": route.accept_post, "decide": route.decide_post}.get(key, route.issue_post)
    return promise_json(Promise(key, owner, limit.promised, limit.statutory, ground, start, post=post))


def begin_step(context: Context, index: int, owner: str, start: datetime) -> dict[str, object] | None:
    """The promise of the step at `index`; None where only the decision is left, which has its own."""
    step = context.item.route.step(index)
    if step is None:
        return None
    limit = step.limit or context.duties.step(context.item.limits["decide"].promised)
    return promise_json(Promise("step", owner, limit, None, "", start, about=step.key, post=step.post))


def ask_supplement(command: AskSupplement, state: CaseState, context: Context) -> Made | Refusal:
    item = context.item
    no = (
        in_stage(state, {Stage.SUBMITTED})
        or has_post(state, context, item.route.accept_post)
        or _notice_problem(command, item)
        or _second_notice(state, context)
    )
    if no is not None:
        return no
    ground = str(item.supplement.ground or SUPPLEMENT_GROUND)
    answer = item.supplement.answer
    promise = Promise("supplement", "applicant", answer, None, ground, context.now)
    payload = {
        "materials": dict(command.materials),
        "fields": dict(command.fields),
        "approved_by": state.notice_allowed,
        "ground": ground,
        "answered": _leaves_nothing(state, context),
        "promise": promise_json(promise),
    }
    return [("supplement-asked", payload)]


def _notice_problem(command: AskSupplement, item: Item) -> Refusal | None:
    if not command.materials and not command.fields:
        return Refusal("nothing-asked")
    unknown = [key for key in command.materials if item.material(key) is None]
    unknown += [key for key in command.fields if item.form.field(key) is None]
    if unknown:
        return Refusal("unknown-field", dict.fromkeys(unknown, "unknown-field"))
    silent = [key for key, words in {**command.materials, **command.fields}.items() if not words.strip()]
    return Refusal("say-what-is-wrong", dict.fromkeys(silent, "required")) if silent else None


def _second_notice(state: CaseState, context: Context) -> Refusal | None:
    """Nobody approves their own second notice."""
    if not state.notices or state.notice_allowed not in (None, context.actor.id):
        return None
    return Refusal("second-notice")


def allow_notice(command: AllowNotice, state: CaseState, context: Context) -> Made | Refusal:
    """行政许可法第三十二条 knows one notice; a second is somebody's decision and says whose."""
    no = (
        in_stage(state, {Stage.SUBMITTED})
        or has_post(state, context, "supervisor")
        or has_words(command.reason, "reasons-needed")
    )
    if no is not None:
        return no
    return [("notice-allowed", {"reason": command.reason})] if state.notices else Refusal("no-first-notice")


def _leaves_nothing(state: CaseState, context: Context) -> bool:
    """Whether the clock for acceptance has no day left that could be stopped: the notice is sent on its
    last day, or late. Then the notice itself is what was owed, and its answer begins a clock of its own."""
    promise = state.promise("accept")
    if promise is None or promise.ended is not None:
        return False
    return not isinstance(promise.pause(Pause(context.now, None)).due(context.calendar), Stopped)


def answer_supplement(command: AnswerSupplement, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, {Stage.SUPPLEMENT}) or is_applicant(state, context)
    if no is not None:
        return no
    answers = settle(context.item.form, command.answers)
    wrong = incomplete(context.item, answers, frozenset(command.provided), context.now)
    if wrong is not None:
        return wrong
    accept = state.promise("accept")
    restarts = context.item.supplement.restarts or accept is None or accept.ended is not None
    payload = {
        "answers": answers,
        "provided": {key: list(ids) for key, ids in command.provided.items()},
        "promise": begin(context, "accept", state.unit, context.now) if restarts else None,
    }
    return [("supplemented", payload)]


def accept(command: Accept, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, {Stage.SUBMITTED}) or has_post(state, context, context.item.route.accept_post)
    return no or [("accepted", _acceptance(context, state, context.now, context.now, deemed=False))]


def _acceptance(
    context: Context, state: CaseState, since: datetime, at: datetime, *, deemed: bool
) -> Payload:
    """The clock to decide begins; that of the first step begins `at` once somebody can begin with it."""
    return {
        "deemed": deemed,
        "promise": begin(context, "decide", state.unit, since),
        "step": begin_step(context, 0, state.unit, at),
    }


def deem(command: Deem, state: CaseState, context: Context) -> Made | Refusal:
    """行政许可法第三十二条第一款第四项: not told in time, accepted from the day of receipt."""
    no = in_stage(state, {Stage.SUBMITTED}) or is_system(context)
    if no is not None:
        return no
    promise = state.promise("accept")
    at = ran_out(promise, context, by_law=True) if promise is not None else None
    if promise is None or at is None:
        return Refusal("not-yet")
    since = promise.start if isinstance(promise.start, datetime) else state.received
    return [("accepted", _acceptance(context, state, since, at, deemed=True))]


def refuse(command: Refuse, state: CaseState, context: Context) -> Made | Refusal:
    no = (
        in_stage(state, {Stage.SUBMITTED})
        or has_post(state, context, context.item.route.accept_post)
        or has_words(command.reasons, "reasons-needed")
    )
    return no or [
        ("refused", {"reasons": command.reasons, "to": command.to or None, "remedies": remedies(context)})
    ]


def remedies(context: Context) -> list[dict[str, str]]:
    """行政许可法第三十八条第二款: a no is told with its reasons and the ways to appeal."""
    return [{"zh": remedy.zh, "en": remedy.en} for remedy in context.item.remedies]


def withdraw(command: Withdraw, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, UNDECIDED) or is_applicant(state, context)
    return no or [("withdrawn", {"reason": command.reason})]


def lapse(command: Lapse, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, {Stage.SUPPLEMENT}) or is_system(context)
    if no is not None:
        return no
    promise = state.promise("supplement")
    if promise is None or ran_out(promise, context, by_law=False) is None:
        return Refusal("not-yet")
    return [("lapsed", {"notice": state.notice, "remedies": remedies(context)})]


RULES: Mapping[type, Any] = {
    Submit: submit,
    AskSupplement: ask_supplement,
    AllowNotice: allow_notice,
    AnswerSupplement: answer_supplement,
    Accept: accept,
    Deem: deem,
    Refuse: refuse,
    Withdraw: withdraw,
    Lapse: lapse,
}
