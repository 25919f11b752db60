"""Cases that were driven to a stage, each by the person whose step it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from support.actors import Cast
from support.drafts import VEHICLE, complete
from support.fixed_clock import NOW

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.actions.issue import issue
from yinuo.apps.cases.actions.submit import submit
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.people.models import Person
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal
from yinuo.core.form import Answers

WORDS = "材料齐全，符合规定"
MINUTE = timedelta(minutes=1)


def submitted(
    cast: Cast, item: str = VEHICLE, *, at: datetime = NOW, unit: str = "", answers: Answers | None = None
) -> Case:
    """Handed in at the unit of the cast."""
    place = unit or cast.window.posts.first().unit  # type: ignore[union-attr]
    case = submit(
        complete(cast.citizen, item, unit=place, at=at, answers=answers), person=cast.citizen, now=at
    )
    assert isinstance(case, Case), case
    return case


def does(case: Case, command: Any, person: Person | None, at: datetime | None = None) -> Case:
    """One thing that must succeed; a minute after the last one where no time is said."""
    result = act(case, command, person=person, now=at or case.changed_at + MINUTE)
    assert not isinstance(result, Refusal), f"{command}: {result}"
    return result.case


def asked(cast: Cast, **where: Any) -> Case:
    """The one notice: the licence has to be photographed again, the former owner's name looked at."""
    notice = c.AskSupplement({"vehicle-licence": "照片太暗，请重新拍"}, {"seller_name": "与证书上的不一致"})
    return does(submitted(cast, **where), notice, cast.window)


def accepted(cast: Cast, item: str = VEHICLE, **where: Any) -> Case:
    return does(submitted(cast, item, **where), c.Accept(), cast.window)


def examined(cast: Cast, item: str = VEHICLE, **where: Any) -> Case:
    """Through every step of the route."""
    case = accepted(cast, item, **where)
    who = {"inspector": cast.window, "reviewer": cast.reviewer}
    for step in opened(case).item.route.steps:
        case = does(case, c.PassStep(WORDS), who[step.post])
    return case


def granted(cast: Cast, item: str = VEHICLE, **where: Any) -> Case:
    return does(examined(cast, item, **where), c.Decide(True, WORDS), cast.approver)


def denied(cast: Cast, item: str = VEHICLE, **where: Any) -> Case:
    return does(examined(cast, item, **where), c.Decide(False, "车辆被查封"), cast.approver)


def issued(cast: Cast, item: str = VEHICLE, **where: Any) -> Case:
    case = granted(cast, item, **where)
    result = issue(case, person=cast.window, now=case.changed_at + MINUTE)
    assert not isinstance(result, Refusal), result
    return result.case


def delivered(cast: Cast, item: str = VEHICLE, **where: Any) -> Case:
    return does(issued(cast, item, **where), c.Deliver("online"), cast.window)


def closed(cast: Cast, item: str = VEHICLE, **where: Any) -> Case:
    return does(delivered(cast, item, **where), c.Rate(1, "半天就办好了"), cast.citizen)


STAGES: Mapping[str, Callable[..., Case]] = {
    "submitted": submitted,
    "supplement": asked,
    "accepted": accepted,
    "granted": granted,
    "denied": denied,
    "issued": issued,
    "delivered": delivered,
    "closed": closed,
}
