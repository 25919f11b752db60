"""What a password must be, and the file of breached ones."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from yinuo.apps.items.queries import Edition, NothingPublishedError
from yinuo.apps.people.actions.change_password import weakness
from yinuo.apps.signing_in.breached import is_breached
from yinuo.apps.signing_in.local_words import as_typed, local_words
from yinuo.apps.signing_in.passwords import password_problem

NEAR = ("王淑兰", "13800000001")


def digest(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()


def file_of(folder: Path, digests: list[str], ending: str = "\n") -> Path:
    path = folder / "breached.txt"
    path.write_bytes("".join(f"{one}:7{ending}" for one in sorted(digests)).encode())
    return path


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", "password-short"),
        ("x9!Kq2v", "password-short"),
        ("x" * 201, "password-long"),
        ("password123", "weak-password"),
        ("1234567890", "weak-password"),
        ("qwertyuiop", "weak-password"),
        ("13800000001", "weak-password"),
        ("wangshulan", "weak-password"),
        ("WangShulan1", "weak-password"),
        ("shulan00000001", "weak-password"),
        ("王淑兰王淑兰王淑兰", "weak-password"),
        ("a long enough word", None),
        ("三只猫坐在屋顶上看月亮", None),
        ("correct horse battery " * 9, None),
    ],
)
def test_what_is_a_password(password: str, problem: str | None) -> None:
    assert password_problem(password, NEAR) == problem


def test_the_name_of_its_owner_makes_a_password_weak_and_that_of_others_does_not() -> None:
    assert password_problem("zhaodefu7394", ["赵德福"]) == "weak-password"
    assert password_problem("zhaodefu7394", ["李建军"]) is None


def test_the_policy_is_what_django_asks(db: None) -> None:
    assert weakness("wangshulan", "13800000001", "王淑兰") == "weak-password"
    assert weakness("a long enough word") is None


@pytest.mark.parametrize(
    "password",
    [
        "baicheng2026",
        "Baicheng@2026",
        "bcsgaj@2026",
        "taobeigongan",
        "gongan110110",
        "yinuo12345678",
        "weirenminfuwu",
        "jiaojing888888",
        "zhenlaixian123",
        "Taobei District 1",
        "白城公安2026",
    ],
)
def test_what_everybody_here_thinks_of_is_no_password(db: None, password: str) -> None:
    assert weakness(password) == "weak-password"


def test_local_words_are_what_makes_it_weak_and_not_every_password_with_one_is(db: None) -> None:
    assert password_problem("weirenminfuwu") is None
    assert password_problem("weirenminfuwu", local=local_words()) == "weak-password"
    for password in ("baicheng K7 walnut lamp", "a long enough word", "三只猫坐在屋顶上看月亮"):
        assert weakness(password) is None, password


def test_words_are_known_as_people_type_them() -> None:
    assert list(as_typed("白城市")) == ["白城市", "baichengshi", "bcs", "白城", "baicheng"]
    assert list(as_typed("Baicheng Bureau")) == ["baicheng bureau", "baichengbureau"]


def test_before_the_first_catalogue_there_is_no_local_word(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> Edition:
        raise NothingPublishedError

    monkeypatch.setattr("yinuo.apps.signing_in.local_words.edition", nothing)
    assert local_words() == []
    assert weakness("weirenminfuwu") is None


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_breached_password_is_found_wherever_it_stands(tmp_path: Path, ending: str) -> None:
    passwords = [f"a long enough word {n}" for n in range(257)]
    path = file_of(tmp_path, [digest(one) for one in passwords], ending)
    with override_settings(BREACHED_PASSWORDS=path):
        assert all(is_breached(one) for one in passwords)
        assert not any(is_breached(f"another word altogether {n}") for n in range(257))
        assert password_problem(passwords[100]) == "breached-password"


@given(st.sets(st.integers(0, 5000), max_size=60), st.integers(0, 5000))
def test_the_file_holds_exactly_what_it_holds(kept: set[int], asked: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = file_of(Path(folder), [digest(str(one)) for one in kept])
        with override_settings(BREACHED_PASSWORDS=path):
            assert is_breached(str(asked)) == (asked in kept)


def test_an_empty_file_and_none_hold_nothing(tmp_path: Path) -> None:
    with override_settings(BREACHED_PASSWORDS=file_of(tmp_path, [])):
        assert not is_breached("password")
    with override_settings(BREACHED_PASSWORDS=None):
        assert not is_breached("password")
