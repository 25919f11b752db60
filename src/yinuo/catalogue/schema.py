"""The shape of every data file. Unknown keys and wrong types are errors; rules beyond shape are lints."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    WithJsonSchema,
)

from yinuo.core.clock import Limit
from yinuo.core.errors import Refusal
from yinuo.core.form import AllOf, AnyOf, Compare, In, Is, Not, Present, When

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$", max_length=60)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Article = Annotated[str, StringConstraints(min_length=2, max_length=80)]
Moment = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Value = bool | int | float | str | list[str]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True)


class TextShape(Shape):
    zh: Words
    en: Words


def parse_when(value: object) -> When:
    """A condition: `{field, is|in|present|at_least|at_most}`, `{all: […]}`, `{any: […]}` or `{not: …}`."""
    if not isinstance(value, dict) or not value:
        raise ValueError("a condition is a map such as {field: key, is: value}")
    if "field" in value:
        return _parse_comparison(value)
    if len(value) != 1:
        raise ValueError("write one of all, any, not")
    ((word, inner),) = value.items()
    if word == "not":
        return Not(parse_when(inner))
    if word not in ("all", "any") or not isinstance(inner, list) or len(inner) < 2:
        raise ValueError(f"{word} is no condition: all and any take a list of at least two, not takes one")
    parts = tuple(parse_when(part) for part in inner)
    return AllOf(parts) if word == "all" else AnyOf(parts)


def _parse_comparison(value: dict[str, Any]) -> When:
    field, rest = value["field"], {key: given for key, given in value.items() if key != "field"}
    if not isinstance(field, str):
        raise ValueError("field names a field by its key")
    if set(rest) <= {"at_least", "at_most"} and rest:
        if any(isinstance(n, bool) or not isinstance(n, int | float) for n in rest.values()):
            raise ValueError("at_least and at_most take numbers")
        return Compare(field, rest.get("at_least"), rest.get("at_most"))
    if len(rest) != 1:
        raise ValueError("after field comes one of is, in, present, at_least, at_most")
    ((word, given),) = rest.items()
    return _parse_test(field, word, given)


def _parse_test(field: str, word: str, given: Any) -> When:
    if word == "is" and isinstance(given, bool | int | float | str):
        return Is(field, given)
    if word == "in" and isinstance(given, list) and given:
        return In(field, tuple(given))
    if word == "present" and isinstance(given, bool):
        return Present(field, given)
    raise ValueError(f"{word}: {given} is no condition: use is, in, present, at_least or at_most")


def parse_limit(value: object) -> Limit:
    """`5wd`, `60cd`, `2mo`, `24h`, `now`; with ` no-roll` behind it a last day off does not move."""
    if not isinstance(value, str):
        raise ValueError("a limit is a text such as 5wd, 60cd, 2mo, 24h or now")
    text, _, roll = value.partition(" ")
    limit = Limit.parse(text, rolls=roll != "no-roll")
    if isinstance(limit, Refusal) or roll not in ("", "no-roll"):
        raise ValueError(f"{value} is no limit: write 5wd, 60cd, 2mo, 24h or now")
    return limit


# What an editor can check of them as one writes: the parser behind says the rest.
WHEN_SCHEMA = {
    "type": "object",
    "properties": {
        "field": {"type": "string"},
        "is": {"type": ["string", "number", "boolean"]},
        "in": {"type": "array", "minItems": 1},
        "present": {"type": "boolean"},
        "at_least": {"type": "number"},
        "at_most": {"type": "number"},
        "all": {"type": "array", "items": {"type": "object"}, "minItems": 2},
        "any": {"type": "array", "items": {"type": "object"}, "minItems": 2},
        "not": {"type": "object"},
    },
    "additionalProperties": False,
    "minProperties": 1,
}
LIMIT_SCHEMA = {"type": "string", "pattern": "^(now|[1-9][0-9]*(wd|cd|mo|h))( no-roll)?$"}
WhenShape = Annotated[Any, BeforeValidator(parse_when), WithJsonSchema(WHEN_SCHEMA)]
LimitShape = Annotated[Any, BeforeValidator(parse_limit), WithJsonSchema(LIMIT_SCHEMA)]
FieldType = Literal[
    "text", "longtext", "date", "datetime", "number", "choice", "choices", "bool", "idcard", "phone",
    "address", "division", "plate", "vin", "uscc", "passport", "file", "location",
]  # fmt: skip


class GroundShape(Shape):
    law: Key
    article: Article


class ChoiceShape(Shape):
    value: Key
    zh: Words
    en: Words


class FieldShape(Shape):
    key: Key
    label: TextShape
    type: FieldType
    required: bool = True
    when: WhenShape | None = None
    hint: TextShape | None = None
    choices: list[ChoiceShape] = Field(default_factory=list)
    least: int | float | None = None
    most: int | float | None = None
    past: bool = False
    future: bool = False
    longest: Annotated[int, Field(ge=1, le=20000)] | None = None
    informational: bool = False


class UseShape(Shape):
    """A field group by reference; `prefix` goes before every key of it, so that it can be used twice."""

    use: Key
    prefix: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*_$")] = ""
    when: WhenShape | None = None


def _kind_of_field(value: Any) -> str:
    is_use = isinstance(value, UseShape) or (isinstance(value, dict) and "use" in value)
    return "~use" if is_use else "~field"


AnyField = Annotated[
    Annotated[UseShape, Tag("~use")] | Annotated[FieldShape, Tag("~field")], Discriminator(_kind_of_field)
]


class PageShape(Shape):
    page: Key
    title: TextShape
    when: WhenShape | None = None
    fields: list[AnyField] = Field(min_length=1)


class GroupShape(Shape):
    id: Key
    about: TextShape
    fields: list[FieldShape] = Field(min_length=1)


class StepShape(Shape):
    key: Key
    name: TextShape
    post: Literal["window", "reviewer", "inspector", "approver", "leader"]
    limit: LimitShape | None = None  # its share of the limit to decide where nothing stands here


class RouteShape(Shape):
    id: Key
    name: TextShape
    about: TextShape
    steps: list[StepShape] = Field(default_factory=list)
    accept_post: Literal["window", "reviewer"] = "window"
    decide_post: Literal["window", "reviewer", "approver", "leader"]
    issue_post: Literal["window"] = "window"
    extend_post: Literal["leader"] = "leader"
    four_eyes: bool
    deniable: bool
    issues: bool
    granted: TextShape
    denied: TextShape
    remedies: list[TextShape] = Field(min_length=1)
    anonymous: bool = False


class ItemLimitShape(Shape):
    """`statutory` null means that the law is silent: then the promise is the city's own."""

    promised: LimitShape
    statutory: LimitShape | None
    ground: GroundShape | None


