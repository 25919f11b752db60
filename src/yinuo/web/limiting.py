"""Doors that count who comes: the answer to whoever comes too often, with everything that was typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yinuo.apps.entries.models import Forged
from yinuo.apps.limits.actions.count import count
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.client_address import counted_address
from yinuo.web.entries import forged
from yinuo.web.kept import asked_again, kept
from yinuo.web.measuring import refused_at

View = Callable[..., HttpResponse]


def come(
    request: HttpRequest, scope: str, *, person: str | None = None, code: str | None = None
) -> Refusal | None:
    """Count this request at a door; a `too-often` where it is shut."""
    no = count(scope, person=person, address=counted_address(request), code=code, now=timezone.now())
    if no is not None:
        refused_at(scope)
        forged(Forged.SHUT_DOOR)
    return no


def posting(request: HttpRequest) -> bool:
    return request.method == "POST"


def with_files(request: HttpRequest) -> bool:
    return bool(request.FILES)


def asking(name: str) -> Callable[[HttpRequest], bool]:
    """A page that is asked something by a parameter of its address."""
    return lambda request: bool(request.GET.get(name, "").strip())


def always(request: HttpRequest) -> bool:
    return True


def limited(
    scope: str, *, when: Callable[[HttpRequest], bool] = posting, code: str = ""
) -> Callable[[View], View]:
    """A view as a door: per address and, where somebody is signed in, per person.

    `when` says which requests count, `code` which argument of the address is counted as well.
    """

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            no = _counted(request, scope, kwargs.get(code)) if when(request) else None
            return view(request, *args, **kwargs) if no is None else too_often(request, no)

        guarded.limited_by = (*getattr(view, "limited_by", ()), scope)  # type: ignore[attr-defined]
        return guarded

    return around


def _counted(request: HttpRequest, scope: str, code: Any) -> Refusal | None:
    who = str(request.user.pk) if request.user.is_authenticated else None
    return come(request, scope, person=who, code=None if code is None else str(code))


def too_often(request: HttpRequest, no: Refusal) -> HttpResponse:
    """429 with the moment at which it is worth coming back. A form comes along, as it was filled in."""
    context = {
        "words": sentences.refusal(no),
        "is_form": posting(request),
        "kept": kept(request),
        "asked_again": asked_again(request),
        "has_files": bool(request.FILES),
    }
    response = render(request, "too_often.html", context, status=429)
    response["Retry-After"] = str(no.facts["seconds"])
    response["Cache-Control"] = "private, no-store"
    return response
