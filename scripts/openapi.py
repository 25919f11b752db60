"""Write docs/reference/openapi.json from the operations of the API; `--check` only compares."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "docs" / "reference" / "openapi.json"


def page() -> str:
    """Django has to be set up for it; a folder of its own keeps this apart from any data."""
    import django
    from django.conf import settings

    if not settings.configured:
        os.environ.setdefault("YINUO_DATA", tempfile.mkdtemp(prefix="yinuo-openapi-"))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yinuo.project.settings")
        django.setup()
    from yinuo.web.api.description import text

    return text()


def main() -> int:
    if "--check" in sys.argv:
        if TARGET.read_text(encoding="utf-8") == page():
            return 0
        print(f"{TARGET} is not what the API does: run scripts/openapi.py", file=sys.stderr)
        return 1
    TARGET.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
