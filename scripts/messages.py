"""Collect every message of the site, keep its English, compile it; `--check` only looks.

The messages are Chinese and stand in the source; only English has a message file.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "yinuo"
PO = SOURCE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"

# Function name -> where its literals stand: text, plural, context.
CALLS: Mapping[str, tuple[int, int | None, int | None]] = {
    "_": (0, None, None),
    "gettext": (0, None, None),
    "gettext_lazy": (0, None, None),
    "gettext_noop": (0, None, None),
    "mark": (0, None, None),
    "ngettext": (0, 1, None),
    "pgettext": (1, None, 0),
}
LITERAL = re.compile(r""""(?P<double>[^"]*)"|'(?P<single>[^']*)'""")
CONSTANT = re.compile(r"""_\(("[^"]*"|'[^']*')\)""")
PLACE = re.compile(r"%\([^)]*\)s|%%|</?[a-z]+")
SIMPLE_NAME = re.compile(r"%\(\w+\)s")


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """What is looked up: the text, its plural where it is counted, its context where one is given."""

    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text


class MessageFile(Catalog):
    """A catalogue without dates and versions: the same messages make the same file."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "yinuo"),
            ("Language", "en"),
            ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def in_python(source: str) -> Iterator[Message]:
    """The literals of every call that translates; a call with a computed text is skipped."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            places = CALLS[node.func.id]
            words = ["" if place is None else _literal(node, place) for place in places]
            if words[0]:
                yield Message(*words)


def _literal(call: ast.Call, place: int) -> str:
    given = call.args[place] if place < len(call.args) else None
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else ""


def in_template(source: str) -> Iterator[Message]:
    """The messages of translate and blocktranslate tags, worded as Django looks them up."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type is TokenType.BLOCK:
            yield from _in_tag(token, tokens)
        elif token.token_type is TokenType.VAR:
            yield from (Message(_unquoted(one)) for one in CONSTANT.findall(token.contents))


def _in_tag(token: Token, rest: Iterator[Token]) -> Iterator[Message]:
    bits = token.split_contents()
    if bits[0] in ("translate", "trans"):
        if LITERAL.match(bits[1]):
            yield Message(_unquoted(bits[1]).replace("%", "%%"), context=_context(bits))
        return
    yield from (Message(_unquoted(one)) for one in CONSTANT.findall(token.contents))
    if bits[0] in ("blocktranslate", "blocktrans"):
        yield _block(bits, rest)
    elif bits[0] == "comment":
        _until(rest, "endcomment")


def _unquoted(literal: str) -> str:
    found = LITERAL.match(literal)
    return found[found.lastgroup or 0] if found else ""


def _context(bits: list[str]) -> str:
    return _unquoted(bits[bits.index("context") + 1]) if "context" in bits else ""


def _block(bits: list[str], rest: Iterator[Token]) -> Message:
    """Variables are written as %(name)s and per cent signs doubled, as BlockTranslateNode does it."""
    forms = [""]
    for token in _until(rest, f"end{bits[0]}"):
        if token.token_type is TokenType.BLOCK:
            forms.append("")
        elif token.token_type is TokenType.VAR:
            forms[-1] += f"%({token.contents})s"
        elif token.token_type is TokenType.TEXT:
            forms[-1] += token.contents.replace("%", "%%")
    if "trimmed" in bits:
        forms = [trim_whitespace(form) for form in forms]
    return Message(forms[0], forms[1] if len(forms) > 1 else "", _context(bits))


def _until(tokens: Iterator[Token], end: str) -> list[Token]:
    """The tokens up to the closing tag, which is used up as well."""
    found: list[Token] = []
    for token in tokens:
        if token.token_type is TokenType.BLOCK and token.contents.strip() == end:
            break
        found.append(token)
    return found


def collect(source: Path) -> dict[Message, set[str]]:
    """Every message below `source` with the files that use it; a counted one stands for its singular too."""
    found: dict[Message, set[str]] = {}
    for path in sorted([*source.rglob("*.py"), *source.rglob("*.html")]):
        read = in_python if path.suffix == ".py" else in_template
        for message in read(path.read_text(encoding="utf-8")):
            found.setdefault(message, set()).add(path.relative_to(source).as_posix())
    counted = {message.key: message for message in found if message.plural}
    for message in [one for one in found if not one.plural and one.key in counted]:
        found[counted[message.key]] |= found.pop(message)
    return dict(sorted(found.items()))


def merge(found: Mapping[Message, Iterable[str]], old: Catalog) -> Catalog:
    """The messages in use with the English that is known for them; what is not used any more is gone."""
    merged = MessageFile(locale="en", charset="utf-8", fuzzy=False)
    merged.header_comment = (
        "# English for Yinuo. Made by scripts/messages.py; only the msgstr lines are written by hand."
    )
    for message, files in found.items():
        known = old.get(message.text, message.context or None)
        merged.add(
            (message.text, message.plural) if message.plural else message.text,
            _english(message, known),
            locations=[(name, 0) for name in sorted(files)],
            user_comments=known.user_comments if known else (),
            context=message.context or None,
        )
    return merged


def _english(message: Message, known: Entry | None) -> str | tuple[str, str]:
    """In the shape that the message has now: one form, or two where it is counted."""
    words = forms(known) if known else ("",)
    return (words[0], words[1] if len(words) > 1 else "") if message.plural else words[-1]


def forms(entry: Entry) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ("", ""))


def problems(catalog: Catalog) -> Iterator[str]:
    """What is wrong with the English: none, or other placeholders and markup than the message has."""
    for entry in catalog:
        if not entry.id:
            continue
        text = entry.id if isinstance(entry.id, str) else entry.id[0]
        yield from (f"{text!r} has {name!r}, which no translation can fill" for name in _odd_names(text))
        for english in forms(entry):
            if not english:
                yield f"{text!r} has no English"
            elif _places(english) != _places(text):
                yield f"{text!r} and {english!r} differ in placeholders or markup"


def _places(words: str) -> list[str]:
    return sorted(PLACE.findall(words))


def _odd_names(text: str) -> list[str]:
    """Blocktranslate takes plain names only; an expression would come out empty."""
    return [name for name in re.findall(r"%\([^)]*\)s", text) if not SIMPLE_NAME.fullmatch(name)]


def written(catalog: Catalog) -> bytes:
    """The message file as text."""
    out = BytesIO()
    write_po(out, catalog, width=0, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return out.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """The message file as the site reads it."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en", ignore_obsolete=True)


def check(merged: Catalog, po: Path) -> list[str]:
    """Every reason why the English of the site is not complete and current."""
    found = list(problems(merged))
    used = {(entry.context, entry.id) for entry in merged}
    found += [f"{entry.id!r} is used nowhere" for entry in read(po) if (entry.context, entry.id) not in used]
    mo = po.with_suffix(".mo")
    if not mo.exists() or compiled(merged) != mo.read_bytes():
        found.append(f"{mo.name} is stale")
    return found


def write(merged: Catalog, po: Path) -> None:
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_bytes(written(merged))
    po.with_suffix(".mo").write_bytes(compiled(merged))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when something is wrong")
    only_check = parser.parse_args(arguments).check
    merged = merge(collect(SOURCE), read(PO))
    if not only_check:
        write(merged, PO)
    found = check(merged, PO)
    for line in found:
        print(f"messages: {line}", file=sys.stderr)
    print(f"messages: {len(merged)} messages, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
