"""The ledger for everybody: the sealed days, the key that checks them, and a page that checks a bundle."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from datetime import date
from pathlib import Path

from csp.constants import NONE
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from yinuo.apps.items.queries import catalogue
from yinuo.apps.ledger.bundle import bundle as make_bundle
from yinuo.apps.ledger.queries import day_root, keys, published, sealed
from yinuo.apps.ledger.signatures import fingerprint, read_keys
from yinuo.web.downloads import as_download
from yinuo.web.hall.cases import own_case
from yinuo.web.limiting import always, limited

ON_A_PAGE = 31
JSON, PEM, HTML = "application/json; charset=utf-8", "application/x-pem-file", "text/html; charset=utf-8"
# Seconds for a cache between: a day never changes once it is sealed, the list grows by one a day.
A_DAY, A_WHILE = 86_400, 300

CHECKER = Path(__file__).with_name("offline") / "verify.html"
CHECKER_BODY = CHECKER.read_text(encoding="utf-8")


def _allowed(tag: str) -> list[str]:
    """What the policy has to name so that exactly the script or style of the page may run."""
    blocks = re.findall(rf"<{tag}>(.*?)</{tag}>", CHECKER_BODY, re.DOTALL)
    return [f"'sha256-{b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in blocks]


CHECKER_POLICY = {
    "default-src": [NONE],
    "script-src": _allowed("script"),
    "style-src": _allowed("style"),
    "img-src": ["data:"],
    "form-action": [NONE],
}


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """What the ledger is, how to check it, and the days, the latest first."""
    page = Paginator(sealed(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "fingerprint": fingerprint(read_keys(keys())[0])}
    return render(request, "hall/ledger.html", context)


@require_safe
def day(request: HttpRequest, day: str) -> HttpResponseBase:
    try:
        row = day_root(date.fromisoformat(day))
    except ValueError:
        row = None
    if row is None or row.day.isoformat() != day:
        raise Http404
    return _file(request, _json(published(row)), JSON, A_DAY)


@require_safe
def roots(request: HttpRequest) -> HttpResponseBase:
    """All days, the earliest first."""
    listed = [published(row) for row in sealed().order_by("day")]
    return _file(request, _json({"schema": "yinuo-roots/1", "roots": listed}), JSON, A_WHILE)


@require_safe
def key(request: HttpRequest) -> HttpResponseBase:
    return _file(request, keys().encode(), PEM, A_WHILE)


@require_safe
@csp_replace(CHECKER_POLICY)
def checker(request: HttpRequest) -> HttpResponseBase:
    """The page that checks a bundle without any server, with its script and style inside."""
    return _file(request, CHECKER_BODY.encode(), HTML, A_WHILE)


@login_required
@limited("bundle", when=always)
def bundle(request: HttpRequest, number: str) -> HttpResponse:
    """All of one's own case, to keep."""
    found = own_case(request, number)
    body = _json(make_bundle(found.case.number, catalogue().calendar))
    return as_download(body, "application/json", f"bundle-{found.case.query_code}.json")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _file(request: HttpRequest, body: bytes, content_type: str, seconds: int) -> HttpResponseBase:
    """The same for everybody; 304 for whoever has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = HttpResponse(body, content_type=content_type)
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={seconds}"
    response["Access-Control-Allow-Origin"] = "*"
    return response
