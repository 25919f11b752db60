"""Who may come to the board: whoever leads or supervises a unit. For everybody else it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from yinuo.apps.cases.figures import Scope, seen_by
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.queries import supervised, units_for
from yinuo.core.clock import day_of
from yinuo.web.entries import refused


def units_led(person: Any) -> frozenset[str]:
    """The units that somebody leads or supervises today, with everything below them."""
    return supervised(person, catalogue().city, day_of(timezone.now()))


def scope_of(request: HttpRequest) -> Scope:
    """What this person may see figures of: their cases by the gateway, and of these the supervised ones."""
    return seen_by(request.user, day_of(timezone.now())).within(units_led(request.user))


def supervisors_only(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Signed in, and leading or supervising somewhere."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not units_led(request.user):
            refused(request)
            raise Http404
        return page(request, *args, **kwargs)

    return login_required(guarded)


def exporters_only(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Of these, who may take figures away (`posts.yaml`)."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person, city = request.user, catalogue().city
        if not units_for("export", person, city, day_of(timezone.now())):  # type: ignore[arg-type]
            refused(request)
            raise Http404
        return page(request, *args, **kwargs)

    return supervisors_only(guarded)
