"""The page of the figures is the one that their definitions make."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from yinuo.core.figures import FIGURES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "figures.md"


def test_the_page_is_made_from_the_definitions() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "figure_docs.py"), "--check"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr


def test_every_figure_has_a_row() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for one in FIGURES:
        assert f"| `{one.key}` | {one.name.zh} · {one.name.en} |" in text
