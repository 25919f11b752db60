"""What every page carries: the city, the mode, the person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from yinuo.apps.cases.owed import owed
from yinuo.apps.items.queries import NothingPublishedError, catalogue
from yinuo.apps.notices.queries import unread
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import may, supervised
from yinuo.catalogue.wording import WEEK
from yinuo.core.clock import day_of
from yinuo.web.language import language


def frame(request: HttpRequest) -> dict[str, Any]:
    try:
        served = catalogue()
    except NothingPublishedError:
        served = None
    return {
        "city": served.city if served else None,
        "is_sample": bool(served and served.city.is_sample),
        "is_demo": settings.DEMO,
        "is_large": request.COOKIES.get(settings.LARGE_COOKIE_NAME) == "1",
        "lang": language(),
        "weekday_names": WEEK[language()],
        "html_lang": "en" if language() == "en" else "zh-Hans",
        "desk": request.path.startswith(("/desk/", "/board/")),
        "supervises": SimpleLazyObject(lambda: _supervises(request)),
        "administers": SimpleLazyObject(lambda: _may(request, "manage-people")),
        "may_hold": SimpleLazyObject(lambda: _may(request, "legal-hold")),
        "owed_count": SimpleLazyObject(lambda: _owed(request)),
        "unread": SimpleLazyObject(lambda: _unread(request)),
    }


def _unread(request: HttpRequest) -> int:
    """How many notices wait to be read; asked only by pages that show it."""
    person = getattr(request, "user", None)  # a request that was refused early has none
    return unread(person, day_of(timezone.now())) if person is not None and person.is_authenticated else 0


def _owed(request: HttpRequest) -> int:
    """How much is still owed beside the queue; asked only by pages of staff."""
    person = getattr(request, "user", None)
    return len(owed(person, timezone.now())) if isinstance(person, Person) and person.is_staff else 0


def _may(request: HttpRequest, action: str) -> bool:
    """Whether a page that some posts use is there for this person; asked only by pages of staff."""
    person, today = getattr(request, "user", None), day_of(timezone.now())
    return isinstance(person, Person) and may(action, person, catalogue().city, today)


def _supervises(request: HttpRequest) -> bool:
    """Whether the board is there for this person; asked only by pages of staff."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated or not person.is_staff:
        return False
    return bool(supervised(person, catalogue().city, day_of(timezone.now())))
