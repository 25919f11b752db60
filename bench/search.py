"""A search over the catalogue in service, against a plain scan of all names for the same words."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

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
    pairs = [
        (_each(asked, index.find), _each(asked, lambda q: [n for n in names if q in n]))
        for _ in range(ROUNDS)
    ]
    print(f"one question  {median(a for a, _ in pairs) * 1000:.2f} ms")
    print(f"one question against a plain scan of the names  {median(a / b for a, b in pairs):.0f} ratio")


def _each(asked: list[str], find: object) -> float:
    started = time.perf_counter()
    for question in asked:
        find(question)  # type: ignore[operator]
    return (time.perf_counter() - started) / len(asked)


if __name__ == "__main__":
    main()
