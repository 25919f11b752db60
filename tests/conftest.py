"""What every test shares: how hard hypothesis tries, a data folder, one catalogue, a fixed clock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from support.fixed_clock import NOW

if TYPE_CHECKING:
    from support.actors import Cast

# The machines that run this are of any speed, so no example is ever too slow.
settings.register_profile(
    "suite", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What the walk through the estate covered, also where the tests ran in several processes."""
    from support.walk import summary

    passed = terminalreporter.getreports("passed")
    line = summary(one for report in passed for one in report.user_properties)
    if line:
        terminalreporter.ensure_newline()
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    from support.served import settled_in

    with settled_in(tmp_path_factory.mktemp("data")) as folder:
        yield folder


@pytest.fixture(scope="session")
def django_db_setup(data_folder: Path, django_db_setup: None, django_db_blocker: Any) -> None:
    from support.served import put_into_service

    with django_db_blocker.unblock():
        put_into_service(data_folder)


@pytest.fixture
def committed(transactional_db: None) -> None:
    """Real transactions, for threads that race; the database is emptied afterwards."""
    from support.served import restore

    restore()


@pytest.fixture
def clock() -> Iterator[Any]:
    """The time stands still at `NOW` until it is moved."""
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def cast(db: None) -> Cast:
    from support.actors import make_cast

    return make_cast()
