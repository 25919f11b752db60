"""`yinuo people`: the first administrator, and help when nobody else can."""

from __future__ import annotations

from typing import Any

import pytest
from support.actors import UNIT, Cast
from support.factors import bound
from support.fixed_clock import NOW

from yinuo.apps.access.actions.keep_open import keep_open
from yinuo.apps.access.actions.open_session import open_session
from yinuo.apps.access.models import Change, GivenPassword
from yinuo.apps.access.queries import factor_of
from yinuo.apps.people.models import Person
from yinuo.cli import main

WHY = ("--reason", "手机被偷")


@pytest.fixture
def people(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*words: str) -> tuple[int, str]:
        status = main(["people", *words])
        told = capsys.readouterr()
        return status, told.out + told.err

    return run


def test_the_first_administrator_is_made_on_the_command_line(db: None, people: Any) -> None:
    status, told = people("add", "admin-1", "管一", "--reason", "开始使用")
    person = Person.objects.get(login="admin-1")
    assert status == 0
    assert person.check_password(told.rpartition(": ")[2].strip())
    assert people("give", "admin-1", "administrator", "baicheng-bureau", "--reason", "开始使用")[0] == 0
    assert "admin-1  管一  administrator@baicheng-bureau" in people("list")[1]
    assert [(one.what, one.by) for one in Change.objects.order_by("pk")] == [
        ("account-added", None),
        ("post-given", None),
    ]


def test_a_refusal_says_why_and_changes_nothing(cast: Cast, people: Any) -> None:
    for words in (
        ("give", "window-1", "king", UNIT),
        ("give", "nobody-1", "window", UNIT),
        ("end", "window-1", "editor", UNIT),
        ("close", "13800000001"),
        ("add", "window-1", "又一个"),
    ):
        status, told = people(*words, "--reason", "试试")
        assert (status, told.startswith("yinuo people: ")) == (1, True), words
    assert not Change.objects.exists()


def test_a_lost_telephone_and_a_lost_password(cast: Cast, people: Any) -> None:
    bound(cast.window, NOW)
    assert people("reset", "window-1", "both", "--reason", "都丢了")[0] == 0
    assert factor_of(cast.window) is None
    assert GivenPassword.objects.filter(person=cast.window).exists()


def test_a_post_ends_and_an_account_is_closed(cast: Cast, people: Any) -> None:
    assert people("end", "window-1", "window", UNIT, "--reason", "调岗")[0] == 0
    assert people("close", "reviewer-1", "--reason", "退休")[0] == 0
    told = people("list")[1]
    assert f"window-1  {cast.window.name}  inspector@{UNIT}" in told
    assert f"reviewer-1  {cast.reviewer.name}  closed" in told


@pytest.mark.parametrize("login", ["13800000001", "138 0000 0001", "window-1"])
def test_sessions_of_one_person_are_ended_by_phone_or_number(cast: Cast, people: Any, login: str) -> None:
    everybody = (cast.citizen, cast.window, cast.stranger)
    sessions = [open_session(person, "Test · Test", NOW) for person in everybody]
    assert people("end-sessions", login, *WHY) == (0, "1 sessions ended\n")
    found = [keep_open(one.person, one.pk, NOW) for one in sessions]
    assert found == (["", "by-office", ""] if login == "window-1" else ["by-office", "", ""])


def test_sessions_of_everybody_are_ended_at_once(cast: Cast, people: Any) -> None:
    sessions = [open_session(person, "Test · Test", NOW) for person in (cast.citizen, cast.window)]
    assert people("end-sessions", "--all", *WHY) == (0, "2 sessions ended\n")
    assert {keep_open(one.person, one.pk, NOW) for one in sessions} == {"by-office"}
    assert people("end-sessions", "--all", *WHY) == (0, "0 sessions ended\n")


def test_whose_sessions_has_to_be_said(cast: Cast, people: Any) -> None:
    assert people("end-sessions", "nobody-1", *WHY) == (1, "yinuo people: no-such-account\n")
    for words in (WHY, ("window-1", "--all", *WHY), ("window-1",), ("--all",)):
        with pytest.raises(SystemExit):
            people("end-sessions", *words)


def test_ended_sessions_stand_on_the_record_of_staff_and_need_a_reason(cast: Cast, people: Any) -> None:
    for person in (cast.citizen, cast.window):
        open_session(person, "Test · Test", NOW)
    refused = people("end-sessions", "--all", "--reason", " ")
    assert refused == (1, "yinuo people: say-why (reason: required)\n")
    people("end-sessions", "--all", *WHY)
    (change,) = Change.objects.filter(what="sessions-ended")
    assert (change.person, change.by, change.reason) == (cast.window, None, WHY[1])
