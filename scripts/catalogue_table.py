"""Write docs/reference/catalogue.md from the catalogue itself; `--check` only compares."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from yinuo.catalogue.describing import LEVELS
from yinuo.catalogue.loading import Catalogue, load
from yinuo.core.item import Item

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "reference" / "catalogue.md"
KINDS = {
    "01": "行政许可 permit",
    "05": "行政给付 benefit",
    "07": "行政确认 confirmation",
    "08": "行政奖励 reward",
    "10": "其他行政权力 other power",
    "20": "公共服务 public service",
}
ON_PAPER = 2  # visits: one to hand in, one to fetch the result

HEAD = """\
# The catalogue in figures

`scripts/catalogue_table.py` writes this page from the catalogue; do not edit it by hand.

- **Limit by law**: the item names a statutory limit for the decision and the article it stands in.
  **City's own**: the law is silent, or no figure was found, and the promise is the city's own default.
- **Verification**: how far the facts of an item were checked: the law's text was read, or not yet.
  *Confirmed* by the office is for a city's own bureau to give; sample data has none.
- **Papers**: every material that any situation can call for. **Fetched**: those that the office gets
  itself.
- **Visits avoided**: on paper a service costs two visits, one to hand in and one to fetch. The figure
  is two less the visits that the item still asks for, summed over the items.
"""

Count = Callable[[list[Item]], int]
COLUMNS: dict[str, Count] = {
    "items": len,
    "limit by law": lambda items: sum(item.limits["decide"].statutory is not None for item in items),
    "city's own": lambda items: sum(item.limits["decide"].statutory is None for item in items),
    "text read": lambda items: sum(item.verification.level == "text-read" for item in items),
    "unverified": lambda items: sum(item.verification.level == "unverified" for item in items),
    "confirmed": lambda items: sum(item.verification.level == "office-confirmed" for item in items),
    "papers": lambda items: sum(len(item.materials) for item in items),
    "fetched": lambda items: sum(material.fetch for item in items for material in item.materials),
    "no visit": lambda items: sum(item.visits == 0 for item in items),
    "visits avoided": lambda items: sum(max(0, ON_PAPER - item.visits) for item in items),
}
assert set(LEVELS) == {"text-read", "unverified", "office-confirmed"}


def page(catalogue: Catalogue) -> str:
    """The whole page."""
    items = list(catalogue.items.values())
    branches = [
        (f"{branch.name.zh} {branch.name.en}", [item for item in items if item.branch == key])
        for key, branch in catalogue.city.branches.items()
    ]
    kinds = [(name, [item for item in items if item.kind == code]) for code, name in KINDS.items()]
    scenarios = sum(len(entry.shape.scenarios) for entry in catalogue.entries.values())
    parts = [
        HEAD,
        _totals(len(items), scenarios, catalogue),
        "## By branch\n",
        _table("branch", [*branches, ("**all**", items)]),
        "## By kind\n",
        _table("kind", [*kinds, ("**all**", items)]),
        "## By route\n",
        _routes(items, catalogue),
    ]
    return "\n".join(parts)


def _totals(items: int, scenarios: int, catalogue: Catalogue) -> str:
    laws, routes = len(catalogue.laws), len(catalogue.routes)
    return f"{items} items, {scenarios} scenarios, {laws} laws, {routes} routes.\n"


def _table(first: str, rows: Iterable[tuple[str, list[Item]]]) -> str:
    lines = [f"| {first} | {' | '.join(COLUMNS)} |", f"|---|{'---:|' * len(COLUMNS)}"]
    lines += [
        f"| {name} | {' | '.join(str(count(items)) for count in COLUMNS.values())} |" for name, items in rows
    ]
    return "\n".join(lines) + "\n"


def _routes(items: list[Item], catalogue: Catalogue) -> str:
    used = Counter(item.route.id for item in items)
    lines = ["| route | items |", "|---|---:|"]
    for key, count in sorted(used.items(), key=lambda pair: -pair[1]):
        name = catalogue.routes[key].name
        lines.append(f"| {name.zh} {name.en} | {count} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    text = page(load(ROOT / "catalogue"))
    if "--check" in arguments:
        if TARGET.read_text(encoding="utf-8") != text:
            print(f"{TARGET.name} is not what the catalogue says: run scripts/catalogue_table.py")
            return 1
        return 0
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
