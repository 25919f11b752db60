"""Services under the letter that their name begins with: in Chinese that of its pinyin."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase

from yinuo.catalogue.language import Lang
from yinuo.catalogue.spelling import syllables
from yinuo.core.form import Text
from yinuo.core.item import Item

OTHER = "0-9"  # names that begin with a digit
LETTERS = (*ascii_uppercase, OTHER)
_ARTICLES = ("a", "an", "the")


def by_letter(items: Iterable[Item], lang: Lang) -> dict[str, list[Item]]:
    """Every letter in order, also those without a service; within one the order of a dictionary."""
    groups: dict[str, list[Item]] = {letter: [] for letter in LETTERS}
    for item in sorted(items, key=lambda one: (spelt(one.name, lang), one.id)):
        groups[_initial(spelt(item.name, lang))].append(item)
    return groups


def spelt(name: Text, lang: Lang) -> tuple[str, ...]:
    """What a name is sorted by, in lower case: its syllables, or its English words after the article."""
    parts = tuple(part.lower() for part in (syllables(name.zh) if lang == "zh" else name.en.split()))
    return parts[1:] if lang == "en" and parts[0] in _ARTICLES else parts


def _initial(parts: tuple[str, ...]) -> str:
    """The first letter or digit; marks such as quotes before it do not count."""
    first = next((char for char in "".join(parts) if char.isascii() and char.isalnum()), "0")
    return first.upper() if first.isalpha() else OTHER
