"""Write docs/reference/command-line.md from the real `--help` of every command; `--check` only compares."""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path

from yinuo.cli import COMMANDS, main

TARGET = Path(__file__).resolve().parents[1] / "docs" / "reference" / "command-line.md"
WIDTH = "80"  # columns; argparse breaks its lines by the terminal's width, which a file does not have

HEAD = """\
# The command line

`scripts/command_docs.py` writes this page from the commands themselves; do not edit it by hand.

In a checkout the command is `.venv/bin/yinuo`; `python -m yinuo` does the same. `due`, `check`, `schema` and
`verify` need neither a database nor a deployment, nor does `item` for items that are files. All others read
the [settings](settings.md).

**Exit status:** 0 done, 1 something was found or refused, 2 wrong use.

**The catalogue** is the folder that `YINUO_CATALOGUE` names, else `catalogue` in the current folder, else the
one of the checkout.
"""


def help_of(*arguments: str) -> str:
    """What `yinuo … --help` prints on a terminal of 80 columns without colours."""
    text = io.StringIO()
    kept = {name: os.environ.get(name) for name in ("COLUMNS", "NO_COLOR")}
    os.environ.update(COLUMNS=WIDTH, NO_COLOR="1")
    try:
        with redirect_stdout(text):
            main([*arguments, "--help"])
    except SystemExit:
        return text.getvalue().rstrip()
    finally:
        _restore(kept)
    raise RuntimeError("--help did not end the command")


def _restore(kept: dict[str, str | None]) -> None:
    for name, value in kept.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def page() -> str:
    """The whole page."""
    parts = [HEAD, _section("yinuo", help_of())]
    for name in COMMANDS:
        text = help_of(name)
        parts.append(_section(f"yinuo {name}", text))
        parts += [_section(f"yinuo {name} {verb}", help_of(name, verb), "###") for verb in _verbs(text)]
    return "\n".join(parts)


def _verbs(text: str) -> list[str]:
    """The sub-commands that a command's help lists below VERB."""
    _, _, listed = text.partition("\n  VERB\n")
    return re.findall(r"^    ([a-z][a-z-]*)(?: |$)", listed.partition("\n\n")[0], re.MULTILINE)


def _section(title: str, text: str, level: str = "##") -> str:
    return f"{level} `{title}`\n\n```text\n{text}\n```\n"


def run() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit with 1 when the page is not up to date")
    if not parser.parse_args().check:
        TARGET.write_text(page(), encoding="utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == page():
        return 0
    print(f"{TARGET.name} is not up to date: run scripts/command_docs.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(run())
