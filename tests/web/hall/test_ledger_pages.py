"""The ledger for everybody: pages and files that name nobody; the bundle for its applicant alone."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from support.actors import Cast
from support.fixed_clock import NOW
from support.journeys import submitted
from support.ledger import AFTER, Sealed, sealed_cases
from support.visits import shown, signed_in

from yinuo.apps.ledger.models import DayRoot
from yinuo.apps.ledger.queries import keys
from yinuo.apps.ledger.signatures import fingerprint, is_signed, read_keys
from yinuo.core.sealing import statement_of

pytestmark = pytest.mark.usefixtures("quick_papers")


@pytest.fixture
def sealed(cast: Cast, clock: Any) -> Sealed:
    cases = sealed_cases(cast)
    clock.move_to(AFTER)
    return cases


def test_the_page_lists_every_day_with_what_checks_it(sealed: Sealed) -> None:
    page = shown(Client().get("/ledger/"))
    for row in DayRoot.objects.all():
        assert row.day.isoformat() in page
        assert row.root in page
        assert row.signature in page
    assert fingerprint(read_keys(keys())[0]) in page


def test_before_the_first_day_is_over_the_page_says_so(db: None) -> None:
    assert "还没有结束的一天" in shown(Client().get("/ledger/"))
    assert Client().get("/ledger/roots.json").json() == {"schema": "yinuo-roots/1", "roots": []}


def test_a_day_is_what_was_signed(sealed: Sealed) -> None:
    response = Client().get("/ledger/2026-10-12.json")
    day = response.json()
    said = statement_of(day["statement"])
    assert (said.day.isoformat(), said.size) == ("2026-10-12", sealed.closed.seq)
    assert is_signed(day["statement"], day["signature"], read_keys(keys()))
    assert response["Cache-Control"] == "public, max-age=86400"
    assert (
        Client().get("/ledger/2026-10-12.json", headers={"If-None-Match": response["ETag"]}).status_code
        == 304
    )


@pytest.mark.parametrize("day", ["2026-10-15", "2026-10-11", "2026-13-45", "20261012", "x"])
def test_a_day_that_is_not_sealed_is_not_there(sealed: Sealed, day: str) -> None:
    assert Client().get(f"/ledger/{day}.json").status_code == 404


def test_all_days_are_one_chain(sealed: Sealed) -> None:
    roots = Client().get("/ledger/roots.json").json()["roots"]
    said = [statement_of(one["statement"]) for one in roots]
    assert [one.day.day for one in said] == [12, 13, 14]
    assert [one.before for one in said[1:]] == [one.hash for one in said[:-1]]


def test_what_is_published_names_nobody(sealed: Sealed) -> None:
    for address in ("/ledger/", "/ledger/roots.json", "/ledger/2026-10-12.json", "/ledger/key.pem"):
        body = Client().get(address).content.decode()
        for case in (sealed.closed, sealed.accepted):
            held = [case.number, case.query_code, str(case.applicant_id), case.applicant.name]
            assert [one for one in held if one in body] == [], address


def test_the_key_is_published(db: None) -> None:
    response = Client().get("/ledger/key.pem")
    assert response.content.decode() == keys()
    assert response["Content-Type"] == "application/x-pem-file"


def test_the_checking_page_may_run_its_own_script_and_nothing_else(db: None) -> None:
    response = Client().get("/ledger/verify.html")
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    body = response.content.decode()
    for tag in ("script", "style"):
        (block,) = re.findall(rf"<{tag}>(.*?)</{tag}>", body, re.DOTALL)
        assert policy[f"{tag}-src"] == f"'sha256-{b64encode(sha256(block.encode()).digest()).decode()}'"
    assert policy["default-src"] == "'none'"
    assert not re.findall(r"""(?:src|href|action)=["'](?!data:)""", body)
    assert not re.findall(r"https?://", body)


def test_other_pages_keep_their_policy(db: None) -> None:
    assert "script-src" not in Client().get("/ledger/")["Content-Security-Policy"]


def test_the_applicant_takes_the_bundle_from_the_case(sealed: Sealed, cast: Cast) -> None:
    client, address = signed_in(cast.citizen), reverse("bundle", args=[sealed.closed.number])
    assert address in client.get(reverse("case", args=[sealed.closed.number])).content.decode()
    response = client.get(address)
    value = json.loads(response.content)
    assert (value["schema"], value["case"]) == ("yinuo-bundle/1", sealed.closed.number)
    assert len(value["events"]) == sealed.closed.seq
    assert response["Cache-Control"] == "private, no-store"
    assert f"bundle-{sealed.closed.query_code}.json" in response["Content-Disposition"]


def test_for_everybody_else_there_is_no_bundle(sealed: Sealed, cast: Cast) -> None:
    address = reverse("bundle", args=[sealed.closed.number])
    for person in (cast.stranger, cast.window, cast.supervisor, cast.elsewhere):
        assert signed_in(person).get(address).status_code == 404
    assert Client().get(address)["Location"].startswith("/sign-in/")


def test_a_bundle_holds_no_event_that_is_not_stored(cast: Cast, clock: Any) -> None:
    """What time has brought about and nobody has written yet is on the page, and not in the bundle."""
    case = submitted(cast, at=NOW)
    clock.move_to(AFTER)
    value = json.loads(signed_in(cast.citizen).get(reverse("bundle", args=[case.number])).content)
    assert len(value["events"]) == case.seq == 1
