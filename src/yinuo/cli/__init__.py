"""`yinuo`: the command line. Each command is a module with `add` (its arguments) and `run`."""

from __future__ import annotations

import argparse
import gc
import importlib
import keyword
import os
import sys

from yinuo import __version__

COMMANDS = (
    "due",
    "check",
    "item",
    "schema",
    "export",
    "import",
    "verify",
    "publish",
    "calendar",
    "audit",
    "people",
    "figures",
    "rebuild",
    "demo",
    "simulate",
    "run",
    "worker",
    "tick",
    "keys",
    "retention",
    "clients",
    "manage",
)


def _module(command: str) -> str:
    """A command that is a word of Python's own has a line behind its module's name: import_."""
    return f"{command}_" if keyword.iskeyword(command) else command


def main(argv: list[str] | None = None) -> int:
    """Returns the exit status: 0 done, 1 something was found or refused, 2 wrong use."""
    parser = argparse.ArgumentParser(
        prog="yinuo",
        description="Every service of a city's public-security bureau, every promise in the open.",
    )
    parser.add_argument("--version", action="version", version=f"yinuo {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wanted = next((word for word in (argv if argv is not None else sys.argv[1:]) if word in COMMANDS), None)
    alone = argv is None and wanted == "check"  # a process that reads, says what it found and ends
    if alone:
        gc.disable()
    for name in COMMANDS:
        module = importlib.import_module(f"yinuo.cli.{_module(name)}") if wanted in (None, name) else None
        if module is not None:
            doc = (module.__doc__ or "").strip()
            command = commands.add_parser(
                name,
                help=doc.splitlines()[0],
                description=doc,
                formatter_class=argparse.RawDescriptionHelpFormatter,
            )
            module.add(command)
            command.set_defaults(run=module.run)
    arguments = parser.parse_args(argv)
    try:
        status = int(arguments.run(arguments))
        return _left(status) if alone else status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 1


def _left(status: int) -> int:
    """Leave without letting go of a million objects one by one, which takes half a second; `check` has
    nothing open that would have to be closed."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
