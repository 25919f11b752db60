"""What we are made of: a complete bill of materials, and an audit that never mistakes silence for safety."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.catalogues import ROOT as CATALOGUE

ROOT = CATALOGUE.parent
sys.path.insert(0, str(ROOT / "scripts"))

from audit_dependencies import report  # noqa: E402

SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
SKIPPED = {"name": "pillow", "skip_reason": "could not be looked up"}
FLAWED = SOUND | {"vulns": [{"id": "CVE-2026-1", "fix_versions": ["5.2.20"]}]}


def test_the_bill_of_materials_names_every_locked_dependency(tmp_path: Path) -> None:
    target = tmp_path / "sbom.json"
    recipe = re.search(
        r"^\t\$\(BIN\)/cyclonedx-py (.*) -o build/sbom.json$", (ROOT / "Makefile").read_text(), re.M
    )
    assert recipe is not None
    command = [str(Path(sys.executable).with_name("cyclonedx-py")), *recipe[1].split(), "-o", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    listed = {(one["name"], one["version"]) for one in json.loads(target.read_text())["components"]}
    lock = (ROOT / "requirements.lock").read_text()
    locked = set(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", lock, flags=re.MULTILINE))
    assert len(locked) > 50
    assert listed == locked


@pytest.mark.parametrize(
    ("rows", "status", "words"),
    [
        ([SOUND], 0, "1 of 1 dependencies looked up, 0 advisories"),
        ([SOUND, SKIPPED], 0, "not looked up: pillow"),
        ([FLAWED, SOUND], 1, "django 5.2.19: CVE-2026-1, mended in 5.2.20"),
        ([SKIPPED, SKIPPED], 2, "NOT AUDITED"),
        ([], 2, "NOT AUDITED"),
    ],
)
def test_an_audit_that_nobody_answered_says_so(
    capsys: pytest.CaptureFixture[str], rows: list[dict[str, Any]], status: int, words: str
) -> None:
    assert report(rows) == status
    assert words in capsys.readouterr().out
