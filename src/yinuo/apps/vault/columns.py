"""Every sealed column and blind index of the installed models, found by looking, and the rows in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

from yinuo.apps.vault.fields import BlindIndex, Sealed
from yinuo.apps.vault.sealing import HEAD, head

BATCH = 500  # rows read at a time


@dataclass(frozen=True, slots=True)
class Column:
    """A sealed column, addressed as the database knows it; the names are those of the models."""

    table: str
    pk: str
    column: str

    @property
    def place(self) -> str:
        return f"{self.table}.{self.column}"

    def _sql(self, text: str, **names: str) -> str:
        quote = connection.ops.quote_name
        given = {"table": self.table, "pk": self.pk, "column": self.column, **names}
        return text.format(**{key: quote(name) for key, name in given.items()})

    def by_key(self) -> Counter[str]:
        """How many values begin in which way."""
        start = f"substr({{column}}, 1, {HEAD})"
        what = f"{start}, count(*) FROM {{table}} WHERE {{column}} <> '' GROUP BY {start}"
        with connection.cursor() as cursor:
            cursor.execute(self._sql("SELECT " + what))
            return Counter({str(begin): int(count) for begin, count in cursor.fetchall()})

    def is_empty(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(self._sql("SELECT 1 FROM {table} WHERE {column} <> '' LIMIT 1"))
            return cursor.fetchone() is None

    def not_under(self, key: str) -> Iterator[tuple[Any, str]]:
        """(primary key, sealed value) of all that another key sealed, by primary key."""
        where = f"{{column}} <> '' AND substr({{column}}, 1, {HEAD}) <> %s"
        yield from self.rows("{pk}, {column}", where, [head(key)])

    def rows(self, what: str, where: str, facts: list[Any], **names: str) -> Iterator[tuple[Any, ...]]:
        """In batches, none held open: between two of them everybody else can write. The key is read first."""
        after: list[Any] = []
        while True:
            beyond = " AND {pk} > %s" if after else ""
            which = f"{what} FROM {{table}} WHERE {where}{beyond} ORDER BY {{pk}} LIMIT {BATCH}"
            with connection.cursor() as cursor:
                cursor.execute(self._sql("SELECT " + which, **names), [*facts, *after])
                found = cursor.fetchall()
            yield from found
            if len(found) < BATCH:
                return
            after = [found[-1][0]]

    def swap(self, pk: Any, old: str, new: str) -> bool:
        """Replace the value unless somebody wrote another one meanwhile; whether it was replaced."""
        with connection.cursor() as cursor:
            sql = "UPDATE {table} SET {column} = %s WHERE {pk} = %s AND {column} = %s"
            cursor.execute(self._sql(sql), [new, pk, old])
            return bool(cursor.rowcount)


@dataclass(frozen=True, slots=True)
class Index:
    """A blind index and the sealed column that it is made from."""

    at: Column
    source: Column
    purpose: str

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """(primary key, index, sealed source) of all that have both."""
        what, where = "{pk}, {column}, {source}", "{column} <> '' AND {source} <> ''"
        yield from self.at.rows(what, where, [], source=self.source.column)


def sealed_columns() -> list[Column]:
    return [_column(field) for field in _fields() if isinstance(field, Sealed)]


def indexes() -> list[Index]:
    found = [field for field in _fields() if isinstance(field, BlindIndex)]
    return [Index(_column(f), _column(f.model._meta.get_field(f.of)), f.purpose) for f in found]


def holds_anything() -> bool:
    """Whether anything is sealed; tables that are not made yet hold nothing."""
    made = set(connection.introspection.table_names())
    return any(not column.is_empty() for column in sealed_columns() if column.table in made)


def _fields() -> Iterator[Any]:
    for model in apps.get_models():
        yield from model._meta.local_concrete_fields


def _column(field: Any) -> Column:
    meta = field.model._meta
    return Column(meta.db_table, meta.pk.column, field.column)
