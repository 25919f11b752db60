"""`passwords.yaml` of a city: what everybody there thinks of when a password is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StringConstraints

from yinuo.catalogue.city import City
from yinuo.catalogue.reader import Path_
from yinuo.catalogue.schema import Shape

Word = Annotated[str, StringConstraints(min_length=2, max_length=40)]


class PasswordsShape(Shape):
    words: list[Word] = Field(min_length=1)


def word_problems(shape: PasswordsShape) -> Iterator[tuple[Path_, str]]:
    """What the shape cannot say: a word that stands twice."""
    for n, word in enumerate(shape.words):
        if word in shape.words[:n]:
            yield ("words", n), f"{word} stands twice"


def names_of(city: City) -> list[str]:
    """What the city is made of, in both languages: itself, its areas, branches, units and posts."""
    texts = [
        city.name,
        *city.divisions.values(),
        *(branch.name for branch in city.branches.values()),
        *(unit.name for unit in city.units.values()),
        *(post.name for post in city.posts.kinds.values()),
    ]
    return [city.id, *(name for text in texts for name in (text.zh, text.en))]
