"""What only the whole catalogue can show: names and services that stand twice."""

from __future__ import annotations

from collections.abc import Iterator

from yinuo.catalogue.loading import Catalogue, Entry
from yinuo.catalogue.reader import Finding


def hot_items_exist(catalogue: Catalogue) -> Iterator[Finding]:
    for key in catalogue.city.hot:
        if key not in catalogue.entries:
            yield Finding(f"{catalogue.city.id}/city.yaml", 1, "hot", f"there is no item {key}")


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
