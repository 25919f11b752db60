"""Whatever is sent: no error of ours, no status and no answer but those of the description.

Bounded and seeded here; `make api-fuzz` runs it long: YINUO_API_FUZZ examples for each operation.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from support.actors import Cast
from support.drafts import HOTEL, begun
from support.journeys import submitted
from support.programs import let_in

from yinuo.apps.limits.models import Count
from yinuo.project.wsgi import application

EXAMPLES = int(os.environ.get("YINUO_API_FUZZ", "12"))
SEED = int(os.environ.get("YINUO_API_FUZZ_SEED", "20261012"))
PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "openapi.json"
SCHEMA = schemathesis.openapi.from_path(PAGE)
OPERATIONS = [one.ok() for one in SCHEMA.get_all_operations()]
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


@pytest.fixture
def kept_open(db: None) -> Iterator[None]:
    """A server closes its connections after a request; the test has only this one."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.label)
def test_whatever_is_sent_is_answered_as_described(
    operation: Any, kept_open: None, cast: Cast, clock: Any
) -> None:
    case, draft = submitted(cast), begun(cast.citizen, HOTEL)
    own = {"number": case.number, "draft_id": str(draft.pk), "key": "accept", "item_id": case.item}
    tokens = [let_in(cast.citizen).token, let_in(cast.stranger).token]

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=False,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), which=st.integers(0, 3))
    def sent(case: Any, which: int) -> None:
        """Three times of four with names of things that there are, once by somebody else."""
        Count.objects.all().delete()
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {tokens[which == 1]}"}
        if which:
            case.path_parameters = {key: own.get(key, v) for key, v in (case.path_parameters or {}).items()}
        answer = case.call(app=application, base_url="http://localhost")
        case.validate_response(answer, checks=CHECKS)

    sent()
