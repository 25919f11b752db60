"""What is still owed beside the queue: answers, hand-overs, remedies, calls; the next due first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.owed import SMALL, Owed, owed
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.apps.people.queries import actor, names
from yinuo.apps.promises.projection import promise_of
from yinuo.catalogue.city import Unit
from yinuo.core.clock import day_of
from yinuo.core.item import Item
from yinuo.web.clocks import PromiseView, about_name, promise_name, view
from yinuo.web.desk.access import staff_only
from yinuo.web.desk.viewing import listed

PER_PAGE = 40
# Kind of promise -> the form on the case's page where it is done.
FORMS = {
    "extension": "answer-extension", "urge": "answer-urge", "supervision": "answer-supervision",
    "card": "answer-card-{about}", "verify": "verify-{about}", "answer": "answer-{about}",
    "put-right": "put-right-{about}", "appeal": "decide-appeal-{about}",
}  # fmt: skip
CALLS = ("call-back", "follow-up")


@dataclass(frozen=True, slots=True)
class Row:
    """`form`: the anchor of the form on the page of the case; empty where another page has it."""

    case: Case
    item: Item
    view: PromiseView
    about: str
    unit: Unit
    person: str
    form: str

    @property
    def is_call(self) -> bool:
        return self.view.key in CALLS


@staff_only
def page(request: HttpRequest) -> HttpResponse:
    """`kind` narrows it down to one kind, `who=me` to what one's own posts may do."""
    now, kind, mine = timezone.now(), request.GET.get("kind", ""), request.GET.get("who") == "me"
    found = owed(request.user, now)  # type: ignore[arg-type]
    if mine:
        who = actor(request.user, catalogue().city, day_of(now))  # type: ignore[arg-type]
        found = [one for one in found if not one.row.post or who.holds(one.row.post, one.row.owner)]
    counts = Counter(one.row.key for one in found)
    shown = [one for one in found if not kind or one.row.key == kind]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    people = names({one.row.person for one in page.object_list})
    listed(request, [one.case for one in page.object_list])
    context = {
        "page": page,
        "rows": [_row(one, people) for one in page.object_list],
        "total": len(found),
        "kinds": [(key, promise_name(key), counts[key]) for key in SMALL if counts[key]],
        "kind": kind if kind in SMALL else "",
        "mine": mine,
        "today": day_of(now),
    }
    return render(request, "desk/owed.html", context)


def _row(one: Owed, people: dict[str, str]) -> Row:
    row, served = one.row, catalogue()
    item = pinned(one.case.item, one.case.item_version)
    return Row(
        case=one.case,
        item=item,
        view=view(promise_of(row), served, timezone.now(), item),
        about=about_name(row.key, row.about, item),
        unit=served.city.units[row.owner],
        person=people.get(row.person, ""),
        form=_form(one),
    )


def _form(one: Owed) -> str:
    if one.row.key == "hand-over":
        return "take-over" if one.row.about == "unit" else "take"
    return FORMS.get(one.row.key, "").format(about=one.row.about)
