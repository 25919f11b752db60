"""The glossary on a page: where a term first stands there, its meaning opens at a touch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from yinuo.catalogue.language import Language, TermShape
from yinuo.catalogue.spelling import syllables
from yinuo.core.form import Text
from yinuo.web.language import language, said


@dataclass(slots=True)
class Glossary:
    """What one page has explained so far; every page makes its own."""

    of: Language
    explained: list[TermShape] = field(default_factory=list)

    def mark(self, text: Text | None) -> SafeString:
        """The text in the language of the page, as HTML, its new terms with their meanings."""
        words, end = said(text), 0
        parts: list[str] = []
        for found, term in self.of.terms_in(words, language()):
            if term not in self.explained:
                self.explained.append(term)
                parts += [conditional_escape(words[end : found.start()]), self._opening(found[0], term)]
                end = found.end()
        parts.append(conditional_escape(words[end:]))
        return mark_safe("".join(parts))  # noqa: S308 - every part is escaped

    def _opening(self, word: str, term: TermShape) -> SafeString:
        """A button that needs no script. Its meaning is its description, so it is read out unopened too."""
        meaning = said(Text(term.meaning.zh, term.meaning.en))
        return format_html(
            '<button type="button" class="yn-term" popovertarget="{0}" aria-describedby="{0}">{1}</button>'
            '<span popover id="{0}" class="yn-meaning" role="tooltip"><b>{2}</b> {3}</span>',
            f"term-{len(self.explained)}",
            word,
            _headword(term),
            meaning,
        )


def _headword(term: TermShape) -> SafeString | str:
    """In English with the Chinese word, which is what the papers say."""
    if language() != "en":
        return term.term.zh
    return format_html('{} <span lang="zh-Hans">{}</span>', term.term.en, term.term.zh)


def alphabetical(terms: Iterable[TermShape]) -> list[TermShape]:
    """By pinyin, on an English page by the English word."""
    if language() == "en":
        return sorted(terms, key=lambda one: one.term.en.casefold())
    return sorted(terms, key=lambda one: syllables(one.term.zh))
