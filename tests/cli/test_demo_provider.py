"""How `yinuo demo` connects an identity provider of its own, unless another one is named."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import requests
from support.posts import _wait_for, free_port

from yinuo.cli.demo import _beside, _connect_provider

NAMES = ("YINUO_OIDC_ISSUER", "YINUO_OIDC_CLIENT_ID", "YINUO_OIDC_CLIENT_SECRET")


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.setenv(name, "")  # so that it is put back afterwards


def test_a_port_is_taken_and_named_with_a_new_secret() -> None:
    port = _connect_provider("127.0.0.1:8471")
    assert os.environ["YINUO_OIDC_ISSUER"] == f"http://127.0.0.1:{port}"
    assert os.environ["YINUO_OIDC_CLIENT_ID"] == "yinuo-demo"
    assert len(os.environ["YINUO_OIDC_CLIENT_SECRET"]) == 32


def test_a_provider_that_is_named_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINUO_OIDC_ISSUER", "https://id.example")
    assert _connect_provider("127.0.0.1:8471") is None
    assert os.environ["YINUO_OIDC_ISSUER"] == "https://id.example"


def test_the_provider_that_is_started_says_who_it_is() -> None:
    port = free_port()
    (command,) = _beside(None, port)
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        address = f"http://127.0.0.1:{port}/.well-known/openid-configuration"
        assert requests.get(address, timeout=10).json()["issuer"] == f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
    assert command[0] == sys.executable
