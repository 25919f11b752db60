"""A citizen's notices, and how she wants to be told."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.notices.actions.choose import choose
from yinuo.apps.notices.actions.mark_read import mark_read
from yinuo.apps.notices.channels import connected, preference_of
from yinuo.apps.notices.models import CHANNELS
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.notices import channel_name, own_notices
from yinuo.web.posting import signed_in_post


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    if request.user.is_staff:
        return redirect("desk-notices")
    return render(request, "hall/notices.html", own_notices(request))


@signed_in_post
def read(request: HttpRequest) -> HttpResponse:
    """One notice, where `notice` says which; else all of them. Staff come back to the desk."""
    which = request.POST.get("notice", "")
    one = int(which) if which.isdecimal() and len(which) < 19 else None
    mark_read(request.user, now=timezone.now(), notice=one)  # type: ignore[arg-type]
    return redirect("desk-notices" if request.user.is_staff else "notices")


@login_required
def preference(request: HttpRequest) -> HttpResponse:
    if request.user.is_staff:
        return redirect("desk-notices")
    if request.method != "POST":
        chosen = preference_of(request.user)  # type: ignore[arg-type]
        kept = {"channel": chosen.channel, "email": chosen.email, "language": chosen.language}
        return render(request, "hall/notices_settings.html", _context(kept, {}))
    typed = {key: request.POST.get(key, "")[:300] for key in ("channel", "email", "language")}
    result = choose(request.user, **typed)  # type: ignore[arg-type]
    if isinstance(result, Refusal):
        errors = {key: sentences.field(code) for key, code in result.fields.items()}
        return render(request, "hall/notices_settings.html", _context(typed, errors), status=422)
    messages.success(request, _("存好了，以后的通知按您选的来。"))
    return redirect("notices")


def _context(typed: dict[str, str], errors: dict[str, str]) -> dict[str, object]:
    open_ = connected()
    channels = [(key, channel_name(key), key in open_) for key in CHANNELS]
    languages = [(key, name, "en" if key == "en" else "zh-Hans") for key, name in settings.LANGUAGES]
    return {"typed": typed, "errors": errors, "channels": channels, "languages": languages}
