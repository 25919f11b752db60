"""Typst sheets to PDF/A-2b bytes, with the Chinese faces embedded and every character accounted for."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from fontTools.ttLib import TTFont

from yinuo.core.errors import Refusal

TEMPLATES = Path(__file__).parent / "templates_typst"
FACES = (pylopdf_fonts_zh_cn.sans_path(), pylopdf_fonts_zh_cn.serif_path())


def typeset(template: str, data: Mapping[str, object]) -> bytes | Refusal:
    """The PDF of one sheet; the same data give the same bytes.

    template: a file name in `templates_typst` without its ending (`result`, `receipt`, `checklist`).
    data: JSON values only, in the shape of that sheet in `yinuo.apps.documents.sheets`.
    Refuses `missing-glyph` when a value has a character that neither face can show: `fields` maps the
    path of the value (`holder.0.value`) to its missing characters, `facts` to their code points.
    Raises ValueError for an unknown template or a naive `typeset_at`, typst.TypstError for a lack of keys.
    """
    missing = {path: gaps for path, text in _strings(data) if (gaps := _gaps(text))}
    if missing:
        return Refusal("missing-glyph", missing, {path: _code_points(gaps) for path, gaps in missing.items()})
    return typst.compile(
        _source(template),
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["a-2b"],
        timestamp=_moment(data),
    )


def _source(template: str) -> Path:
    known = {path.stem: path for path in TEMPLATES.glob("*.typ")}
    if template not in known:
        raise ValueError(f"no template {template!r}")
    return known[template]


def _moment(data: Mapping[str, object]) -> datetime:
    moment = datetime.fromisoformat(str(data["typeset_at"])).replace(microsecond=0)
    if moment.tzinfo is None:
        raise ValueError("typeset_at needs an offset from UTC")
    return moment


def _strings(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string in a JSON value, with its dotted path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _strings(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _strings(inner, f"{path}.{index}")


def _gaps(text: str) -> str:
    """The characters of a text that cannot be shown, each once, in order."""
    shown = _shown()
    return "".join(dict.fromkeys(char for char in text if char not in shown))


def _code_points(chars: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in chars)


@lru_cache(maxsize=1)
def _shown() -> frozenset[str]:
    """What the faces show between them. Invisible characters are out: they can turn a name around."""
    points = {point for face in FACES for point in TTFont(face, lazy=True).getBestCmap()}
    return frozenset(char for char in map(chr, points) if unicodedata.category(char)[0] != "C") | {"\n"}


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=sorted({str(face.parent) for face in FACES}),
    )
