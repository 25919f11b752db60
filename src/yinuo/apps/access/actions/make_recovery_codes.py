"""New recovery codes; the ones before are worth nothing from then on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yinuo.apps.access.models import RecoveryCode
from yinuo.apps.access.recording import note
from yinuo.apps.access.totp import new_recovery_code, recovery_digest
from yinuo.apps.people.models import Person

HOW_MANY = 10


@transaction.atomic
def make_recovery_codes(person: Person, now: datetime) -> list[str]:
    """The codes in words, for this once: only their hashes are kept."""
    codes = [new_recovery_code() for _ in range(HOW_MANY)]
    RecoveryCode.objects.filter(person=person).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, digest=recovery_digest(person.pk, code)) for code in codes
    )
    note("recovery-codes-made", person, by=person, reason="", now=now)
    return codes
