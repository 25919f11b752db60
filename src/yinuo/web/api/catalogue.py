"""The catalogue, for everybody: services, units, branches, topics, laws, the calendar."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from pydantic import StringConstraints

from yinuo.apps.items.queries import catalogue, index
from yinuo.catalogue import facts
from yinuo.core.errors import Refusal
from yinuo.core.form import Text
from yinuo.core.item import Item
from yinuo.web import addresses
from yinuo.web.api import shapes
from yinuo.web.api.routes import Routes
from yinuo.web.limiting import come

router = Routes(tags=["catalogue"])
MOST_HITS = 30
Words = Annotated[str, StringConstraints(max_length=100)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{0,60}$")]


def words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


@router.operation("GET", "/items", shapes.Items, name="api-items", may=(422,))
def items(request: HttpRequest, q: Words = "", branch: Key = "", topic: Key = "") -> Any:
    """Services, those that fit `q` best first; all of them without it.

    `branch` and `topic` are keys of `/branches` and `/topics`; a key that does not exist fits none.
    """
    no = come(request, "search") if q.strip() else None
    if no is not None:
        return no
    served = catalogue().items
    found = [served[hit.item_id] for hit in index().find(q, MOST_HITS)] if q.strip() else served.values()
    kept = [one for one in found if branch in ("", one.branch) and (not topic or topic in one.topics)]
    return {"entries": [_row(one) for one in kept]}


def _row(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "version": item.version,
        "name": words(item.name),
        "summary": words(item.summary),
        "branch": item.branch,
        "audience": list(item.audience),
        "topics": list(item.topics),
        "online": item.online,
    }


@router.operation("GET", "/items/{item_id}", shapes.Item, name="api-item", may=(404, 422))
def item(request: HttpRequest, item_id: Annotated[str, StringConstraints(max_length=60)]) -> Any:
    """One service: its form, materials, limits with their grounds, fee, result, and where to apply."""
    served = catalogue()
    found = served.items.get(item_id)
    if found is None:
        return Refusal("not-found")
    places = [unit.id for unit in served.city.competent(found.jurisdiction, found.branch)]
    return {**facts.of_item(found, served, addresses.guide), "units": places}


@router.operation("GET", "/units", shapes.Units, name="api-units")
def units(request: HttpRequest) -> Any:
    """Every unit of the bureau, each after the one above it."""
    return {
        "entries": [
            {
                "id": one.id,
                "name": words(one.name),
                "kind": one.kind,
                "parent": one.parent,
                "division": one.division,
                "branch": one.branch,
                "address": words(one.address),
                "phone": one.phone,
                "hours": words(one.hours),
                "sample": one.sample,
            }
            for one in catalogue().city.units.values()
        ]
    }


@router.operation("GET", "/branches", shapes.Branches, name="api-branches")
def branches(request: HttpRequest) -> Any:
    """The kinds of police work that services belong to."""
    found = catalogue().city.branches.values()
    return {
        "entries": [
            {"key": b.key, "name": words(b.name), "about": words(b.about), "unit": b.unit} for b in found
        ]
    }


@router.operation("GET", "/topics", shapes.Topics, name="api-topics")
def topics(request: HttpRequest) -> Any:
    """What services are about, as the home page sorts them."""
    found = catalogue().topics
    return {"entries": [{"key": t.key, "name": words(t.name), "about": words(t.about)} for t in found]}


@router.operation("GET", "/laws", shapes.Laws, name="api-laws")
def laws(request: HttpRequest) -> Any:
    """The laws that grounds name."""
    return {
        "entries": [
            {
                "id": law.id,
                "name": {"zh": law.name.zh, "en": law.name.en},
                "issuer": law.issuer,
                "number": law.number,
                "version_date": law.version_date,
                "in_force_from": law.in_force_from,
                "status": law.status,
            }
            for law in catalogue().laws.values()
        ]
    }


@router.operation("GET", "/calendar", shapes.Calendar, name="api-calendar")
def calendar(request: HttpRequest) -> Any:
    """The announced days off and days worked instead, by which every limit is counted."""
    served = catalogue()
    known = served.calendar
    days: list[dict[str, Any]] = []
    for year in known.years:
        off = [(day, "holiday", words(served.holidays[key])) for day, key in year.holidays.items()]
        worked = [(day, "makeup", None) for day in year.makeup]
        marked = sorted([*off, *worked], key=lambda one: one[0])
        days += [{"day": day.isoformat(), "kind": kind, "name": name} for day, kind, name in marked]
    return {
        "version": known.version,
        "announced_from": date.fromordinal(known.first).isoformat(),
        "announced_until": known.announced_until.isoformat(),
        "days": days,
    }


@router.operation("GET", "/openapi.json", dict[str, Any], name="api-openapi")
def openapi(request: HttpRequest) -> HttpResponse:
    """This description."""
    from yinuo.web.api.description import text

    return HttpResponse(text(), content_type="application/json")
