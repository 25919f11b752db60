"""Print the JSON Schema of a data file, for editors that complete and check as one writes."""

from __future__ import annotations

import argparse
import json

from pydantic import TypeAdapter

from yinuo.catalogue.city import CityShape, SynonymsShape, TopicShape
from yinuo.catalogue.language import LanguageShape
from yinuo.catalogue.loading import LawShape
from yinuo.catalogue.paths import NodeShape
from yinuo.catalogue.schema import GroupShape, ItemShape, RouteShape
from yinuo.catalogue.years import YearShape

SHAPES: dict[str, TypeAdapter[object]] = {
    "item": TypeAdapter(ItemShape),
    "group": TypeAdapter(GroupShape),
    "route": TypeAdapter(RouteShape),
    "laws": TypeAdapter(list[LawShape]),
    "calendar": TypeAdapter(YearShape),
    "city": TypeAdapter(CityShape),
    "topics": TypeAdapter(list[TopicShape]),
    "paths": TypeAdapter(list[NodeShape]),
    "synonyms": TypeAdapter(list[SynonymsShape]),
    "language": TypeAdapter(LanguageShape),
}


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", nargs="?", choices=list(SHAPES), default="item", help="item when left out")


def run(arguments: argparse.Namespace) -> int:
    schema = SHAPES[arguments.kind].json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": arguments.kind, **schema}
    print(json.dumps(schema, ensure_ascii=False, indent=2))
    return 0
