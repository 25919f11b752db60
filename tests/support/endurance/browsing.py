"""Somebody at a browser: pages, cookies and forms over HTTP, by a connection that may break at any moment."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TIMEOUT = 30.0  # seconds
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SEEN = re.compile(r'name="seen" value="(\d+)"')
FORM = "application/x-www-form-urlencoded"

Fields = Mapping[str, str | list[str]]
Files = Mapping[str, bytes]


class BrokenError(Exception):
    """No answer came, or only a part of one."""


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    text: str
    location: str = ""

    def offers(self, action: str) -> bool:
        """Whether there is a form that is sent to that address."""
        return f'action="{action}"' in self.text

    @property
    def hidden(self) -> dict[str, str]:
        """What every form of the page sends unseen."""
        found = {"csrfmiddlewaretoken": TOKEN.search(self.text), "seen": SEEN.search(self.text)}
        return {key: match[1] for key, match in found.items() if match}


@dataclass
class Browser:
    """`on_sent` is called when a form has been sent and nothing is answered yet, `on_answer` with the seconds
    that the answer took."""

    port: int
    on_sent: Callable[[], None] = lambda: None
    on_answer: Callable[[float], None] = lambda seconds: None
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Page:
        return self._ask("GET", path, b"", "")

    def post(self, path: str, fields: Fields, files: Files | None = None) -> Page:
        if files is None:
            return self._ask("POST", path, urlencode(fields, doseq=True).encode(), FORM)
        boundary = uuid.uuid4().hex
        body = _multipart(fields, files, boundary)
        return self._ask("POST", path, body, f"multipart/form-data; boundary={boundary}")

    def _ask(self, method: str, path: str, body: bytes, kind: str) -> Page:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        try:
            connection.request(method, path, body or None, headers | ({"Content-Type": kind} if kind else {}))
            if method == "POST":
                self.on_sent()
            begun = time.monotonic()
            answer = connection.getresponse()
            text = answer.read().decode()
            if method == "POST":
                self.on_answer(time.monotonic() - begun)
        except (OSError, HTTPException) as error:
            raise BrokenError(f"{method} {type(error).__name__}") from error
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {key: one.value for key, one in SimpleCookie(line).items()}
        return Page(answer.status, text, answer.headers.get("Location", ""))


def _multipart(fields: Fields, files: Files, boundary: str) -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{one}\r\n'.encode()
        for key, value in fields.items()
        for one in ([value] if isinstance(value, str) else value)
    ]
    for key, content in files.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"; filename="{key}.png"\r\n'
        parts.append(f"{head}Content-Type: image/png\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode()
