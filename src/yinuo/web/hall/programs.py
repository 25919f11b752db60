"""Programs that act for a person: the page that asks, the list of those that may, and taking it back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from oauth2_provider.views import AuthorizationView

from yinuo.apps.clients.actions.revoke_program import revoke_program
from yinuo.apps.clients.queries import programs_of
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.posting import signed_in_post
from yinuo.web.proving import FIELD, unproved
from yinuo.web.scopes import described


class Allow(AuthorizationView):  # type: ignore[misc]
    """Asks every time, in whole words, and goes back only to the address that was registered."""

    template_name = "hall/allow.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.is_staff:
            no = {"error": {"error": ""}, "sentence": sentences.refusal(Refusal("only-an-applicant"))}
            return render(request, self.template_name, no, status=403)
        if page := unproved(request, fields=[]):
            return page
        if FIELD in request.POST:  # shown just now: back to the question, whose address carries all of it
            return redirect(request.get_full_path())
        asked = request.GET.copy()
        asked["approval_prompt"] = "force"  # a program may not ask to be let in without a page
        request.GET = asked  # type: ignore[assignment]
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        scopes = described(context.get("scopes", ()))
        host = urlsplit(context.get("redirect_uri") or "").netloc
        return {**context, "described": scopes, "host": host, "consent_days": settings.CONSENT_DAYS}

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        """The browser may be sent on to the program after the form; its policy has to know that address."""
        response: HttpResponse = super().render_to_response(context, **options)
        back = urlsplit(context.get("redirect_uri") or "")
        if back.netloc:
            response._csp_update = {"form-action": [f"{back.scheme}://{back.netloc}"]}  # type: ignore[attr-defined]
        return response


@login_required
def programs(request: HttpRequest) -> HttpResponse:
    held = programs_of(request.user, timezone.now())  # type: ignore[arg-type]
    rows = [(one, described(one.scopes)) for one in held]
    return render(request, "hall/programs.html", {"rows": rows})


@signed_in_post
def revoke(request: HttpRequest, program: str) -> HttpResponse:
    result = revoke_program(program, person=request.user)  # type: ignore[arg-type]
    if isinstance(result, Refusal):
        raise Http404
    messages.success(request, _("已经收回。这个程序不能再替您办任何事。"))
    return redirect("programs")
