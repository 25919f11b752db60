"""The command line as a test calls it."""

from __future__ import annotations

from typing import Any

import pytest

from yinuo.cli import main


@pytest.fixture
def yinuo(capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs `yinuo` with these words: exit status, standard output, standard error."""

    def run(*words: object) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return run
