"""Break any one line of an item, and it says where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.catalogues import CITY, alone, findings

from yinuo.catalogue import loading
from yinuo.catalogue.lints import LINTS, length, numeral
from yinuo.catalogue.reader import Finding, Source, dotted, read_file, read_text
from yinuo.core.clock import Limit

ITEM = Path(CITY) / "items/jiaoguan/jg-vehicle-transfer.yaml"
# Lines that may go without a word, by the path of what they say. What an item offers beyond what it must:
MAY_GO = (
    r"topics",
    r"keywords\.[1-9]\d*",
    r"form\..*\.hint",
    r"materials\.\d+\.note",
    # A shorter or longer text, more copies, an open end of a date: nothing else in the file repeats them.
    r"form\..*\.(longest|past|future)",
    r"materials\.\d+\.copies",
    # Who hands a material in: without these lines it is the applicant, by uploading it.
    r"materials\.\d+\.(fetch|bring)",
    # A choice that no condition looks at and no scenario picks.
    r"form\.0\.fields\.1\.choices\.[34]",
    r"form\.4\.fields\.0\.choices\.1",
    # What a scenario shows beyond what it must: an item that is proven a little less is no wrong item.
    r"scenarios\.\d+\.expect\.(colour|asked|not_asked)",
    r"scenarios\.[12]\.expect\.(due|statutory_due)",
    r"scenarios\.2\.events\.[123]",
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample item in a catalogue of its own. What is not the item is read once: it does not change."""
    item = alone(tmp_path, ITEM)
    read: dict[Path, Source] = {}

    def remembering(path: Path, name: str | None = None) -> Source:
        if path == item:
            return read_file(path, name)
        if path not in read:
            read[path] = read_file(path, name)
        return read[path]

    monkeypatch.setattr(loading, "read_file", remembering)
    return item


def paths_by_line(text: str) -> dict[int, str]:
    """The outermost path that begins on each line."""
    by_line: dict[int, str] = {}
    for path, line in read_text(text, "item.yaml").lines.items():
        by_line.setdefault(line, dotted(path))
    return by_line


def notices(place: Path, text: str) -> list[Finding]:
    """What is found in the item's own file once it has that text."""
    place.write_text(text)
    return [finding for finding in findings(place.parents[3]) if finding.file == ITEM.as_posix()]


def without_one_line(lines: list[str]) -> Iterator[tuple[int, str]]:
    for n in range(len(lines)):
        yield n + 1, "".join(lines[:n] + lines[n + 1 :])


def with_one_key_misspelt(lines: list[str]) -> Iterator[tuple[int, str]]:
    for n, line in enumerate(lines):
        for key in re.finditer(r"(?<![\w'])[a-z_]+(?=:(?= |$))", line):
            slipped = f"{line[: key.end() - 1]}{line[key.end() - 1] * 2}{line[key.end() :]}"
            yield n + 1, "".join([*lines[:n], slipped, *lines[n + 1 :]])


def test_the_item_that_is_broken_here_is_sound(place: Path) -> None:
    assert findings(place.parents[3]) == []


def test_no_line_of_an_item_can_be_lost_without_a_finding(place: Path) -> None:
    text = place.read_text()
    lines, by_line = text.splitlines(keepends=True), paths_by_line(text)
    unnoticed = [
        by_line[n]
        for n, broken in without_one_line(lines)
        if not lines[n - 1].startswith("#") and not notices(place, broken)
    ]
    assert [path for path in unnoticed if not re.fullmatch("|".join(MAY_GO), path)] == []


def test_no_key_of_an_item_can_be_misspelt_without_a_finding_on_its_line(place: Path) -> None:
    text = place.read_text()
    lines = text.splitlines(keepends=True)
    unnoticed = []
    for n, broken in with_one_key_misspelt(lines):
        found = notices(place, broken)
        if not any(finding.line == n or "Field required" in finding.message for finding in found):
            unnoticed.append((n, lines[n - 1], [str(finding) for finding in found]))
    assert unnoticed == []


