"""The API as a whole: what it is made of, how it refuses, and its description."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer

from yinuo import __version__
from yinuo.apps.clients.scopes import SCOPES
from yinuo.core.errors import Refusal
from yinuo.web.api.problems import MEDIA, RefusedError, problem

PREFIX = "/api/v1"
ABOUT = """\
What a citizen can do in the hall, for programs: find a service, apply, follow a case, answer, rate.

Public operations need nothing. The others need a token of OAuth 2.1 with the scope that they name. Dates are
those of Shanghai; moments carry their offset. A refusal is a problem (RFC 9457) with a stable `code`; its
`detail` is in the language of `Accept-Language` (zh-Hans, en)."""


class Renderer(BaseRenderer):
    """JSON with its own characters, as everywhere in the project."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json.dumps(data, ensure_ascii=False, default=str)


class Api(NinjaAPI):
    def get_openapi_schema(self, **options: Any) -> Any:
        """What the library makes of the operations, with problems and scopes as they are."""
        schema = super().get_openapi_schema(path_prefix=PREFIX.lstrip("/"))
        scheme = {"type": "oauth2", "flows": _flows()}
        schema["components"]["securitySchemes"] = {"oauth": scheme}
        for path_item in schema["paths"].values():
            for operation in path_item.values():
                _mend(operation)
        return schema


def _flows() -> dict[str, Any]:
    given = {"scopes": dict(SCOPES), "tokenUrl": "/oauth/token/", "refreshUrl": "/oauth/token/"}
    code = {**given, "authorizationUrl": "/oauth/authorize/"}
    return {"authorizationCode": code, "clientCredentials": given}


def _mend(operation: dict[str, Any]) -> None:
    operation.get("security", [])[:] = [one for one in operation.get("security", []) if "oauth" in one]
    for status, answer in operation["responses"].items():
        content = answer.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            answer["content"] = {MEDIA: content["application/json"]}
        answer.setdefault("headers", {}).update(_headers(int(status)))


def _headers(status: int) -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    names = ["RateLimit-Policy", "RateLimit", *(["Retry-After"] if status == 429 else [])]
    return dict.fromkeys(names, text)


api = Api(
    title="Yinuo",
    version=__version__,
    description=ABOUT,
    docs_url=None,
    openapi_url=None,
    renderer=Renderer(),
    urls_namespace="api",
    openapi_extra={"info": {"license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}},
)


@api.exception_handler(RefusedError)
def _refused(request: HttpRequest, error: RefusedError) -> HttpResponse:
    return problem(error.no)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(Refusal("not-found"))


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The library raises it for a body that it cannot read."""
    return problem(Refusal("unreadable"))


@api.exception_handler(RawPostDataException)
def _a_form(request: HttpRequest, error: RawPostDataException) -> HttpResponse:
    """A form with parts was sent where JSON belongs, and has been taken apart already."""
    return problem(Refusal("unreadable"))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Where in the request, as `body.answers.name`; never what was sent."""
    wrong = {}
    for one in error.errors:
        place = [str(part) for part in one["loc"] if part != "payload"]
        wrong[".".join(place)] = "missing" if one["type"] == "missing" else "invalid"
    return problem(Refusal("invalid-request", wrong))
