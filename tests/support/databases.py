"""The database of a test as another process names it."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import quote

from django.conf import settings
from django.db import connection


def url() -> str:
    facts = {key: quote(str(value), safe="/") for key, value in connection.settings_dict.items() if value}
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    who = f"{facts.get('USER', '')}:{facts.get('PASSWORD', '')}"
    return f"postgres://{who}@{facts.get('HOST', '')}:{facts.get('PORT', '5432')}/{facts['NAME']}"


def in_another_process(code: str, **environment: str) -> int:
    """Run Python with Django set up on the same database; the exit status, negative for a signal."""
    begin = "import django; django.setup()\n"
    return subprocess.run(
        [sys.executable, "-c", begin + code],
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "yinuo.project.settings", "YINUO_DATA": str(settings.DATA)}
        | {"YINUO_DATABASE_URL": url(), **environment},
        check=False,
        timeout=60,
    ).returncode
