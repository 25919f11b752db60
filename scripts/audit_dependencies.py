"""Look up every locked dependency among the known advisories.

Exit status: 0 none is known; 1 there are some; 2 no source of advisories could be asked, so nothing is known.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
AUDIT = [
    sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / "requirements.lock"),
    "--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off",
]  # fmt: skip
SECONDS = 600


def main() -> int:
    print(f"asking for advisories, at most {SECONDS} seconds …", flush=True)
    try:
        done = subprocess.run(AUDIT, capture_output=True, text=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return _nobody_answered("no answer in time")
    try:
        rows = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return _nobody_answered((done.stderr.strip().splitlines() or ["no answer"])[-1])
    return report(rows)


def report(rows: Sequence[dict[str, Any]]) -> int:
    """rows: pip-audit's, with `vulns`, or `skip_reason` where nothing could be looked up."""
    asked = [row for row in rows if "skip_reason" not in row]
    if not asked:
        return _nobody_answered(f"none of {len(rows)} dependencies could be looked up")
    for row in rows:
        if "skip_reason" in row:
            print(f"not looked up: {row['name']}")
    found = [(row, one) for row in asked for one in row["vulns"]]
    for row, one in found:
        fixed = ", ".join(one["fix_versions"]) or "no version yet"
        print(f"{row['name']} {row['version']}: {one['id']}, mended in {fixed}")
    print(f"{len(asked)} of {len(rows)} dependencies looked up, {len(found)} advisories")
    return 1 if found else 0


def _nobody_answered(why: str) -> int:
    print(f"NOT AUDITED: no source of advisories could be asked ({why}).")
    print("This says nothing about the dependencies. Run it where pypi.org or osv.dev can be reached.")
    return 2


if __name__ == "__main__":
    sys.exit(main())
