"""Ratings (好差评) and what follows: remedy, appeal, and calls to a sample of closed cases (回访)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yinuo.core.case.commands import (
    AnswerRating,
    AppealRating,
    CallBack,
    Context,
    DecideAppeal,
    Draw,
    FollowUp,
    Made,
    PutRight,
    Rate,
    VerifyRating,
)
from yinuo.core.case.events import Payload
from yinuo.core.case.rules.guards import (
    has_post,
    has_words,
    in_stage,
    is_applicant,
    is_leader,
    is_system,
    owes,
)
from yinuo.core.case.state import ENDED, CaseState, Stage
from yinuo.core.errors import Refusal

LEVELS = range(1, 6)  # GB/T 39046 A.8
BAD = (4, 5)  # 不满意 and 非常不满意
CHANNELS = ("page", "window", "link", "api")
RATED = ENDED | {Stage.GRANTED, Stage.DENIED, Stage.ISSUED, Stage.DELIVERED}
VISITED = frozenset(Stage) - {Stage.SUBMITTED, Stage.SUPPLEMENT}


def rate(command: Rate, state: CaseState, context: Context) -> Made | Refusal:
    """One rating per case and per visit (一事一评, 一次一评); voluntary, so nothing waits for it."""
    no = in_stage(state, VISITED if command.visit else RATED) or is_applicant(state, context)
    no = no or _rateable(command, state, context)
    if no is not None:
        return no
    payload = {
        "level": command.level,
        "reasons": list(command.reasons),
        "words": command.words,
        "visit": command.visit,
        "channel": command.channel,
        "promises": _remedy(state, context, command.visit) if command.level in BAD else [],
    }
    rated: Made = [("rated", payload)]
    ends = state.stage is Stage.DELIVERED and not command.visit
    return [*rated, ("closed", {})] if ends else rated


def _rateable(command: Rate, state: CaseState, context: Context) -> Refusal | None:
    if command.visit not in range(context.item.visits + 1):
        return Refusal("no-such-visit")
    if command.visit in state.ratings:
        return Refusal("rated-already")
    if command.level not in LEVELS or command.channel not in CHANNELS:
        return Refusal("unknown-level", {"level": "not-a-choice"})
    return has_words(command.words, "words-needed") if command.words else None


def _remedy(state: CaseState, context: Context, visit: int) -> list[Payload]:
    """What a bad rating sets going at once: find out, and answer."""
    duties, about = context.duties, str(visit)
    return [
        owes("verify", state.unit, duties.verify, context, about=about, post="leader"),
        owes("answer", state.unit, duties.answer, context, about=about, post="leader"),
    ]


def _leads(state: CaseState, context: Context, key: str, visit: int) -> Refusal | None:
    """Whoever leads the unit, while that link of the remedy is open."""
    no = is_leader(state, context)
    if no is None and state.owes(key, str(visit)) is None:
        no = Refusal("nothing-to-answer")
    return no


def verify_rating(command: VerifyRating, state: CaseState, context: Context) -> Made | Refusal:
    no = _leads(state, context, "verify", command.visit) or has_words(command.finding, "words-needed")
    duties = context.duties
    limit = duties.put_right_complex if command.complex else duties.put_right
    promise = owes("put-right", state.unit, limit, context, about=str(command.visit), post="leader")
    payload = {
        "visit": command.visit,
        "complex": command.complex,
        "finding": command.finding,
        "promise": promise,
    }
    return no or [("rating-verified", payload)]


def answer_rating(command: AnswerRating, state: CaseState, context: Context) -> Made | Refusal:
    no = _leads(state, context, "answer", command.visit) or has_words(command.words, "words-needed")
    return no or [("rating-answered", {"visit": command.visit, "words": command.words})]


def put_right(command: PutRight, state: CaseState, context: Context) -> Made | Refusal:
    no = _leads(state, context, "put-right", command.visit) or has_words(command.measures, "words-needed")
    about = str(command.visit)
    promise = owes("call-back", state.unit, context.duties.call_back, context, about=about)
    payload = {"visit": command.visit, "measures": command.measures, "promise": promise}
    return no or [("put-right", payload)]


def call_back(command: CallBack, state: CaseState, context: Context) -> Made | Refusal:
    """By somebody of the unit, or above it, who never had the case: nobody asks how well they did."""
    no = _uninvolved(state, context) or has_words(command.words, "words-needed")
    if no is None and state.owes("call-back", str(command.visit)) is None:
        no = Refusal("nothing-to-answer")
    payload = {
        "visit": command.visit,
        "reached": command.reached,
        "satisfied": command.satisfied and command.reached,
        "words": command.words,
    }
    return no or [("called-back", payload)]


def _uninvolved(state: CaseState, context: Context) -> Refusal | None:
    actor = context.actor
    if actor.role != "staff" or not actor.works_in(state.unit):
        return Refusal("not-your-unit")
    return Refusal("handled-it-yourself") if state.has_worked(actor.id) else None


def appeal_rating(command: AppealRating, state: CaseState, context: Context) -> Made | Refusal:
    """申诉复核: the rating counts until another unit says that it does not, and stays visible even then."""
    no = is_leader(state, context) or has_words(command.reasons, "reasons-needed")
    rating = state.ratings.get(command.visit)
    if no is None and (rating is None or rating["level"] not in BAD):
        no = Refusal("no-bad-rating")
    if no is None and command.visit in state.appeals:
        no = Refusal("already-asked")
    if no is None and command.to == state.unit:
        no = Refusal("same-unit")
    about, limit = str(command.visit), context.duties.appeal
    promise = owes("appeal", command.to, limit, context, about=about, post="supervisor")
    payload = {"visit": command.visit, "to": command.to, "reasons": command.reasons, "promise": promise}
    return no or [("rating-appealed", payload)]


def decide_appeal(command: DecideAppeal, state: CaseState, context: Context) -> Made | Refusal:
    promise = state.owes("appeal", str(command.visit))
    if promise is None:
        return Refusal("nothing-to-answer")
    no = has_post(state, context, "supervisor") or has_words(command.reasons, "reasons-needed")
    mine = state.appeals[command.visit]["by"] == context.actor.id or state.has_worked(context.actor.id)
    if no is None and (mine or _belongs(state, context)):
        no = Refusal("handled-it-yourself")
    payload = {"visit": command.visit, "upheld": command.upheld, "reasons": command.reasons}
    return no or [("appeal-decided", payload)]


def _belongs(state: CaseState, context: Context) -> bool:
    """Whether somebody also holds a post of the very unit that was rated."""
    supervising = ("leader", "supervisor")
    held = context.actor.posts | context.actor.besides
    return any(unit == state.unit and post not in supervising for post, unit in held)


def draw(command: Draw, state: CaseState, context: Context) -> Made | Refusal:
    no = in_stage(state, ENDED) or is_system(context)
    if no is None and state.promise("follow-up") is not None:
        no = Refusal("drawn-already")
    promise = owes("follow-up", command.unit, context.duties.follow_up, context, about=command.draw)
    return no or [("drawn", {"draw": command.draw, "seed": command.seed, "promise": promise})]


def follow_up(command: FollowUp, state: CaseState, context: Context) -> Made | Refusal:
    promise = state.owes("follow-up")
    if promise is None:
        return Refusal("nothing-to-answer")
    no = has_words(command.words, "words-needed")
    if no is None and not context.actor.works_in(promise.owner):
        no = Refusal("not-your-unit")
    if no is None and state.has_worked(context.actor.id):
        no = Refusal("handled-it-yourself")
    if no is None and command.level is not None and (command.level not in LEVELS or not command.reached):
        no = Refusal("unknown-level", {"level": "not-a-choice"})
    payload = {"reached": command.reached, "level": command.level, "words": command.words}
    return no or [("followed-up", payload)]


RULES: Mapping[type, Any] = {
    Rate: rate,
    VerifyRating: verify_rating,
    AnswerRating: answer_rating,
    PutRight: put_right,
    CallBack: call_back,
    AppealRating: appeal_rating,
    DecideAppeal: decide_appeal,
    Draw: draw,
    FollowUp: follow_up,
}
