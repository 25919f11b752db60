"""Tens of thousands of broken inputs: no server error, no hang, no traceback shown, nobody led away.

`make fuzz` sends 100,000; the suite a few thousand, others each day. YINUO_FUZZ says how many,
YINUO_FUZZ_SEED which.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.urls import resolve
from support import hostile
from support.actors import Cast
from support.catalogues import ROOT
from support.drafts import complete, picture, uploaded
from support.editions import path_of
from support.fixed_clock import NOW, at
from support.fuzzing import Found, Site, address, fill, harvest, routes, tried, upload, where
from support.journeys import asked, issued
from support.papers import be_quick
from support.visits import signed_in

from yinuo.apps.cases.queries import opened
from yinuo.apps.cases.rating_links import RatingLink, token
from yinuo.apps.documents.queries import content, document_of, signer
from yinuo.apps.documents.seal_code import SealCode, decode, encode
from yinuo.apps.documents.verification import verify_pdf
from yinuo.apps.items.queries import catalogue
from yinuo.apps.ledger.actions.seal import seal_until
from yinuo.apps.ledger.bundle import bundle
from yinuo.apps.ledger.verification import is_bundle, verify_bundle
from yinuo.apps.limits.figures import LIMITS, Window
from yinuo.catalogue.loading import CatalogueBrokenError, Foundation, load_foundation, load_item
from yinuo.core.receipt import verify as verify_receipt

HOW_MANY = int(os.environ.get("YINUO_FUZZ", "2000"))
SEED = int(os.environ.get("YINUO_FUZZ_SEED", str(int(time.time()) // 86_400)))
MOST_SHOWN = 12
# Of a hundred inputs, so many of each kind.
SHARES = {
    "forms": 30,
    "addresses": 15,
    "uploads": 5,
    "headers": 5,
    "tokens": 15,
    "yaml": 10,
    "receipts": 10,
    "bundles": 10,
}
_done: dict[str, int] = {}


def inputs(kind: str, *, once: Callable[[Random], Found | None]) -> None:
    """Send the share of this kind, with a line of progress a second; fail with what was found."""
    rng, found, told = Random(f"{SEED}-{kind}"), [], time.monotonic()
    number = max(1, HOW_MANY * SHARES[kind] // 100)
    for n in range(number):
        one = once(rng)
        if one is not None and one.came not in {known.came for known in found}:
            found.append(one)
        if len(found) == MOST_SHOWN:
            break
        if time.monotonic() - told > 5:
            told = time.monotonic()
            _say(f"\r{kind}: {n + 1} of {number}")
    _done[kind] = number
    sent = f"{number} inputs, {len(found)} found (seed {SEED})"
    _say(f"\r{kind}: {sent}; {sum(_done.values())} so far\n")
    assert not found, "\n".join(map(str, found))


def _say(words: str) -> None:
    sys.stdout.write(words)
    sys.stdout.flush()


@pytest.fixture
def site(cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Site:
    """One case at its end, one that waits for its supplement, one application, and everybody signed in."""
    be_quick(monkeypatch)
    wide = (Window("address", 10**9, 1, "nobody is refused, but every door counts"),)
    monkeypatch.setattr("yinuo.apps.limits.actions.count.LIMITS", dict.fromkeys(LIMITS, wide))
    case, waiting = issued(cast), asked(cast)
    draft = complete(cast.citizen, "za-hotel-license", unit="taobei-public-order")
    clock.move_to(at("10-12 12:00"))
    seal_until(at("10-13 12:00"))
    (file,) = opened(case).state.provided["ownership"]
    people = {
        name: signed_in(getattr(cast, name)).cookies
        for name in ("citizen", "stranger", "window", "reviewer", "approver", "supervisor", "elsewhere")
    }
    verbs = [
        "say",
        "urge",
        "withdraw",
        "rate",
        "accept",
        "refuse",
        "ask",
        "pass",
        "decide",
        "suspend",
        "card",
    ]
    values = {
        "number": [case.number, waiting.number],
        "draft_id": [str(draft.pk)],
        "upload_id": [str(file), str(uploaded(cast.citizen).pk)],
        "item_id": list(catalogue().items),
        "key": ["decide", "accept", "one", "start", "jiaoguan", "car", "person", *_pages(draft)],
        "verb": verbs,
        "day": ["2026-10-12"],
        "page": ["privacy"],
        "name": ["work", "days"],
        "token": [token(RatingLink(case.number, 0, "link", NOW.date()))],
        "code": [case.query_code],
        "notice_id": ["1"],
    }
    return Site(
        {"nobody": signed_in(None).cookies, **people}, values, [picture(), picture("JPEG"), _pdf(case)]
    )


def _pages(draft: Any) -> list[str]:
    return [page.key for page in catalogue().items[draft.item].form.pages]


def _pdf(case: Any) -> bytes:
    document = document_of(case.number)
    assert document is not None
    return content(document)


@pytest.fixture
def with_forms(site: Site) -> Site:
    """Every form that somebody of these comes across, gathered once."""
    rng = Random(SEED)
    for route, _ in routes():
        for who in ("nobody", "citizen", "window", "supervisor"):
            harvest(site, who, address(rng, site, route, wild=0))
    return site


def test_forms(with_forms: Site) -> None:
    pages = [(who, form) for who, forms in with_forms.forms.items() for form in forms if form.fields]
    kinds: dict[str, list[tuple[str, Any]]] = {}
    for who, form in pages:
        kinds.setdefault(resolve(form.address.partition("?")[0]).view_name, []).append((who, form))
    assert len(kinds) > 20

    def once(rng: Random) -> Found | None:
        who, form = rng.choice(kinds[rng.choice(list(kinds))])
        data = fill(rng, with_forms, form)
        what = f"{form.method} {form.address} {data!r}"
        send = form.method
        return tried(with_forms, "forms", who, what, lambda c: getattr(c, send)(form.address, data))

    inputs("forms", once=once)
    assert with_forms.statuses[302] > 0
    assert with_forms.statuses[422] > 0


def test_addresses(site: Site) -> None:
    everything = [route for route, _ in routes()]
    parameters = ("q", "code", "c", "page", "period", "next", "back", "branch", "letter", "unit", "new", "x")

    def once(rng: Random) -> Found | None:
        who, path = rng.choice(list(site.people)), address(rng, site, rng.choice(everything))
        given = {rng.choice(parameters): hostile.text(rng) for _ in range(rng.randint(0, 3))}
        method = rng.choice(("get", "get", "get", "head", "post", "put", "delete", "options", "patch"))
        send = (lambda c: getattr(c, method)(path, given)) if method in ("get", "head", "post") else None
        return tried(
            site, "addresses", who, f"{method} {path} {given!r}", send or (lambda c: getattr(c, method)(path))
        )

    inputs("addresses", once=once)


def test_uploads(site: Site) -> None:
    draft, number = site.values["draft_id"][0], site.values["number"][1]
    item = catalogue().items["za-hotel-license"]
    keys = [material.key for material in item.materials]

    def once(rng: Random) -> Found | None:
        path = rng.choice((f"/apply/{draft}/materials/", f"/cases/{number}/supplement/"))
        data = {rng.choice([*keys, "vehicle-licence"]): upload(rng, site) for _ in range(rng.randint(1, 2))}
        return tried(site, "uploads", "citizen", f"post {path} {data!r}", lambda c: c.post(path, data))

    inputs("uploads", once=once)


def test_headers_and_bodies(site: Site) -> None:
    everything = [route for route, _ in routes()]

    def once(rng: Random) -> Found | None:
        who, path = rng.choice(list(site.people)), address(rng, site, rng.choice(everything))
        given = {name: hostile.header(rng) for name in rng.sample(hostile.HEADERS, rng.randint(1, 4))}
        if rng.random() < 0.5:
            return tried(site, "headers", who, f"get {path} {given!r}", lambda c: c.get(path, **given))
        kind, body = (
            rng.choice(hostile.TYPES),
            json.dumps(hostile.value(rng)).encode() + hostile.text(rng).encode(),
        )
        what = f"post {path} {kind} {body!r} {given!r}"
        return tried(site, "headers", who, what, lambda c: c.generic("POST", path, body, kind, **given))

    inputs("headers", once=once)


def test_tokens(site: Site) -> None:
    number, code = site.values["number"][0], site.values["code"][0]
    seal = encode(SealCode("result", number, "jg-vehicle-transfer", NOW.date(), "0" * 32), signer())
    link = site.values["token"][0]
    doors = {
        f"/rate/{link}/": link,
        f"/r/{code}/": code,
        f"/progress/?code={code}": code,
        f"/verify/?c={seal}": seal,
    }

    def once(rng: Random) -> Found | None:
        whole, true_one = rng.choice(list(doors.items()))
        made = hostile.altered(rng, true_one) if rng.random() < 0.8 else hostile.text(rng)
        decode(made, signer().public_key)
        path = whole.replace(true_one, address(rng, site, "<token>")[1:] if not made else _quoted(made))
        return tried(site, "tokens", "nobody", f"get {path}", lambda c: c.get(path))

    inputs("tokens", once=once)


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text[:1500], safe="")


@pytest.fixture(scope="module")
def foundation() -> Foundation:
    return load_foundation(ROOT)


def test_yaml_of_items(foundation: Foundation, tmp_path: Path) -> None:
    texts = [(ROOT / path_of(one)).read_text() for one in ("jg-vehicle-transfer", "za-dog-person")]
    place = tmp_path / "item.yaml"

    def once(rng: Random) -> Found | None:
        content = rng.choice(texts)
        made = (
            hostile.damaged(rng, content.encode())
            if rng.random() < 0.3
            else _bent_lines(rng, content).encode()
        )
        place.write_bytes(made)
        return _alone("yaml", made[:300], lambda: load_item(foundation, place))

    inputs("yaml", once=once)


def _bent_lines(rng: Random, content: str) -> str:
    lines = content.splitlines()
    for _ in range(rng.randint(1, 3)):
        at_line = rng.randrange(len(lines))
        key, colon, _rest = lines[at_line].partition(":")
        changed = f"{key}{colon} {json.dumps(hostile.value(rng), ensure_ascii=False)}"
        lines[at_line] = rng.choice((changed, "  " + lines[at_line], "", lines[at_line] * 2))
    return "\n".join(lines)


def _alone(kind: str, what: object, run: Callable[[], object]) -> Found | None:
    """Something without a page: an expected no is an answer, anything else is found."""
    began = time.perf_counter()
    try:
        run()
    except CatalogueBrokenError:
        pass
    except Exception:
        return Found(kind, repr(what), where())
    took = time.perf_counter() - began
    return Found(kind, repr(what), f"took {took:.1f} s") if took > 10 else None


def test_receipts(site: Site) -> None:
    calendar = catalogue().calendar
    case = opened_case(site)
    receipts = list(bundle(case.number, calendar)["receipts"])
    pdf, trust = site.files[-1], signer().authority_pem

    def once(rng: Random) -> Found | None:
        if rng.random() < 0.05:
            broken = hostile.damaged(rng, pdf)
            return _alone("pdf", broken[:200], lambda: verify_pdf(broken, trust=trust))
        made = hostile.bent(rng, rng.choice(receipts))
        return _alone("receipt", made, lambda: verify_receipt(made, calendar))

    inputs("receipts", once=once)


def test_bundles(site: Site) -> None:
    calendar = catalogue().calendar
    whole = json.loads(json.dumps(bundle(opened_case(site).number, calendar)))

    def once(rng: Random) -> Found | None:
        made = whole
        for _ in range(rng.randint(1, 3)):
            made = hostile.bent(rng, made)
        return _alone("bundle", made, lambda: is_bundle(made) and verify_bundle(made, calendar))

    inputs("bundles", once=once)


def opened_case(site: Site) -> Any:
    from yinuo.apps.cases.models import Case

    return Case.objects.get(number=site.values["number"][0])


def test_the_shares_are_the_whole() -> None:
    assert sum(SHARES.values()) == 100
    assert settings.DEBUG is False
