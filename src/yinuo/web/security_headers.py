"""Headers that every answer carries, static files and errors too. The content policy is django-csp's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# What no page of ours asks of a browser, so no page that somebody slips in may either.
SWITCHED_OFF = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
    "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "identity-credentials-get",
    "idle-detection", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in SWITCHED_OFF),
    "X-Permitted-Cross-Domain-Policies": "none",
}
KEPT_BY_NOBODY = "private, no-store"


class SecurityHeaders:
    """Stands first. What somebody with a session was shown stays in no cache, on no shared computer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        if _is_personal(request, response):
            response.setdefault("Cache-Control", KEPT_BY_NOBODY)
        return response


def forgetting(response: HttpResponse) -> HttpResponse:
    """The answer at the end of a session: the browser throws away what it kept of the site.

    Not "cookies": those that stay name nobody, and language and large type are for whoever comes next too.
    """
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    name = settings.SESSION_COOKIE_NAME
    return name in request.COOKIES or name in response.cookies
