"""Every address: who may see it, and that it breaks for nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from support.actors import Cast
from support.drafts import complete, uploaded
from support.fixed_clock import NOW, at
from support.journeys import issued
from support.notices import undelivered_about
from support.papers import be_quick
from support.served import ITEMS
from support.visits import signed_in

from yinuo.apps.cases.queries import opened
from yinuo.apps.cases.rating_links import RatingLink, token
from yinuo.apps.items.queries import catalogue
from yinuo.apps.ledger.actions.seal import seal_until

# public: anybody. own: the citizen whose it is, for everybody else it does not exist. signed-in: any
# account. staff: the desk, and there only the cases of one's units. board: whoever leads or supervises; for
# everybody else it does not exist.
ROUTES = {
    "healthz": "public",
    "readyz": "public",
    "home": "public",
    "search": "public",
    "start": "public",
    "start-node": "public",
    "start-leaf": "public",
    "audience": "public",
    "letters": "public",
    "branches": "public",
    "branch": "public",
    "topic": "public",
    "guide": "public",
    "windows": "public",
    "glossary": "public",
    "checklist": "public",
    "choose": "public",
    "about": "public",
    "open-data": "public",
    "open-data-catalogue": "public",
    "open-data-items": "public",
    "exchange-items": "public",
    "exchange-extension": "public",
    "exchange-materials": "public",
    "figures": "public",
    "figures-chart": "public",
    "figures-csv": "public",
    "broken-csv": "public",
    "stops-csv": "public",
    "figures-json": "public",
    "board": "board",
    "board-cases": "board",
    "board-chart": "board",
    "board-csv": "board",
    "board-json": "board",
    "sitemap": "public",
    "robots": "public",
    "rate": "public",
    "rate-by-code": "public",
    "progress": "public",
    "verify": "public",
    "verify-key": "public",
    "verify-authority": "public",
    "ledger": "public",
    "ledger-day": "public",
    "ledger-roots": "public",
    "ledger-key": "public",
    "ledger-checker": "public",
    "sign-in": "public",
    "register": "public",
    "sign-out": "post",
    "preferences": "post",
    "begin": "signed-in post",
    "cases": "signed-in",
    "notices": "signed-in",
    "notices-read": "signed-in post",
    "notices-settings": "signed-in",
    "resume": "own",
    "page": "own",
    "materials": "own",
    "where": "own",
    "check": "own",
    "own-file": "own",
    "case": "own",
    "submitted": "own",
    "supplement": "own",
    "receipt-json": "own",
    "receipt-pdf": "own",
    "result": "own",
    "bundle": "own",
    "discard": "own post",
    "draft-checklist": "own",
    "case-act": "own post",
    "desk": "staff",
    "desk-catalogue": "staff",
    "desk-publish": "staff post editor",
    "desk-catalogue-item": "staff",
    "desk-catalogue-preview": "staff",
    "desk-catalogue-notices": "staff",
    "desk-notices": "staff",
    "desk-undelivered": "staff supervisor",
    "desk-undelivered-decide": "staff supervisor post",
    "desk-owed": "staff",
    "desk-calls": "staff",
    "desk-call": "staff case",
    "desk-rating-code": "staff case",
    "desk-case": "staff case",
    "desk-file": "staff case",
    "desk-result": "staff case",
    "desk-act": "staff case post",
}
NAMES = {name for name in ROUTES if "post" not in ROUTES[name]}


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


@dataclass(frozen=True, slots=True)
class Estate:
    """One of everything that an address can name, all of one citizen."""

    cast: Cast
    arguments: dict[str, dict[str, Any]]

    def address(self, name: str) -> str:
        return reverse(name, kwargs=self.arguments.get(name, {}))


@pytest.fixture
def estate(cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Estate:
    be_quick(monkeypatch)
    case, draft = issued(cast), complete(cast.citizen, "za-hotel-license", unit="taobei-public-order")
    clock.move_to(at("10-12 12:00"))
    assert seal_until(at("10-13 12:00")) == 1
    (file,) = opened(case).state.provided["ownership"]
    number, item = {"number": case.number}, {"item_id": "jg-vehicle-transfer"}
    in_draft = {"draft_id": draft.pk}
    receipt = number | {"key": "decide"}
    arguments: dict[str, dict[str, Any]] = {
        "start-node": {"key": "one"}, "start-leaf": {"key": "start", "item_id": ITEMS[0]},
        "audience": {"key": "person"}, "branch": {"key": "jiaoguan"}, "topic": {"key": "car"},
        "guide": item, "begin": item, "figures-chart": {"name": "work"}, "board-chart": {"name": "work"},
        "about": {"page": "privacy"}, "ledger-day": {"day": "2026-10-12"},
        "checklist": item, "choose": item, "desk-catalogue-item": item,
        "desk-catalogue-preview": item, "desk-catalogue-notices": item,
        "desk-undelivered-decide": {"notice_id": undelivered_about(case).pk},
        "own-file": {"upload_id": uploaded(cast.citizen).pk}, "receipt-json": receipt, "receipt-pdf": receipt,
        "case-act": number | {"verb": "say"}, "desk-act": number | {"verb": "say"},
        "desk-file": number | {"upload_id": file},
    }  # fmt: skip
    arguments |= dict.fromkeys(
        ("resume", "materials", "where", "check", "discard", "draft-checklist"), in_draft
    )
    own = ("case", "submitted", "supplement", "result", "bundle", "desk-case", "desk-call", "desk-result")
    arguments["rate"] = {"token": token(RatingLink(case.number, 0, "link", NOW.date()))}
    arguments["rate-by-code"] = {"code": case.query_code}
    arguments["desk-rating-code"] = number
    arguments |= dict.fromkeys(own, number)
    arguments["page"] = in_draft | {"key": catalogue().items[draft.item].form.pages[0].key}
    return Estate(cast, arguments)


def test_every_address_stands_in_the_table() -> None:
    names = [pattern.name for pattern in patterns(get_resolver())]
    assert len(names) == len(set(names)), "a name stands twice"
    assert set(names) == set(ROUTES)


def fetched(client: Client, estate: Estate, name: str) -> Any:
    """A GET, or a POST where nothing else is answered; without following it anywhere."""
    address = estate.address(name)
    return client.post(address, {"words": "x"}) if "post" in ROUTES[name] else client.get(address)


def to_sign_in(response: Any) -> bool:
    return response.status_code == 302 and response["Location"].startswith("/sign-in/")


def test_whoever_is_not_signed_in_sees_what_is_public_and_is_asked_to_sign_in(estate: Estate) -> None:
    for name, who in ROUTES.items():
        response = fetched(Client(), estate, name)
        if who in ("public", "post"):
            assert response.status_code in (200, 302), name
            assert not to_sign_in(response), name
        else:
            assert to_sign_in(response), f"{name}: {response.status_code}"


def test_another_citizen_sees_nothing_of_it(estate: Estate) -> None:
    client = signed_in(estate.cast.stranger)
    for name, who in ROUTES.items():
        if name == "sign-out":
            continue
        response = fetched(client, estate, name)
        if "own" in who or "board" in who:
            assert response.status_code == 404, name
        elif "staff" in who:
            assert response.status_code == 403, name
        else:
            assert response.status_code in (200, 302), name


@pytest.mark.parametrize("who", ["elsewhere", "window", "supervisor"])
def test_staff_see_the_cases_of_their_units_at_the_desk_and_nobodys_own_pages(
    estate: Estate, who: str
) -> None:
    client = signed_in(getattr(estate.cast, who))
    for name, kind in ROUTES.items():
        if name == "sign-out":
            continue
        response = fetched(client, estate, name)
        if "own" in kind or ("board" in kind and who == "window"):
            assert response.status_code == 404, name
        elif "editor" in kind:
            assert response.status_code == 403, name
        elif "supervisor" in kind:
            assert (response.status_code in (200, 302)) is (who == "supervisor"), name
        elif "case" in kind:
            seen = response.status_code in (200, 302)
            assert seen is (who != "elsewhere"), f"{name}: {response.status_code}"
        else:
            assert response.status_code in (200, 302), name


def test_the_citizen_sees_what_is_her_own(estate: Estate) -> None:
    client = signed_in(estate.cast.citizen)
    for name, who in ROUTES.items():
        if "own" in who and name != "discard":
            assert fetched(client, estate, name).status_code in (200, 302), name
    for name in ("desk", "desk-case", "desk-act"):
        assert fetched(client, estate, name).status_code == 403, name


def test_no_address_breaks_by_an_id_that_does_not_exist(estate: Estate) -> None:
    nothing = {
        "draft_id": "00000000-0000-4000-8000-000000000000",
        "upload_id": "00000000-0000-4000-8000-000000000000",
        "number": "YN" + "9" * 300,
        "key": "no-such-key",
        "item_id": "no-such-item",
        "page": "no-such-page",
        "name": "no-such-chart",
        "verb": "no-such-verb",
        "token": "no.such.link",
        "code": "NOSUCHCODE22",
        "day": "2026-02-30",
        "notice_id": 10**30,
    }
    wrong = {name: {key: nothing[key] for key in given} for name, given in estate.arguments.items() if given}
    strange = Estate(estate.cast, wrong)
    for person in (estate.cast.citizen, estate.cast.window):
        client = signed_in(person)
        for name in wrong:
            assert fetched(client, strange, name).status_code in (403, 404), name


def test_what_needs_a_post_is_not_done_by_a_link(estate: Estate) -> None:
    for person in (estate.cast.citizen, estate.cast.window):
        client = signed_in(person)
        for name, who in ROUTES.items():
            if "post" in who:
                assert client.get(estate.address(name)).status_code == 405, name


def test_what_is_only_read_is_not_changed_by_head(estate: Estate) -> None:
    client = signed_in(estate.cast.citizen)
    for name in NAMES:
        assert client.head(estate.address(name)).status_code < 500, name
