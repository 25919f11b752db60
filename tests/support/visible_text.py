"""What a reader of a page gets: its texts and the attributes that are read out, with where they stand."""

from __future__ import annotations

import re
from html.parser import HTMLParser

CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
SPOKEN = ("alt", "aria-label", "placeholder", "title")
SILENT = {"script", "style"}
VOID = {"br", "img", "input", "link", "meta", "use", "path", "circle"}


class _Reader(HTMLParser):
    """Leaves out what is marked as Chinese (`lang="zh-Hans"`), below the root element."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    @property
    def skips(self) -> bool:
        return any(skipped for _, skipped in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        skipped = tag in SILENT or (tag != "html" and given.get("lang") == "zh-Hans")
        if not (skipped or self.skips):
            self.texts += [value for name in SPOKEN if (value := given.get(name))]
        if tag not in VOID:
            self.open.append((tag, skipped))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.skips:
            self.texts.append(" ".join(data.split()))


def texts(html: str) -> list[str]:
    """Every piece of text that is read, in the order of the page."""
    reader = _Reader()
    reader.feed(html)
    return reader.texts


def chinese_in(html: str, allowed: re.Pattern[str] | None = None) -> list[str]:
    """The pieces that still hold Chinese once what is allowed is taken out."""
    return [text for text in texts(html) if CHINESE.search(allowed.sub("", text) if allowed else text)]
