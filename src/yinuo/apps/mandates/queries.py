"""For whom somebody may act today, and in what. Everything that cases ask about principals is here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from yinuo.apps.mandates.models import BY_PHONE, Attempt, Mandate, Organisation, Ward
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import actor
from yinuo.apps.vault.index import blinds
from yinuo.catalogue.city import City
from yinuo.core.case import Actor
from yinuo.core.case.events import EVERY_ITEM
from yinuo.core.clock import end_of_day


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody whom a person may act for. `principal`: as cases name it; empty `items`: everything."""

    principal: str
    name: str
    right: str  # representative | guardian | agent
    mandate: str  # the id of the mandate where it rests on one
    items: frozenset[str]
    last_day: date | None

    def covers(self, item: str) -> bool:
        return not self.items or item in self.items


def acting(person: Person, today: date) -> list[Acting]:
    """Everybody for whom a person may act on a day, organisations first."""
    return [*_represented(person), *_wards(person, today), *_mandated(person, today)]


def _represented(person: Person) -> Iterator[Acting]:
    for one in Organisation.objects.filter(representative=person, ended_at__isnull=True).order_by(
        "stated_at"
    ):
        yield Acting(one.key, one.name, "representative", "", frozenset(), None)


def _wards(person: Person, today: date) -> Iterator[Acting]:
    for one in Ward.objects.filter(guardian=person, ended_at__isnull=True, of_age_on__gt=today):
        yield Acting(one.key, one.name, "guardian", "", frozenset(), one.of_age_on)


def _mandated(person: Person, today: date) -> Iterator[Acting]:
    for one in live(today).filter(agent=person).select_related("organisation", "person").order_by("given_at"):
        yield Acting(one.key, name_of(one), "agent", str(one.pk), frozenset(one.items), one.last_day)


def live(today: date) -> QuerySet[Mandate]:
    """The mandates that hold on a day: accepted, not over, not revoked, and the principal is still there."""
    there = Q(organisation__isnull=True) | Q(organisation__ended_at__isnull=True)
    return Mandate.objects.filter(there, accepted=True, revoked_at__isnull=True, last_day__gte=today)


def name_of(mandate: Mandate) -> str:
    """The name of the principal."""
    principal = mandate.organisation or mandate.person
    assert principal is not None
    return principal.name


def acts_for(person: Person, today: date) -> frozenset[tuple[str, str]]:
    """(principal, item) pairs as the core reads them; oneself, where others act, is among them."""
    pairs = {(f"person:{person.pk}", EVERY_ITEM)}
    for one in acting(person, today):
        pairs |= {(one.principal, item) for item in one.items or {EVERY_ITEM}}
    return frozenset(pairs)


def actor_of(person: Person, city: City, today: date) -> Actor:
    """The core's view of anybody who signed in: posts of staff, mandates of everybody else."""
    if person.is_staff:
        return actor(person, city, today)
    return Actor(str(person.pk), "applicant", acts_for=acts_for(person, today))


def mandate_of(person: Person, principal: str, item: str, today: date) -> str:
    """The id of the mandate by which somebody acts; empty where the law itself gives the right, and for
    oneself (`principal` is empty)."""
    if not principal:
        return ""
    mine = (one for one in acting(person, today) if one.principal == principal and one.covers(item))
    return next((one.mandate for one in mine), "")


def covered(person: Person, today: date) -> Q:
    """A condition on rows with `principal` and `item`: those that are of somebody the person may act for."""
    condition = Q(principal=f"person:{person.pk}")
    for one in acting(person, today):
        mine = Q(principal=one.principal)
        condition |= mine & Q(item__in=one.items) if one.items else mine
    return condition


def contact(principal: str, applicant: str, item: str, today: date) -> str:
    """The id of whoever is told of a case: who handed it in while they may act, else the principal."""
    if not principal:
        return applicant
    held = live(today).filter(_is(principal), agent=UUID(applicant))
    if any(not one.items or item in one.items for one in held):
        return applicant
    return _own(principal) or applicant


def _is(principal: str) -> Q:
    kind, _, key = principal.partition(":")
    return Q(**{f"{kind}_id": UUID(key)}) if kind in ("organisation", "person") else Q(pk__in=[])


