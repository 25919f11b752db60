"""What counts in a text that is searched: its words and pairs of characters, without the words of asking."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_HAN}]+|[a-z0-9]+")

# A single character stands here only where it never is part of a word of the trade: 办, 会 and 在 stay,
# because of 补办, 会见 and 在押.
_ASKED = """
怎么办 怎么样 怎么 怎样 咋办 咋整 咋 如何 什么 啥 哪里 哪儿 哪些 哪个 多少钱 多少 多久 多长时间 几天 几个
要带什么 带什么 要带 需要 要 材料 手续 流程 条件 收费 请问 我想 想要 想 我要 我们 我 你们 你 您 他 她 它 咱
本人 自己 可以 能不能 能否 是不是 有没有 可不可以 应该 该 的 了 吗 呢 啊 吧 呀 把 给 帮 么 们 怎 谢谢
你好 您好 一个 一下 现在 已经 刚刚 办理 申办 去办 去哪办 去哪 找谁 地方 但是 因为 所以 之后 以后 然后 还能
还要 不小心 不想 家里 我家 咱家 俺家 俺们 俺 咋弄 弄 搞 嘎哈 行不行 行不 能不 用不用 要不要 上哪 往哪 快要
想问问 问一下 打听 听说 好像 马上 昨天 昨晚上 昨晚 今天 明天 叫人 让人 被人 有人 一张 一本 一台 一辆 一条 一回
老是
"""
_ASKED_IN_ENGLISH = """
a about after an and are at be by can do does for from get how i if in is it me my need of on or our should
that the their there they this to want was what when where which who will with you your
"""
ASKING = tuple(_ASKED.split())
_ASKING = re.compile("|".join(sorted(ASKING, key=len, reverse=True)))
_ASKING_ENGLISH = frozenset(_ASKED_IN_ENGLISH.split())

_INNER = 0.5  # a known word inside a longer known word, as 上牌 in 给狗上牌
_EACH_MORE, _LONG = 0.3, 8  # a longer known word says more, up to eight characters


def plain(text: str) -> str:
    """Lower case, half width, nothing but characters, letters and digits; a space between Latin words."""
    joined = ""
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        joined += f" {run}" if joined and run.isascii() and joined[-1].isascii() else run
    return joined


def runs(text: str) -> list[str]:
    """The Han runs and the Latin words of a plain text."""
    return _RUN.findall(text)


def without_asking(text: str) -> str:
    """A plain text with a space in the place of every word that only asks."""
    return _ASKING.sub(" ", text)


def is_han(run: str) -> bool:
    return not run.isascii()


def terms(text: str) -> set[str]:
    """Single characters, pairs of neighbours, and Latin words with a space before them."""
    found: set[str] = set()
    for run in runs(text):
        if is_han(run):
            found.update(run)
            found.update(run[n : n + 2] for n in range(len(run) - 1))
        elif run not in _ASKING_ENGLISH:
            found.add(f" {run}")
    return found


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known words, each with the terms that it stands for; finds them inside a text, also overlapping."""

    entries: Mapping[str, frozenset[str]]
    lengths: Mapping[str, tuple[int, ...]]  # first character -> lengths of the words that begin with it

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Lexicon:
        """From pairs of a plain word and a term."""
        entries: dict[str, set[str]] = {}
        for word, term in pairs:
            if word:
                entries.setdefault(word, set()).add(term)
        lengths: dict[str, set[int]] = {}
        for word in entries:
            lengths.setdefault(word[0], set()).add(len(word))
        return cls(
            {word: frozenset(stands_for) for word, stands_for in entries.items()},
            {first: tuple(sorted(known)) for first, known in lengths.items()},
        )

    def terms(self, text: str) -> dict[str, float]:
        """The terms of the known words in a plain text, each with its share: 1 for a word of two characters,
        more for a longer one, less for one that is just part of a longer one.

        A Latin word counts only where it is a whole word.
        """
        spans = list(self._spans(text))
        found: dict[str, float] = {}
        for start, end in spans:
            is_inner = any(a <= start and end <= b and b - a > end - start for a, b in spans)
            share = _INNER if is_inner else 1 + _EACH_MORE * max(0, min(end - start, _LONG) - 2)
            for term in self.entries[text[start:end]]:
                found[term] = max(found.get(term, 0.0), share)
        return found

    def told_by(self, text: str) -> set[str]:
        """The pairs that known words of three and more characters in a plain text already say."""
        words = [text[start:end] for start, end in self._spans(text) if end - start > 2]
        return {word[at : at + 2] for word in words for at in range(len(word) - 1)}

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        for start, first in enumerate(text):
            for length in self.lengths.get(first, ()):
                end = start + length
                known = end <= len(text) and text[start:end] in self.entries
                if known and not _is_cut(text, start, end):
                    yield start, end


def _is_cut(text: str, start: int, end: int) -> bool:
    return _joins(text, start) or _joins(text, end)


def _joins(text: str, at: int) -> bool:
    return 0 < at < len(text) and all(side.isascii() and side != " " for side in text[at - 1 : at + 1])
