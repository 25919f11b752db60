"""What the API says when it does not do something: RFC 9457, with the codes and sentences of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema

from yinuo.core.errors import Refusal
from yinuo.web import sentences

MEDIA = "application/problem+json"
STATUS: Mapping[str, int] = {
    "unreadable": 400,
    "no-token": 401,
    "not-allowed-to": 403,
    "not-found": 404,
    "no-such-code": 404,
    "no-such-program": 404,
    "wrong-method": 405,
    "changed-meanwhile": 409,
    "wrong-stage": 409,
    "already-submitted": 409,
    "try-again": 409,
    "too-large": 413,
    "too-often": 429,
    "broken": 500,
}
"""By code; every other code is a rule that said no: 422."""


class FieldProblem(Schema):
    """What is wrong with one field, by its key."""

    code: str
    detail: str


class Problem(Schema):
    """`type` is `urn:yinuo:problem:` and the code; `detail` is for people, in the language asked for."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    fields: dict[str, FieldProblem]


class RefusedError(Exception):
    """A no from before the view was reached, where the framework takes nothing but exceptions."""

    def __init__(self, no: Refusal) -> None:
        super().__init__(no.code)
        self.no = no


def problem(no: Refusal) -> HttpResponse:
    status = STATUS.get(no.code, 422)
    body = Problem(
        type=f"urn:yinuo:problem:{no.code}",
        title=HTTPStatus(status).phrase,
        status=status,
        code=no.code,
        detail=detail(no),
        fields={key: FieldProblem(code=code, detail=_field(code)) for key, code in no.fields.items()},
    )
    response = HttpResponse(body.model_dump_json(), content_type=MEDIA, status=status)
    response["Cache-Control"] = "no-store"
    if no.code == "too-often":
        response["Retry-After"] = str(no.facts["seconds"])
    if no.code in ("no-token", "not-allowed-to"):
        response["WWW-Authenticate"] = _challenge(no)
    return response


def _challenge(no: Refusal) -> str:
    """RFC 6750, 3: what is wrong with the token, and which scope it would need."""
    if no.code == "no-token":
        return 'Bearer realm="yinuo"' + (', error="invalid_token"' if no.facts.get("given") else "")
    return f'Bearer realm="yinuo", error="insufficient_scope", scope="{no.facts["scope"]}"'


def detail(no: Refusal) -> str:
    """The sentence of the pages; for what only a program can do wrong, one of our own."""
    own = {
        "unreadable": _("请求的内容读不懂：请用 JSON，按接口说明写。"),
        "invalid-request": _("请求里有几处不符合接口说明。"),
        "no-token": _("请带上有效的令牌。"),
        "not-allowed-to": _("这个令牌没有做这件事的权限。"),
        "not-found": _("没有这个地址，或者它不在您名下。"),
        "wrong-method": _("这个地址不接受这种方法。"),
        "key-reused": _("这个 Idempotency-Key 已经用于另一个请求，请换一个新的。"),
        "broken": _("我们这边出错了，请过几分钟再试。"),
    }
    return own.get(no.code) or sentences.refusal(no)


def _field(code: str) -> str:
    return {"invalid": _("不符合接口说明"), "missing": _("缺少这一项")}.get(code) or sentences.field(code)
