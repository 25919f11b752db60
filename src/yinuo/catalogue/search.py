"""The search over service items in the everyday words of citizens: in memory, under two milliseconds."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter

from yinuo.catalogue.city import SynonymsShape
from yinuo.catalogue.spelling import Speller, speller, syllables
from yinuo.catalogue.vocabulary import Lexicon, is_han, plain, runs, terms, without_asking
from yinuo.core.item import Item

LONGEST_QUERY = 100

# How much a word says by the place where the item has it, and by the kind of the match.
_KEYWORD, _NAME, _PROSE = 3.0, 2.2, 1.6
_SINGLE, _PAIR, _LATIN, _CONCEPT, _PHRASE = 1.5, 1.0, 1.5, 2.5, 0.8
_TOLD = 0.25  # a pair inside a longer known word, which is matched as a whole
_READ = 0.7  # a reading of pinyin or of a slip, against what was written outright

_LEAST_OF_BEST = 0.1  # a hit with less than this share of the best score is noise
_LOOKED_AT = 20  # the best hits, which are looked at keyword by keyword
_LEAST_ALIKE = 0.6  # of the characters of a query, for an item that has none of its words

# The characters of one keyword or name, each with what it says, and what they say together.
Spelt = tuple[Mapping[str, float], float]


@dataclass(frozen=True, slots=True)
class Hit:
    item_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Index:
    """Built by `build`; safe to share between threads."""

    items: tuple[tuple[str, str], ...]  # id and Chinese name
    postings: Mapping[str, tuple[tuple[int, float], ...]]  # term -> item, idf times the weight of the place
    lexicon: Lexicon
    spelling: Speller
    spelt: tuple[tuple[Spelt, ...], ...]  # for each item, its name and keywords
    titles: Mapping[str, tuple[int, ...]]  # plain name, Chinese or English -> items
    openings: tuple[tuple[str, int], ...]  # what a name or keyword can be begun to be typed as, sorted

    def find(self, query: str, limit: int = 20) -> list[Hit]:
        """The items that the words may mean, best first; empty when there is none.

        Only the first 100 characters of the query are read. Scores compare within one query only.
        """
        text = plain(query[:LONGEST_QUERY])
        scores = self._scores(text)
        best = max(scores.values(), default=0.0)
        kept = {item: score for item, score in scores.items() if score >= best * _LEAST_OF_BEST}
        kept.update({item: scores.get(item, 0.0) + best + 1 for item in self.titles.get(text, ())})
        return self._ranked(kept)[:limit]

    def suggest(self, prefix: str, limit: int = 6) -> list[str]:
        """Chinese names for the search box: what begins so in characters, pinyin or initials, then hits."""
        text = plain(prefix[:LONGEST_QUERY]).replace(" ", "")
        begun = dict.fromkeys(self.items[item][1] for item in self._opened_by(text)) if text else {}
        if len(begun) < limit:
            names = dict(self.items)
            begun.update(dict.fromkeys(names[hit.item_id] for hit in self.find(prefix, limit)))
        return list(begun)[:limit]

    def _opened_by(self, text: str) -> list[int]:
        found: dict[int, None] = {}
        at = bisect_left(self.openings, (text, -1))
        while at < len(self.openings) and self.openings[at][0].startswith(text):
            found[self.openings[at][1]] = None
            at += 1
        return sorted(found, key=lambda item: (len(self.items[item][1]), self.items[item]))

    def _ranked(self, scores: Mapping[int, float]) -> list[Hit]:
        hits = [(round(score, 6), *self.items[item]) for item, score in scores.items()]
        hits.sort(key=lambda hit: (-hit[0], len(hit[2]), hit[1]))
        return [Hit(item_id, score) for score, item_id, _ in hits]

    def _scores(self, text: str) -> dict[int, float]:
        wanted = self._wanted(text)
        characters = {term for term in wanted if len(term) == 1}
        scores = self._matched(wanted, _LEAST_ALIKE * len(characters))
        best = nlargest(_LOOKED_AT, scores, key=scores.__getitem__)
        return scores | {item: scores[item] + self._closeness(item, characters) for item in best}

    def _matched(self, wanted: Mapping[str, float], least: float) -> dict[int, float]:
        """Item -> score, of the items that have a word of what is wanted or at least so many characters."""
        scores: dict[int, float] = {}
        words: set[int] = set()
        alike: Counter[int] = Counter()
        for term, weight in wanted.items():
            held = self.postings.get(term, ())
            (alike if len(term) == 1 else words).update(map(itemgetter(0), held))
            for item, value in held:
                scores[item] = scores.get(item, 0.0) + weight * value
        return {item: score for item, score in scores.items() if item in words or alike[item] >= least}

    def _closeness(self, item: int, characters: Set[str]) -> float:
        """What the query shares with one keyword says more, the more of that keyword it is."""
        closest = 0.0
        for said, whole in self.spelt[item]:
            shared = sum(said[character] for character in said.keys() & characters)
            closest = max(closest, shared * shared / whole)
        return closest

    def _wanted(self, text: str) -> dict[str, float]:
        """Term -> weight, over all readings of a plain text; the best reading counts for each term.

        Single characters count only as they were written: a reading is a guess.
        """
        wanted = self._terms(text)
        for reading, share in self._readings(text):
            for term, weight in self._terms(reading).items():
                if len(term) > 1:
                    wanted[term] = max(wanted.get(term, 0.0), share * weight)
        return wanted

    def _terms(self, text: str) -> dict[str, float]:
        told = without_asking(text)
        weights = {term: _kind(term) for term in terms(told)}
        weights |= {pair: _TOLD for pair in self.lexicon.told_by(text) if pair in weights}
        known = self.lexicon.terms(plain(told)) | self.lexicon.terms(text)
        return weights | {term: _kind(term) * share for term, share in known.items()}

    def _readings(self, text: str) -> Iterator[tuple[str, float]]:
        latin = [term for term in terms(text) if term[0] == " "]
        unknown = [term[1:] for term in latin if term not in self.postings]
        asked = [*unknown, *([self.spelling.spoken(text)] if unknown and len(runs(text)) > 1 else [])]
        for run in asked:
            meant = self.spelling.read(run)
            yield from ((word, _READ / math.sqrt(len(meant))) for word in meant)
        for run in runs(without_asking(text)):
            if is_han(run):
                yield from ((word, _READ) for word in self.spelling.homophones(run, self.postings))


def build(items: Iterable[Item], synonyms: Iterable[SynonymsShape]) -> Index:
    """The index over the items. Words of one synonyms group find what the others find."""
    items, synonyms = tuple(items), tuple(synonyms)
    concepts = Lexicon.of(_concepts(synonyms))
    weights = [_weights(item, concepts) for item in items]
    phrases = [(plain(phrase), f"={plain(phrase)}") for item in items for phrase in _titles(item)]
    postings = _postings(weights)
    rarities = {term: _rarity(len(held), len(items)) for term, held in postings.items()}
    english = [term[1:] for term in postings if term.startswith(" ") and term[1:].isalpha()]
    known = [word for word, _ in phrases] + [plain(word) for group in synonyms for word in group.words]
    return Index(
        items=tuple((item.id, item.name.zh) for item in items),
        postings=postings,
        lexicon=Lexicon.of([*_concepts(synonyms), *phrases]),
        spelling=speller(known, english),
        spelt=tuple(tuple(_spelt(item, rarities)) for item in items),
        titles=_by_name(items),
        openings=tuple(sorted(set(_openings(items)))),
    )


def _spelt(item: Item, rarities: Mapping[str, float]) -> Iterator[Spelt]:
    for title in _titles(item):
        said = {term: _SINGLE * rarities[term] for term in terms(plain(title)) if len(term) == 1}
        if said:
            yield said, sum(said.values())


def _titles(item: Item) -> tuple[str, ...]:
    return (item.name.zh, *item.keywords)


def _concepts(synonyms: Iterable[SynonymsShape]) -> list[tuple[str, str]]:
    return [
        (plain(word), f"#{number}")
        for number, group in enumerate(synonyms)
        for word in (*group.words, *group.misspellings)
    ]


def _weights(item: Item, concepts: Lexicon) -> dict[str, float]:
    """Term -> the weight of the place where the item says it most prominently.

    A group's word inside a longer keyword says no more than in the name: 拘留期间生孩子 is about 拘留.
    """
    found: dict[str, float] = {}
    for text, weight in _places(item):
        words = plain(text)
        whole = concepts.entries.get(words, frozenset())
        said = dict.fromkeys(concepts.terms(words), min(weight, _NAME)) | dict.fromkeys(whole, weight)
        for term, value in (dict.fromkeys(terms(words), weight) | said).items():
            found[term] = max(found.get(term, 0.0), value)
    return found | {f"={plain(phrase)}": _KEYWORD for phrase in _titles(item)}


def _places(item: Item) -> Iterator[tuple[str, float]]:
    yield from ((keyword, _KEYWORD) for keyword in item.keywords)
    yield from ((text, _NAME) for text in (item.name.zh, item.name.en))
    for said in (item.summary, *(situation.name for situation in item.situations)):
        yield from ((text, _PROSE) for text in (said.zh, said.en))


def _postings(weights: list[dict[str, float]]) -> dict[str, tuple[tuple[int, float], ...]]:
    holders: dict[str, list[tuple[int, float]]] = {}
    for item, terms_of_item in enumerate(weights):
        for term, weight in terms_of_item.items():
            holders.setdefault(term, []).append((item, weight))
    return {
        term: tuple((item, weight * _rarity(len(held), len(weights))) for item, weight in held)
        for term, held in holders.items()
    }


def _rarity(holders: int, items: int) -> float:
    """Inverse document frequency; positive also for a word that every item has."""
    return math.log(1 + items / holders)


def _kind(term: str) -> float:
    marks = {" ": _LATIN, "#": _CONCEPT, "=": _PHRASE}
    return marks.get(term[0], _SINGLE if len(term) == 1 else _PAIR)


def _by_name(items: tuple[Item, ...]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for number, item in enumerate(items):
        for name in {plain(item.name.zh), plain(item.name.en)}:
            found[name] = (*found.get(name, ()), number)
    return found


def _openings(items: tuple[Item, ...]) -> Iterator[tuple[str, int]]:
    for number, item in enumerate(items):
        for title in _titles(item):
            text = plain(title).replace(" ", "")
            heard = syllables(text)
            for opening in (text, "".join(heard), "".join(syllable[0] for syllable in heard)):
                yield opening, number
