"""Writing an item file the way people write one: short maps on one line, long ones below each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import yaml

WIDTH = 110
# What PyYAML would write bare and the strict reader minds.
_MISREAD = re.compile(r"y|n|yes|no|on|off|true|false|null|[-+]?0[0-9]+", re.IGNORECASE | re.ASCII)
# Line breaks that YAML folds into others; between double quotes they are escaped.
_BREAKS = re.compile(r"[\r\x85\u2028\u2029]")


class _Dumper(yaml.SafeDumper):
    """Indents lists under their key and never uses aliases, which the reader refuses."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def _map(dumper: _Dumper, value: dict[str, Any]) -> yaml.Node:
    flow = all(not isinstance(one, dict | list) or one in ({}, []) for one in value.values()) and (
        sum(len(str(key)) + _wide(str(one)) + 4 for key, one in value.items()) < WIDTH - 30
    )
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=flow)


def _list(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    flow = all(isinstance(one, str) for one in value) and (sum(_wide(one) + 2 for one in value) < WIDTH - 20)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=flow)


def _words(dumper: _Dumper, value: str) -> yaml.Node:
    style = '"' if _BREAKS.search(value) else "'" if _MISREAD.fullmatch(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _float(dumper: _Dumper, value: float) -> yaml.Node:
    """All digits written out: the reader knows no powers of ten."""
    digits = f"{Decimal(repr(value)):f}"
    return dumper.represent_scalar("tag:yaml.org,2002:float", digits if "." in digits else f"{digits}.0")


def _wide(text: str) -> int:
    """Columns on a screen: a Chinese character takes two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


_Dumper.add_representer(dict, _map)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(str, _words)
_Dumper.add_representer(float, _float)


def written(item: Mapping[str, Any]) -> str:
    """The text of an item file; reading it back gives the same item."""
    return yaml.dump(dict(item), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
