"""Every program that a person has let in is out."""

from __future__ import annotations

from django.db import transaction
from oauth2_provider.models import AccessToken, Grant, RefreshToken

from yinuo.apps.people.models import Person


def revoke_programs(person: Person) -> None:
    """No token and no code is left; each program may ask again."""
    with transaction.atomic():
        for table in (RefreshToken, AccessToken, Grant):
            table.objects.filter(user=person).delete()
