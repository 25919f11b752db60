"""The second factor: its window, each code once, recovery codes, enrolment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from support.actors import Cast
from support.factors import SECRET, bound, code_at
from support.fixed_clock import NOW

from yinuo.apps.access.actions.begin_enrolment import begin_enrolment
from yinuo.apps.access.actions.check_code import check_code
from yinuo.apps.access.actions.make_recovery_codes import make_recovery_codes
from yinuo.apps.access.actions.reset_factor import TO_ENROL, reset_factor
from yinuo.apps.access.actions.set_up import set_up
from yinuo.apps.access.models import Change, Enrolment, RecoveryCode, SecondFactor
from yinuo.apps.access.queries import factor_of, recovery_codes_left
from yinuo.apps.access.recovery import hashed, is_code, key_of
from yinuo.apps.access.totp import code_of, matching_step, step_at
from yinuo.core.errors import Refusal


def refused(no: object) -> str | None:
    return no.code if isinstance(no, Refusal) else None


@pytest.mark.parametrize("secret_and_code", [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_the_codes_are_those_of_the_standard(secret_and_code: tuple[int, str]) -> None:
    """RFC 6238, appendix B, SHA-1: the last six digits."""
    second, code = secret_and_code
    assert code_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", second // 30) == code


@pytest.mark.parametrize(("steps", "is_good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_step_before_and_the_one_after_are_good_and_no_other(
    cast: Cast, steps: int, is_good: bool
) -> None:
    person = bound(cast.window, NOW)
    assert (check_code(person, code_at(NOW, steps), NOW) is None) is is_good


def test_a_code_is_good_once(cast: Cast) -> None:
    person = bound(cast.window, NOW)
    assert check_code(person, code_at(NOW), NOW) is None
    assert refused(check_code(person, code_at(NOW), NOW + timedelta(seconds=5))) == "code-used"


def test_after_a_later_code_an_earlier_one_is_worth_nothing(cast: Cast) -> None:
    person = bound(cast.window, NOW)
    assert check_code(person, code_at(NOW, 1), NOW) is None
    assert refused(check_code(person, code_at(NOW), NOW)) == "code-used"


def test_spaces_are_no_mistake_and_rubbish_is(cast: Cast) -> None:
    person, code = bound(cast.window, NOW), code_at(NOW)
    for rubbish in ("", "12345", "１２３４５６", "x" * 40, "\x00"):
        assert refused(check_code(person, rubbish, NOW)) == "wrong-second-code", rubbish
    assert check_code(person, f"{code[:3]} {code[3:]}", NOW) is None


def test_a_code_of_somebody_else_is_wrong(cast: Cast) -> None:
    bound(cast.window, NOW)
    SecondFactor.objects.create(
        person=cast.reviewer, secret="GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", made_at=NOW, confirmed_at=NOW
    )
    assert refused(check_code(cast.reviewer, code_at(NOW), NOW)) == "wrong-second-code"


def test_every_step_of_the_window_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """No early way out that would tell by its time which step fitted."""
    compared = []
    real = __import__("hmac").compare_digest
    monkeypatch.setattr(
        "yinuo.apps.access.totp.hmac.compare_digest", lambda a, b: compared.append(a) or real(a, b)
    )
    assert matching_step(SECRET, code_at(NOW, -1), NOW) == step_at(NOW) - 1
    assert len(compared) == 3


def test_the_secret_is_sealed(cast: Cast) -> None:
    from django.db import connection

    bound(cast.window, NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM access_secondfactor")
        (stored,) = cursor.fetchone()
    assert SECRET not in stored
    assert SecondFactor.objects.get().secret == SECRET


def test_ten_recovery_codes_each_good_once_and_kept_as_hashes(cast: Cast) -> None:
    person = bound(cast.window, NOW)
    codes = make_recovery_codes(person, NOW)
    assert len(set(codes)) == 10
    assert not set(codes) & set(RecoveryCode.objects.values_list("digest", flat=True))
    assert check_code(person, codes[3].lower(), NOW) is None
    assert refused(check_code(person, codes[3], NOW)) == "wrong-second-code"
    assert refused(check_code(bound(cast.reviewer, NOW), codes[4], NOW)) == "wrong-second-code"
    assert recovery_codes_left(person) == 9
    assert Change.objects.filter(person=person, what="recovery-code-used").count() == 1


def test_a_recovery_code_is_hashed_like_a_password_with_a_salt_of_its_own(cast: Cast, settings: Any) -> None:
    """OWASP ASVS 5.0, 6.5.2. The tests hash quickly; here as in service."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    (digest, other) = hashed(["ABCDE-FGHJK-LMNPQ"] * 2)
    method, rounds, salt, _ = digest.split("$")
    assert (method, int(rounds) >= 600_000, len(salt) >= 16) == ("pbkdf2_sha256", True, True)
    assert salt != other.split("$")[2]
    assert is_code("abcde fghjk lmnpq", digest)
    assert not is_code("ABCDE-FGHJK-LMNPR", digest)