# One broken example for each thing that a lint minds: old text, new text, path and message of the finding.
BROKEN = [
    ("promised: 1wd\n    statutory: 1wd", "promised: 2wd\n    statutory: 1wd", "limits.decide.promised",
     "2wd is longer than the statutory 1wd"),
    ("promised: now\n    statutory: null\n    ground: null", "promised: now\n    statutory: 5wd\n    ground: null",
     "limits.accept", "a statutory limit and its ground stand together"),
    ("promised: 1wd\n    statutory: 1wd", "promised: 2wd\n    statutory: 3wd", "limits.decide.promised",
     "an immediate item is done within one working day, not 2wd"),
    ("promised: 1wd\n    statutory: 1wd", "promised: 25h\n    statutory: 3wd", None, None),
    ("promised: 1wd\n    statutory: 1wd", "promised: 36h\n    statutory: 3wd", "limits.decide.promised",
     "an immediate item is done within one working day, not 36h"),
    ("  reason: {zh: 车要开", "  # reason: {zh: 车要开", "visits", "a visit needs a reason"),
    ("count: 1\n", "count: 0\n", "visits.reason", "there is no visit to give a reason for"),
    ("online: prefill", "online: full", "online", "an item with a visit is not fully online"),
    ("count: 1\n", "count: 0\n", "materials.4.bring", "is brought to the window, but the item needs no visit"),
    ("count: 1\n", "count: 0\n", "materials.2.form", "an original has to be shown, but the item needs no visit"),
    ("count: 1\n", "count: 0\n", "materials.1.form", "an original has to be shown, but the item needs no visit"),
    ("    copies: 2\n", "    fetch: true\n", "materials.4.fetch", "what the office fetches itself nobody has to bring"),
    ("basis:\n  - {law: vehicle-registration-rules", "basis:\n  - {law: vehicle-rules", "basis.0.law",
     "there is no law vehicle-rules in laws.yaml"),
    ("article: 第二十五条、第二十六条", "article: 第二百五十条", "basis.0.article", "not 250"),
    ("article: 第二十五条、第二十六条", "article: 有关规定", "basis.0.article", "names no article"),
    ("topics: [car]", "topics: [cars]", "topics.0", "there is no topic cars"),
    ("topics: [car]", "topics: [car, car]", "topics.1", "car stands twice"),
    ("keywords: [过户,", "keywords: [过户, 过户,", "keywords.1", "过户 stands twice"),
    ("key: pledged", "key: mortgaged", "situations.1", "mortgaged stands twice"),
    ("- page: seller", "- page: state", "form.2", "state stands twice"),
    ("- key: vehicle-licence", "- key: registration-certificate", "materials.3", "registration-certificate stands twice"),
    ("- key: seller_name", "- key: creditor", "form.2.fields.0", "the field creditor stands twice"),
    ("- key: seller_name", "- key: phone", "form.3.fields.0", "the field phone stands twice"),
    ("label: {zh: 检验是不是还在有效期内, en: Is the inspection still valid}\n        type: bool",
     "label: {zh: 检验是不是还在有效期内, en: Is the inspection still valid}\n        type: choice",
     "form.1.fields.0", "choices belong to the types choice and choices"),
    ("type: choice\n        choices:\n          - {value: none", "type: text\n        choices:\n          - {value: none",
     "form.1.fields.1", "choices belong to the types choice and choices"),
    ("{value: pledge,", "{value: mortgage,", "form.1.fields.1", "encumbrance: a choice stands twice"),
    ("type: text\n        longest: 20", "type: text\n        least: 1", "form.0.fields.2", "least and most are for numbers"),
    ("type: text\n        longest: 20", "type: text\n        past: true", "form.0.fields.2", "past and future are for dates"),
    ("past: true", "past: true\n        future: true", "form.0.fields.3", "no day is both past and future"),
    ("type: text\n        longest: 20", "type: number\n        most: 20", "form.0.fields.2",
     "a number says the least that it can be"),
    ("type: text\n        longest: 20", "type: number\n        least: 3\n        most: 2", "form.0.fields.2",
     "least is more than most"),
    ("type: text\n        longest: 20", "type: file", "form.0.fields.2", "a file is a material, not a field"),
    ("when: {field: acquired_by, is: purchase}", "when: {field: bought_by, is: purchase}", "form.0.fields.2.when",
     "when looks at bought_by, which is no field"),
    ("when: {field: acquired_by, is: purchase}", "when: {field: customs, is: true}", "form.0.fields.2.when",
     "when looks at customs, which is asked only later"),
    ("when: {field: acquired_by, is: purchase}", "when: {field: invoice_no, present: true}", "form.0.fields.2.when",
     "when looks at invoice_no, which is asked only later"),
    ("when: {field: acquired_by, is: purchase}", "when: {field: acquired_by, is: bought}", "form.0.fields.2.when",
     "when compares acquired_by with bought, which is none of its choices"),
    ("when: {field: encumbrance, in: [mortgage, pledge]}\n      - key: customs",
     "when: {field: encumbrance, in: [mortgage, lien]}\n      - key: customs", "form.1.fields.2.when",
     "when compares encumbrance with lien, which is none of its choices"),
    ("when: {field: customs, is: true}", "when: {field: customs, is: 'true'}", "materials.8.when",
     "when compares customs with true: write true or false"),
    ("when: {field: customs, is: true}", "when: {not: {all: [{field: a, is: 1}, {field: customs, is: false}]}}",
     "materials.8.when", "when looks at a, which is no field"),
    ("- page: seller\n", "- page: seller\n    when: {field: seller_name, present: true}\n", "form.2.when",
     "when looks at seller_name, which is asked only later"),
    ("fields: [name, company_name, plate, vin]", "fields: [name, plates]", "result.fields.1", "there is no field plates"),
    ("fields: [name, company_name, plate, vin]", "fields: []", "result", "a document shows at least one answer"),
    ("        hint: {zh: 从这一天起", "      - key: colour\n        label: {zh: 颜色, en: Colour}\n        type: text\n"
     "        required: false\n        hint: {zh: 从这一天起",
     "form.0.fields.4", "colour is asked, but no scenario answers it and nothing uses it"),
    ("amount: 110", "amount: null\n  # ", "fee", "a fee without an amount says in its note what it depends on"),
    ("  unit: {zh: 元一辆", "  # unit: {zh: 元一辆", "fee", "an amount needs a unit"),
    ("shows: happy", "shows: particular", "scenarios", "there must be a happy scenario"),
    ("due: {accept: '2026-10-12', decide: '2026-10-13'}", "due: {accept: '2026-10-12'}", "scenarios.0.expect",
     "a happy scenario says when the decision is due"),
    ("      needed: [owner-id, ownership,", "      # needed: [owner-id, ownership,", "scenarios.0.expect",
     "a happy scenario says which materials are needed"),
    ("      not_asked: [creditor, company_name,", "      # not_asked: [creditor, company_name,", "scenarios.0.expect",
     "a happy scenario says what is asked or not asked"),
    ("name: 春节前受理，节后第一个工作日到期，过了就是违反法定时限", "name: 夫妻卖车给邻居，手续齐全", "scenarios.2.name", "stands twice"),
    ("zh: 机动车转让登记（本地）", "zh: 机动车转让登记(本地)", "name.zh", "half-width brackets"),
    ("zh: 机动车转让登记（本地）", f"zh: {'机' * 31}", "name.zh", "31 characters are too long"),
    ("zh: 这辆车的违法和事故已经处理完", "zh: 这辆车的违法,事故已经处理完", "conditions.1.zh", "half-width punctuation"),
    ("zh: 绿皮大本", "zh: ' 绿皮大本'", "materials.2.note.zh", "begins or ends with a space"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "path", "message"), BROKEN)
