"""What only the whole catalogue can show: names, services and terms that stand twice, terms of no use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from yinuo.catalogue.language import Lang, Language, TermShape
from yinuo.catalogue.loading import Catalogue, Entry
from yinuo.catalogue.paths import Ground, problems
from yinuo.catalogue.posts import route_problems
from yinuo.catalogue.reader import Finding

# Characters of a Chinese meaning, words of an English one: whoever opens it is in the middle of a sentence.
LONGEST_MEANING: Mapping[Lang, int] = {"zh": 40, "en": 22}


def hot_items_exist(catalogue: Catalogue) -> Iterator[Finding]:
    for key in catalogue.city.hot:
        if key not in catalogue.entries:
            yield Finding(f"{catalogue.city.id}/city.yaml", 1, "hot", f"there is no item {key}")


def routes_fit_posts(catalogue: Catalogue) -> Iterator[Finding]:
    """No route asks of a post what the posts of the city do not allow it."""
    for message in route_problems(catalogue.city.posts, catalogue.routes):
        yield Finding(f"{catalogue.city.id}/posts.yaml", 1, "actions", message)


def paths_lead_somewhere(catalogue: Catalogue) -> Iterator[Finding]:
    """The questions of the city lead to everything and nowhere in vain."""
    source = catalogue.paths.source
    if source is None:
        return
    branches = _broken(catalogue) | {key: entry.item.branch for key, entry in catalogue.entries.items()}
    ground = Ground(branches, {topic.key for topic in catalogue.topics}, catalogue.language)
    for path, message in problems(catalogue.paths, ground):
        yield source.finding(path, message)


def _broken(catalogue: Catalogue) -> dict[str, str]:
    """Items that are there but cannot be read, which is told already: id -> folder."""
    files = [PurePosixPath(finding.file) for finding in catalogue.findings]
    return {file.stem: file.parent.name for file in files if "items" in file.parts}


def same_names(catalogue: Catalogue) -> Iterator[Finding]:
    """Two services of one name cannot be told apart."""
    first: dict[str, str] = {}
    for entry in catalogue.entries.values():
        name = entry.shape.name.zh
        if name in first:
            yield entry.source.finding(("name", "zh"), f"is also the name of {first[name]}")
        first.setdefault(name, entry.shape.id)


def same_services(catalogue: Catalogue) -> Iterator[Finding]:
    """Two items that ask the same, for the same papers, on the same ground, for the same result are one."""
    first: dict[tuple[object, ...], str] = {}
    for entry in catalogue.entries.values():
        key = _substance(entry)
        if key in first:
            message = f"offers the same as {first[key]}: make them one item with situations"
            yield entry.source.finding(("form",), message)
        first.setdefault(key, entry.shape.id)


def _substance(entry: Entry) -> tuple[object, ...]:
    item = entry.item
    return (
        item.branch,
        item.route.id,
        frozenset((field.label.zh, field.choice_values) for field in item.form.fields),
        frozenset(material.name.zh for material in item.materials),
        frozenset((ground.law, ground.article) for ground in item.basis),
        item.result.name.zh,
    )


def terms_stand_once(catalogue: Catalogue) -> Iterator[Finding]:
    """Whoever reads the term is shown one meaning."""
    seen: set[tuple[str, str]] = set()
    for n, one in enumerate(catalogue.language.terms):
        for lang, word in (("zh", one.term.zh), ("en", one.term.en)):
            if (lang, word.casefold()) in seen:
                yield _of_term(n, f"term.{lang}", f"{word} stands twice")
            seen.add((lang, word.casefold()))


def meanings_are_plain(catalogue: Catalogue) -> Iterator[Finding]:
    """An office word is not explained by others, nor by a sentence that nobody follows."""
    for n, one in enumerate(catalogue.language.terms):
        for lang, text in _meanings(one):
            for message in _meaning_problems(text, lang, catalogue.language):
                yield _of_term(n, f"meaning.{lang}", message)


def _meanings(one: TermShape) -> Iterator[tuple[Lang, str]]:
    yield "zh", one.meaning.zh
    yield "en", one.meaning.en


def _meaning_problems(text: str, lang: Lang, language: Language) -> Iterator[str]:
    for word, plain in language.office_words(text, lang):
        yield f"{word} is office language: write {plain}"
    length = len(text) if lang == "zh" else len(text.split())
    if length > LONGEST_MEANING[lang]:
        unit = "characters" if lang == "zh" else "words"
        yield f"{length} {unit} are too long for a meaning; {LONGEST_MEANING[lang]} at most"


def _of_term(n: int, path: str, message: str) -> Finding:
    return Finding("language.yaml", 1, f"terms.{n}.{path}", message)


def likeness(one: Entry, other: Entry) -> float:
    """From 0 to 1, how much of two items is the same: questions, papers and name."""
    questions = [{field.label.zh for field in entry.item.form.fields} for entry in (one, other)]
    papers = [{material.name.zh for material in entry.item.materials} for entry in (one, other)]
    names = [_pairs(entry.item.name.zh) for entry in (one, other)]
    shares = [_shared(*sets) for sets in (questions, papers, names)]
    return sum(shares) / len(shares)


def _pairs(name: str) -> set[str]:
    return {name[n : n + 2] for n in range(len(name) - 1)}


def _shared(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def look_alikes(catalogue: Catalogue, entry: Entry, least: float = 0.6) -> list[tuple[str, float]]:
    """The items of the same branch that an editor should compare with this one, the most alike first."""
    others = (
        other
        for other in catalogue.entries.values()
        if other is not entry and other.item.branch == entry.item.branch
    )
    alike = [(other.item.id, likeness(entry, other)) for other in others]
    return sorted((one for one in alike if one[1] >= least), key=lambda one: -one[1])
