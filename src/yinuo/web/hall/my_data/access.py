"""Whose data these pages are about."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from yinuo.apps.people.models import Person


def citizen(request: HttpRequest) -> Person:
    """Whoever is signed in; only behind `citizens_only`."""
    person = request.user
    assert isinstance(person, Person)
    return person


def citizens_only(page: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Staff have no data here: what they do is the office's, and they come back to the desk."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return redirect("desk") if request.user.is_staff else page(request, *args, **kwargs)

    return login_required(guarded)
