"""Papers in no time: one typeset sheet stands for every result, for tests that do not read it.

Typesetting takes a quarter of a second, signing a twentieth. The signature is always made.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from support.sheets import result_sheet

from yinuo.apps.documents.actions import make_result
from yinuo.apps.documents.typesetting import typeset
from yinuo.core.errors import Refusal


def _same_sheet(template: str, data: Mapping[str, object]) -> bytes | Refusal:
    return typeset("result", result_sheet())


def be_quick(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(make_result, "typeset", _same_sheet)