def _own(principal: str) -> str:
    kind, _, key = principal.partition(":")
    if kind == "person":
        return key
    if kind == "ward":
        return _text(Ward.objects.filter(pk=key).values_list("guardian", flat=True).first())
    return _text(Organisation.objects.filter(pk=key).values_list("representative", flat=True).first())


def _text(found: UUID | None) -> str:
    return str(found) if found else ""


def principal_name(principal: str) -> str:
    """The name of an organisation or a person that cases name; empty when there is none any more."""
    kind, _, key = principal.partition(":")
    table = {"organisation": Organisation, "ward": Ward, "person": Person}.get(kind)
    found = table.objects.filter(pk=key).first() if table else None  # type: ignore[attr-defined]
    return str(found.name) if found else ""


def organisation_of(principal: str) -> Organisation | None:
    kind, _, key = principal.partition(":")
    return Organisation.objects.filter(pk=key).first() if kind == "organisation" else None


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """Those that a person represents."""
    return Organisation.objects.filter(representative=person, ended_at__isnull=True).order_by("stated_at")


def stated(uscc: str) -> QuerySet[Organisation]:
    """Everybody who states that they represent the organisation of a code, the confirmed one first."""
    found = Organisation.objects.filter(uscc=uscc, ended_at__isnull=True).select_related("representative")
    return found.order_by(F("confirmed_at").asc(nulls_last=True), "stated_at")


def to_confirm(key: UUID) -> Organisation | None:
    return Organisation.objects.filter(pk=key, ended_at__isnull=True).first()


def wards_of(person: Person) -> QuerySet[Ward]:
    return Ward.objects.filter(guardian=person, ended_at__isnull=True).order_by("stated_at")


def offered_to(person: Person) -> QuerySet[Mandate]:
    """What somebody was asked by their phone number and has not answered."""
    phone = str(person.phone)
    open_ = Mandate.objects.filter(accepted__isnull=True, revoked_at__isnull=True)
    return open_.filter(phone_index__in=blinds(BY_PHONE, phone) if phone else []).order_by("given_at")


def held_by(person: Person) -> QuerySet[Mandate]:
    """Everything that a person agreed to, the newest first, with what has ended."""
    return Mandate.objects.filter(agent=person, accepted=True).order_by("-given_at")


def given_by(principal: Person | Organisation) -> QuerySet[Mandate]:
    own = {"person": principal} if isinstance(principal, Person) else {"organisation": principal}
    return Mandate.objects.filter(**own).order_by("-given_at")


def attempts_on(organisation: Organisation) -> QuerySet[Attempt]:
    """What was refused to agents of an organisation after their mandates had ended, the newest first."""
    return (
        Attempt.objects.filter(mandate__organisation=organisation).select_related("mandate").order_by("-at")
    )


def of_principal(person: Person, key: UUID) -> Mandate | None:
    """A mandate that somebody may see: whoever gave it, holds it or is asked. Any other does not exist."""
    mine = Q(person=person) | Q(organisation__representative=person, organisation__ended_at__isnull=True)
    asked = Q(pk__in=offered_to(person).values("pk"))
    return Mandate.objects.filter(mine | Q(agent=person) | asked, pk=key).first()


def agents_on(principal: str, item: str) -> Iterable[Mandate]:
    """Everybody who has or had a mandate of a principal that covers an item, for the page of a case."""
    found = Mandate.objects.filter(_is(principal), accepted=True).select_related("agent").order_by("given_at")
    return [one for one in found if not one.items or item in one.items]


def standing(mandate: Mandate, today: date) -> str:
    """How a mandate stands: waiting, declined, live, revoked or over."""
    if mandate.revoked_at is not None:
        return "revoked"
    if mandate.accepted is None:
        return "waiting" if mandate.last_day >= today else "over"
    if not mandate.accepted:
        return "declined"
    return "live" if mandate.last_day >= today else "over"


def ended_before(last: date) -> Iterator[Mandate | Ward | Organisation]:
    """Mandates, children and organisations that ended on a day or earlier; the mandates first."""
    until = end_of_day(last)
    over = Q(last_day__lte=last) | Q(revoked_at__lt=until) | Q(accepted=False, answered_at__lt=until)
    yield from Mandate.objects.filter(over).order_by("given_at")
    yield from Ward.objects.filter(Q(ended_at__lt=until) | Q(of_age_on__lte=last)).order_by("stated_at")
    yield from Organisation.objects.filter(ended_at__lt=until).order_by("stated_at")
