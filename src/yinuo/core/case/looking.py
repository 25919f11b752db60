"""By what right staff look at a case: it is one's own, one answers for it, or one has to say why."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import StrEnum

from yinuo.core.case.events import Actor
from yinuo.core.case.state import CaseState, Stage
from yinuo.core.route import Route

ABOVE = ("leader", "supervisor")
CALLS = ("follow-up", "call-back")  # whoever works in the unit and has not handled the case owes these


class Purpose(StrEnum):
    """`LIST` and `SEARCH`: the name stood in a list that was shown; all others: it was opened."""

    CASE = "case"
    OVERSIGHT = "oversight"
    REASON = "reason"
    GLASS = "glass"
    LIST = "list"
    SEARCH = "search"


# Why somebody of the unit opens a case that is not their own, and why somebody from elsewhere does.
REASONS = ("stands-in", "colleague-asks", "applicant-asks", "related-case", "other")
GLASS_REASONS = ("danger", "at-the-window", "court", "other")

Right = tuple[Purpose, str]  # with the post in which one looks


def right_to_look(state: CaseState, route: Route, acted: Collection[str], who: Actor) -> Right | None:
    """None for whoever has to say why first. `acted`: the ids of everybody who did something in the case.

    One's own is a case that one has, has acted in, or in which one's post is asked now.
    """
    asked = next((post for post, unit in asked_posts(state, route) if who.holds(post, unit)), None)
    if asked is not None:
        return Purpose.CASE, asked
    held = sorted(post for post, unit in who.posts if unit == state.unit)
    mine = state.owner.person == who.id or who.id in acted
    if held and (mine or _owes_a_call(state, who)):
        return Purpose.CASE, next((post for post in held if post not in ABOVE), held[0])
    above = next((post for post in held if post in ABOVE), None)
    return (Purpose.OVERSIGHT, above) if above else None


def asked_posts(state: CaseState, route: Route) -> Iterator[tuple[str, str]]:
    """The (post, unit) pairs of which the route, or an open promise, wants something now."""
    if state.stage in (Stage.SUBMITTED, Stage.SUPPLEMENT):
        yield route.accept_post, state.unit
    elif state.stage in (Stage.ACCEPTED, Stage.SUSPENDED):
        step = route.step(state.step)
        yield (step.post if step else route.decide_post), state.unit
    elif state.stage in (Stage.GRANTED, Stage.DENIED, Stage.ISSUED, Stage.DELIVERED):
        yield route.issue_post, state.unit
    if state.offered is not None:
        yield route.accept_post, str(state.offered["unit"])
    for promise in state.open_promises:
        if promise.post:
            yield promise.post, promise.owner


def _owes_a_call(state: CaseState, who: Actor) -> bool:
    return any(p.key in CALLS and not state.has_worked(who.id) for p in state.open_promises)
