"""Which cases and drafts have been kept long enough, and what a rule of keeping asks of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.cases.recording import event_of
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.apps.people.models import Person
from yinuo.catalogue.retention import Retention
from yinuo.core.case import Event, Stage
from yinuo.core.clock import end_of_day
from yinuo.core.retention import Matter, Rule

ENDS = {
    Stage.REFUSED: "refused",
    Stage.TRANSFERRED: "transferred",
    Stage.WITHDRAWN: "withdrawn",
    Stage.LAPSED: "lapsed",
}


def rule_of(case: Case) -> Rule | None:
    """How long a case is kept once it has ended; None while it goes on, and where no rule says."""
    if case.ended_at is None:
        return None
    matter = _matter(case.item, case.item_version, case.stage, case.granted)
    return catalogue().retention.of("case", matter)


def _matter(item: str, version: str, stage: str, granted: bool | None) -> Matter:
    """By the version of the item that the case was handed in under; what a service is called may change."""
    of = pinned(item, version)
    outcome = ENDS.get(Stage(stage)) or ("granted" if granted else "denied")
    return Matter(outcome, item, of.kind, of.branch)


def kept_long_enough(retention: Retention, today: date) -> Iterator[tuple[Rule, QuerySet[Case]]]:
    """The cases whose time is over, each group with its rule; the database counts, no case is read."""
    ended = Case.objects.filter(ended_at__isnull=False, erased_on__isnull=True)
    groups = ended.order_by().values_list("item", "item_version", "stage", "granted").distinct()
    for item, version, stage, granted in sorted(groups, key=str):
        rule = retention.of("case", _matter(item, version, stage, granted))
        if rule is None or rule.span is None:
            continue
        until = end_of_day(rule.span.over_before(today))
        yield (
            rule,
            ended.filter(
                item=item, item_version=version, stage=stage, granted=granted, ended_at__lt=until
            ).order_by("pk"),
        )


def named_files(provided: Mapping[str, Iterable[str]]) -> set[str]:
    """The ids of all files, whatever material they are for."""
    return {str(one) for ids in provided.values() for one in ids}


def handed_in_files(events: Iterable[Event]) -> set[str]:
    """The ids of everything that was ever handed in, also of what an answer to a notice replaced."""
    given: Any = (event.payload.get("provided") or {} for event in events)
    return {one for provided in given for one in named_files(provided)}


def files_kept_for(person: Person) -> set[str]:
    """The ids of the files of every case and application that still names a person."""
    drafts = Draft.objects.filter(person=person)
    cases = Case.objects.filter(applicant=person, erased_on__isnull=True)
    kept = {one for draft in drafts for one in named_files(draft.provided)}
    for case in cases:
        kept |= handed_in_files(event_of(row) for row in case.events.all())
    return kept


def drafts_left_alone(last: date) -> QuerySet[Draft]:
    """Applications that were not handed in and not touched since a day."""
    return Draft.objects.filter(case__isnull=True, changed_at__lt=end_of_day(last)).order_by("pk")


def drafted_files() -> set[str]:
    """The ids of the files of every application that is still open."""
    open_ = Draft.objects.filter(case__isnull=True)
    return {one for draft in open_.iterator() for one in named_files(draft.provided)}


def named(person: Person) -> bool:
    """Whether any case that is kept still names a person as its applicant."""
    return Case.objects.filter(applicant=person, erased_on__isnull=True).exists()


def has_cases_of(principal: str) -> bool:
    """Whether any case that is kept was handed in for them."""
    return Case.objects.filter(principal=principal, erased_on__isnull=True).exists()