def test_of_ten_codes_one_hash_is_worked_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    person, asked = bound(cast.window, NOW), []
    codes = make_recovery_codes(person, NOW)
    assert len({key_of(code) for code in codes}) == 10
    monkeypatch.setattr(
        "yinuo.apps.access.actions.check_code.is_code", lambda *given: asked.append(1) or is_code(*given)
    )
    assert check_code(person, codes[7], NOW) is None
    assert len(asked) == 1


def test_the_right_beginning_alone_opens_nothing(cast: Cast) -> None:
    person = bound(cast.window, NOW)
    code = make_recovery_codes(person, NOW)[0]
    wrong = code[:-1] + ("B" if code[-1] == "A" else "A")
    for typed in (code[:2], wrong):
        assert refused(check_code(person, typed, NOW)) == "wrong-second-code"
    assert recovery_codes_left(person) == 10


def test_new_recovery_codes_make_the_old_ones_worthless(cast: Cast) -> None:
    person = bound(cast.window, NOW)
    old = make_recovery_codes(person, NOW)
    make_recovery_codes(person, NOW)
    assert refused(check_code(person, old[0], NOW)) == "wrong-second-code"


def test_an_authenticator_counts_once_a_code_confirmed_it(cast: Cast) -> None:
    made = begin_enrolment(cast.window, NOW)
    assert begin_enrolment(cast.window, NOW).secret == made.secret
    assert factor_of(cast.window) is None
    assert refused(set_up(cast.window, "000000", None, NOW)) == "wrong-second-code"
    code = code_of(made.secret, step_at(NOW))
    codes = set_up(cast.window, code, None, NOW)
    assert isinstance(codes, list)
    assert len(codes) == 10
    assert factor_of(cast.window) is not None
    assert refused(check_code(cast.window, code, NOW)) == "code-used"


def test_a_weak_password_leaves_nothing_half_done(cast: Cast) -> None:
    made = begin_enrolment(cast.window, NOW)
    code = code_of(made.secret, step_at(NOW))
    assert refused(set_up(cast.window, code, "12345678", NOW)) == "invalid-answers"
    assert factor_of(cast.window) is None
    assert isinstance(set_up(cast.window, code, "four plain words together", NOW), list)
    cast.window.refresh_from_db()
    assert cast.window.check_password("four plain words together")


def test_a_reset_needs_the_post_and_a_reason(cast: Cast) -> None:
    bound(cast.window, NOW)
    assert refused(reset_factor(cast.window, "手机丢了", by=cast.supervisor, now=NOW)) == "without-the-post"
    assert refused(reset_factor(cast.window, "  ", by=None, now=NOW)) == "say-why"
    assert factor_of(cast.window) is not None
    assert not isinstance(reset_factor(cast.window, "手机丢了", by=None, now=NOW), Refusal)
    assert factor_of(cast.window) is None
    assert Change.objects.get(what="factor-reset").reason == "手机丢了"


def test_after_a_reset_a_new_one_is_set_up_in_time_or_not_at_all(cast: Cast) -> None:
    assert timedelta(hours=24) >= TO_ENROL
    reset_factor(cast.window, "手机丢了", by=None, now=NOW)
    secret, end = begin_enrolment(cast.window, NOW).secret, NOW + TO_ENROL
    assert refused(set_up(cast.window, code_of(secret, step_at(end)), None, end)) == "enrolment-over"
    assert factor_of(cast.window) is None
    reset_factor(cast.window, "又来了", by=None, now=end)
    secret, later = begin_enrolment(cast.window, end).secret, end + TO_ENROL - timedelta(seconds=1)
    assert isinstance(set_up(cast.window, code_of(secret, step_at(later)), None, later), list)
    assert not Enrolment.objects.exists()


def test_a_first_authenticator_has_no_such_end(cast: Cast) -> None:
    secret, later = begin_enrolment(cast.window, NOW).secret, NOW + timedelta(days=30)
    assert isinstance(set_up(cast.window, code_of(secret, step_at(later)), None, later), list)
