"""Who may come to the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


def staff_only(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Signed in, and with a staff account; which cases then show is the gateway's word."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_staff:
            raise PermissionDenied
        return page(request, *args, **kwargs)

    return login_required(guarded)
