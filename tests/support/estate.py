"""One of everything that an address can name, and the table of who may see which address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, reverse
from support.actors import Cast, citizen
from support.drafts import complete, uploaded
from support.fixed_clock import NOW, at
from support.journeys import issued
from support.looking import broken_glass
from support.mandates import mandated, organisation, ward
from support.notices import undelivered_about
from support.papers import be_quick
from support.programs import registered, token_for
from support.served import ITEMS

from yinuo.apps.access.actions.open_session import open_session
from yinuo.apps.cases.queries import opened
from yinuo.apps.cases.rating_links import RatingLink, token
from yinuo.apps.items.queries import catalogue
from yinuo.apps.ledger.actions.seal import seal_until
from yinuo.apps.rights.actions.place_hold import place_hold
from yinuo.apps.rights.models import Hold

# public: anybody. own: the citizen whose it is, for everybody else it does not exist. signed-in: any
# account. staff: the desk, and there only the cases of one's units. board: whoever leads or supervises; for
# everybody else it does not exist. token: a machine with the right header; for people it does not exist.
# off: there only where a setting switches it on. between: after a password, before the second factor.
# administrator: whoever manages accounts. nobody: it names what is no one's. typed: it asks for what is not
# sent here. leaving: whoever was here is signed out.
ROUTES = {
    "healthz": "public",
    "readyz": "public",
    "metrics": "token",
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
    "sign-in-code": "public",
    "sign-in-code-enter": "public",
    "reset": "public",
    "reset-enter": "public",
    "provider": "off",
    "provider-back": "off",
    "demo-messages": "off",
    "register": "public",
    "register-enter": "public",
    "account": "signed-in",
    "account-password": "signed-in",
    "account-phone": "signed-in",
    "account-phone-enter": "signed-in",
    "account-identity": "signed-in",
    "account-provider": "signed-in",
    "account-elsewhere": "signed-in post",
    "account-there": "own post",
    "sign-out": "post",
    "preferences": "post",
    "begin": "signed-in post",
    "cases": "signed-in",
    "notices": "signed-in",
    "looks": "signed-in",
    "notices-read": "signed-in post",
    "notices-settings": "signed-in",
    "oauth-metadata": "public",
    "programs": "signed-in",
    "program-revoke": "own post",
    "my-data": "signed-in",
    "my-data-take": "signed-in post",
    "my-data-decisions": "signed-in",
    "my-data-consent": "signed-in",
    "my-data-quiet": "signed-in post",
    "my-data-provider": "signed-in post",
    "my-data-delete": "signed-in",
    "my-data-close": "signed-in",
    "my-data-close-enter": "signed-in",
    "acting": "signed-in",
    "acting-choose": "signed-in post",
    "organisation-new": "signed-in",
    "organisation": "own",
    "organisation-end": "own post",
    "mandate-of-organisation": "own",
    "ward-new": "signed-in",
    "ward-end": "own post",
    "mandate-new": "signed-in",
    "mandate": "own",
    "mandate-act": "own post",
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
    "second-factor": "between",
    "second-factor-setup": "between",
    "desk": "staff",
    "desk-posts": "staff",
    "desk-absence": "staff",
    "desk-absence-end": "staff post nobody",
    "desk-security": "staff",
    "desk-security-codes": "staff post typed",
    "desk-security-password": "staff post typed",
    "desk-security-there": "staff post nobody",
    "desk-security-everywhere": "staff post leaving",
    "desk-people": "staff administrator",
    "desk-people-add": "staff administrator post",
    "desk-people-record": "staff administrator",
    "desk-person": "staff administrator",
    "desk-person-act": "staff administrator post",
    "desk-catalogue": "staff",
    "desk-publish": "staff post editor",
    "desk-catalogue-item": "staff",
    "desk-catalogue-preview": "staff",
    "desk-catalogue-notices": "staff",
    "desk-notices": "staff",
    "desk-undelivered": "staff supervisor",
    "desk-undelivered-decide": "staff supervisor post",
    "desk-owed": "staff",
    "desk-holds": "staff supervisor",
    "desk-hold-lift": "staff supervisor post",
    "desk-retention": "staff supervisor",
    "desk-entries": "staff administrator",
    "desk-looks": "board",
    "desk-looks-seen": "board post",
    "desk-break-glass": "staff",
    "desk-glass-review": "staff supervisor post",
    "desk-reason": "staff case",
    "desk-organisations": "staff window",
    "desk-organisation-confirm": "staff window post",
    "desk-calls": "staff",
    "desk-call": "staff case",
    "desk-rating-code": "staff case",
    "desk-case": "staff case",
    "desk-file": "staff case",
    "desk-result": "staff case",
    "desk-act": "staff case post",
}
# For programs, walked by test_api_routes.py: the method, and the scope that the token needs ("" for none).
API = {
    "api-items": "GET", "api-item": "GET", "api-units": "GET", "api-branches": "GET", "api-topics": "GET",
    "api-laws": "GET", "api-calendar": "GET", "api-figures": "GET", "api-openapi": "GET",
    "api-progress": "POST", "api-verify": "POST",
    "api-drafts": "GET apply", "api-begin": "POST apply", "api-draft": "GET apply", "api-save": "PATCH apply",
    "api-upload": "POST apply", "api-discard": "DELETE apply", "api-submit": "POST apply",
    "api-cases": "GET cases", "api-case": "GET cases", "api-withdraw": "POST act", "api-urge": "POST act",
    "api-say": "POST act", "api-rate": "POST act", "api-case-upload": "POST act",
    "api-supplement": "POST act",
    "api-receipt": "GET papers", "api-receipt-pdf": "GET papers", "api-result": "GET papers",
    "api-notices": "GET notices", "api-notice-read": "POST notices",
    "oauth-token": "POST", "oauth-revoke": "POST", "oauth-allow": "GET",
}  # fmt: skip
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
    arguments["account-there"] = {"session_id": open_session(cast.citizen, "Test · Test", NOW).pk}
    somebody = {"person_id": cast.window.pk}
    arguments |= {"desk-person": somebody, "desk-person-act": somebody | {"verb": "close"}}
    arguments |= {"desk-absence-end": {"delegation_id": 1}, "desk-security-there": {"session_id": draft.pk}}
    hold = place_hold(case.number, "诉讼中", "2026-12-31", is_told=True, person=cast.supervisor, now=NOW)
    assert isinstance(hold, Hold)
    arguments["desk-hold-lift"] = {"hold": hold.pk}
    arguments |= of_mandates(cast)
    own = ("case", "submitted", "supplement", "result", "bundle", "desk-case", "desk-call", "desk-result")
    arguments["rate"] = {"token": token(RatingLink(case.number, 0, "link", NOW.date()))}
    arguments["rate-by-code"] = {"code": case.query_code}
    arguments["desk-rating-code"] = arguments["desk-reason"] = number
    arguments["desk-glass-review"] = {"opening_id": broken_glass(case, cast.reviewer).pk}
    program = registered().client
    token_for(program, cast.citizen)
    arguments["program-revoke"] = {"program": program.client_id}
    arguments |= dict.fromkeys(own, number)
    arguments["page"] = in_draft | {"key": catalogue().items[draft.item].form.pages[0].key}
    return Estate(cast, arguments)


def of_mandates(cast: Cast) -> dict[str, dict[str, Any]]:
    """An organisation, a child and a mandate of the citizen."""
    firm = organisation(cast.citizen)
    mandate = mandated(firm, citizen("13800000009", "孙七"))
    own = ("organisation", "organisation-end", "mandate-of-organisation", "desk-organisation-confirm")
    by_name: dict[str, dict[str, Any]] = {name: {"organisation": firm.pk} for name in own}
    return by_name | {
        "ward-end": {"ward": ward(cast.citizen).pk},
        "mandate": {"mandate": mandate.pk},
        "mandate-act": {"mandate": mandate.pk, "verb": "revoke"},
    }
