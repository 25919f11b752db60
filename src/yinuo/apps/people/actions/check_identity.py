"""A person gives her identity number herself."""

from __future__ import annotations

from datetime import date

from yinuo.apps.people.models import Level, Person
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import check_idcard, normalize


def check_identity(person: Person, number: str, today: date) -> Person | Refusal:
    """The person at level `CHECKED`: the number holds by its check digit (GB 11643), no more is known.

    The same number may be given by two people. Refusing the second would tell that the first is here, and
    would let somebody keep the owner out; so only a verified number belongs to one account. Refused with
    `identity-verified` where the provider has given a number: that one stays.
    """
    if person.is_staff:
        return Refusal("only-an-applicant")
    if person.level == Level.VERIFIED:
        return Refusal("identity-verified")
    number = normalize("idcard", number[:60])
    if problem := check_idcard(number, today):
        return Refusal("invalid-answers", {"identity": problem})
    person.identity, person.level = number, Level.CHECKED
    person.save(update_fields=["identity", "level"])
    return person
