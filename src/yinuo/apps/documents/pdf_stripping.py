"""What acts in a PDF, and taking it out of one that is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream


def _names(words: str) -> frozenset[str]:
    return frozenset(f"/{word}" for word in words.split())


# All that a reader needs of a document's catalogue (ISO 32000-1, table 28). The rest acts, or is about it.
KEPT_IN_ROOT = _names(
    "Type Version Pages PageLabels Names Dests ViewerPreferences PageLayout PageMode Outlines AcroForm "
    "StructTreeRoot MarkInfo Lang OutputIntents OCProperties"
)
# Says something about the document and does nothing: goes, but does not make a signed file unwelcome.
HARMLESS_IN_ROOT = _names("Metadata PieceInfo Extensions DSS Perms Legal Threads")
# Acts by itself, or carries something else, wherever it stands. `/XFA` is a second form behind the form.
ACTIVE_KEYS = _names("OpenAction AA JS EF AF XFA RichMediaContent RichMediaSettings")
# Every action (ISO 32000-1, table 198) but two: to another page of the document, and a web link to click on.
ACTIVE_ACTIONS = _names(
    "JavaScript Launch SubmitForm ResetForm ImportData GoToR GoToE Named Hide Sound Movie Rendition Trans "
    "SetOCGState GoTo3DView RichMediaExecute Thread"
)
LINKS = (b"http://", b"https://", b"mailto:")
ACTIVE_ANNOTATIONS = _names("FileAttachment RichMedia Screen Movie Sound 3D Projection")
BEYOND_THE_FILE = _names("F FFilter FDecodeParms Ref PS OPI")  # in a stream: it lies elsewhere
RESOURCES = _names("Font XObject ExtGState Pattern")  # may bear any name, also that of an active key
DEEPEST = 60  # arrays and dictionaries one in another; books nest ten


class AmbiguousError(Exception):
    """Something may be a part of the page, or may act."""


def stripped(pdf: Pdf) -> bool:
    """Take out whatever acts; whether there was anything.

    Raises AmbiguousError, and RecursionError for what is nested too deep.
    """
    found = _strip_root(pdf.Root)
    for one in containers(pdf):
        found = _strip(one) or found
    return found


def _strip_root(root: Object) -> bool:
    extra = set(root.keys()) - KEPT_IN_ROOT
    for key in extra:
        del root[key]
    names = root.get("/Names", Dictionary())
    unwanted = set(names.keys()) - {"/Dests"}
    for key in unwanted:
        del names[key]
    return bool(unwanted or extra - HARMLESS_IN_ROOT)


def containers(pdf: Pdf) -> Iterator[Any]:
    """Every dictionary, stream and array of the file, also where nothing leads to it."""
    for top in pdf.objects:
        left = [(top, 0)]
        while left:
            one, depth = left.pop()
            if not isinstance(one, (Dictionary, Stream, Array)):
                continue
            if depth > DEEPEST:
                raise RecursionError
            yield one
            # What is indirect comes round by itself.
            left += [(inner, depth + 1) for inner in _inside(one) if not inner.is_indirect]


def _inside(one: Any) -> list[Object]:
    values = list(one) if isinstance(one, Array) else list(one.values())
    return [value for value in values if isinstance(value, Object)]


def _strip(one: Any) -> bool:
    if isinstance(one, Array):
        return False
    if _acts(one):
        for key in set(one.keys()):
            del one[key]
        return True
    beyond = BEYOND_THE_FILE if isinstance(one, Stream) else ()
    unwanted = {key for key in one.keys() if key in ACTIVE_KEYS or key in beyond}  # noqa: SIM118
    for key in unwanted:
        _refuse_resource(one[key])
        del one[key]
    return bool(unwanted)


def _refuse_resource(value: Any) -> None:
    """A font of that name would be missing on the page: better no file than one with half its text."""
    if isinstance(value, (Dictionary, Stream)) and _name(value, "/Type") in RESOURCES:
        raise AmbiguousError


def _acts(one: Any) -> bool:
    """An action, or an annotation that plays or carries something."""
    if isinstance(one, Stream):
        return False
    action = _name(one, "/S")
    if action == "/URI":
        return not bytes(one.get("/URI", pikepdf.String(""))).strip().lower().startswith(LINKS)
    return action in ACTIVE_ACTIONS or _name(one, "/Subtype") in ACTIVE_ANNOTATIONS


def _name(one: Any, key: str) -> str:
    value = one.get(key)
    return str(value) if isinstance(value, Name) else ""
