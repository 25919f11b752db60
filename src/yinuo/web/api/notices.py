"""What somebody was told."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status
from pydantic import Field

from yinuo.apps.clients.scopes import NOTICES
from yinuo.apps.notices.actions.mark_read import mark_read
from yinuo.apps.notices.models import Notice
from yinuo.apps.notices.queries import of_person
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.web.api import case_shapes as shapes
from yinuo.web.api.callers import caller_of
from yinuo.web.api.cases import Cursor, Size
from yinuo.web.api.cursors import page
from yinuo.web.api.routes import Routes
from yinuo.web.api.told import stamp

router = Routes(tags=["notices"])
LARGEST_ID = 2**63 - 1


@router.operation("GET", "/notices", shapes.Notices, name="api-notices", scope=NOTICES, may=(422,))
def notices(request: HttpRequest, cursor: Cursor = "", size: Size = 20) -> Any:
    """Own notices, the latest first, in the language in which they were told."""
    found = page(of_person(caller_of(request).person, day_of(timezone.now())), cursor, size)
    if isinstance(found, Refusal):
        return found
    return {"entries": [_row(one) for one in found[0]], "next": found[1]}


def _row(notice: Notice) -> dict[str, Any]:
    return {
        "id": notice.pk,
        "at": stamp(notice.created_at),
        "case": notice.case,
        "template": notice.template,
        "language": notice.language,
        "subject": notice.subject,
        "body": notice.body,
        "read_at": stamp(notice.read_at),
    }


@router.operation(
    "POST",
    "/notices/{notice_id}/read",
    None,
    name="api-notice-read",
    scope=NOTICES,
    status=204,
    may=(404, 422),
)
def read(request: HttpRequest, notice_id: Annotated[int, Field(ge=1, le=LARGEST_ID)]) -> Any:
    """Mark one as read; doing it again changes nothing."""
    person = caller_of(request).person
    if not of_person(person, day_of(timezone.now())).filter(pk=notice_id).exists():
        return Refusal("not-found")
    mark_read(person, now=timezone.now(), notice=notice_id)
    return Status(204, None)
