"""What the guide says of itself: visits, papers, fee, result, keys."""

from __future__ import annotations

from collections.abc import Iterator

from yinuo.catalogue.lints.problem import Problem
from yinuo.catalogue.loading import Catalogue, Entry


def branch_and_topics_exist(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    if entry.shape.branch not in catalogue.city.branches:
        yield ("branch",), f"the city has no branch {entry.shape.branch}"
    known = {topic.key for topic in catalogue.topics}
    for n, topic in enumerate(entry.shape.topics):
        if topic not in known:
            yield ("topics", n), f"there is no topic {topic}"


def visits_have_reasons(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    visits = entry.shape.visits
    if visits.count and visits.reason is None:
        yield ("visits", "reason"), "a visit needs a reason"
    if not visits.count and visits.reason is not None:
        yield ("visits", "reason"), "there is no visit to give a reason for"
    if entry.shape.online == "full" and visits.count:
        yield ("online",), "an item with a visit is not fully online"


def no_name_where_none_is_given(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """A route that takes reports without a name cannot ask first who reports."""
    if entry.item.route.anonymous and entry.shape.real_name != "none":
        yield ("real_name",), f"the route {entry.shape.route} takes anonymous reports"


def no_visit_no_original(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    for n, material in enumerate(entry.shape.materials):
        if not entry.shape.visits.count and material.bring:
            yield ("materials", n, "bring"), "is brought to the window, but the item needs no visit"
        shown = material.form in ("original", "check") and not material.fetch
        if not entry.shape.visits.count and shown:
            yield ("materials", n, "form"), "an original has to be shown, but the item needs no visit"
        if material.bring and material.fetch:
            yield ("materials", n, "fetch"), "what the office fetches itself nobody has to bring"


def fees_are_whole(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    fee = entry.shape.fee
    if fee is not None and fee.amount is None and fee.note is None:
        yield ("fee",), "a fee without an amount says in its note what it depends on"
    if fee is not None and fee.amount is not None and fee.unit is None:
        yield ("fee",), "an amount needs a unit"


def results_show_something(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    if entry.item.route.issues and not entry.shape.result.fields:
        yield ("result",), "a document shows at least one answer: name its fields"


def keys_are_unique(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    lists = {
        "materials": [m.key for m in entry.shape.materials],
        "special_procedures": [p.key for p in entry.shape.special_procedures],
        "situations": [s.key for s in entry.shape.situations],
        "form": [p.page for p in entry.shape.form],
        "topics": entry.shape.topics,
        "keywords": entry.shape.keywords,
    }
    for name, keys in lists.items():
        for n, key in enumerate(keys):
            if key in keys[:n]:
                yield (name, n), f"{key} stands twice"


def can_be_reached(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """Whoever need not come must be able to apply from afar: an item without a visit is taken online."""
    shape = entry.shape
    if not shape.visits.count and shape.online in ("consult", "download"):
        yield ("online",), f"needs no visit, but {shape.online} lets nobody apply from afar"


def somebody_answers(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """A guide names who handles the item, where, when, and by which telephone."""
    known = entry.shape.branch in catalogue.city.branches  # else branch_and_topics_exist has said so
    if known and not catalogue.city.competent(entry.shape.jurisdiction, entry.shape.branch):
        yield ("jurisdiction",), f"no unit of the city handles {entry.shape.branch} at this level"
