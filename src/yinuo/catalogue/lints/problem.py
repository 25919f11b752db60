"""What a lint says: where in the file, and what is wrong there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from yinuo.catalogue.loading import Catalogue, Entry
from yinuo.catalogue.reader import Path_

Problem: TypeAlias = tuple[Path_, str]
Lint: TypeAlias = Callable[[Entry, Catalogue], Iterator[Problem]]
