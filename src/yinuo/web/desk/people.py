"""Accounts and posts, for whoever administers them. No case is to be seen from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yinuo.apps.access.actions.add_account import GOOD_FOR, add_account
from yinuo.apps.access.actions.close_account import close_account
from yinuo.apps.access.actions.end_post import end_post
from yinuo.apps.access.actions.give_post import give_post
from yinuo.apps.access.actions.reset_factor import reset_factor
from yinuo.apps.access.actions.reset_password import reset_password
from yinuo.apps.access.queries import changes, factor_of, posts_of, staff
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person, Post
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.desk.access import only_who_may
from yinuo.web.desk.account_words import at_unit, told, why_not
from yinuo.web.desk.days import day_typed
from yinuo.web.desk.searching import FIND, answer, searched
from yinuo.web.proving import proved_again

PER_PAGE = 50
HOURS = int(GOOD_FOR.total_seconds()) // 3600
administrators_only = only_who_may("manage-people")


@administrators_only
def people(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return answer(request, request.POST.get("q", ""))
    return _list(request, {}, None)


def _list(request: HttpRequest, typed: Mapping[str, str], no: Refusal | None) -> HttpResponse:
    words = searched(request)
    page = Paginator(staff(words), PER_PAGE).get_page(request.GET.get("page"))
    today = day_of(timezone.now())
    held: dict[UUID, list[str]] = {}
    for post in Post.objects.filter(person__in=page.object_list, starts_on__lte=today).order_by(
        "unit", "post"
    ):
        if post.ends_on is None or post.ends_on >= today:
            held.setdefault(post.person_id, []).append(at_unit(post.post, post.unit))
    context = {
        "page": page,
        "rows": [(person, held.get(person.pk, [])) for person in page.object_list],
        "q": words,
        "find": request.GET.get(FIND, ""),
        "typed": typed,
        **_wrong(no),
    }
    return render(request, "desk/people.html", context, status=422 if no else 200)


def _wrong(no: Refusal | None) -> dict[str, Any]:
    fields = no.fields if no else {}
    return {
        "error": why_not(no) if no else "",
        "errors": {key: sentences.field(code) for key, code in fields.items()},
    }


@never_cache
@require_POST
@administrators_only
@proved_again
def add(request: HttpRequest) -> HttpResponse:
    typed = {key: _text(request, key) for key in ("login", "name", "reason")}
    made = add_account(typed["login"], typed["name"], typed["reason"], by=_by(request), now=timezone.now())
    if isinstance(made, Refusal):
        return _list(request, typed, made)
    return _shown_once(request, *made)


def _shown_once(request: HttpRequest, person: Person, password: str) -> HttpResponse:
    context = {"person": person, "password": password, "hours": HOURS}
    return render(request, "desk/first_password.html", context)


def _text(request: HttpRequest, key: str) -> str:
    return request.POST.get(key, "").replace("\x00", "").strip()[:600]


def _by(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # `only_who_may` lets in nobody else
    return request.user


@administrators_only
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    return _person_page(request, _found(person_id), {}, None)


def _found(person_id: UUID) -> Person:
    """A staff account; a citizen's does not exist here."""
    found = Person.objects.filter(pk=person_id, is_staff=True).first()
    if found is None:
        raise Http404
    return found


def _person_page(
    request: HttpRequest, who: Person, typed: Mapping[str, str], no: Refusal | None
) -> HttpResponse:
    today, city = day_of(timezone.now()), catalogue().city
    held = [(post, at_unit(post.post, post.unit), _is_open(post, today)) for post in posts_of(who)]
    context = {
        "who": who,
        "is_oneself": who == request.user,
        "has_factor": factor_of(who) is not None,
        "held": held,
        "kinds": list(city.posts.kinds.values()),
        "units": list(city.units.values()),
        "changes": [told(one) for one in changes(who)[:PER_PAGE]],
        "today": today,
        "typed": typed,
        **_wrong(no),
    }
    return render(request, "desk/person.html", context, status=422 if no else 200)


def _is_open(post: Post, today: date) -> bool:
    return post.ends_on is None or post.ends_on >= today


@never_cache
@require_POST
@administrators_only
@proved_again
def act_on(request: HttpRequest, person_id: UUID, verb: str) -> HttpResponse:
    who = _found(person_id)
    if verb not in VERBS:
        raise Http404
    done = VERBS[verb](request, who)
    if isinstance(done, Refusal):
        return _person_page(request, who, request.POST.dict(), done)
    if isinstance(done, str):
        return _shown_once(request, who, done)
    messages.success(request, _("记下了。"))
    return redirect("desk-person", who.pk)


def _give(request: HttpRequest, who: Person) -> Any:
    first, text = day_typed(_text(request, "starts_on")), _text(request, "ends_on")
    last = day_typed(text) if text else None
    wrong = {"starts_on": first is None, "ends_on": bool(text) and last is None}
    if first is None or any(wrong.values()):
        return Refusal("invalid-answers", {key: "bad-date" for key, is_wrong in wrong.items() if is_wrong})
    post, unit = _text(request, "post"), _text(request, "unit")
    reason, by, now = _text(request, "reason"), _by(request), timezone.now()
    return give_post(who, post, unit, first, last, reason=reason, by=by, now=now)


def _end(request: HttpRequest, who: Person) -> Any:
    """At once, or with a last day."""
    key = _text(request, "held")
    post = next((one for one in posts_of(who) if str(one.pk) == key), None)
    now = timezone.now()
    at_once = day_of(now) - timedelta(days=1)
    last = at_once if _text(request, "when") == "now" else day_typed(_text(request, "last_day"))
    if post is None or last is None:
        return Refusal(
            "invalid-answers", {"held": "not-a-choice"} if post is None else {"last_day": "bad-date"}
        )
    return end_post(post, last, _text(request, "reason"), by=_by(request), now=now)


def _close(request: HttpRequest, who: Person) -> Any:
    return close_account(who, _text(request, "reason"), by=_by(request), now=timezone.now())


def _reset_factor(request: HttpRequest, who: Person) -> Any:
    return reset_factor(who, _text(request, "reason"), by=_by(request), now=timezone.now())


def _reset_password(request: HttpRequest, who: Person) -> Any:
    return reset_password(who, _text(request, "reason"), by=_by(request), now=timezone.now())


VERBS: Mapping[str, Callable[[HttpRequest, Person], Any]] = {
    "give": _give,
    "end": _end,
    "close": _close,
    "reset-factor": _reset_factor,
    "reset-password": _reset_password,
}


@administrators_only
def record(request: HttpRequest) -> HttpResponse:
    """Everything that was ever changed on accounts, the latest first."""
    page = Paginator(changes(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/people_record.html", {"page": page, "rows": [told(one) for one in page]})
