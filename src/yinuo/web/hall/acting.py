"""For whom I act: organisations, children, and mandates that were given to me or by me."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.items.queries import catalogue
from yinuo.apps.mandates import queries
from yinuo.apps.mandates.actions.answer import answer
from yinuo.apps.mandates.actions.end_organisation import end_organisation
from yinuo.apps.mandates.actions.end_ward import end_ward
from yinuo.apps.mandates.actions.revoke import revoke
from yinuo.apps.mandates.actions.state_organisation import state_organisation
from yinuo.apps.mandates.actions.state_ward import state_ward
from yinuo.apps.mandates.models import Mandate, Organisation
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.form import Text
from yinuo.web import sentences
from yinuo.web.acting import choose
from yinuo.web.posting import signed_in_post


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "hall/acting.html", _overview(request))


def _overview(request: HttpRequest) -> dict[str, Any]:
    person: Any = request.user
    today = day_of(timezone.now())
    held = [(one, queries.name_of(one), queries.standing(one, today)) for one in queries.held_by(person)]
    given = queries.given_by(person)
    return {
        "rights": queries.acting(person, today),
        "offers": [(one, queries.name_of(one)) for one in queries.offered_to(person)],
        "organisations": queries.organisations_of(person),
        "wards": queries.wards_of(person),
        "given": [(one, queries.standing(one, today)) for one in given],
        "ended": [row for row in held if row[2] != "live"],
    }


@signed_in_post
def switch(request: HttpRequest) -> HttpResponse:
    """Go on for somebody else, or for oneself again."""
    if not choose(request, request.POST.get("principal", "")):
        messages.error(request, _("您现在不能替对方办事，请看下面的说明。"))
        return redirect("acting")
    return redirect("home" if request.POST.get("go") == "home" else "acting")


@login_required
def new_organisation(request: HttpRequest) -> HttpResponse:
    typed = {key: request.POST.get(key, "")[:200] for key in ("uscc", "name")}
    context: dict[str, Any] = {"typed": typed, "errors": {}}
    if request.method != "POST":
        return render(request, "hall/organisation_new.html", context)
    made = state_organisation(request.user, typed["uscc"], typed["name"], now=timezone.now())  # type: ignore[arg-type]
    if isinstance(made, Refusal):
        return _again(request, "hall/organisation_new.html", context, made)
    messages.success(request, _("单位已经加上。窗口看过营业执照以后，就会标明“已核实”。"))
    return redirect("organisation", organisation=made.pk)


@login_required
def new_ward(request: HttpRequest) -> HttpResponse:
    typed = {key: request.POST.get(key, "")[:200] for key in ("name", "identity")}
    context: dict[str, Any] = {"typed": typed, "errors": {}}
    if request.method != "POST":
        return render(request, "hall/ward_new.html", context)
    made = state_ward(request.user, typed["name"], typed["identity"], now=timezone.now())  # type: ignore[arg-type]
    if isinstance(made, Refusal):
        return _again(request, "hall/ward_new.html", context, made)
    messages.success(request, _("孩子已经加上，可以替孩子办了。"))
    return redirect("acting")


def _again(request: HttpRequest, template: str, context: dict[str, Any], no: Refusal) -> HttpResponse:
    """The form as it was typed, with what is wrong."""
    context["errors"] = {key: sentences.field(code) for key, code in no.fields.items()}
    context["sentence"] = "" if no.fields else sentences.refusal(no)
    return render(request, template, context, status=422)


@signed_in_post
def drop_ward(request: HttpRequest, ward: UUID) -> HttpResponse:
    found = queries.wards_of(request.user).filter(pk=ward).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404
    end_ward(found, person=request.user, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("以后不再替这个孩子办。已经交的照常办。"))
    return redirect("acting")


def own_organisation(request: HttpRequest, key: UUID) -> Organisation:
    """One that the person represents; any other does not exist."""
    found = queries.organisations_of(request.user).filter(pk=key).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found


@login_required
def organisation(request: HttpRequest, organisation: UUID) -> HttpResponse:
    found, today = own_organisation(request, organisation), day_of(timezone.now())
    rows = [(one, queries.standing(one, today), _scope(one)) for one in queries.given_by(found)]
    attempts = queries.attempts_on(found)
    context = {
        "organisation": found,
        "mandates": rows,
        "attempts": [(one, _item_name(one.item)) for one in attempts],
    }
    return render(request, "hall/organisation.html", context)


@signed_in_post
def drop_organisation(request: HttpRequest, organisation: UUID) -> HttpResponse:
    found = own_organisation(request, organisation)
    end_organisation(found, person=request.user, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("您不再代表这个单位。您给出的委托也一起结束了。"))
    return redirect("acting")


def own_mandate(request: HttpRequest, key: UUID) -> Mandate:
    found = queries.of_principal(request.user, key)  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found


@login_required
def mandate(request: HttpRequest, mandate: UUID) -> HttpResponse:
    return render(request, "hall/mandate.html", _mandate(request, own_mandate(request, mandate), None))


def _mandate(request: HttpRequest, found: Mandate, no: Refusal | None) -> dict[str, Any]:
    today = day_of(timezone.now())
    mine = found.person_id == request.user.pk or found.given_by_id == request.user.pk
    return {
        "mandate": found,
        "principal": queries.name_of(found),
        "standing": queries.standing(found, today),
        "scope": _scope(found),
        "is_mine": mine,
        "sentence": sentences.refusal(no) if no else "",
        "typed": request.POST.get("reason", "") if no else "",
    }


def _scope(found: Mandate) -> list[Text | str]:
    """The services by name; empty: all of them."""
    return [_item_name(one) for one in found.items]


def _item_name(key: str) -> Text | str:
    entry = catalogue().entries.get(key)
    return entry.item.name if entry else key


@signed_in_post
def act_on_mandate(request: HttpRequest, mandate: UUID, verb: str) -> HttpResponse:
    found, now, person = own_mandate(request, mandate), timezone.now(), request.user
    if verb == "revoke":
        result = revoke(found, request.POST.get("reason", ""), person=person, now=now)  # type: ignore[arg-type]
    elif verb in ("accept", "decline"):
        result = answer(found, agree=verb == "accept", person=person, now=now)  # type: ignore[arg-type]
    else:
        raise Http404
    if isinstance(result, Refusal):
        return render(request, "hall/mandate.html", _mandate(request, found, result), status=422)
    said = {
        "revoke": _("委托已经结束，双方都会收到通知。"),
        "accept": _("您已经接受委托，可以替对方办了。"),
        "decline": _("您没有接受委托，对方会收到通知。"),
    }
    messages.success(request, said[verb])
    return redirect("acting")
