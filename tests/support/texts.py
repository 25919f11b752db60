"""The demo's real gateway in a thread of the tests, and what it was given to send to a phone."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from django.test import override_settings
from support.posts import KEY

from yinuo.apps.signing_in import texting
from yinuo.demo.gateway import Gateway, Inbox


@dataclass
class Texts:
    """`handed`: what was handed to the thread that sends, whether it arrived yet or not."""

    inbox: Inbox
    handed: list[Future[None]] = field(default_factory=list)

    def to(self, phone: str) -> list[str]:
        """What a phone got, the oldest first; waits until all has arrived."""
        for one in self.handed:
            one.result(10)
        return [one["text"] for one in reversed(self.inbox.messages()) if one["to"] == phone]

    def code(self, phone: str) -> str:
        """The newest code that a phone got."""
        found = re.search(r"\b(\d{6})\b", self.to(phone)[-1])
        assert found is not None, self.to(phone)[-1]
        return found[1]


@contextmanager
def texts_in(folder: Path) -> Iterator[Texts]:
    gateway = Gateway(0, Inbox(folder / "texts.jsonl"), KEY)
    threading.Thread(target=gateway.serve_forever, args=(0.02,), daemon=True).start()
    made, real = Texts(gateway.inbox), texting.send

    def send(to: str, words: str) -> Future[None]:
        made.handed.append(real(to, words))
        return made.handed[-1]

    url = f"http://127.0.0.1:{gateway.server_port}/"
    with override_settings(SMS_URL=url, SMS_KEY=KEY), patch.object(texting, "send", send):
        yield made
    gateway.shutdown()
    gateway.server_close()
