"""A text-message gateway for the demo: it keeps what it is given, each id once, and shows it on a page."""

from __future__ import annotations

import argparse
import hmac
import html
import json
import os
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

LARGEST = 10_000  # bytes of one message
SHANGHAI = timezone(timedelta(hours=8))
KEY = "YINUO_SMS_KEY"
PAGE = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>演示短信 Demo text messages</title></head>
<body><h1>演示短信 <span lang="en">Demo text messages</span></h1>
<p>没有真的发出去。<span lang="en">Nothing was really sent.</span></p>{rows}</body></html>"""


class Inbox:
    """One JSON line for each message, in a file that survives a restart."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self._kept: dict[str, dict[str, str]] = {one["id"]: one for one in map(_read, lines) if one}

    def keep(self, message: dict[str, str]) -> bool:
        """Whether the message is a new one. It is on the disk before this returns."""
        with self._lock:
            if message["id"] in self._kept:
                return False
            kept = {**message, "at": datetime.now(UTC).isoformat(timespec="seconds")}
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(kept, ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())
            self._kept[message["id"]] = kept
            return True

    def messages(self) -> list[dict[str, str]]:
        """The newest first."""
        with self._lock:
            return list(reversed(self._kept.values()))


def _read(line: str) -> dict[str, str] | None:
    """None for a line that was cut off when the process was killed: its message was never confirmed."""
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if message_of(value) else None


def message_of(value: Any) -> dict[str, str] | None:
    """`to`, `text` and `id`, each a text that is not empty; None for anything else."""
    if not isinstance(value, dict):
        return None
    is_whole = all(isinstance(value.get(key), str) and value[key] for key in ("to", "text", "id"))
    return value if is_whole else None


class Gateway(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, inbox: Inbox, key: str) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.inbox, self.key = inbox, key


class Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        status, answer = self._received()
        self._answer(status, "application/json", json.dumps(answer))

    def _received(self) -> tuple[int, dict[str, str]]:
        given = self.headers.get("Authorization", "").encode()
        if not hmac.compare_digest(given, f"Bearer {self.server.key}".encode()):
            return 401, {"error": "wrong key"}
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST:
            return 413, {"error": "too large"}
        try:
            message = message_of(json.loads(self.rfile.read(int(length))))
        except ValueError:
            message = None
        if message is None:
            return 400, {"error": "to, text and id are needed"}
        is_new = self.server.inbox.keep({key: message[key] for key in ("to", "text", "id")})
        return 200, {"id": message["id"], "state": "kept" if is_new else "known"}

    def do_GET(self) -> None:
        if self.path != "/":
            self._answer(404, "text/plain; charset=utf-8", "not found")
            return
        rows = "".join(map(_row, self.server.inbox.messages()))
        shown = f"<dl>{rows}</dl>" if rows else "<p>还没有短信。<span lang='en'>None yet.</span></p>"
        self._answer(200, "text/html; charset=utf-8", PAGE.format(rows=shown))

    def _answer(self, status: int, kind: str, body: str) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: Any) -> None:
        """Nothing: messages and numbers belong into no log."""


def _row(message: dict[str, str]) -> str:
    at = datetime.fromisoformat(message["at"]).astimezone(SHANGHAI)
    return f"<dt>{at:%Y-%m-%d %H:%M} {html.escape(message['to'])}</dt><dd>{html.escape(message['text'])}</dd>"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True, metavar="PORT")
    parser.add_argument("--inbox", type=Path, required=True, metavar="FILE")
    arguments = parser.parse_args()
    if not os.environ.get(KEY):
        parser.error(f"{KEY} is not set")
    gateway = Gateway(arguments.port, Inbox(arguments.inbox), os.environ[KEY])
    try:
        gateway.serve_forever()
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
