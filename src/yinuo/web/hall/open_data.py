"""The catalogue for whoever wants to compute with it: a page that explains the files, and the files."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.functional import Promise
from django.utils.http import content_disposition_header, http_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yinuo.apps.items.queries import Edition, edition
from yinuo.catalogue import exchange, exchange_columns, facts
from yinuo.catalogue.tables import as_csv
from yinuo.web import addresses

LICENCE = "Apache-2.0"  # that of the project: LICENSE, publiccode.yaml
MAX_AGE = 300  # seconds that a cache between may keep a file before it asks again
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


@dataclass(frozen=True, slots=True)
class File:
    """`path`: below `/open-data/`, for ever. `name`: of its address."""

    path: str
    name: str
    content_type: str
    title: Promise
    about: Promise
    make: Callable[[Edition], bytes]


@dataclass(frozen=True, slots=True)
class Content:
    body: bytes
    packed: bytes
    digest: str  # of the body; SHA-256, the first half


def _whole(made: Edition) -> bytes:
    value = {
        "licence": LICENCE,
        "publication": {"version": made.version, "published_at": made.published_at.isoformat()},
        **facts.document(made.catalogue, addresses.guide),
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _items(made: Edition) -> bytes:
    return as_csv(facts.COLUMNS, facts.rows(made.catalogue, addresses.guide))


def _exchange_items(made: Edition) -> bytes:
    return as_csv(exchange_columns.ITEM, exchange.items(made.catalogue, addresses.guide))


def _exchange_extension(made: Edition) -> bytes:
    return as_csv(exchange_columns.EXTENSION, exchange.extension(made.catalogue, addresses.guide))


def _exchange_materials(made: Edition) -> bytes:
    return as_csv(exchange_columns.MATERIAL, exchange.materials(made.catalogue))


JSON, CSV = "application/json; charset=utf-8", "text/csv; charset=utf-8"
FILES = (
    File(
        "catalogue.json",
        "open-data-catalogue",
        JSON,
        _("整个事项目录"),
        _(
            "每个事项的全部公开内容，中英双语：条件、材料、要填的问题、时限和依据、费用、结果、跑几次、核对到什么程度。"
        ),
        _whole,
    ),
    File(
        "items.csv",
        "open-data-items",
        CSV,
        _("事项一览表"),
        _("一个事项一行，适合用表格软件筛选：类别、时限、费用、跑几次、材料份数。"),
        _items,
    ),
    File(
        "exchange/items.csv",
        "exchange-items",
        CSV,
        _("交换表：事项基本信息"),
        _("按全国政务服务事项交换的列名，一个事项一行。不知道的格子空着。"),
        _exchange_items,
    ),
    File(
        "exchange/extension.csv",
        "exchange-extension",
        CSV,
        _("交换表：事项扩展信息"),
        _("结果、网上办理深度、主题等扩展列，一个事项一行。"),
        _exchange_extension,
    ),
    File(
        "exchange/materials.csv",
        "exchange-materials",
        CSV,
        _("交换表：申请材料"),
        _("一份材料一行，按记录唯一标识和事项对上。"),
        _exchange_materials,
    ),
)


@lru_cache(maxsize=2)
def _contents(made: Edition, origin: str) -> Mapping[str, Content]:
    """Every file of a publication, made once; the addresses in them begin with the origin."""
    return {file.path: _content(file.make(made)) for file in FILES}


def _content(body: bytes) -> Content:
    return Content(body, gzip.compress(body, mtime=0), hashlib.sha256(body).hexdigest()[:32])


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """What each file holds, how large it is, from when, and what one may do with it."""
    made = edition()
    bodies = _contents(made, settings.ORIGIN)
    files = [(file, len(bodies[file.path].body), len(bodies[file.path].packed)) for file in FILES]
    context = {"edition": made, "files": files, "licence": LICENCE, "items": len(made.catalogue.entries)}
    return render(request, "hall/open_data.html", context)


@require_safe
def download(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file, packed for whoever takes that; 304 for whoever has it already."""
    made = edition()
    content = _contents(made, settings.ORIGIN)[name]
    is_packed = _GZIP.search(request.headers.get("Accept-Encoding", "")) is not None
    tag = f'"{content.digest}{"-gzip" if is_packed else ""}"'
    changed = int(made.published_at.timestamp())
    response = get_conditional_response(request, etag=tag, last_modified=changed)
    if response is None:
        response = _sent(name, content, is_packed=is_packed)
    response["ETag"], response["Last-Modified"] = tag, http_date(changed)
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response["Access-Control-Allow-Origin"] = "*"  # public, and the same for everybody
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _sent(name: str, content: Content, *, is_packed: bool) -> HttpResponse:
    file = next(file for file in FILES if file.path == name)
    response = HttpResponse(content.packed if is_packed else content.body, content_type=file.content_type)
    if is_packed:
        response["Content-Encoding"] = "gzip"
    if file.content_type == CSV:
        response["Content-Disposition"] = content_disposition_header(True, name.replace("/", "-")) or ""
    return response
