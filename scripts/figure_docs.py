"""Write docs/reference/figures.md from the definitions of the figures; `--check` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from yinuo.core.figures import COUNTS, FIGURES, SMALL, Figure

TARGET = Path(__file__).resolve().parents[1] / "docs" / "reference" / "figures.md"

HEAD = f"""\
# The figures

`scripts/figure_docs.py` writes this page from the definitions in `core/figures`; do not edit it by hand.
The pages `/figures/` and `/board/`, their downloads and `yinuo figures` use the same definitions.

## How a figure is counted

- A day lies in the period when it is its first day, its last day, or between them, in Shanghai.
- A figure **as of now** looks at this moment, whatever the period.
- A promise counts for the unit that owed it. A case counts for the unit that has it. A case that moved
  takes along what is still owed; what was kept or broken before stays with the unit before.
- Withdrawn and lapsed cases are in neither numerator nor denominator. What is late and not done yet is not
  in a rate but under *past the promised day*, and it is in the rate, as late, once it is done.
- A rate without a denominator is no rate. It is shown as a dash and never as 100 %.
- Median and 90th percentile are **nearest rank**: the smallest number of working days that at least half,
  or nine tenths, of the decisions did not exceed. Nothing is interpolated, so it is a time that somebody
  really waited.

## Two ways, one result

`yinuo figures` counts with the database from the tables of cases and promises. `yinuo figures
--from-events` folds the events of every case and reads no table of cases or promises. Both give the same
numbers; tests hold them to that on random lives of cases. Where they differ, somebody changed a table:
`yinuo audit` names the case.

## Small groups in public

A group of fewer than {SMALL} is shown as `<{SMALL}` in pages, files and charts, without numerator,
denominator or rate. Where the whole less the groups that are shown would give one away, the next larger
group is hidden too, and where there is none, the whole. The public spans are fixed (this month, last month,
this year), so that nobody can ask for the difference of two days. A broken promise is listed with item,
unit and days only, and only where {SMALL} or more cases of that item at that unit share the period.

Leaders and supervisors see every number of their own units on the board, with the cases behind it. Of a
person the board shows what there is to do and what was done, in the order of names; it gives nobody a
score.

## Every figure

| key | name | what is counted | out of |
|---|---|---|---|
"""


def rows() -> Iterator[str]:
    for one in FIGURES:
        yield f"| `{one.key}` | {one.name.zh} · {one.name.en} | {_top(one)} | {_words(one.denominator)} |"


def _top(one: Figure) -> str:
    if one.percentile:
        return f"working days, {'median' if one.percentile == 50 else f'{one.percentile}th percentile'}"
    return _words(one.numerator) + (" (as of now)" if one.is_now else "")


def _words(keys: tuple[str, ...]) -> str:
    return ", ".join(COUNTS[key].en for key in keys)


def page() -> str:
    return HEAD + "\n".join(rows()) + "\n"


def main() -> int:
    if "--check" in sys.argv:
        if TARGET.read_text(encoding="utf-8") == page():
            return 0
        print(f"{TARGET} is not what the definitions say: run scripts/figure_docs.py", file=sys.stderr)
        return 1
    TARGET.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
