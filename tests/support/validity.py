"""Whether pages are valid HTML, by html-validate; tests/html says which rules hold."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from support.public_pages import Page

VALIDATOR = Path(__file__).parents[1] / "html"


def missing() -> str:
    """Why pages cannot be validated on this machine; empty when they can."""
    if not (shutil.which("npm") and shutil.which("node")):
        return "no HTML validator: install Node 20 or later with npm, then run make setup"
    if not (VALIDATOR / "node_modules/html-validate").is_dir():
        return "no HTML validator: make setup installs it into tests/html/node_modules"
    return ""


def invalid(pages: Sequence[Page], folder: Path) -> list[str]:
    """One line for everything that is wrong; `folder` is empty and holds the pages for the validator."""
    for number, page in enumerate(pages):
        (folder / f"{number}.html").write_text(page.html, encoding="utf-8")
    command = ["node", "validate.mjs", str(folder)]
    ran = subprocess.run(command, cwd=VALIDATOR, capture_output=True, text=True, check=True)
    report = json.loads(ran.stdout)
    assert report["pages"] == len(pages)
    return [_line(found, pages[int(found["page"].removesuffix(".html"))]) for found in report["findings"]]


def _line(found: dict[str, object], page: Page) -> str:
    return f"{page}:{found['line']}:{found['column']}: {found['rule']}: {found['message']}"
