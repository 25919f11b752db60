"""How a city watches over its promises, as data: the file, what is wrong with one, and rules beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.calendars import announced
from support.catalogues import CITY, ROOT, SAMPLE, alone, findings, whole
from support.items import ANSWERS, RENEWAL, item, limit

from yinuo.catalogue.loading import load
from yinuo.catalogue.scenario import Run, run_scenario
from yinuo.catalogue.schema import ScenarioShape
from yinuo.catalogue.supervision import NO_RULES, Sample
from yinuo.core.duties import DUTIES, Duties
from yinuo.core.item import Ground
from yinuo.core.promise import Threshold
from yinuo.core.supervision import LINKS

RULES = f"{CITY}/supervision.yaml"
RENEWED = Path(CITY) / "items/zhian/za-blast-unit-renew.yaml"
FUTURE = "        future: true\n"
LAST_COLOUR = "  - {third_of_budget: 3, working_days_left: 2}"


@pytest.fixture
def rules(tmp_path: Path) -> Iterator[Path]:
    """The city's file in a catalogue with one item."""
    alone(tmp_path, SAMPLE)
    place = tmp_path / RULES
    place.write_text((ROOT / RULES).read_text())
    return place


def broken(place: Path, old: str, new: str) -> list[str]:
    """What is found in the file once that stands there."""
    text = place.read_text()
    assert text.count(old) == 1, old
    place.write_text(text.replace(old, new))
    catalogue = load(place.parents[1])
    assert catalogue.rules is NO_RULES or not catalogue.findings
    return [str(finding) for finding in catalogue.findings]


def line_of(place: Path, part: str) -> int:
    return next(n for n, line in enumerate(place.read_text().splitlines(), start=1) if part in line)


def test_the_file_of_the_city_loads_and_says_what_the_city_decided() -> None:
    kept = whole().rules
    assert not [finding for finding in whole().findings if finding.file == RULES]
    assert kept.supervision.duties == DUTIES
    assert kept.follow_up == Sample(20, 5, 200)
    assert kept.supervision.threshold("accept", "any", "any") == Threshold(3, 1)
    assert kept.supervision.threshold("decide", "any", "any") == Threshold(3, 2)
    assert {reason.key for reason in kept.reasons if reason.bad} >= {"slow", "manner", "papers"}
    assert {link for rung in kept.supervision.rungs for link in rung.tell} == set(LINKS)


def test_nobody_is_told_a_second_time_by_a_second_rung_of_the_same_name() -> None:
    """A rung is kept once for a promise and a name, so one promise never has two rungs of one name."""
    for key in ("accept", "decide", "deliver", "step", "card", "put-right", "follow-up", "supplement"):
        names = [r.name for r in whole().rules.supervision.rungs if not r.keys or key in r.keys]
        assert len(names) == len(set(names)), key


def test_a_city_without_the_file_has_the_presets_and_warns_nobody(tmp_path: Path) -> None:
    alone(tmp_path, SAMPLE)
    assert load(tmp_path).rules is NO_RULES
    assert NO_RULES.supervision.duties == DUTIES
    assert NO_RULES.supervision.rungs == ()


def test_a_city_changes_the_small_limits(rules: Path) -> None:
    assert broken(rules, "  hand-over: 1wd\n", "  hand-over: 8h\n") == []
    assert broken(rules, "  put-right-complex: 15wd\n", "") == []
    assert broken(rules, "step_share: 3 ", "step_share: 2 ") == []
    assert broken(rules, "most_urges: 5", "most_urges: 3") == []
    duties = load(rules.parents[1]).rules.supervision.duties
    assert duties == Duties(hand_over=limit("8h"), step_share=2, most_urges=3)


URGE = "  urge: 1wd\n"
HALF = "rung: half, tell: [person]"
BROKEN = "keys: [accept, decide, deliver], card: red"
UNCLEAR = "key: unclear, bad: true, label: {zh: 说"


