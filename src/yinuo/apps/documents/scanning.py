"""Asking a virus scanner: clamd, by its command INSTREAM, over a socket of this machine or the network.

The protocol is that of clamd(8): `zINSTREAM`, then the file in pieces that each begin with their length, then
an empty piece; the answer is one line. `zPING` is answered with `PONG`.
"""

from __future__ import annotations

import re
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings

AT_ONCE = 5.0  # seconds in which an upload waits for its answer; the worker takes longer
A_MOMENT = 1.0  # seconds in which it has to say that it is there
PIECE = 64 * 1024
LONGEST_ANSWER = 1024
_FOUND = re.compile(r"stream: ([!-~]{1,100}) FOUND")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`clean`, `infected` with the name of what was found, `unclear`, `away`, or `none` without a scanner.

    `unclear`: clamd would not say, for instance because the file is larger than it takes. `away`: nobody
    answered in time.
    """

    said: str
    threat: str = ""


def scan(content: bytes, seconds: float = AT_ONCE) -> Verdict:
    """What the scanner says within this time; it never raises."""
    if settings.CLAMD is None:
        return Verdict("none")
    try:
        return _verdict(_ask(content, time.monotonic() + seconds))
    except OSError:
        return Verdict("away")


def presence(seconds: float = A_MOMENT) -> str:
    """`there`, `away` when it does not answer within this time, or `none` without a scanner; never raises."""
    if settings.CLAMD is None:
        return "none"
    until = time.monotonic() + seconds
    try:
        with _connected(until) as connection:
            connection.sendall(b"zPING\0")
            return "there" if _answer(connection, until) == "PONG" else "away"
    except OSError:
        return "away"


def _verdict(answer: str) -> Verdict:
    if answer == "stream: OK":
        return Verdict("clean")
    found = _FOUND.fullmatch(answer)
    if found:
        return Verdict("infected", found[1])
    return Verdict("unclear" if answer else "away")


def _ask(content: bytes, until: float) -> str:
    """The answer without its end. Raises OSError, also when the time is up."""
    with _connected(until) as connection:
        # clamd hangs up on what it will not take, and has then said why.
        with suppress(BrokenPipeError, ConnectionResetError):
            _send(connection, content, until)
        return _answer(connection, until)


def _connected(until: float) -> socket.socket:
    scanner = settings.CLAMD
    assert scanner is not None
    if not scanner.path:
        return socket.create_connection((scanner.host, scanner.port), timeout=_left(until))
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(_left(until))
        connection.connect(scanner.path)
    except OSError:
        connection.close()
        raise
    return connection


def _send(connection: socket.socket, content: bytes, until: float) -> None:
    connection.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        connection.settimeout(_left(until))
        connection.sendall(struct.pack("!L", len(piece)) + piece)
    connection.sendall(struct.pack("!L", 0))


def _answer(connection: socket.socket, until: float) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        connection.settimeout(_left(until))
        more = connection.recv(LONGEST_ANSWER)
        if not more:
            break
        said += more
    return said.rstrip(b"\0\n").decode("ascii", "replace")


def _left(until: float) -> float:
    """Seconds that are left. Raises TimeoutError, an OSError, when there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
