"""A person takes back what a program was allowed."""

from __future__ import annotations

from django.db import transaction
from oauth2_provider.models import AccessToken, Grant, RefreshToken

from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def revoke_program(client_id: str, *, person: Person) -> Refusal | None:
    """Every token and code of the program for this person is gone; `no-such-program` where there was none."""
    with transaction.atomic():
        gone = [
            table.objects.filter(application__client_id=client_id, user=person).delete()[0]
            for table in (RefreshToken, AccessToken, Grant)
        ]
    return None if any(gone) else Refusal("no-such-program")
