"""What anybody may ask: figures, how far a case is, whether a document holds.

Codes go in the body, not in the address, where logs would keep them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from pydantic import StringConstraints

from yinuo.apps.cases.queries import progress as find_progress
from yinuo.apps.documents.queries import standing
from yinuo.apps.items.queries import catalogue
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.figures import SMALL
from yinuo.web.api import shapes
from yinuo.web.api.case_shapes import Given
from yinuo.web.api.catalogue import words
from yinuo.web.api.routes import Routes
from yinuo.web.api.told import promise, stamp, steps
from yinuo.web.figures import flat
from yinuo.web.limiting import come
from yinuo.web.periods import chosen
from yinuo.web.public_figures import public

router = Routes(tags=["public"])


class ProgressCode(Given):
    code: Annotated[str, StringConstraints(max_length=40)]


class SealText(Given):
    code: Annotated[str, StringConstraints(max_length=2000)]


@router.operation("GET", "/figures", shapes.Figures, name="api-figures", may=(422,))
def figures(
    request: HttpRequest, period: Literal["this-month", "last-month", "this-year"] = "this-year"
) -> Any:
    """The public figures of the city and of each unit, small groups hidden."""
    made = public(chosen({"period": period}, day_of(timezone.now())))
    span = made.span.period
    return {
        "period": {"first": span.first.isoformat(), "last": span.last.isoformat()},
        "smallest_group_shown": SMALL,
        "entries": flat([made.whole, *made.rows]),
    }


@router.operation("POST", "/progress", shapes.Progress, name="api-progress", may=(404, 422))
def progress(request: HttpRequest, payload: ProgressCode) -> Any:
    """How far a case is, by the query code of its receipt."""
    no = come(request, "progress")
    if no is not None:
        return no
    now, served = timezone.now(), catalogue()
    found = find_progress(payload.code, now)
    if found is None:
        return Refusal("no-such-code")
    main = found.state.main_promise
    return {
        "item": found.item.id,
        "item_name": words(found.item.name),
        "unit": found.state.unit,
        "unit_name": words(served.city.units[found.state.unit].name),
        "stage": found.state.stage.value,
        "main": promise(main, found, now) if main else None,
        "steps": steps(found),
    }


@router.operation("POST", "/verify", shapes.Standing, name="api-verify", may=(422,))
def verify(request: HttpRequest, payload: SealText) -> Any:
    """Whether a document is ours and still holds, by the code behind its QR."""
    no = come(request, "verify")
    found = no or standing(payload.code.strip())
    if isinstance(found, Refusal):
        return found
    item = catalogue().items.get(found.seal.item)
    return {
        "kind": found.seal.kind,
        "number": found.seal.number,
        "item": found.seal.item,
        "item_name": words(item.name) if item else None,
        "issued_on": found.issued_on.isoformat(),
        "revoked_at": stamp(found.revoked_at),
        "holds": found.revoked_at is None,
    }
