"""Plain and tidy words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from yinuo.catalogue.language import Lang, Language
from yinuo.catalogue.lints.problem import Problem
from yinuo.catalogue.loading import Catalogue, Entry
from yinuo.catalogue.reader import Path_

# A space at an edge needs quotes or a block to survive YAML.
_QUOTE = re.compile(r"""['"][\s,}\]]""")
_BLOCK = re.compile(r"[|>]\+?\n")
_HALF_WIDTH = re.compile(r"[一-鿿][,;:?!][一-鿿]")
_QUOTED = re.compile(r"“[^”]*”")
_CHINESE = re.compile(r"[一-鿿]")
_KEY = re.compile(r"^\s*(?:- )?[\w-]+:(?: |$)", re.MULTILINE)

_LANGS: dict[str | int, Lang] = {"zh": "zh", "en": "en"}


def names_are_plain(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    name = entry.shape.name.zh
    if len(name) > 30:
        yield ("name", "zh"), f"{len(name)} characters are too long for a name; 30 at most"
    if re.search(r"[()“”\"]", name):
        yield ("name", "zh"), "half-width brackets and quotes do not belong in a Chinese name"


def words_are_tidy(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """Chinese text carries full-width punctuation and does not begin or end with a space."""
    text = entry.source.text or ""
    if not (_HALF_WIDTH.search(text) or _has_edge(text)):
        return
    for path, words in _texts(entry.source.value, ()):
        if path[-1] == "zh" and _HALF_WIDTH.search(words):
            yield path, "half-width punctuation between Chinese characters"
        if words != words.strip():
            yield path, "begins or ends with a space"


def _has_edge(file: str) -> bool:
    """Whether a quote stands where a text would have begun or ended with a space."""
    quotes = _QUOTE.finditer(file)
    return any(file[found.start() - 1].isspace() for found in quotes) or _BLOCK.search(file) is not None


def english_is_english(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """A draft carries the Chinese words twice until somebody has translated them."""
    if _roughly(entry.source.text or "", "en").isascii():
        return
    for path, text in _texts(entry.source.value, ()):
        if path[-1] == "en" and _CHINESE.search(_QUOTED.sub("", text)):
            yield path, "is still Chinese; what people are to write in Chinese stands in “”"


def words_are_plain(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """Short sentences, and no office word where a plain one says the same."""
    language, file = catalogue.language, entry.source.text or ""
    if not any(language.may_be_wrong(_roughly(file, lang), lang) for lang in language.words):
        return
    for path, text in _texts(entry.source.value, ()):
        lang = _LANGS.get(path[-1])
        if lang is not None:
            yield from ((path, message) for message in _plain_problems(text, lang, language))


@lru_cache(maxsize=2)
def _roughly(file: str, lang: Lang) -> str:
    """The texts of one language in a file, a line each, cut out without looking closely: enough to know
    whether a whole walk over its values, which takes ten times as long, is worth while. Two lints ask in
    turn for the English of a file."""
    return "\n".join(_cut(part) for part in file.split(f"{lang}: ")[1:])


def _cut(part: str) -> str:
    if part[0] in "|>":
        after = _KEY.search(part, part.index("\n"))
        return (part[: after.start()] if after else part).replace("\n", " ")
    if part[0] in "'\"":
        return part[1 : part.find(part[0], 1)]
    return part.partition("\n")[0].partition("}")[0].partition(",")[0]


def _plain_problems(text: str, lang: Lang, language: Language) -> Iterator[str]:
    for word, plain in language.office_words(text, lang):
        yield f"{word} is office language: write {plain}"
    for sentence, length in language.long_sentences(text, lang):
        unit = "characters" if lang == "zh" else "words"
        most = language.longest[lang]
        yield f"{length} {unit} are too long for a sentence; {most} at most: {sentence[:20]}…"


def _texts(value: object, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _texts(inner, (*path, n))
    elif isinstance(value, str) and path:
        yield path, value
