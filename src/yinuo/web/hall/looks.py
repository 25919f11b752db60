"""Who looked at my data: every look of staff at one's own cases and entries."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from yinuo.apps.cases.queries import counted_for, visible_to
from yinuo.apps.items.queries import catalogue
from yinuo.apps.looks.queries import of_case, of_citizen
from yinuo.core.clock import day_of
from yinuo.web.looking import list_views, titles, views

PER_PAGE = 40
SHOWN_WITH_A_CASE = 5
PETITIONS = "xinfang"  # the branch of complaints; a city without it shows no link


@login_required
def looks(request: HttpRequest) -> HttpResponse:
    """Also at cases that were erased since: who looked stays to be seen."""
    if request.user.is_staff:
        return redirect("desk")
    today, person = day_of(timezone.now()), request.user
    mine = of_citizen(person, counted_for(person, today).values("number"))  # type: ignore[arg-type]
    context = {
        "page": Paginator(views(mine), PER_PAGE).get_page(request.GET.get("page")),
        "lists": list_views(mine),
        "titles": titles(visible_to(person, today), catalogue().items),
        "complaints": PETITIONS in catalogue().city.branches,
    }
    return render(request, "hall/looks.html", context)


def beside(number: str) -> dict[str, Any]:
    """What the page of a case says of the looks at it: the last ones, and how many there are."""
    found = of_case(number)
    opened = views(found)
    return {"looks": opened[:SHOWN_WITH_A_CASE], "looks_total": len(opened), "lists": list_views(found)}
