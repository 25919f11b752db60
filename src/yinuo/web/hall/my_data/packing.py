"""The packet as a zip, made while it is sent: no more than one file is in memory at a time."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from yinuo.apps.documents.queries import content
from yinuo.core.clock import SHANGHAI
from yinuo.web.hall.my_data.holdings import Filed, Packet
from yinuo.web.language import language


class _Sink(io.RawIOBase):
    """Takes what the zip writes, until it is handed on."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        taken = bytes(data)  # type: ignore[call-overload]
        self.waiting.append(taken)
        return len(taken)

    def taken(self) -> bytes:
        waiting, self.waiting = b"".join(self.waiting), []
        return waiting


def zipped(packet: Packet, now: datetime) -> Iterator[bytes]:
    """`data.json`, a page that opens without a network, and the files."""
    sink = _Sink()
    with ZipFile(sink, "w") as archive:
        for name, text in _texts(packet):
            archive.writestr(_entry(name, now), text, ZIP_DEFLATED)
            yield sink.taken()
        for one in packet.files:
            name, held = _held(one)
            archive.writestr(_entry(name, now), held, ZIP_STORED)
            yield sink.taken()
    yield sink.taken()


def _held(one: Filed) -> tuple[str, bytes]:
    """The file; in place of one that the storage has lost a note that says so, and the rest comes along."""
    try:
        return one.path, content(one.stored)
    except OSError:
        return f"{one.path}.txt", _("这个文件在我们这里打不开了。请告诉我们。").encode()


def _texts(packet: Packet) -> Iterator[tuple[str, str]]:
    yield "data.json", json.dumps(packet.data, ensure_ascii=False, indent=1)
    yield (
        "index.html",
        render_to_string("hall/my_data/offline.html", {"data": packet.data, "lang": language()}),
    )


def _entry(name: str, now: datetime) -> ZipInfo:
    return ZipInfo(name, now.astimezone(SHANGHAI).timetuple()[:6])
