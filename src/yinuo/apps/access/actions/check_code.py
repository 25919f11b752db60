"""The second factor: a code of the authenticator, or one of the recovery codes."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.access.models import RecoveryCode, SecondFactor
from yinuo.apps.access.queries import factor_of
from yinuo.apps.access.recording import note
from yinuo.apps.access.recovery import is_code, key_of
from yinuo.apps.access.totp import is_step_code, matching_step
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def check_code(person: Person, typed: str, now: datetime) -> Refusal | None:
    """None: it is right, and used up. `wrong-second-code`; `code-used` for one that was right before."""
    plain = "".join(typed.split())
    if is_step_code(plain):
        return _by_step(person, plain, now)
    return _by_recovery(person, plain, now)


def _by_step(person: Person, code: str, now: datetime) -> Refusal | None:
    """Of two who come with the same code at once, one is let in: the row says which step was used last."""
    factor = factor_of(person)
    step = matching_step(factor.secret, code, now) if factor is not None else None
    if step is None:
        return Refusal("wrong-second-code", {"code": "wrong-second-code"})
    fresh = SecondFactor.objects.filter(person=person, confirmed_at__isnull=False, last_step__lt=step)
    return None if fresh.update(last_step=step) else Refusal("code-used", {"code": "code-used"})


def _by_recovery(person: Person, code: str, now: datetime) -> Refusal | None:
    kept = RecoveryCode.objects.filter(person=person, key=key_of(code), used_at=None)
    one = kept.first()
    if one is None or not is_code(code, one.digest) or not kept.filter(pk=one.pk).update(used_at=now):
        return Refusal("wrong-second-code", {"code": "wrong-second-code"})
    note("recovery-code-used", person, by=person, reason="", now=now)
    return None
