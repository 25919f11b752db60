"""New recovery codes; the ones before are worth nothing from then on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yinuo.apps.access.models import RecoveryCode
from yinuo.apps.access.recording import note
from yinuo.apps.access.recovery import hashed, key_of, new_codes
from yinuo.apps.people.models import Person

HOW_MANY = 10


def make_recovery_codes(person: Person, now: datetime) -> list[str]:
    """The codes in words, for this once: only their hashes are kept.

    Hashing takes seconds on purpose, so it is done before the transaction: nobody else waits to write.
    """
    codes = new_codes(HOW_MANY)
    digests = hashed(codes)
    with transaction.atomic():
        RecoveryCode.objects.filter(person=person).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(person=person, key=key_of(code), digest=digest)
            for code, digest in zip(codes, digests, strict=True)
        )
        note("recovery-codes-made", person, by=person, reason="", now=now)
    return codes
