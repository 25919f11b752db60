"""The proxy of docs/how-to/run-it.md: TLS that is new and strong, and all that the site has to be told."""

from __future__ import annotations

import re
import ssl
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory, override_settings

from yinuo.web.client_address import client_address

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "run-it.md"
VISITOR, FORGED = "198.51.100.7", "203.0.113.1"


def example() -> str:
    return re.findall(r"```nginx\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]


def of(directive: str) -> list[str]:
    return re.findall(rf"^\s*{directive} (.+);$", example(), re.MULTILINE)


def test_only_new_tls_is_spoken() -> None:
    assert of("ssl_protocols") == ["TLSv1.2 TLSv1.3"]


def test_every_cipher_keeps_what_was_said_before_and_notices_changes() -> None:
    ciphers = of("ssl_ciphers")[0].split(":")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(":".join(ciphers))
    known = {str(one["name"]) for one in context.get_ciphers()}
    assert set(ciphers) <= known
    for one in ciphers:
        assert one.startswith("ECDHE-"), one
        assert "GCM" in one or "POLY1305" in one, one


def test_whoever_comes_without_tls_is_sent_there() -> None:
    assert of("return") == ["301 https://hall.example.org$request_uri"]


def test_every_location_passes_all_headers_on() -> None:
    """nginx takes none of the server's for a location that has one of its own."""
    told = dict(one.split(" ", 1) for one in of("proxy_set_header"))
    assert told == {
        "Host": "$host",
        "X-Forwarded-Proto": "$scheme",
        "X-Forwarded-For": "$proxy_add_x_forwarded_for",
        "X-Request-Id": "$request_id",
    }
    locations = re.findall(r"location [^{]+\{(.*?)\n    \}", example(), re.DOTALL)
    assert len(locations) == len(of("proxy_pass")) == 2
    assert not [one for one in locations if "proxy_set_header" in one]


@override_settings(PROXIES=1)
def test_the_address_that_it_passes_on_is_the_one_that_counts() -> None:
    """`$proxy_add_x_forwarded_for` is what the visitor sent, a comma, and the address of the visitor."""
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=f"{FORGED}, {VISITOR}")
    assert client_address(request) == VISITOR


def test_the_limit_of_the_proxy_lies_above_ours() -> None:
    """So that whoever sends too much reads our page."""
    assert int(of("client_max_body_size")[0].removesuffix("m")) * 1024**2 > settings.LARGEST_REQUEST


@pytest.mark.parametrize("server", [0, 1])
def test_no_path_is_written_down(server: int) -> None:
    assert "access_log off;" in example().split("server {")[1:][server]
