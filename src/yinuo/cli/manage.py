"""Run one of Django's own commands, such as `yinuo manage migrate`."""

from __future__ import annotations

import argparse

from yinuo.cli.data import start_django


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…")


def run(arguments: argparse.Namespace) -> int:
    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["yinuo manage", *arguments.rest])
    return 0
