"""The first sign-in: an authenticator, and one's own password in place of a given one; both or neither."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yinuo.apps.access.actions.check_code import check_code
from yinuo.apps.access.actions.choose_password import choose_password
from yinuo.apps.access.actions.confirm_factor import confirm_factor
from yinuo.apps.access.actions.make_recovery_codes import make_recovery_codes
from yinuo.apps.access.queries import factor_of
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def set_up(person: Person, code: str, password: str | None, now: datetime) -> list[str] | Refusal:
    """The recovery codes of a new authenticator; none where there was one already.

    The code is asked first: whoever has no authenticator changes no password. `password` None: it stays.
    """
    prove = confirm_factor if factor_of(person) is None else check_code
    with transaction.atomic():
        no = prove(person, code, now)
        if no is None and password is not None:
            changed = choose_password(person, password, now)
            no = changed if isinstance(changed, Refusal) else None
        if no is not None:
            transaction.set_rollback(True)
            return no
    return make_recovery_codes(person, now) if prove is confirm_factor else []
