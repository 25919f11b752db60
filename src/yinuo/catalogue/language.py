"""Plain language as data: how long a sentence may be, which office words have a plain one, which terms stay.

A term that stays is explained in the glossary, and the guide shows the explanation where the term stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from yinuo.catalogue.schema import Shape, TextShape, Words

Lang = Literal["zh", "en"]
_CITED = re.compile(r"（[^（）]*第[^（）]*条[^（）]*）|\([^()]*[Aa]rticle[^()]*\)")
_ENDS = {"zh": re.compile(r"[。；！？…\n]"), "en": re.compile(r"[.;!?:](?:\s|$)|\n")}


class PlainWordShape(Shape):
    """An office word. `but` are the everyday words it is part of: 均 in 平均."""

    word: Words
    plain: Words
    but: list[Words] = Field(default_factory=list)


class TermShape(Shape):
    term: TextShape
    meaning: TextShape


class LanguageShape(Shape):
    longest: dict[Lang, Annotated[int, Field(ge=10, le=200)]]
    zh: list[PlainWordShape] = Field(default_factory=list)
    en: list[PlainWordShape] = Field(default_factory=list)
    terms: list[TermShape] = Field(default_factory=list)


@dataclass(frozen=True)
class Language:
    """`longest`: characters of a Chinese sentence, words of an English one."""

    longest: Mapping[Lang, int]
    words: Mapping[Lang, Mapping[str, str]]
    everyday: Mapping[Lang, tuple[str, ...]]
    terms: tuple[TermShape, ...] = ()

    @cached_property
    def _office(self) -> Mapping[Lang, re.Pattern[str]]:
        """Everyday words are matched first, so that the office word inside them is passed over."""
        return {lang: _pattern(self.everyday[lang], self.words[lang], lang) for lang in self.words}

    def office_words(self, text: str, lang: Lang) -> Iterator[tuple[str, str]]:
        """The office words of a text, each with the plain one."""
        plain = self.words[lang]
        for found in self._office[lang].finditer(text):
            word = found[0].lower() if lang == "en" else found[0]
            if word in plain:
                yield found[0], plain[word]

    def long_sentences(self, text: str, lang: Lang) -> Iterator[tuple[str, int]]:
        """The sentences that are too long, each with its length; a law cited in brackets does not count."""
        for sentence in _ENDS[lang].split(_CITED.sub("", text)):
            length = len(sentence.strip()) if lang == "zh" else len(sentence.split())
            if length > self.longest[lang]:
                yield sentence.strip(), length

    @cached_property
    def _terms(self) -> Mapping[Lang, tuple[re.Pattern[str], Mapping[str, TermShape]]]:
        langs: tuple[Lang, ...] = ("zh", "en")
        return {lang: _terms_pattern(self.terms, lang) for lang in langs}

    def terms_in(self, text: str, lang: Lang) -> Iterator[tuple[re.Match[str], TermShape]]:
        """The terms of the glossary in a text, each with where it stands; of two the longer one."""
        pattern, by_word = self._terms[lang]
        for found in pattern.finditer(text):
            yield found, by_word[found[1].casefold()]

    def may_be_wrong(self, texts: str, lang: Lang) -> bool:
        """Whether texts, a line each, are worth a closer look: one quick pass over all of them."""
        lowered = texts.lower()
        if any(word in lowered for word in self.words[lang]) and any(self.office_words(texts, lang)):
            return True
        sentences, most = _ENDS[lang].split(texts), self.longest[lang]
        if lang == "zh":
            return any(len(sentence) > most for sentence in sentences)
        return any(sentence.count(" ") >= most for sentence in sentences)


def _pattern(everyday: tuple[str, ...], words: Mapping[str, str], lang: Lang) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in (*everyday, *words)) or r"(?!)"
    return re.compile(rf"\b(?:{alternatives})\b" if lang == "en" else alternatives, re.IGNORECASE)


def _terms_pattern(
    terms: tuple[TermShape, ...], lang: Lang
) -> tuple[re.Pattern[str], Mapping[str, TermShape]]:
    by_word = {getattr(one.term, lang).casefold(): one for one in terms}
    alternatives = "|".join(re.escape(word) for word in sorted(by_word, key=len, reverse=True)) or r"(?!)"
    pattern = rf"\b({alternatives})(?:e?s)?\b" if lang == "en" else f"({alternatives})"
    return re.compile(pattern, re.IGNORECASE), by_word


def language_from(shape: LanguageShape) -> Language:
    words: dict[Lang, list[PlainWordShape]] = {"zh": shape.zh, "en": shape.en}
    return Language(
        longest=shape.longest,
        words={lang: {one.word: one.plain for one in all_} for lang, all_ in words.items()},
        everyday={lang: tuple(but for one in all_ for but in one.but) for lang, all_ in words.items()},
        terms=tuple(shape.terms),
    )


NO_LANGUAGE = Language({"zh": 200, "en": 200}, {"zh": {}, "en": {}}, {"zh": (), "en": ()})
