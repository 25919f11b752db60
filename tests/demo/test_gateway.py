"""The demo's gateway: its key, what it takes, each id once, and what it shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.posts import Inbox, sms_gateway

MESSAGE = {"to": "13800000001", "text": "您的<申请>已受理", "id": "a1"}


def post(inbox: Inbox, value: object, **how: str) -> int:
    return inbox.ask("POST", json.dumps(value).encode(), **how)[0]


def test_a_message_is_kept_once_and_shown_as_it_is(tmp_path: Path) -> None:
    with sms_gateway(tmp_path) as inbox:
        assert "还没有短信" in inbox.ask("GET")[1]
        assert [post(inbox, MESSAGE), post(inbox, MESSAGE)] == [200, 200]
        assert len(inbox.messages) == 1
        shown = inbox.ask("GET")[1]
        assert "您的&lt;申请&gt;已受理" in shown
        assert shown.count("13800000001") == 1


def test_what_it_kept_it_still_knows_after_a_restart(tmp_path: Path) -> None:
    with sms_gateway(tmp_path) as inbox:
        post(inbox, MESSAGE)
    with (tmp_path / "inbox.jsonl").open("a") as file:
        file.write('{"to": "1')  # it was killed while it wrote this one
    with sms_gateway(tmp_path) as inbox:
        assert json.loads(inbox.ask("POST", json.dumps(MESSAGE).encode())[1])["state"] == "known"
        assert inbox.ask("GET")[1].count("13800000001") == 1


@pytest.mark.parametrize(
    "value", [None, [], "x", {}, MESSAGE | {"to": ""}, MESSAGE | {"id": 7}, {"to": "1", "text": "x"}]
)
def test_what_is_no_message_is_refused(tmp_path: Path, value: object) -> None:
    with sms_gateway(tmp_path) as inbox:
        assert post(inbox, value) == 400
        assert inbox.messages == []


def test_without_the_key_nothing_is_taken(tmp_path: Path) -> None:
    with sms_gateway(tmp_path) as inbox:
        assert post(inbox, MESSAGE, key="another") == 401
        assert inbox.ask("POST", b"x" * 20_000)[0] == 413
        assert inbox.ask("GET", path="/inbox.jsonl")[0] == 404
        assert inbox.messages == []
