"""A real mail server and the demo's real text-message gateway, each on a port of this machine."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

KEY = "the key of the tests"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Mailbox:
    """What arrived; `answer` is what the server says to the next message, `refuses` to the next address."""

    port: int = 0
    answer: str = "250 OK"
    refuses: str = ""
    delay: float = 0
    raw: list[bytes] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(one, policy=policy.default) for one in self.raw]  # type: ignore[misc]

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("2"):
            self.raw.append(envelope.content)
            self.addresses += envelope.rcpt_tos
        await asyncio.sleep(self.delay)
        return self.answer


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    mailbox = Mailbox(free_port())
    logging.getLogger("mail.log").disabled = True  # it writes on after the test that it belongs to
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


@dataclass
class Inbox:
    """The gateway's file of what it was given, which has each message once."""

    port: int
    path: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def messages(self) -> list[dict[str, str]]:
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        return [json.loads(line) for line in lines]

    def ask(self, method: str, body: bytes = b"", key: str = KEY, path: str = "/") -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body, {"Authorization": f"Bearer {key}"})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text


@contextmanager
def sms_gateway(folder: Path) -> Iterator[Inbox]:
    """The process that `yinuo demo` starts."""
    inbox = Inbox(free_port(), folder / "inbox.jsonl")
    words = [
        sys.executable,
        "-m",
        "yinuo.demo.gateway",
        "--port",
        str(inbox.port),
        "--inbox",
        str(inbox.path),
    ]
    process = subprocess.Popen(words, env=os.environ | {"YINUO_SMS_KEY": KEY}, stderr=subprocess.DEVNULL)
    try:
        _wait_for(inbox.port)
        yield inbox
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nothing answers on port {port}")
