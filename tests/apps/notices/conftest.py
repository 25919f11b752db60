"""A city that has connected text messages and e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.posts import KEY, Inbox, Mailbox, mail_server, sms_gateway

from yinuo.project.environment import Smtp


@pytest.fixture
def quick_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    from support.papers import be_quick

    be_quick(monkeypatch)


@pytest.fixture
def inbox(tmp_path: Path, settings: Any) -> Iterator[Inbox]:
    with sms_gateway(tmp_path) as found:
        settings.SMS_URL, settings.SMS_KEY = found.url, KEY
        yield found


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with mail_server() as found:
        settings.SMTP = Smtp("127.0.0.1", found.port, "none")
        settings.MAIL_FROM = "notices@bureau.example"
        yield found
