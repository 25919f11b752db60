"""The project's WSGI application, but for its clock, which a test sets; and it tells when it writes.

gunicorn loads it once and forks; everything is warm then, and no connection is shared.
"""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone
from support import clocked

timezone.now = clocked.now
clocked.tell_writes()

from yinuo.project.wsgi import application as application  # noqa: E402, I001
from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.template.loader import get_template  # noqa: E402
from django.urls import get_resolver  # noqa: E402
from yinuo.apps.items.queries import catalogue  # noqa: E402

catalogue()
assert get_resolver().url_patterns
for folder in settings.TEMPLATES[0]["DIRS"]:
    for page in Path(folder).rglob("*.html"):
        get_template(page.relative_to(folder).as_posix())
connections.close_all()
