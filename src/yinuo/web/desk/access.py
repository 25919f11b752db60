"""Who may come to the desk, and who to those of its pages that only some posts use."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import may
from yinuo.core.clock import day_of

Page = Callable[..., HttpResponse]


def staff_only(page: Page) -> Page:
    """Signed in, and with a staff account; which cases then show is the gateway's word."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_staff:
            raise PermissionDenied
        return page(request, *args, **kwargs)

    return login_required(guarded)


def can(request: HttpRequest, action: str) -> bool:
    """Whether a post that this person holds today may do that (`posts.yaml`)."""
    person = request.user
    today = day_of(timezone.now())
    return isinstance(person, Person) and may(action, person, catalogue().city, today)


def only_who_may(action: str) -> Callable[[Page], Page]:
    """Staff, and of them those with a post that may do that."""

    def around(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not can(request, action):
                raise PermissionDenied
            return page(request, *args, **kwargs)

        return staff_only(guarded)

    return around