def test_what_cannot_be_right_is_found_in_its_place(
    place: Path, old: str, new: str, path: str | None, message: str | None
) -> None:
    text = place.read_text()
    assert old in text
    found = notices(place, text.replace(old, new, 1))
    if path is None:
        assert not [f for f in found if f.path.startswith("limits")]
        return
    assert message is not None
    matching = [f for f in found if f.path == path and message in f.message]
    if not matching:
        matching = [f for f in found if path.startswith(f.path) and message in f.message]
    assert matching, [str(finding) for finding in found]


def test_a_law_that_is_repealed_carries_nothing(place: Path) -> None:
    laws = place.parents[3] / "laws.yaml"
    text = laws.read_text()
    assert "status: amended-since" in text or "status: in-force" in text
    laws.write_text(re.sub("status: .*", "status: repealed", text))
    found = [finding for finding in findings(place.parents[3]) if finding.path == "basis.0.law"]
    assert [finding.message.endswith("is no longer in force") for finding in found] == [True]


def test_every_lint_has_minded_something_here(place: Path) -> None:
    """A lint that no broken item wakes up is one that nobody has seen working."""
    text, silent = place.read_text(), {lint.__name__ for lint in LINTS}
    for old, new, _, _ in BROKEN:
        place.write_text(text.replace(old, new, 1))
        catalogue = loading.load(place.parents[3])
        for entry in catalogue.entries.values():
            silent -= {lint.__name__ for lint in LINTS if list(lint(entry, catalogue))}
    assert silent == set()


@pytest.mark.parametrize(
    ("written", "number"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十五", 25), ("九十九", 99), ("一百", 100),
     ("一百零三", 103), ("一百一十", 110), ("二百五十六", 256), ("两百", 200), ("一百〇五", 105), ("45", 45)],
)  # fmt: skip
def test_an_article_is_counted_in_chinese_and_in_digits(written: str, number: int) -> None:
    assert numeral(written) == number


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        ("now", "1h"),
        ("24h", "1wd"),
        ("1wd", "2cd"),
        ("5wd", "7cd"),
        ("20wd", "1mo"),
        ("29cd", "1mo"),
        ("59cd", "60cd"),
    ],
)
def test_limits_of_different_units_are_compared_by_their_rough_length(shorter: str, longer: str) -> None:
    first, second = Limit.parse(shorter), Limit.parse(longer)
    assert isinstance(first, Limit)
    assert isinstance(second, Limit)
    assert length(first) <= length(second)