class LimitsShape(Shape):
    accept: ItemLimitShape
    decide: ItemLimitShape
    deliver: ItemLimitShape | None = None


class SupplementShape(Shape):
    answer: LimitShape
    ground: GroundShape | None = None
    restarts: bool = False


class ExtensionShape(Shape):
    by: LimitShape
    ground: GroundShape


class MaterialShape(Shape):
    key: Key
    name: TextShape
    form: Literal["original", "copy", "electronic", "check"]
    source: Literal["government", "applicant", "other"]
    copies: Annotated[int, Field(ge=0, le=20)] = 1
    required: bool = True
    when: WhenShape | None = None
    fetch: bool = False
    bring: bool = False
    note: TextShape | None = None


class SpecialProcedureShape(Shape):
    key: Key
    name: TextShape
    ground: GroundShape
    longest: LimitShape | None = None


class FeeShape(Shape):
    amount: int | float | None
    unit: TextShape | None = None
    ground: Words
    note: TextShape | None = None


class ResultShape(Shape):
    name: TextShape
    kind: Literal[
        "certificate", "licence", "approval", "proof", "registration", "reply", "record", "service", "notice"
    ]
    validity: TextShape
    fields: list[Key] = Field(default_factory=list)


class VisitsShape(Shape):
    count: Annotated[int, Field(ge=0, le=9)]
    reason: TextShape | None = None


