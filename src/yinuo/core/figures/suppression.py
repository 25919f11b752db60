"""Small numbers on public pages: nobody is to be recognised by one, nor by what the others leave over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yinuo.core.figures.definitions import Value

SMALL = 5  # a group of fewer is not shown


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is None where the group is too small to show, or where it would give away one that is."""

    value: Value | None

    @property
    def is_hidden(self) -> bool:
        return self.value is None


def suppressed(groups: Mapping[str, Value], whole: Value) -> tuple[dict[str, Cell], Cell]:
    """The cells of one figure, group by group, and that of the whole they add up to.

    Hidden is what is small and not nought. While the hidden ones together are fewer than SMALL, or only
    one is hidden, the next larger group is hidden too; where there is none left, the whole is.
    """
    sizes = {key: value.base for key, value in groups.items() if value.base}
    hidden = {key for key, size in sizes.items() if size < SMALL}
    rest = sorted(sizes.keys() - hidden, key=lambda key: (sizes[key], key))
    while hidden and rest and _gives_away(hidden, sizes):
        hidden.add(rest.pop(0))
    whole_hidden = 0 < whole.base < SMALL or bool(hidden and _gives_away(hidden, sizes))
    cells = {key: Cell(None if key in hidden else value) for key, value in groups.items()}
    return cells, Cell(None if whole_hidden else whole)


def _gives_away(hidden: set[str], sizes: Mapping[str, int]) -> bool:
    """Whether the whole less what is shown tells what one hidden group is."""
    return len(hidden) < 2 or sum(sizes[key] for key in hidden) < SMALL
