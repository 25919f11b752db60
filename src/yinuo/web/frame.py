"""What every page carries: the city, the mode, the person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from yinuo.apps.items.queries import NothingPublishedError, catalogue
from yinuo.catalogue.wording import WEEK
from yinuo.web.language import language

LARGE = "yn_large"


def frame(request: HttpRequest) -> dict[str, Any]:
    try:
        served = catalogue()
    except NothingPublishedError:
        served = None
    return {
        "city": served.city if served else None,
        "is_sample": bool(served and served.city.is_sample),
        "is_demo": settings.DEMO,
        "is_large": request.COOKIES.get(LARGE) == "1",
        "lang": language(),
        "weekday_names": WEEK[language()],
        "html_lang": "en" if language() == "en" else "zh-Hans",
        "desk": request.path.startswith("/desk/"),
    }
