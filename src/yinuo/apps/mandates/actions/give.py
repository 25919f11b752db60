"""Asking somebody to act for oneself or for one's organisation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from yinuo.apps.items.queries import catalogue
from yinuo.apps.mandates.models import BY_PHONE, Mandate, Organisation
from yinuo.apps.mandates.queries import given_by, name_of
from yinuo.apps.notices.actions.tell import tell
from yinuo.apps.notices.wording import Facts
from yinuo.apps.people.models import Person
from yinuo.apps.vault.index import blind, blinds
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import check_phone, normalize

LONGEST_NAME = 50
MOST_OPEN = 50  # mandates of one principal that are not over; nobody floods strangers with offers
MOST_YEARS = 3  # a preset: 民法典第一百六十五条 wants an end and sets no longest time


def give(
    principal: Person | Organisation,
    *,
    person: Person,
    phone: str,
    name: str,
    items: Sequence[str],
    last_day: date | None,
    now: datetime,
) -> Mandate | Refusal:
    """A mandate that waits for its agent; nobody learns whether the phone number has an account.

    `person` gives it: the principal, or whoever represents the organisation. Empty `items` is every item.
    `invalid-answers` names `phone`, `name`, `services`, `last_day`.
    """
    if not _may_give(principal, person):
        return Refusal("not-yours-to-give")
    phone, name, today = normalize("phone", phone), name.strip(), day_of(now)
    wrong = {
        "phone": _phone_problem(phone, person),
        "name": "required" if not name else "too-long" if len(name) > LONGEST_NAME else None,
        "services": None if all(one in catalogue().entries for one in items) else "unknown-item",
        "last_day": _day_problem(last_day, today),
    }
    fields = {key: code for key, code in wrong.items() if code}
    if fields or last_day is None:
        return Refusal("invalid-answers", fields)
    open_ = _open(principal, today)
    if open_.count() >= MOST_OPEN:
        return Refusal("too-many-mandates", facts={"most": MOST_OPEN})
    if open_.filter(phone_index__in=blinds(BY_PHONE, phone)).exists():
        return Refusal("invalid-answers", {"phone": "has-a-mandate"})
    own = {"person": principal} if isinstance(principal, Person) else {"organisation": principal}
    mandate = Mandate.objects.create(
        **own,
        agent_name=name,
        phone=phone,
        phone_index=blind(BY_PHONE, phone),
        items=list(dict.fromkeys(items)),
        last_day=last_day,
        given_by=person,
        given_at=now,
    )
    _tell(mandate, now)
    return mandate


def _may_give(principal: Person | Organisation, person: Person) -> bool:
    """民法典第一百六十九条: an agent hands nothing on; only the principal's own word counts."""
    if person.is_staff:
        return False
    if isinstance(principal, Person):
        return principal.pk == person.pk
    return principal.representative_id == person.pk and principal.ended_at is None


def _phone_problem(phone: str, person: Person) -> str | None:
    return check_phone(phone) or ("own-phone" if phone == person.phone else None)


def _day_problem(last_day: date | None, today: date) -> str | None:
    if last_day is None:
        return "required"
    if last_day < today:
        return "past-date"
    return "too-far" if (last_day - today).days > MOST_YEARS * 366 else None


def _open(principal: Person | Organisation, today: date) -> QuerySet[Mandate]:
    """Those that hold or may still be agreed to."""
    return given_by(principal).filter(revoked_at__isnull=True, last_day__gte=today).exclude(accepted=False)


def _tell(mandate: Mandate, now: datetime) -> None:
    agent = Person.objects.by_login(mandate.phone)
    if agent is not None and not agent.is_staff:
        facts: Facts = {"principal": name_of(mandate), "due": mandate.last_day}
        tell(str(agent.pk), "mandate-offered", facts, case="", key=f"mandate:{mandate.pk}:offered", now=now)
