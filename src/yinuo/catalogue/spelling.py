"""What somebody meant who typed pinyin, initials, a character that sounds alike, or one letter wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin

from yinuo.catalogue.vocabulary import ASKING, is_han

LONGEST_RUN = 40  # letters of one Latin run that are read; a longer one is no pinyin that somebody typed
LONGEST_PIECE = 24  # letters of the longest sound that a run is cut into
LONGEST_PART = 6  # characters of the longest part of a phrase that is a word of its own
LEAST_SLIP = 5  # letters below which one wrong letter makes another word
MOST_MEANINGS = 8
_MOST_MISSED = 1 / 3  # of the letters of a run; beyond, the rest is chance
_COMMON = 3  # a part that stands in this many phrases is a word: 户口 in 迁户口, 转户口, 户口簿

# What many speakers of Chinese do not tell apart, and ü, which is typed as v or u.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("v", "u"))

Meanings = Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=16384)
def syllables(phrase: str) -> tuple[str, ...]:
    """One syllable for each character, by the phrase that it stands in; Latin letters stay."""
    # pypinyin's own types forget that `errors` may answer with a list, one syllable for each character.
    return tuple(lazy_pinyin(phrase, errors=list))  # type: ignore[arg-type]


def alike(sound: str) -> str:
    for heard, written in _ALIKE:
        sound = sound.replace(heard, written)
    return sound


@dataclass(frozen=True, slots=True)
class Speller:
    """`parts`: sound -> parts of phrases. `words`: sound -> whole words, nothing for words of asking."""

    parts: Meanings
    words: Meanings
    initials: Meanings
    slips: Mapping[
        str, Sequence[str]
    ]  # a sound or an English word with one letter left out -> the sound or word

    def read(self, run: str) -> list[str]:
        """The words that a Latin run may mean, likeliest first; empty when it means nothing known."""
        run = run[:LONGEST_RUN]
        for sound in (run, alike(run)):
            if sound in self.words or sound in self.parts:
                return list(self.words.get(sound, self.parts.get(sound, ())))
        if run in self.initials:
            return list(self.initials[run])
        cuts = [self._cut(run), self._cut(alike(run))]
        whole = next((words for missed, words in cuts if not missed), None)
        if whole is not None:
            return whole
        missed, words = min(cuts, key=lambda cut: cut[0])
        return self._slipped(run) or (words if missed <= len(run) * _MOST_MISSED else [])

    def homophones(self, run: str, pairs: Container[str]) -> Iterator[str]:
        """Known words that sound like a part of a Han run but are written otherwise.

        A character that makes a known pair with its neighbour is no slip: 在家报备 is not 家暴.
        """
        sounds = ["".join(syllables(char)) for char in run]
        right = [at + 1 < len(run) and run[at : at + 2] in pairs for at in range(len(run))]
        for start in range(len(run) - 1):
            for end in range(start + 2, min(start + LONGEST_PART, len(run)) + 1):
                is_framed = (start > 0 and right[start - 1], right[end - 1])
                meant = self.words.get(alike("".join(sounds[start:end])), ())
                yield from (word for word in meant if _is_slip(run[start:end], word, is_framed))

    def spoken(self, text: str) -> str:
        """A text as it sounds: for 护zhao, huzhao."""
        return "".join("".join(syllables(char)) for char in text if char != " ")

    def _cut(self, run: str) -> tuple[int, list[str]]:
        """The letters that no piece covers, and the words: as many letters covered as can be, by as few
        pieces as can be."""
        best: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
        for end in range(1, len(run) + 1):
            missed, count, taken = best[-1]
            options = [(missed + 1, count, taken)]
            for start in range(max(0, end - LONGEST_PIECE), end - 1):
                if run[start:end] in self.words:
                    missed, count, taken = best[start]
                    options.append((missed, count + 1, (*taken, run[start:end])))
            best.append(min(options))
        missed, _, taken = best[-1]
        return missed, [word for piece in taken for word in self.words[piece]]

    def _slipped(self, run: str) -> list[str]:
        if len(run) < LEAST_SLIP:
            return []
        near = {
            sound: None
            for heard in dict.fromkeys((run, alike(run)))
            for key in _left_out(heard)
            for sound in self.slips.get(key, ())
            if _is_near(heard, sound)
        }
        return [word for sound in near for word in self.words.get(sound, (sound,))][:MOST_MEANINGS]


def _is_slip(written: str, word: str, is_framed: tuple[bool, bool]) -> bool:
    """Whether the word is as long but written otherwise, and not at an end that a known pair holds."""
    if len(word) != len(written) or word == written:
        return False
    return not any(held and word[at] != written[at] for at, held in zip((0, -1), is_framed, strict=True))


def speller(phrases: Iterable[str], english: Iterable[str]) -> Speller:
    """From the phrases of the catalogue and the English words that it uses, all of them plain."""
    whole = {phrase for phrase in phrases if is_han(phrase)}
    parts = Counter(part for phrase in whole for part in _parts(phrase))
    counts: Counter[str] = Counter()
    for (word, _), count in parts.items():
        counts[word] += count
    known = [part for part in parts if part[0] in whole or counts[part[0]] >= _COMMON]
    words = _grouped(_sounds(known), counts)
    silent: Meanings = {"".join(syllables(asking)): () for asking in ASKING}
    return Speller(
        parts=_grouped(_sounds(parts), counts),
        words={**words, **silent},
        initials={**_grouped(_initials(parts), counts), **_grouped(_initials(known), counts)},
        slips=_slips([*words, *english]),
    )


Part = tuple[str, tuple[str, ...]]  # a word and its syllables, which depend on the phrase that it stands in


def _parts(phrase: str) -> Iterator[Part]:
    """The phrase, and everything inside it that is two to six characters long."""
    heard, size = syllables(phrase), len(phrase)
    for start in range(size - 1):
        for end in range(start + 2, min(start + LONGEST_PART, size) + 1):
            yield phrase[start:end], heard[start:end]
    if not 2 <= size <= LONGEST_PART:
        yield phrase, heard


def _sounds(parts: Iterable[Part]) -> Iterator[tuple[str, str]]:
    for word, heard in parts:
        sound = "".join(heard)
        yield sound, word
        yield alike(sound), word


def _initials(parts: Iterable[Part]) -> Iterator[tuple[str, str]]:
    return (("".join([syllable[0] for syllable in heard]), word) for word, heard in parts)


def _grouped(pairs: Iterable[tuple[str, str]], counts: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """The words of each key, the commonest first."""
    groups: dict[str, set[str]] = {}
    for key, word in pairs:
        groups.setdefault(key, set()).add(word)
    return {key: _commonest(words, counts) for key, words in groups.items()}


def _commonest(words: set[str], counts: Mapping[str, int]) -> tuple[str, ...]:
    if len(words) == 1:
        return tuple(words)
    return tuple(sorted(words, key=lambda word: (-counts[word], len(word), word))[:MOST_MEANINGS])


def _left_out(word: str) -> Iterator[str]:
    """The word, and the word with each of its letters left out."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _slips(sounds: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for sound in sounds:
        if LEAST_SLIP <= len(sound) <= LONGEST_PIECE:
            for key in _left_out(sound):
                found.setdefault(key, []).append(sound)
    return found


def _is_near(typed: str, meant: str) -> bool:
    """One letter more, less or other, or two neighbours swapped."""
    if len(typed) != len(meant):
        return True
    at = [n for n, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
    return len(at) < 2 or (at == [at[0], at[0] + 1] and typed[at[0]] == meant[at[1]])
