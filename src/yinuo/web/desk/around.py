"""What stands around a case: who answers for each promise, where its clock stood still, its cards."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yinuo.apps.cases.disclosure import is_shown
from yinuo.apps.cases.queries import Opened
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.queries import Chain, chain, names
from yinuo.apps.promises.queries import of_case
from yinuo.catalogue import wording
from yinuo.core.case import Event
from yinuo.core.clock import Limit, Pause, day_of
from yinuo.core.promise import Promise
from yinuo.web.clocks import PromiseView, about_name, view
from yinuo.web.language import language, said


@dataclass(frozen=True, slots=True)
class Line:
    """One promise with whoever answers for it, by name; empty where nobody is found."""

    view: PromiseView
    about: str
    person: str
    leader: str
    above: str
    supervisors: Sequence[str]
    pauses: Sequence[PauseLine]

    @property
    def unit(self) -> str:
        return self.view.promise.owner


@dataclass(frozen=True, slots=True)
class PauseLine:
    """`longest`, `last`: how long it may be, and the day after which the clock goes on by itself."""

    pause: Pause
    name: str
    longest: Limit | None
    last: date | datetime | None


@dataclass(frozen=True, slots=True)
class CardLine:
    card: str
    what: str
    at: datetime
    by: str
    reason: str
    answer: str
    answered: datetime | None


def lines(found: Opened, now: datetime, hidden: Collection[int]) -> list[Line]:
    """The promises that may be shown, in the order in which they began."""
    persons = {row.place: row.person for row in of_case(found.case.number)}
    shown = [(n, p) for n, p in enumerate(found.state.promises) if is_shown(p, hidden)]
    chains = [_chain(found, p, persons.get(n), now) for n, p in shown]
    people = names(
        {one for links in chains for one in links.told(("person", "leader", "above", "supervisor"))}
    )
    return [_line(found, p, links, people, now) for (_, p), links in zip(shown, chains, strict=True)]


def _chain(found: Opened, promise: Promise, person: str | None, now: datetime) -> Chain:
    """Of today; what the applicant owes has nobody else behind it."""
    if promise.owner == "applicant":
        return Chain("", "", "", ())
    holder = found.state.owner.person if person is None or promise.ended is None else person
    there = promise.owner == found.state.unit
    return chain(holder if there else "", promise.owner, catalogue().city, day_of(now))


def _line(found: Opened, promise: Promise, links: Chain, people: Mapping[str, str], now: datetime) -> Line:
    return Line(
        view=view(promise, catalogue(), now, found.item),
        about=about_name(promise.key, promise.about, found.item),
        person=people.get(links.person, ""),
        leader=people.get(links.leader, ""),
        above=people.get(links.above, ""),
        supervisors=[people[one] for one in links.supervisors if one in people],
        pauses=[_pause(found, pause) for pause in promise.pauses],
    )


def _pause(found: Opened, pause: Pause) -> PauseLine:
    procedure = found.item.procedure(pause.kind)
    if procedure is None:
        return PauseLine(pause, wording.pause(pause.kind, language()), None, None)
    running = found.state.owes("procedure", pause.kind) if pause.end is None else None
    due = running.due(catalogue().calendar) if running else None
    last = due if isinstance(due, date) else None
    return PauseLine(pause, said(procedure.name), procedure.longest, last)


def cards(found: Opened, people: Mapping[str, str], system: str) -> list[CardLine]:
    """Every card, the latest first, with its answer."""
    given = [event for event in found.events if event.kind == "carded"]
    return [_card(found, event, people.get(event.actor, system)) for event in reversed(given)]


def _card(found: Opened, event: Event, by: str) -> CardLine:
    facts: Mapping[str, Any] = event.payload
    answer = next((e for e in found.events if _answers(e, event)), None)
    return CardLine(
        card=facts["card"],
        what=facts["key"],
        at=event.at,
        by=by,
        reason=facts["reason"],
        answer=str(answer.payload["words"]) if answer else "",
        answered=answer.at if answer else None,
    )


def _answers(answer: Event, card: Event) -> bool:
    same = answer.payload.get("card") == card.payload["card"]
    return answer.kind == "card-answered" and answer.seq > card.seq and same
