"""Declaring an operation: its answer, its scope, and every status that it can answer with."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from ninja import Router

from yinuo.core.errors import Refusal
from yinuo.web.api.callers import Bearer
from yinuo.web.api.problems import Problem, problem

View = Callable[..., Any]
Decorator = Callable[[View], View]


class Routes(Router):
    """A router whose views may return a `Refusal`."""

    def operation(
        self,
        method: str,
        path: str,
        gives: Any,
        *,
        name: str,
        scope: str = "",
        door: str = "",
        status: int = 200,
        may: Iterable[int] = (),
        file: str = "",
    ) -> Decorator:
        """`may`: the statuses beside 400, 429 and, with a scope, 401 and 403. `file`: the type of what is
        not JSON."""
        refused = {400, 429, *may, *((401, 403) if scope else ())}
        answers: dict[Any, Any] = {status: gives, **dict.fromkeys(sorted(refused), Problem)}
        register = self.api_operation(
            [method],
            path,
            response=answers,
            auth=Bearer(scope, door) if scope else None,
            url_name=name,
            operation_id=name.removeprefix("api-").replace("-", "_"),
            openapi_extra=_extra(status, scope, file),
        )
        return lambda view: register(_answering(view))


def _extra(status: int, scope: str, file: str) -> dict[str, Any]:
    """What the library does not find out: the scope of an operation, and the type of a file."""
    made: dict[str, Any] = {"security": [{"oauth": [scope]}]} if scope else {}
    if file:
        schema = {"type": "string", "contentMediaType": file}
        made["responses"] = {status: {"content": {file: {"schema": schema}}}}
    return made


def _answering(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        result = view(request, *args, **kwargs)
        return problem(result) if isinstance(result, Refusal) else result

    # The library reads the types of the view in the namespace of this module, where they are not known.
    answered.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
    return answered
