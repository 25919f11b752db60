"""Forms that could not be taken just now: what was typed comes back in the page, to be sent again."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

# Never written into a page: they are asked for again.
SECRETS = ("password", "code", "otp", "token", "secret")
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


def kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Name and value of all that was typed, secrets apart."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name != TOKEN and not is_secret(name)
    ]


def asked_again(request: HttpRequest) -> list[str]:
    return [name for name in request.POST if is_secret(name)]


def is_secret(name: str) -> bool:
    return name != TOKEN and any(part in name for part in SECRETS)


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form: no other site can make it say so."""
    sender = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    here = {f"{request.scheme}://{request.get_host()}", settings.ORIGIN.rstrip("/")}
    return f"{sender.scheme}://{sender.netloc}" in here
