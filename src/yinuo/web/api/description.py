"""The description of the API as text, made once."""

from __future__ import annotations

import json
from functools import lru_cache

from django.utils import translation

from yinuo.web.api import urls  # noqa: F401 - puts the operations into the API
from yinuo.web.api.site import api


@lru_cache(maxsize=1)
def text() -> str:
    with translation.override("en"):
        return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, default=str) + "\n"
