"""How `yinuo demo` connects its own gateway, unless another one is named."""

from __future__ import annotations

import os
import socket

import pytest

from yinuo.cli.demo import _connect_gateway, _free_port


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("YINUO_SMS_URL", "YINUO_SMS_KEY"):
        monkeypatch.setenv(name, "")  # so that it is put back afterwards


def test_the_next_port_is_taken_and_named_with_a_new_key() -> None:
    port = _connect_gateway("127.0.0.1:8471")
    assert port is not None
    assert os.environ["YINUO_SMS_URL"] == f"http://127.0.0.1:{port}/"
    first = os.environ["YINUO_SMS_KEY"]
    os.environ["YINUO_SMS_URL"] = ""
    _connect_gateway("127.0.0.1:8471")
    assert len(first) == 32
    assert os.environ["YINUO_SMS_KEY"] != first


def test_a_port_that_is_taken_is_left_to_whoever_has_it() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert _free_port(taken) not in (0, taken)


def test_a_gateway_that_is_named_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINUO_SMS_URL", "https://sms.example/")
    assert _connect_gateway("127.0.0.1:8000") is None
    assert os.environ["YINUO_SMS_URL"] == "https://sms.example/"
