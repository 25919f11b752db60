"""The day and the month in Shanghai of a moment, found by the database itself.

Django's own `__date` calls back into Python for every row of SQLite, which makes a board wait.
"""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, DateField, Func


class ShanghaiDay(Func):
    """China Standard Time has been eight hours ahead without a summer time since 1992."""

    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="date(%(expressions)s, '+8 hours')", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(%(expressions)s AT TIME ZONE 'Asia/Shanghai')::date"
        return self.as_sql(compiler, connection, template=template, **context)


class ShanghaiMonth(Func):
    """As text, `2026-10`."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "substr(date(%(expressions)s, '+8 hours'), 1, 7)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "to_char(%(expressions)s AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM')"
        return self.as_sql(compiler, connection, template=template, **context)
