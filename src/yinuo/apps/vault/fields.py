"""Columns that hold personal data: plain in Python, sealed in the database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models
from django.utils.functional import cached_property

from yinuo.apps.vault.index import blind, is_blind_of
from yinuo.apps.vault.sealing import seal, unseal

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
    _Json = models.TextField[Any, Any]
    _Index = models.CharField[str | None, str | None]
else:
    _Text = _Json = models.TextField
    _Index = models.CharField


class Sealed:
    """What both kinds share. The seal is bound to `table.column`: a renamed one must be sealed anew."""

    @cached_property
    def place(self) -> str:
        field: Any = self
        return f"{field.model._meta.db_table}.{field.column}"

    def get_lookup(self, lookup_name: str) -> Any:
        """Nothing can be found in it: equal texts are sealed differently each time."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.place} is sealed: it cannot be searched; look up a blind index")
        return super().get_lookup(lookup_name)  # type: ignore[misc]


class SealedText(Sealed, _Text):
    """A text; an empty one stays empty."""

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return value if value is None or hasattr(value, "as_sql") else seal(str(value), self.place)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal(value, self.place)


class SealedJSON(Sealed, _Json):
    """Anything that JSON can say."""

    if TYPE_CHECKING:
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value is None or hasattr(value, "as_sql"):
            return value
        return seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")), self.place)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else json.loads(unseal(value, self.place))


class BlindIndex(_Index):
    """The blind index of the sealed field `of`, so that a rotation finds and renews it.

    It may also hold something else (the number of a member of staff): then it stays as it is. One that
    `follows` never does: it is made anew whenever the row is saved.
    """

    def __init__(
        self, *args: Any, of: str = "", purpose: str = "", follows: bool = False, **options: Any
    ) -> None:
        self.of, self.purpose, self.follows = of, purpose, follows
        options.setdefault("max_length", 64)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"of": self.of, "purpose": self.purpose, "follows": self.follows}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Who loaded the row before a rotation does not write the old index back."""
        stored, text = getattr(model_instance, self.attname), getattr(model_instance, self.of, "")
        if text and (self.follows or (stored and is_blind_of(stored, self.purpose, text))):
            stored = blind(self.purpose, text)
            setattr(model_instance, self.attname, stored)
        return stored
