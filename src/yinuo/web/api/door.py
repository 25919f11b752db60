"""What every answer of the API has in common: it is counted, says how much is left, and never is a page."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from yinuo.apps.limits.figures import LIMITS, Window
from yinuo.apps.limits.queries import left
from yinuo.core.errors import Refusal
from yinuo.web.api.callers import LIMIT
from yinuo.web.api.problems import MEDIA, problem
from yinuo.web.client_address import counted_address
from yinuo.web.limiting import come
from yinuo.web.security_headers import KEPT_BY_NOBODY

ROOT = "/api/"
CODES = {400: "unreadable", 404: "not-found", 405: "wrong-method", 413: "too-large", 500: "broken"}
NAMES = {"address": "address", "code": "client"}


class Door:
    """Stands inside everything that knows the language, outside whatever makes pages of errors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ROOT):
            return self.get_response(request)
        no = come(request, LIMIT)
        response = problem(no) if no is not None else _plain(self.get_response(request))
        if hasattr(request, "counted_client"):  # it came with a token, so it is somebody's
            response.setdefault("Cache-Control", KEPT_BY_NOBODY)
        _tell(request, response)
        return response


def _plain(response: HttpResponse) -> HttpResponse:
    """A page of an error as a problem, with what it says to the program in its head."""
    code = CODES.get(response.status_code)
    if code is None or response.headers.get("Content-Type") == MEDIA:
        return response
    made = problem(Refusal(code, facts={"most_mb": settings.LARGEST_REQUEST // 1024**2}))
    if "Allow" in response.headers:
        made["Allow"] = response.headers["Allow"]
    return made


def _tell(request: HttpRequest, response: HttpResponse) -> None:
    """RateLimit headers (draft-ietf-httpapi-ratelimit-headers): the policies, and what is left of each."""
    values = {"address": counted_address(request), "code": getattr(request, "counted_client", None)}
    policies, rest = [], []
    for limit in LIMITS[LIMIT]:
        value = values.get(limit.per)
        if isinstance(limit, Window) and value is not None:
            more, seconds = left(LIMIT, limit, value, timezone.now())
            policies.append(f'"{NAMES[limit.per]}";q={limit.most};w={limit.within}')
            rest.append(f'"{NAMES[limit.per]}";r={more};t={seconds}')
    if policies:
        response["RateLimit-Policy"], response["RateLimit"] = ", ".join(policies), ", ".join(rest)
