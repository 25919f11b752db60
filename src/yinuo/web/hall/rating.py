"""Rating by a link, without signing in: the page names the service and the unit, and nobody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from yinuo.apps.cases.actions.rate import rate
from yinuo.apps.cases.queries import Opened, by_number, progress, speaks_for
from yinuo.apps.cases.rating_links import RatingLink, read, token
from yinuo.apps.items.queries import catalogue
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.limiting import always, limited
from yinuo.web.ratings import RatingForm, posted, rateable

# What a link that cannot be used any more answers; whoever made one up learns nothing.
GONE = {"no-such-link": 404, "link-expired": 410, "rated-already": 410, "staff-cannot-rate": 403}


@never_cache
@limited("rate-link", when=always, code="token")
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = read(token, day_of(now))
    found = by_number(link.number, now) if isinstance(link, RatingLink) else None
    no = link if isinstance(link, Refusal) else _unusable(request, link, found)
    if no is not None or found is None or isinstance(link, Refusal):
        return _closed(request, no or Refusal("no-such-link"))
    if request.method != "POST":
        return _page(request, found, RatingForm(link.visit))
    form = posted(request.POST)
    result = rate(
        found.case,
        form.level,
        words=form.words,
        reasons=form.reasons,
        visit=link.visit,
        channel=link.channel,
        person=speaks_for(found.case, day_of(now)),
        now=now,
    )
    if isinstance(result, Refusal):
        gone = result.code in GONE  # somebody else with the same link was quicker
        return _closed(request, result) if gone else _page(request, found, form, result)
    return render(request, "hall/rated_by_link.html", {"item": found.item})


@never_cache
@limited("rate-link", when=always, code="code")
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The short address of a text message: on to a link of today, where there is something to rate."""
    now = timezone.now()
    found = progress(code, now)
    if found is None:
        return _closed(request, Refusal("no-such-link"))
    if 0 in found.state.ratings:
        return _closed(request, Refusal("rated-already"))
    if 0 not in rateable(found, now):
        return _closed(request, Refusal("no-such-link"))
    return redirect("rate", token=token(RatingLink(found.case.number, 0, "link", day_of(now))))


def _unusable(request: HttpRequest, link: RatingLink, found: Opened | None) -> Refusal | None:
    if found is None:
        return Refusal("no-such-link")
    if request.user.is_staff:
        return Refusal("staff-cannot-rate")
    if link.visit in found.state.ratings:
        return Refusal("rated-already")
    return None if link.visit in rateable(found, timezone.now()) else Refusal("no-such-link")


def _page(request: HttpRequest, found: Opened, form: RatingForm, no: Refusal | None = None) -> HttpResponse:
    state = found.state
    context = {
        "form": form,
        "item": found.item,
        "unit": catalogue().city.units[state.unit],
        "on": state.decided or state.ended or state.changed,
        "error": sentences.refusal(no) if no else "",
    }
    return render(request, "hall/rate_by_link.html", context, status=422 if no else 200)


def _closed(request: HttpRequest, no: Refusal) -> HttpResponse:
    context = {"words": sentences.refusal(no), "thanks": no.code == "rated-already"}
    shown = no.code == "staff-cannot-rate" and request.method != "POST"
    return render(request, "hall/rate_closed.html", context, status=200 if shown else GONE[no.code])
