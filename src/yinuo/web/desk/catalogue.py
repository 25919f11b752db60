"""The catalogue at the desk: items as the editors have them now, beside what is in service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinuo.apps.cases.actions.put_into_service import put_into_service
from yinuo.apps.items.queries import Version, catalogue, pinned, versions
from yinuo.apps.items.workshop import drafted, findings_of
from yinuo.catalogue.describing import Thing, describe
from yinuo.catalogue.differences import differences
from yinuo.catalogue.lints.whole import look_alikes
from yinuo.catalogue.loading import Catalogue, Entry
from yinuo.catalogue.reader import Finding
from yinuo.catalogue.scenario import Run
from yinuo.catalogue.schema import ScenarioShape
from yinuo.catalogue.tracing import Step, trace
from yinuo.core.case.state import SERVICE
from yinuo.core.form import Text
from yinuo.core.item import Item
from yinuo.web import sentences
from yinuo.web.clocks import PromiseView, view
from yinuo.web.desk.access import can, only_who_may, staff_only
from yinuo.web.fields import shown
from yinuo.web.guide import guide_of
from yinuo.web.proving import proved_again
from yinuo.web.story import act_name

PER_PAGE = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the list. `state`: new, changed, or empty where it is as in service."""

    item: Item
    state: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a scenario as the page shows it."""

    step: Step
    name: str
    why: str
    clocks: tuple[PromiseView, ...]


@staff_only
def items(request: HttpRequest) -> HttpResponse:
    working = drafted()
    if not isinstance(working, Catalogue):
        return render(request, "desk/catalogue_broken.html", {"findings": working}, status=200)
    asked = {key: request.GET.get(key, "").strip() for key in ("q", "branch", "state")}
    rows = _rows(working)
    fitting = [row for row in rows if _fits(row, asked)]
    context = {
        "page": Paginator(fitting, PER_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "branches": working.city.branches.values(),
        "counts": {state: sum(row.state == state for row in rows) for state in ("new", "changed")},
        "total": len(rows),
        "findings": working.findings,
        "may_publish": _may_publish(request),
        "query": _without_page(request),
    }
    return render(request, "desk/catalogue.html", context)


def _rows(working: Catalogue) -> list[Row]:
    served = catalogue().items
    return [Row(item, _state(item, served.get(item.id))) for item in working.items.values()]


def _state(item: Item, served: Item | None) -> str:
    if served is None:
        return "new"
    return "" if served.version == item.version else "changed"


def _fits(row: Row, asked: Mapping[str, str]) -> bool:
    words = f"{row.item.id} {row.item.name.zh} {row.item.name.en}".lower()
    state = row.item.verification.level if asked["state"] == "unverified" else row.state
    return (
        asked["q"].lower() in words
        and asked["branch"] in ("", row.item.branch)
        and asked["state"] in ("", state)
    )


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def _may_publish(request: HttpRequest) -> bool:
    """Editors put a catalogue into service; whoever is on the post today."""
    return can(request, "publish")


@staff_only
def item(request: HttpRequest, item_id: str) -> HttpResponse:
    working, entry = entry_of(item_id)
    served = catalogue().entries.get(item_id)
    changes = differences(served.item, entry.item, working.laws) if served else []
    context = {
        "item": entry.item,
        "branch": working.city.branches[entry.item.branch],
        "state": _state(entry.item, served.item if served else None),
        "file": entry.source.file,
        "findings": findings_of(working, entry.source.file),
        "alike": [(working.items[key], round(share * 100)) for key, share in look_alikes(working, entry)],
        "parts": _parts(describe(entry.item, working.laws)),
        "changes": changes,
        "history": _history(item_id, working),
        "scenarios": [(one, _steps(entry, one, working)) for one in entry.shape.scenarios],
    }
    return render(request, "desk/catalogue_item.html", context)


def entry_of(item_id: str) -> tuple[Catalogue, Entry]:
    """The editors' catalogue and one item of it; 404 where it is not there or cannot be read."""
    working = drafted()
    if not isinstance(working, Catalogue) or item_id not in working.entries:
        raise Http404
    return working, working.entries[item_id]


def _parts(things: list[Thing]) -> list[tuple[Text, list[Thing]]]:
    parts: dict[Text, list[Thing]] = {}
    for thing in things:
        parts.setdefault(thing.part, []).append(thing)
    return list(parts.items())


def _history(item_id: str, working: Catalogue) -> list[tuple[Version, list[Text]]]:
    """Every published version with what it changed, the newest first; the first changed nothing."""
    kept = versions(item_id)
    found = [pinned(item_id, one.version) for one in kept]
    changes = [differences(old, new, working.laws) for new, old in pairwise(found)]
    return list(zip(kept, [*changes, []], strict=True))


def _steps(entry: Entry, scenario: ScenarioShape, working: Catalogue) -> list[StepView]:
    run = Run(entry.item, working.calendar)
    return [_step(step, working) for step in trace(run, scenario)]


def _step(step: Step, working: Catalogue) -> StepView:
    owed = [one for one in step.state.promises if one.key in SERVICE] if step.state else []
    return StepView(
        step=step,
        name=act_name(step.act.do) if step.act else _("提交申请"),
        why=sentences.refusal(step.refusal) if step.refusal else "",
        clocks=tuple(view(promise, working, step.at) for promise in owed),
    )


@staff_only
def preview(request: HttpRequest, item_id: str) -> HttpResponse:
    """Guide and form as citizens would see them, before anything is published."""
    working, entry = entry_of(item_id)
    forms = [(page, shown(page.fields, {}, {})) for page in entry.item.form.pages]
    context = {**guide_of(entry.item, working), "forms": forms, "preview": True}
    return render(request, "hall/guide.html", context)


@require_POST
@only_who_may("publish")
@proved_again
def publish(request: HttpRequest) -> HttpResponse:
    """All or nothing: with any finding the last good catalogue stays in service."""
    report = put_into_service(settings.CATALOGUE, timezone.now())
    if report.findings:
        return render(request, "desk/catalogue_broken.html", {"findings": _some(report.findings)}, status=422)
    messages.success(request, _("已发布，%(n)s 个事项已经在用") % {"n": report.items})
    return redirect("desk-catalogue")


def _some(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return findings[:200]
