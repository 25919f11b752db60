"""What every answer carries for the browser: policies, no caching of what is personal, bound cookies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from support.actors import PASSWORD, Cast
from support.fuzzing import Site, address, routes
from support.journeys import issued
from support.papers import be_quick
from support.visits import signed_in

from yinuo.web.security_headers import HEADERS

OF_DJANGO = {"Referrer-Policy": "same-origin"}
NO_ADDRESS = "/no-such-page/"
TEXTS = ("text/", "application/xml", "image/svg+xml")


# A drawing has its colours inside; nothing else has, and nothing runs in it.
DRAWINGS = ("figures/charts/<slug:name>.svg", "board/charts/<slug:name>.svg")


@pytest.fixture
def site(cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Site:
    be_quick(monkeypatch)
    case = issued(cast)
    people = {name: signed_in(getattr(cast, name)).cookies for name in ("citizen", "stranger", "window")}
    values = {
        "number": [case.number], "item_id": [case.item], "key": ["decide"], "page": ["privacy"],
        "name": ["work"], "code": [case.query_code], "verb": ["say"], "day": ["2026-10-12"],
    }  # fmt: skip
    return Site({"nobody": Client().cookies, **people}, values, [])


def lacking(response: Any) -> list[str]:
    """The headers that an answer does not carry as it should."""
    policy = response.headers.get("Content-Security-Policy", "")
    wrong = [name for name, value in (HEADERS | OF_DJANGO).items() if response.headers.get(name) != value]
    wrong += [f"CSP {word}" for word in ("default-src", "frame-ancestors 'none'") if word not in policy]
    kind = response.headers.get("Content-Type", "")
    wrong += ["charset"] if kind.startswith(TEXTS) and "charset=utf-8" not in kind else []
    return wrong + [
        f"CSP {word}" for word in ("unsafe-inline", "unsafe-eval", "*", "http:") if word in policy
    ]


@pytest.mark.parametrize("who", ["nobody", "citizen", "stranger", "window"])
def test_every_address_answers_everybody_with_all_headers(site: Site, who: str) -> None:
    rng = Random(1)
    for route, _ in routes():
        path, client = address(rng, site, route, wild=0), site.client(who)
        for answer in (client.get(path), client.post(path)):
            wrong = lacking(answer)
            if route in DRAWINGS and "script-src" not in answer["Content-Security-Policy"]:
                wrong = [one for one in wrong if one != "CSP unsafe-inline"]
            assert wrong == [], f"{path}: {answer.status_code} {wrong}"


def test_errors_carry_them_too(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    answers = [
        Client().get(NO_ADDRESS),
        Client().get("/search/", {"q": "a\0b"}),
        Client().get("/", HTTP_HOST="evil.example"),
        strict.post("/sign-in/", {"login": "x"}),
        Client().delete("/sign-out/"),
    ]
    assert [answer.status_code for answer in answers] == [404, 400, 400, 403, 405]
    for answer in answers:
        assert lacking(answer) == [], answer.status_code


def test_what_somebody_signed_in_is_shown_stays_in_no_cache(cast: Cast, site: Site) -> None:
    """What is cached for everybody names nobody."""
    rng = Random(1)
    for route, _ in routes():
        answer = site.client("citizen").get(address(rng, site, route, wild=0))
        kept = answer.headers.get("Cache-Control", "")
        if "no-store" not in kept:
            assert "public" in kept, f"{route}: {kept}"
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert cast.citizen.name.encode() not in body, route


def test_signing_in_makes_a_new_session_and_signing_out_ends_it(cast: Cast, clock: Any) -> None:
    name = settings.SESSION_COOKIE_NAME
    client = Client()
    client.get("/sign-in/")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies[name] = planted = str(session.session_key)
    assert client.post("/sign-in/", {"login": "13800000001", "password": PASSWORD}).status_code == 302
    fresh = client.cookies[name].value
    assert fresh != planted
    assert to_sign_in_of(planted) is True
    assert to_sign_in_of(fresh) is False
    client.post("/sign-out/")
    assert to_sign_in_of(fresh) is True


def test_the_browser_forgets_where_a_session_ends(cast: Cast) -> None:
    closing = signed_in(cast.stranger)
    closing.post("/my-data/close/", {"understood": "yes"})
    ends = [
        signed_in(cast.citizen).post("/sign-out/"),
        signed_in(cast.window).post("/desk/security/everywhere/"),
        closing.post("/my-data/close/enter/", {"old_password": PASSWORD}),
    ]
    for end in ends:
        assert end["Clear-Site-Data"] == '"cache", "storage"'


def to_sign_in_of(key: str) -> bool:
    """Whether somebody with this session is asked to sign in."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client.get("/cases/").status_code == 302


CHECK = """
import django
django.setup()
from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.management import call_command
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import Client, RequestFactory

def view(request):
    request.session["x"] = 1
    get_token(request)
    return HttpResponse()

call_command("migrate", "sessions", verbosity=0)
print(Client().get("/healthz", secure=True)["Strict-Transport-Security"])
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
answer = SessionMiddleware(CsrfViewMiddleware(view))(RequestFactory().get("/", secure=True))
chosen = Client().post("/preferences/", {"large": "1", "language": "en"}, secure=True)
for cookie in (*answer.cookies.values(), *chosen.cookies.values()):
    print(cookie.OutputString())
"""


def over_https(data: Path, **more: str) -> list[str]:
    """What `CHECK` prints for a site with an https origin."""
    made = subprocess.run(
        [sys.executable, "-c", CHECK],
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "yinuo.project.settings", "YINUO_ORIGIN": "https://hall.example"}
        | {"YINUO_DATA": str(data), "YINUO_DATABASE_URL": "", "YINUO_HOSTS": "testserver"}
        | more,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return made.stdout.splitlines()


def test_hosts_below_are_left_alone_where_the_settings_say_so(tmp_path: Path) -> None:
    assert over_https(tmp_path, YINUO_HSTS_SUBDOMAINS="off")[0] == "max-age=31536000"


def test_cookies_are_bound_to_the_host_where_the_site_is_served_over_https(tmp_path: Path) -> None:
    hsts, names, *cookies = over_https(tmp_path)
    assert hsts == "max-age=31536000; includeSubDomains"
    assert names == "__Host-sessionid __Host-csrftoken"
    assert len(cookies) == 4
    for cookie in cookies:
        assert cookie.startswith("__Host-"), cookie
        facts = {part.strip() for part in cookie.split(";")}
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= facts, cookie
        assert not any(fact.startswith("Domain") for fact in facts), cookie
