"""The statements that count: each decides and writes at once, so that nobody slips through between.

PostgreSQL and SQLite read them alike. Moments are whole seconds since 1970.
"""

from __future__ import annotations

from functools import cache

from django.db import connection

from yinuo.apps.limits.figures import Limit, Pauses, Window

# A row whose time has ended begins again with one.
USED = "CASE WHEN limits_count.ends <= %s THEN 1 ELSE limits_count.used + 1 END"

COUNT = f"""
    INSERT INTO limits_count (digest, used, closed_until, ends) VALUES (%s, 1, 0, %s)
    ON CONFLICT (digest) DO UPDATE SET used = {USED},
        ends = CASE WHEN limits_count.ends <= %s THEN excluded.ends ELSE limits_count.ends END
    RETURNING used, ends
"""  # noqa: S608 - nothing from outside is put together here
CLOSED = "SELECT closed_until FROM limits_count WHERE digest = %s"


def wait(limit: Limit, digest: str, now: int) -> int:
    """Count one use; in how many seconds the door opens again, 0 where it is open."""
    counted = _windowed if isinstance(limit, Window) else _paused
    return counted(limit, digest, now)  # type: ignore[arg-type]


def _windowed(limit: Window, digest: str, now: int) -> int:
    used, ends = _asked(COUNT, [digest, now + limit.within, now, now])[0]
    return ends - now if used > limit.most else 0


def _paused(limit: Pauses, digest: str, now: int) -> int:
    """0 where this attempt is let in; if it fails, the next one waits."""
    ends = now + limit.memory
    first = now + (limit.pauses[0] if limit.free == 0 else 0)
    statement, marks = _pausing(limit)
    if _asked(statement, [digest, first, ends, now, now, *[now] * marks, now]):
        return 0
    found = _asked(CLOSED, [digest])
    return max(1, found[0][0] - now) if found else 0  # gone meanwhile: somebody signed in


@cache
def _pausing(limit: Pauses) -> tuple[str, int]:
    """The statement of a door that shuts, and how many moments its pauses take. No row: it is shut."""
    steps = [f"WHEN {USED} <= {limit.free + n} THEN {seconds}" for n, seconds in _steps(limit)]
    statement = f"""
        INSERT INTO limits_count (digest, used, closed_until, ends) VALUES (%s, 1, %s, %s)
        ON CONFLICT (digest) DO UPDATE SET used = {USED}, ends = excluded.ends,
            closed_until = %s + CASE {" ".join(steps)} ELSE {limit.pauses[-1]} END
        WHERE limits_count.closed_until <= %s
        RETURNING used, ends
    """  # noqa: S608 - figures of our own table
    return statement, len(steps)


def _steps(limit: Pauses) -> list[tuple[int, int]]:
    """Failures beyond the free ones -> seconds."""
    return [(0, 0), *enumerate(limit.pauses, 1)]


def _asked(statement: str, values: list[str | int]) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
