"""The addresses of mail server and gateway: read whole, and refused without showing what they hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from yinuo.project import environment as env
from yinuo.project.environment import Smtp

NAME = "YINUO_SOMETHING"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("smtp://127.0.0.1", Smtp("127.0.0.1", 25, "none")),
        ("smtp+tls://u:p%40ss@mail.example", Smtp("mail.example", 587, "starttls", "u", "p@ss")),
        ("smtps://mail.example:1465", Smtp("mail.example", 1465, "ssl")),
        ("", None),
    ],
)
def test_a_mail_server_is_one_address(monkeypatch: pytest.MonkeyPatch, value: str, read: Smtp | None) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.smtp(NAME) == read


@pytest.mark.parametrize(
    "value",
    [
        "mail.example",
        "smtp://",
        "http://u:secret@x",
        "smtp://u:secret@x:port",
        "smtp://u:secret@mail.example",
    ],
)
def test_what_is_no_mail_server_is_named_and_its_password_is_not(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=NAME) as refused:
        env.smtp(NAME)
    assert "secret" not in str(refused.value)


def test_a_password_does_not_show_where_the_settings_are_printed() -> None:
    assert "secret" not in repr(Smtp("x", 25, "none", "u", "secret"))


@pytest.mark.parametrize(
    "value", ["https://sms.example/send", "http://127.0.0.1:8001/", "http://localhost/", ""]
)
def test_a_gateway_is_reached_by_tls_or_on_this_machine(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.gateway(NAME) == value


@pytest.mark.parametrize("value", ["http://sms.example/", "ftp://sms.example/", "https:///", "sms"])
def test_a_gateway_in_the_open_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.gateway(NAME)


def test_what_belongs_together_is_set_together() -> None:
    assert env.together("YINUO_A", "", "YINUO_B", "") == ""
    assert env.together("YINUO_A", "x", "YINUO_B", "y") == "y"
    with pytest.raises(ImproperlyConfigured, match="YINUO_B: must be set when YINUO_A is"):
        env.together("YINUO_A", "x", "YINUO_B", "")


def test_a_file_that_is_named_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(NAME, "")
    assert env.existing_file(NAME) is None
    monkeypatch.setenv(NAME, str(tmp_path / "list"))
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.existing_file(NAME)
    (tmp_path / "list").touch()
    assert env.existing_file(NAME) == tmp_path / "list"
