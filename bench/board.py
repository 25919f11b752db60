"""The board and its figures with few and with many cases: from the tables, and from the events alone.

Some simulated weeks are written by the real actions and multiplied in SQL, so that tables and events agree.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from yinuo.core.figures import Period, View

SIMULATED = 100
SIZES = (2_000, 20_000)
STRIDE = 10_000_000  # the ids of one copy lie so far from those of the next
DAYS, SEED = 40, 7


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"YINUO_DATA": folder, "DJANGO_SETTINGS_MODULE": "yinuo.project.settings"}
        os.environ |= {"YINUO_LOG_LEVEL": "ERROR"}
        import django

        django.setup()
        _set_up()
        few, many = (_measured(size) for size in SIZES)
    for name, key in (("tables", "tables"), ("events alone", "events"), ("/board/, cold", "board")):
        print(f"{name}, {SIZES[-1]:,} cases  {many[key] * 1000:.0f} ms CPU")
        print(f"{name}, {SIZES[-1]:,} cases as a multiple of {SIZES[0]:,}  {many[key] / few[key]:.1f} ratio")
    print(f"/figures/, cold, {SIZES[-1]:,} cases  {many['figures'] * 1000:.0f} ms CPU")
    print(f"/board/, kept, {SIZES[-1]:,} cases  {many['kept'] * 1000:.0f} ms CPU")
    print(f"events alone as a multiple of the tables  {many['events'] / many['tables']:.0f} ratio")


def _set_up() -> None:
    from django.conf import settings
    from django.core.management import call_command

    from yinuo.apps.documents.signing import create_authority
    from yinuo.apps.items.actions.publish import publish
    from yinuo.core.clock import day_of
    from yinuo.demo.simulation.running import simulate

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    create_authority(settings.DATA / "keys" / "authority", "Yinuo bench", now - timedelta(days=DAYS + 2))
    report = publish(Path(settings.CATALOGUE), now - timedelta(days=DAYS + 2))
    assert not report.findings, report.findings
    for _day in simulate(day_of(now) - timedelta(days=1), DAYS, SEED, SIMULATED):
        pass


def _measured(size: int) -> dict[str, float]:
    """CPU seconds of each way, at about so many cases."""
    from django.test import Client

    from yinuo.apps.access.actions.open_session import open_session
    from yinuo.apps.people.models import Person
    from yinuo.web.sessions import KEY

    _multiply(size)
    supervisor, anybody = Client(), Client()
    person = Person.objects.get(login="supervisor")
    supervisor.force_login(person)
    session = supervisor.session
    session[KEY] = str(open_session(person, "bench", datetime.now(UTC)).pk)
    session.save()
    return {
        "tables": _cold(_from_tables),
        "events": _cpu(_from_events),
        "board": _cold(lambda: _seen(supervisor, "/board/")),
        "kept": min(_cpu(lambda: _seen(supervisor, "/board/")) for _ in range(3)),
        "figures": _cold(lambda: _seen(anybody, "/figures/")),
    }


def _multiply(size: int) -> None:
    """Copies of every case, its events, promises and rungs, until there are `size`."""
    from django.db import connection

    from yinuo.apps.cases.models import Case

    made = Case.objects.count()
    first = Case.objects.filter(pk__lt=STRIDE).count()
    with connection.cursor() as cursor:
        for n in range(made // first, -(-size // first)):
            for table, changed in _COPIED.items():
                columns = [
                    f'"{one.name}"' for one in connection.introspection.get_table_description(cursor, table)
                ]
                values = [changed.get(column.strip('"'), column) for column in columns]
                cursor.execute(
                    f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
                    f" FROM {table} WHERE id < {STRIDE}".replace("$", str(n))
                )


_ID, _CASE = f"id + $ * {STRIDE}", "\"case\" || '-$'"
_COPIED = {
    "cases_case": {"id": _ID, "number": "number || '-$'", "query_code": "substr(query_code, 1, 8) || '$'"},
    "cases_caseevent": {"id": _ID, "case_id": f"case_id + $ * {STRIDE}"},
    "promises_promiserow": {"id": _ID, "case": _CASE},
    "promises_rungreached": {"id": _ID, "case": _CASE},
}


def _cold(what: Callable[[], None]) -> float:
    """The best of three, nothing kept from before."""
    from yinuo.apps.cases import figures
    from yinuo.web import public_figures as public

    def forget() -> None:
        figures.forget()
        public.forget()

    return min(_cpu(what, forget) for _ in range(3))


def _cpu(what: Callable[[], None], before: Callable[[], None] = lambda: None) -> float:
    before()
    started = time.process_time()
    what()
    return time.process_time() - started


def _seen(client: object, address: str) -> None:
    assert client.get(address).status_code == 200  # type: ignore[attr-defined]


def _from_tables() -> None:
    from yinuo.apps.cases.figures import everything, tallies

    assert tallies(everything(), "unit", _view())


def _from_events() -> None:
    from yinuo.apps.cases.figures import everything
    from yinuo.apps.cases.lives import from_events

    assert from_events(_view(), lambda part: part.unit, everything().units)


def _view() -> View:
    from yinuo.apps.cases.figures import view_of

    now = datetime.now(UTC)
    return view_of(Period((now - timedelta(days=365)).date(), now.date()), now)


if __name__ == "__main__":
    main()
