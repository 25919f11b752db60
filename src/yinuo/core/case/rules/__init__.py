"""The rules of a case, by the part of its life: one function per command."""

from collections.abc import Mapping
from typing import Any

from yinuo.core.case.rules import application, conclusion, holding, procedure, rating, supervision

RULES: Mapping[type, Any] = {
    **application.RULES,
    **holding.RULES,
    **procedure.RULES,
    **conclusion.RULES,
    **rating.RULES,
    **supervision.RULES,
}
