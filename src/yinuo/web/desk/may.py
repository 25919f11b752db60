"""What a person can do to a case now, so that the page offers that and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yinuo.apps.cases.disclosure import is_shown
from yinuo.apps.cases.queries import Opened, context
from yinuo.apps.items.queries import catalogue
from yinuo.core.case import Actor, Stage, handle
from yinuo.core.case import commands as c
from yinuo.core.case.rules.supervision import CARDS
from yinuo.core.errors import Refusal
from yinuo.web.clocks import about_name, promise_name
from yinuo.web.story_upkeep import card_name

W = "…"  # stands for the words that will be written


def may(found: Opened, who: Actor, now: datetime, hidden: Collection[int]) -> dict[str, Any]:
    """`True` for each verb; the core has the last word, this only keeps the page short.

    hidden: the visits whose rating this person may not see yet.
    """
    asks = _Asking(found, who, now)
    return {**_allowed(found, who), **_around(asks, hidden), "remedy": _remedy(asks, hidden)}


def _allowed(found: Opened, who: Actor) -> dict[str, bool]:
    """Of what the case waits for, what the matrix of posts lets this person do."""
    powers = catalogue().city.posts.powers
    held = {post for post, _ in who.posts}
    verbs = _service(found, who)
    return {verb: can and bool(held & powers.of(verb.replace("_", "-"))) for verb, can in verbs.items()}


@dataclass(frozen=True, slots=True)
class _Asking:
    """Asks the core itself: what it would allow this person now."""

    found: Opened
    who: Actor
    now: datetime

    def lets(self, command: c.Command) -> bool:
        state = self.found.state
        asked = context(self.who, self.found.item, max(self.now, state.changed))
        return not isinstance(handle(command, state, asked), Refusal)


def _service(found: Opened, who: Actor) -> dict[str, bool]:
    state, route = found.state, found.item.route
    step = route.step(state.step)
    accepts = state.stage is Stage.SUBMITTED and who.holds(route.accept_post, state.unit)
    worker = step.post if step else route.decide_post
    works = who.holds(worker, state.unit)
    issues = who.holds(route.issue_post, state.unit)
    leads = who.holds(route.extend_post, state.unit)
    return {
        "take": state.ended is None and state.owner.person != who.id and who.works_in(state.unit),
        "hand_over": state.ended is None and (state.owner.person == who.id or leads),
        "accept": accepts,
        "forward": accepts and state.offered is None,
        "supplement": accepts and (not state.notices or state.notice_allowed not in (None, who.id)),
        "allow_notice": state.stage is Stage.SUBMITTED
        and state.notices > 0
        and state.notice_allowed is None
        and who.holds("supervisor", state.unit),
        "correct": who.holds("supervisor", state.unit),
        "pass": state.stage is Stage.ACCEPTED and step is not None and works,
        "decide": state.stage is Stage.ACCEPTED and step is None and works,
        "return": state.stage is Stage.ACCEPTED and state.step > 0 and works,
        "suspend": state.stage is Stage.ACCEPTED and works and bool(found.item.special_procedures),
        "resume": state.stage is Stage.SUSPENDED and works,
        "ask_extension": _extendable(found) and works and state.extension is None,
        "answer_extension": state.extension is not None and leads,
        "issue": state.stage in (Stage.GRANTED, Stage.DENIED) and issues,
        "deliver": state.stage is Stage.ISSUED and issues,
        "revoke": state.document is not None
        and state.revoked is None
        and who.holds(route.decide_post, state.unit),
        "say": state.ended is None and who.works_in(state.unit),
    }


def _extendable(found: Opened) -> bool:
    promise = found.state.promise("decide")
    open_stage = found.state.stage in (Stage.ACCEPTED, Stage.SUSPENDED)
    return bool(open_stage and found.item.extension and promise and not promise.extensions)


def _around(asks: _Asking, hidden: Collection[int]) -> dict[str, Any]:
    return {
        "take_over": asks.lets(c.TakeOver()),
        "decline_forward": asks.lets(c.DeclineForward(W)),
        "reassign": asks.lets(c.Reassign("?", "?", W)),
        "answer_urge": asks.lets(c.AnswerUrge(W)),
        "supervise": asks.lets(c.Supervise(W)),
        "answer_supervision": asks.lets(c.AnswerSupervision(W)),
        "cards": _cards(asks, hidden),
        "answer_cards": [card for card in CARDS if asks.lets(c.AnswerCard(card, W))],
        "follow_up": asks.lets(c.FollowUp(True, W)),
    }


def _cards(asks: _Asking, hidden: Collection[int]) -> list[tuple[str, str]]:
    """The cards that can be given: the value of the choice and its words."""
    item, promises = asks.found.item, asks.found.state.promises
    pairs = dict.fromkeys((p.key, p.about) for p in promises if is_shown(p, hidden))
    names = {(key, about): promise_name(key) + about_name(key, about, item) for key, about in pairs}
    return [
        (f"{card}|{key}|{about}", f"{name} · {card_name(card)}")
        for (key, about), name in names.items()
        for card in CARDS
        if asks.lets(c.Card(card, key, about, reason=W))
    ]


def _remedy(asks: _Asking, hidden: Collection[int]) -> dict[int, dict[str, bool]]:
    """Visit -> what this person can do about its rating."""
    visits = [visit for visit in asks.found.state.ratings if visit not in hidden]
    return {visit: _about(asks, visit) for visit in visits}


def _about(asks: _Asking, visit: int) -> dict[str, bool]:
    commands: dict[str, c.Command] = {
        "verify": c.VerifyRating(visit, W),
        "answer": c.AnswerRating(visit, W),
        "put_right": c.PutRight(visit, W),
        "call_back": c.CallBack(visit, True, True, W),
        "appeal": c.AppealRating(visit, "?", W),
        "decide_appeal": c.DecideAppeal(visit, True, W),
    }
    return {name: asks.lets(command) for name, command in commands.items()}