def narrowed(by: str) -> str:
    return LAST_COLOUR.replace("{", f"{{{by}: [decide], ")


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        ("[accept, hand-over, urge", "[accept, handover, urge", "colours.0.keys", "no promise handover"),
        (f"{HALF}, keys: [decide]", f"{HALF}, keys: [decides]", "rungs.0.keys", "no promise decides"),
        (URGE, URGE.replace("urge", "urges"), "limits.urges", "there is no such limit: they are answer"),
        (LAST_COLOUR, narrowed("keys"), "colours.2", "the last rule must fit everything"),
        (LAST_COLOUR, narrowed("items"), "colours.2", "the last rule must fit everything"),
        (LAST_COLOUR, narrowed("units"), "colours.2", "the last rule must fit everything"),
        (UNCLEAR, UNCLEAR.replace("unclear", "slow"), "rating_reasons.1.key", "slow stands twice"),
        (HALF, HALF.replace("half", "nearly"), "rungs.0.rung", "String should match pattern"),
        (HALF, HALF.replace("half", "broken-0"), "rungs.0.rung", "String should match pattern"),
        (HALF, HALF.replace("person", "mayor"), "rungs.0.tell.0", "Input should be 'person', 'leader'"),
        (HALF, HALF.replace("person", ""), "rungs.0.tell", "should have at least 1 item"),
        (BROKEN, BROKEN.replace("red", "blue"), "rungs.3.card", "Input should be 'yellow' or 'red'"),
        (URGE, URGE.replace("1wd", "soon"), "limits.urge", "soon"),
        ("step_share: 3 ", "step_share: 0 ", "step_share", "greater than or equal to 1"),
        ("most_urges: 5", "most_urges: 500", "most_urges", "less than or equal to 100"),
        ("one_in: 20", "one_in: 0", "follow_up.one_in", "greater than or equal to 1"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_file_is_told_with_its_line(
    rules: Path, old: str, new: str, path: str, message: str
) -> None:
    found = broken(rules, old, new)
    assert len(found) == 1
    assert found[0].startswith(f"{RULES}:{line_of(rules, new.strip())}: {path}: ")
    assert message in found[0]


def test_everything_that_is_wrong_is_told_at_once(rules: Path) -> None:
    text = rules.read_text().replace("key: unclear", "key: slow").replace("  urge: 1wd\n", "  urges: 1wd\n")
    rules.write_text(text)
    assert len(load(rules.parents[1]).findings) == 2


@pytest.mark.parametrize(
    ("closed", "called"), [(0, 0), (3, 3), (5, 5), (99, 5), (100, 5), (140, 7), (4000, 200), (90_000, 200)]
)
def test_one_in_twenty_is_called_at_least_five_and_at_most_two_hundred(closed: int, called: int) -> None:
    assert Sample(20, 5, 200).size(closed) == called


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  field: valid_until\n", "  field: licence_no\n", "licence_no is no date"),
        ("  field: valid_until\n", "  field: expiry\n", "expiry is no date that is always asked"),
        (FUTURE, FUTURE + "        required: false\n", "valid_until is no date"),
        (FUTURE, FUTURE + "        when: {field: licence_no, is: x}\n", "valid_until is no date"),
    ],
)  # fmt: skip
def test_silence_needs_a_day_that_is_always_given(tmp_path: Path, old: str, new: str, message: str) -> None:
    place = alone(tmp_path, RENEWED)
    text = place.read_text()
    assert text.count(old) == 1
    place.write_text(text.replace(old, new))
    found = [one for one in findings(tmp_path) if one.path == "silence.field"]
    assert [one.line for one in found] == [line_of(place, "  field: " + message.split()[0])]
    assert found[0].message.startswith(message)


def test_the_ground_of_silence_is_a_law_that_exists(tmp_path: Path) -> None:
    place = alone(tmp_path, RENEWED)
    text = place.read_text()
    old = "silence:\n  field: valid_until\n  ground: {law: administrative-licensing-law"
    assert text.count(old) == 1
    place.write_text(text.replace(old, old.replace("administrative-licensing-law", "no-law")))
    assert [one.message for one in findings(tmp_path) if one.path.startswith("silence.ground")] == [
        "there is no law no-law in laws.yaml"
    ]


def test_a_renewal_says_after_which_day_silence_is_a_yes() -> None:
    silence = whole().items["za-blast-unit-renew"].silence
    assert silence is not None
    assert (silence.field, silence.ground) == (
        "valid_until",
        Ground("administrative-licensing-law", "第五十条第二款"),
    )


def scenario(events: list[dict[str, Any]], expect: dict[str, Any], **answers: Any) -> ScenarioShape:
    return ScenarioShape.model_validate(
        {"name": "样例", "shows": "particular", "start": "2026-03-02 10:00", "answers": ANSWERS | answers,
         "events": events, "expect": expect}
    )  # fmt: skip


def problems(one: ScenarioShape, **changes: Any) -> list[str]:
    return [message for _, message in run_scenario(Run(item(**changes), announced()), one)]


def test_a_scenario_shows_that_silence_grants() -> None:
    accept = {"at": "2026-03-03 09:00", "do": "accept"}
    events = [
        accept,
        {"at": "2026-03-20 23:59", "do": "silence", "refused": "not-yet"},
        {"at": "2026-03-21 00:00", "do": "silence"},
    ]
    one = scenario(events, {"stage": "granted", "due": {"deliver": "2026-03-25"}}, valid_until="2026-03-20")
    assert problems(one, **RENEWAL) == []
    early = scenario([accept, {"at": "2026-03-20", "do": "silence"}], {}, valid_until="2026-03-20")
    assert problems(early, **RENEWAL) == ["silence is refused: not-yet"]


def test_a_scenario_shows_that_a_procedure_ends_by_itself() -> None:
    events = [
        {"at": "2026-03-02 11:00", "do": "accept"},
        {"at": "2026-03-02 12:00", "do": "suspend", "procedure": "hearing"},
        {"at": "2026-03-30 23:59", "do": "overrun", "refused": "not-yet"},
        {"at": "2026-04-20 09:00", "do": "overrun"},
    ]
    due = {"decide": "2026-04-14", "step": "2026-04-02", "procedure": "2026-03-30"}
    expect = {"stage": "accepted", "due": due, "colour": {"decide": "red", "procedure": "red"}}
    assert problems(scenario(events, expect)) == []


def test_a_step_of_a_route_may_have_a_limit_of_its_own(tmp_path: Path) -> None:
    alone(tmp_path, SAMPLE)
    assert [step.limit for step in load(tmp_path).routes["reviewed"].steps] == [None]
    place = tmp_path / "routes/reviewed.yaml"
    text = place.read_text()
    place.write_text(text.replace("post: reviewer\n", "post: reviewer\n    limit: 2wd\n", 1))
    catalogue = load(tmp_path)
    assert catalogue.findings == []
    assert [step.limit for step in catalogue.routes["reviewed"].steps] == [limit("2wd")]
    place.write_text(text.replace("post: reviewer\n", "post: reviewer\n    limit: soon\n", 1))
    found = load(tmp_path).findings[0]
    assert (found.file, found.path, found.line) == (
        "routes/reviewed.yaml",
        "steps.0.limit",
        line_of(place, "limit: soon"),
    )
