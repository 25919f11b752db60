"""The address of the virus scanner: a socket of this machine, or a host."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from yinuo.project import environment as env
from yinuo.project.environment import Clamd

NAME = "YINUO_CLAMD"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("unix:/run/clamav/clamd.ctl", Clamd(path="/run/clamav/clamd.ctl")),
        ("tcp://127.0.0.1:3399", Clamd(host="127.0.0.1", port=3399)),
        ("tcp://scanner.example", Clamd(host="scanner.example", port=3310)),
        ("tcp://[::1]:3310", Clamd(host="::1", port=3310)),
        ("", None),
    ],
)
def test_a_scanner_is_one_address(monkeypatch: pytest.MonkeyPatch, value: str, read: Clamd | None) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.clamd(NAME) == read


@pytest.mark.parametrize(
    "value", ["/run/clamav/clamd.ctl", "unix:clamd.ctl", "tcp://", "tcp://host:port", "http://host:3310"]
)
def test_what_is_no_scanner_stops_the_start_with_its_name(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.clamd(NAME)