class VerificationShape(Shape):
    level: Literal["unverified", "text-read", "office-confirmed"]
    note: Words


class SituationShape(Shape):
    key: Key
    name: TextShape


class RefusedShape(Shape):
    code: Key
    fields: dict[str, Key] = Field(default_factory=dict)


class ActShape(Shape):
    """One thing done in a scenario. `by` names another post than the rule's own; `person` another holder."""

    at: Moment
    do: Literal[
        "accept", "supplement", "answer", "refuse", "forward", "withdraw", "deem", "lapse", "silence", "pass",
        "return", "suspend", "resume", "overrun", "ask-extension", "extend", "decline-extension", "grant",
        "deny", "issue", "deliver", "close", "rate", "urge", "say", "revoke", "finish",
    ]  # fmt: skip
    by: Literal["window", "reviewer", "inspector", "approver", "leader", "supervisor", "applicant"] | None = (
        None
    )
    person: Key | None = None
    words: Words | None = None
    procedure: Key | None = None
    materials: dict[str, Words] = Field(default_factory=dict)
    fields: dict[str, Words] = Field(default_factory=dict)
    answers: dict[str, Value] = Field(default_factory=dict)
    provide: list[Key] = Field(default_factory=list)
    level: int | None = None
    method: Literal["online", "pickup", "courier"] | None = None
    refused: Key | None = None


class ExpectShape(Shape):
    stage: Key | None = None
    refused: RefusedShape | None = None
    due: dict[str, Moment] = Field(default_factory=dict)
    statutory_due: dict[str, Moment] = Field(default_factory=dict)
    colour: dict[str, Literal["green", "yellow", "red", "violation", "grey"]] = Field(default_factory=dict)
    needed: list[Key] | None = None
    asked: list[Key] = Field(default_factory=list)
    not_asked: list[Key] = Field(default_factory=list)


class ScenarioShape(Shape):
    name: Words
    shows: Literal["happy", "particular"]
    start: Moment
    answers: dict[str, Value]
    without: list[Key] = Field(default_factory=list)
    events: list[ActShape] = Field(default_factory=list)
    expect: ExpectShape


class SilenceShape(Shape):
    """Where the law says that no answer is a yes: after the day that the applicant gives in `field`."""

    field: Key
    ground: GroundShape


class ItemShape(Shape):
    id: Key
    name: TextShape
    summary: TextShape
    branch: Key
    kind: Annotated[str, StringConstraints(pattern=r"^(0[1-9]|10|20)$")]
    base_code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{12}$")] | None = None
    handling: Literal["immediate", "promise"]
    audience: list[Literal["person", "company", "organisation"]] = Field(min_length=1)
    jurisdiction: Literal["station", "county", "city", "province"]
    topics: list[Key] = Field(default_factory=list)
    keywords: list[Words] = Field(min_length=1)
    basis: list[GroundShape] = Field(min_length=1)
    conditions: list[TextShape] = Field(min_length=1)
    situations: list[SituationShape] = Field(default_factory=list)
    form: list[PageShape] = Field(min_length=1)
    materials: list[MaterialShape] = Field(default_factory=list)
    route: Key
    remedies: list[TextShape] | None = None  # where the law of this item knows others than the route's
    limits: LimitsShape
    supplement: SupplementShape | None = None
    extension: ExtensionShape | None = None
    silence: SilenceShape | None = None
    real_name: Literal["none", "checked", "verified"] = "none"
    special_procedures: list[SpecialProcedureShape] = Field(default_factory=list)
    fee: FeeShape | None
    result: ResultShape
    visits: VisitsShape
    online: Literal["consult", "download", "prefill", "full"]
    verification: VerificationShape
    scenarios: list[ScenarioShape] = Field(min_length=2)
