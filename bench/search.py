"""A search over the catalogue in service, against a plain scan of all names for the same words."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

import yaml

from yinuo.catalogue.loading import load
from yinuo.catalogue.search import build

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5


def main() -> None:
    catalogue = load(ROOT / "catalogue")
    questions = yaml.safe_load((ROOT / "tests/catalogue/questions.yaml").read_text(encoding="utf-8"))
    asked = [one["ask"] for one in questions]
    started = time.perf_counter()
    index = build(catalogue.items.values(), catalogue.synonyms)
    print(f"index of {len(catalogue.items)} items  {time.perf_counter() - started:.2f} s")
    names = [item.name.zh for item in catalogue.items.values()]
    index.find(asked[0])
    searched = [one for _ in range(ROUNDS) for one in _each(asked, index.find)]
    scanned = [one for _ in range(ROUNDS) for one in _each(asked, lambda q: [n for n in names if q in n])]
    print(f"one of {len(asked)} questions, median  {median(searched) * 1000:.2f} ms")
    print(f"one question, 95th percentile  {quantiles(searched, n=20)[-1] * 1000:.2f} ms")
    print(f"one question against a plain scan of the names  {median(searched) / median(scanned):.0f} ratio")


def _each(asked: list[str], find: Callable[[str], object]) -> list[float]:
    """Seconds that each question took."""
    taken = []
    for question in asked:
        started = time.perf_counter()
        find(question)
        taken.append(time.perf_counter() - started)
    return taken


if __name__ == "__main__":
    main()
