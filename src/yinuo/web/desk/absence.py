"""One's own posts, and who does them while one is away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinuo.apps.access.actions.delegate import delegate
from yinuo.apps.access.actions.end_delegation import end_delegation
from yinuo.apps.access.models import Delegation
from yinuo.apps.access.queries import delegations_about
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person, Post
from yinuo.apps.people.queries import posts_on, units_led
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.desk.access import staff_only
from yinuo.web.desk.account_words import at_unit, why_not
from yinuo.web.desk.days import day_typed
from yinuo.web.entries import refused

TYPED = ("post", "deputy", "starts_on", "ends_on", "reason")


@staff_only
def absence(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, {}, None)
    typed = {key: request.POST.get(key, "").replace("\x00", "").strip()[:600] for key in TYPED}
    done = _named(request, typed)
    if isinstance(done, Refusal):
        return _page(request, typed, done)
    messages.success(request, _("记下了。到那一天，代理人就能办这个岗位的事。"))
    return redirect("desk-absence")


def _named(request: HttpRequest, typed: dict[str, str]) -> Delegation | Refusal:
    by, now = _person(request), timezone.now()
    post = next((one for one in _posts(by) if str(one.pk) == typed["post"]), None)
    first, last = day_typed(typed["starts_on"]), day_typed(typed["ends_on"])
    if post is None:
        return Refusal("invalid-answers", {"post": "not-a-choice"})
    if first is None or last is None:
        wrong = {"starts_on": first, "ends_on": last}
        return Refusal("invalid-answers", {key: "bad-date" for key, day in wrong.items() if day is None})
    deputy = Person.objects.filter(is_staff=True, login=typed["deputy"].lower()).first()
    return delegate(post, deputy, first, last, reason=typed["reason"], by=by, now=now)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # `staff_only` lets in nobody else
    return request.user


def _posts(person: Person) -> list[Post]:
    """One's own posts; for whoever leads, those of the units led as well."""
    today = day_of(timezone.now())
    led = units_led(person, catalogue().city, today)
    held = posts_on(today).filter(person__is_active=True).select_related("person")
    own = list(held.filter(person=person).order_by("unit", "post"))
    others = held.filter(unit__in=led).exclude(person=person)
    return [*own, *sorted(others, key=lambda one: (one.unit, one.person.name, one.post))]


def _page(request: HttpRequest, typed: dict[str, str], no: Refusal | None) -> HttpResponse:
    person = _person(request)
    today = day_of(timezone.now())
    posts = [(post, at_unit(post.post, post.unit)) for post in _posts(person)]
    found = delegations_about(person, today)
    context: dict[str, Any] = {
        "own": [words for post, words in posts if post.person == person],
        "posts": posts,
        "delegations": [(one, at_unit(one.post.post, one.post.unit)) for one in found],
        "most": catalogue().city.posts.longest_absence,
        "typed": typed,
        "today": today,
        "error": why_not(no) if no else "",
        "errors": {key: sentences.field(code) for key, code in no.fields.items()} if no else {},
    }
    return render(request, "desk/absence.html", context, status=422 if no else 200)


@require_POST
@staff_only
def end(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """Of what concerns oneself, or a unit that one leads; any other does not exist."""
    found = Delegation.objects.select_related("post", "deputy").filter(pk=min(delegation_id, 2**62)).first()
    done = end_delegation(found, by=_person(request), now=timezone.now()) if found else None
    if done is None or (isinstance(done, Refusal) and done.code == "without-the-post"):
        refused(request)
        raise Http404
    if isinstance(done, Refusal):
        messages.error(request, sentences.refusal(done))
    else:
        messages.success(request, _("代理结束了，岗位回到本人手里。"))
    return redirect("desk-absence")
