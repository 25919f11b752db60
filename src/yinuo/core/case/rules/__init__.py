"""The rules of a case, by the part of its life: one function per command."""

from collections.abc import Mapping
from typing import Any

from yinuo.core.case.rules import application, conclusion, procedure

RULES: Mapping[type, Any] = {**application.RULES, **procedure.RULES, **conclusion.RULES}
