"""Pages of staff that show a case: found by the gateway, a reason asked where one is owed, written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened, opened, visible_to
from yinuo.apps.items.queries import catalogue
from yinuo.apps.looks.actions.look import As, Seen, look
from yinuo.apps.looks.queries import opening_of
from yinuo.apps.mandates.models import Organisation
from yinuo.apps.people.queries import actor
from yinuo.core.case import Actor
from yinuo.core.case.looking import ABOVE, Purpose, right_to_look
from yinuo.core.clock import day_of
from yinuo.web.desk.access import staff_only
from yinuo.web.entries import refused

SHOWN = (200, 409, 422)  # answers that carry the page; a redirect or a 404 shows nothing


def shows(kind: str, *, thing: str = "", glass: bool = True) -> Callable[[Any], Callable[..., HttpResponse]]:
    """A page of one case, which gets it as `found` in place of its number.

    thing: the argument that names what of the case is shown. glass: whether a broken glass opens this page.
    What cannot be written down is not shown.
    """

    def wrap(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @staff_only
        @wraps(page)
        def guarded(request: HttpRequest, number: str, **rest: Any) -> HttpResponse:
            found = visible(request, number, glass=glass)
            who = looker(request, found)
            if who is None:
                return to_reason(request, number)
            response = page(request, found, **rest)
            if response.status_code in SHOWN:
                seen = Seen(kind, number, found.state.unit, str(rest.get(thing, "")))
                look([(who, seen)], now=timezone.now())
            return response

        return guarded

    return wrap


def visible(request: HttpRequest, number: str, *, glass: bool = False) -> Opened:
    """A case of one's own units, or one that was opened by breaking the glass; any other does not exist."""
    now = timezone.now()
    case = visible_to(request.user, day_of(now), now if glass else None).filter(number=number).first()
    if case is None:
        refused(request)
        raise Http404
    return opened(case, now)


def looker(request: HttpRequest, found: Opened) -> As | None:
    """In what post and by what right somebody looks at a case; None for whoever has to say why first."""
    now, person, city = timezone.now(), request.user, catalogue().city
    who = actor(person, city, day_of(now))  # type: ignore[arg-type]
    right = right_to_look(found.state, found.item.route, {e.actor for e in found.events}, who)
    if right is not None:
        purpose, post = right
        return As(person, post, held_at(who, post, found.state), purpose)  # type: ignore[arg-type]
    opening = opening_of(person, found.case.number, now)  # type: ignore[arg-type]
    if opening is None:
        return None
    post, unit = _capacity(who, (found.case.unit, found.case.offered))
    return As(person, post, unit, Purpose(opening.way), opening)  # type: ignore[arg-type]


def held_at(who: Actor, post: str, state: Any) -> str:
    """The unit in which a post is held that counts for this case."""
    offered = str(state.offered["unit"]) if state.offered else ""
    return _top(who, post, state.unit if who.holds(post, state.unit) else offered or state.unit)


def _capacity(who: Actor, units: Iterable[str]) -> tuple[str, str]:
    """Post and unit of somebody: one of these units first, and a working post before a supervising one."""
    here = [pair for unit in units for pair in sorted(who.posts) if pair[1] == unit]
    held = here or sorted(who.posts)
    post, unit = next((pair for pair in held if pair[0] not in ABOVE), held[0])
    return post, _top(who, post, unit)


def _top(who: Actor, post: str, unit: str) -> str:
    """A supervising post counts below its own unit: the highest one that it counts in."""
    if post not in ABOVE:
        return unit
    over = [one.id for one in catalogue().city.above(unit) if who.holds(post, one.id)]
    return over[-1] if over else unit


def to_reason(request: HttpRequest, number: str) -> HttpResponse:
    """To the page that asks why, and then back; what was posted is not done."""
    reads = request.method in ("GET", "HEAD")
    back = request.get_full_path() if reads else reverse("desk-case", args=[number])
    return redirect(f"{reverse('desk-reason', args=[number])}?{urlencode({'next': back})}")


def listed(request: HttpRequest, cases: Iterable[Case], *, searched: bool = False) -> None:
    """Write down that a list showed the applicants of these cases: once a day for each, with a count."""
    now, city = timezone.now(), catalogue().city
    who = actor(request.user, city, day_of(now))  # type: ignore[arg-type]
    purpose = Purpose.SEARCH if searched else Purpose.LIST
    shown = {case.number: case for case in cases}
    look([_in_list(request, who, purpose, case) for case in shown.values()], now=now)


def _in_list(request: HttpRequest, who: Actor, purpose: Purpose, case: Case) -> tuple[As, Seen]:
    post, unit = _capacity(who, (case.unit, case.offered))
    return As(request.user, post, unit, purpose), Seen("list", case.number, case.unit)  # type: ignore[arg-type]


def represented(request: HttpRequest, shown: Iterable[Organisation]) -> None:
    """Write down that a page showed who represents these organisations."""
    who = actor(request.user, catalogue().city, day_of(timezone.now()))  # type: ignore[arg-type]
    post, unit = _capacity(who, ())
    by = As(request.user, post, unit, Purpose.CASE)  # type: ignore[arg-type]
    seen = [Seen("organisation", "", unit, str(one.pk), one.representative) for one in shown]
    look([(by, one) for one in seen], now=timezone.now())
