"""Words of the place, of which no password may be made: city, units, and what the city's file adds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pypinyin import lazy_pinyin

from yinuo.apps.items.queries import Edition, NothingPublishedError, edition
from yinuo.catalogue.passwords import names_of

ENDINGS = ("市", "区", "县", "岗")  # 白城市 is typed as baicheng
FEWEST_INITIALS = 3


def local_words() -> list[str]:
    """The most likely first; none before the first catalogue is in service."""
    try:
        return _words_of(edition())
    except NothingPublishedError:
        return []


@lru_cache(maxsize=2)
def _words_of(current: Edition) -> list[str]:
    served = current.catalogue
    known = [*served.easy_words, *names_of(served.city)]
    return list(dict.fromkeys(typed for word in known for typed in as_typed(word)))


def as_typed(word: str) -> Iterator[str]:
    """`白城市` as such, as 白城, baichengshi, baicheng and bcs; English words also without spaces."""
    for form in (word, word[:-1]) if word.endswith(ENDINGS) else (word,):
        syllables = [part.lower() for part in lazy_pinyin(form)]
        yield form.lower()
        yield "".join("".join(syllables).split())
        if len(syllables) >= FEWEST_INITIALS:
            yield "".join(part[:1] for part in syllables)
