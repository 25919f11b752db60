"""What hangs on an account: what has to end before it is closed, what goes with it, what stays until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.clients.queries import Program, programs_of
from yinuo.apps.mandates.models import Mandate, Organisation, Ward
from yinuo.apps.mandates.queries import organisations_of, wards_of
from yinuo.apps.people.models import Person
from yinuo.apps.rights.queries import Keeping, keeping
from yinuo.core.clock import day_of


@dataclass(frozen=True, slots=True)
class Kept:
    """A case that stays after the account is closed."""

    case: Case
    keeping: Keeping


@dataclass(frozen=True, slots=True)
class Closing:
    """`open`: own cases that go on; while there is one, nothing is closed."""

    open: Sequence[Case]
    drafts: Sequence[Draft]
    organisations: Sequence[Organisation]
    wards: Sequence[Ward]
    mandates: Sequence[Mandate]
    programs: Sequence[Program]
    stays: Sequence[Kept]


def closing(person: Person, now: datetime) -> Closing:
    today = day_of(now)
    cases = own_cases(person)
    ended = cases.filter(ended_at__isnull=False).order_by("-received_at")
    return Closing(
        open=list(cases.filter(ended_at__isnull=True).order_by("-received_at")),
        drafts=list(own_drafts(person)),
        organisations=list(organisations_of(person)),
        wards=list(wards_of(person)),
        mandates=list(open_mandates(person)),
        programs=programs_of(person, now),
        stays=[Kept(case, keeping(case, today)) for case in ended],
    )


def own_cases(person: Person) -> QuerySet[Case]:
    """Those that are about a person, their organisations or their children, whoever handed them in; not those
    that they handed in for somebody else. What was erased is nobody's."""
    own = Q(principal="", applicant=person) | Q(principal__in=_principals(person))
    return Case.objects.filter(own, erased_on__isnull=True)


def own_drafts(person: Person) -> QuerySet[Draft]:
    """The same of applications that were not handed in."""
    own = Q(principal="", person=person) | Q(principal__in=_principals(person))
    return Draft.objects.filter(own, case__isnull=True).order_by("started_at")


def _principals(person: Person) -> list[str]:
    """The names under which cases are about this person, where somebody acts for them or they by law."""
    represented = [one.key for one in organisations_of(person)] + [one.key for one in wards_of(person)]
    return [f"person:{person.pk}", *represented]


def open_mandates(person: Person) -> QuerySet[Mandate]:
    """Given, held or asked for, and not over."""
    mine = Q(person=person) | Q(agent=person) | Q(organisation__representative=person)
    return Mandate.objects.filter(mine, revoked_at__isnull=True).exclude(accepted=False)
