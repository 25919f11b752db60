"""A parent adds a child, to act for it by law (民法典第二十三、二十七条)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from yinuo.apps.mandates.models import BY_IDENTITY, Ward
from yinuo.apps.people.models import Person
from yinuo.apps.vault.index import blind
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import birth_date, check_idcard, normalize

OF_AGE = 18  # 民法典第十七条
LONGEST_NAME = 50


def state_ward(person: Person, name: str, identity: str, *, now: datetime) -> Ward | Refusal:
    """The child; `invalid-answers` names `name` or `identity`; `of-age`: they act for themselves."""
    if person.is_staff:
        return Refusal("only-an-applicant")
    name, identity = name.strip(), normalize("idcard", identity)
    wrong = {"name": _name_problem(name), "identity": _identity_problem(identity, day_of(now))}
    fields = {key: code for key, code in wrong.items() if code}
    if fields:
        return Refusal("invalid-answers", fields)
    try:
        with transaction.atomic():
            return Ward.objects.create(
                guardian=person,
                name=name,
                identity=identity,
                identity_index=blind(BY_IDENTITY, identity),
                of_age_on=_of_age_on(identity),
                stated_at=now,
            )
    except IntegrityError:
        return Refusal("invalid-answers", {"identity": "ward-stated"})


def _name_problem(name: str) -> str | None:
    if not name:
        return "required"
    return "too-long" if len(name) > LONGEST_NAME else None


def _identity_problem(identity: str, today: date) -> str | None:
    if not identity:
        return "required"
    return check_idcard(identity, today) or ("of-age" if _of_age_on(identity) <= today else None)


def _of_age_on(identity: str) -> date:
    """The eighteenth birthday; of somebody born on 29 February the first of March."""
    born = birth_date(identity)
    assert born is not None
    try:
        return born.replace(year=born.year + OF_AGE)
    except ValueError:
        return date(born.year + OF_AGE, 3, 1)
