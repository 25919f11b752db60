"""One case counted by hand: supplement, hearing, appraisal, extension, both festivals and their make-up days.

Then a calendar lands, and exactly what it moves is issued anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from support.actors import SINCE, UNIT, Cast, make_cast
from support.drafts import HOTEL
from support.fixed_clock import at
from support.journeys import accepted, asked, closed, does, submitted
from support.new_days import TIP, another_2026, in_service
from support.visits import signed_in

from yinuo.apps.cases.actions.redate import redate
from yinuo.apps.cases.models import Case, CaseEvent
from yinuo.apps.cases.queries import audit, opened
from yinuo.apps.items.actions.announce_year import announce_year
from yinuo.apps.items.queries import catalogue
from yinuo.apps.notices.models import Notice
from yinuo.apps.people.models import Post
from yinuo.apps.promises.models import PromiseRow
from yinuo.cli import main
from yinuo.core.case import commands as c

WORDS = "材料齐全，符合规定"
HEARING = "paused: hearing, administrative-licensing-law 第四十五条、第四十七条"
APPRAISAL = "paused: appraisal, administrative-licensing-law 第四十五条"
SUPPLEMENT = "paused: supplement, administrative-licensing-law 第三十二条"

# Offices work on Sunday 20 September and on Saturday 10 October; they are closed from 25 to 27 September and
# from 1 to 7 October.

# One working day from Thursday 17 September. The notice of the same day stops the clock before any of it is
# used; it is answered on Friday, and the Sunday after it is a make-up day, so that is the last day.
ACCEPT = [
    ("2026-09-17", "trigger"),
    ("2026-09-18", SUPPLEMENT),
    ("2026-09-19", "weekend"),
    ("2026-09-20", "makeup counted 1/1"),
]

# Accepted on Sunday the 20th, which works. Twelve working days are promised, the extension adds ten. A day
# on which a procedure begins still counts, the one on which it ends does not: out are 23 and 24 September for
# the hearing (22 to 24) and 13 and 14 October for the appraisal (12 to 14).
DECIDE = [
    ("2026-09-20", "trigger"),
    ("2026-09-21", "counted 1/22"),
    ("2026-09-22", "counted 2/22"),
    ("2026-09-23", HEARING),
    ("2026-09-24", HEARING),
    ("2026-09-25", "holiday"),
    ("2026-09-26", "holiday"),
    ("2026-09-27", "holiday"),
    ("2026-09-28", "counted 3/22"),
    ("2026-09-29", "counted 4/22"),
    ("2026-09-30", "counted 5/22"),
    *((f"2026-10-0{day}", "holiday") for day in range(1, 8)),
    ("2026-10-08", "counted 6/22"),
    ("2026-10-09", "counted 7/22"),
    ("2026-10-10", "makeup counted 8/22"),
    ("2026-10-11", "weekend"),
    ("2026-10-12", "counted 9/22"),
    ("2026-10-13", APPRAISAL),
    ("2026-10-14", APPRAISAL),
    ("2026-10-15", "counted 10/22"),
    ("2026-10-16", "counted 11/22"),
    ("2026-10-17", "weekend"),
    ("2026-10-18", "weekend"),
    ("2026-10-19", "counted 12/22"),
    ("2026-10-20", "counted 13/22"),
    ("2026-10-21", "counted 14/22"),
    ("2026-10-22", "counted 15/22"),
    ("2026-10-23", "counted 16/22"),
    ("2026-10-24", "weekend"),
    ("2026-10-25", "weekend"),
    ("2026-10-26", "counted 17/22"),
    ("2026-10-27", "counted 18/22"),
    ("2026-10-28", "counted 19/22"),
    ("2026-10-29", "counted 20/22"),
    ("2026-10-30", "counted 21/22"),
    ("2026-10-31", "weekend"),
    ("2026-11-01", "weekend"),
    ("2026-11-02", "counted 22/22"),
]

# Thursday the 22nd is off as well: what comes after it is one working day later.
DECIDE_AFTERWARDS = [
    *DECIDE[: DECIDE.index(("2026-10-22", "counted 15/22"))],
    ("2026-10-22", "holiday"),
    ("2026-10-23", "counted 15/22"),
    ("2026-10-24", "weekend"),
    ("2026-10-25", "weekend"),
    ("2026-10-26", "counted 16/22"),
    ("2026-10-27", "counted 17/22"),
    ("2026-10-28", "counted 18/22"),
    ("2026-10-29", "counted 19/22"),
    ("2026-10-30", "counted 20/22"),
    ("2026-10-31", "weekend"),
    ("2026-11-01", "weekend"),
    ("2026-11-02", "counted 21/22"),
    ("2026-11-03", "counted 22/22"),
]

ON_PAPER = [
    "2026年11月2日",
    "往后数12个工作日，延长10个工作日",
    "中秋节3天、国庆节7天放假，不数；10月10日调休上班，要数；停表4天，不数",
    "9月23日星期三停表，不计：听证9月24日星期四停表，不计：听证9月25日星期五中秋节放假，不计",
    "10月7日星期三国庆节放假，不计10月8日星期四第6个工作日",
    "10月10日星期六第8个工作日（调休上班）10月11日星期日周末，不计",
    "10月13日星期二停表，不计：鉴定10月14日星期三停表，不计：鉴定10月15日星期四第10个工作日",
    "11月2日星期一第22个工作日，到期",
]

# (kind, about) -> the promised day, and that of the law where there is one.
DUE = {
    # Five working days by law, the first of them the make-up Sunday: 20, 21, 22, 23, 24 September.
    ("accept", ""): ("2026-09-20", "2026-09-24"),
    # Thirty days for the applicant end on Saturday 17 October and roll to Monday (民法典第二百零三条).
    ("supplement", ""): ("2026-10-19", None),
    # By law 20 and 10 more: eight after the 22nd of the promise, 3 to 6 and 9 to 12 November.
    ("decide", ""): ("2026-11-02", "2026-11-12"),
    # A third of twelve is four: 21, 22, then after the hearing and the festival 28 and 29 September.
    ("step", "inspection"): ("2026-09-29", None),
    # Four from the 29th: 30 September, 8, 9 and the make-up Saturday 10 October.
    ("step", "review"): ("2026-10-10", None),
    # Twenty from 22 September: 23, 24, 28, 29, 30 are five, 8 to 10 October eight, 12 to 16 thirteen,
    # 19 to 23 eighteen, 26 and 27 twenty.
    ("procedure", "hearing"): ("2026-10-27", None),
    # Two from 9 October: the make-up Saturday, then Monday.
    ("extension", ""): ("2026-10-12", None),
    # Fifteen from 12 October: 13 to 16 are four, 19 to 23 nine, 26 to 30 fourteen.
    ("procedure", "appraisal"): ("2026-11-02", None),
}


@pytest.fixture
def root(db: None, tmp_path: Path) -> Iterator[Path]:
    with in_service(tmp_path) as working:
        yield working


@pytest.fixture
def hotel_cast(root: Path) -> Cast:
    return make_cast("taobei-public-order", "zhenlai-public-order")


@pytest.fixture
def case(hotel_cast: Cast, clock: Any) -> Case:
    """Nothing is decided yet on the afternoon of Wednesday 14 October."""
    cast = hotel_cast
    case = submitted(cast, HOTEL, at=at("09-17 09:00"))
    field = opened(case).item.form.fields[0].key
    case = does(case, c.AskSupplement(fields={field: "与执照不一致"}), cast.window, at("09-17 15:00"))
    state = opened(case).state
    case = does(case, c.AnswerSupplement(state.answers, state.provided), cast.citizen, at("09-18 08:30"))
    case = does(case, c.Accept(), cast.window, at("09-20 10:00"))
    case = does(case, c.Suspend("hearing", "邻居申请听证"), cast.window, at("09-22 10:00"))
    case = does(case, c.Resume("听证已举行"), cast.window, at("09-24 16:00"))
    case = does(case, c.PassStep(WORDS), cast.window, at("09-29 11:00"))
    case = does(case, c.AskExtension("要等消防复查"), cast.reviewer, at("10-09 14:00"))
    case = does(case, c.AnswerExtension(True), cast.approver, at("10-10 09:30"))
    case = does(case, c.PassStep(WORDS), cast.reviewer, at("10-10 11:00"))
    case = does(case, c.Suspend("appraisal", "房屋安全鉴定"), cast.approver, at("10-12 10:00"))
    case = does(case, c.Resume("鉴定合格"), cast.approver, at("10-14 16:00"))
    clock.move_to(at("10-14 17:00"))
    return case


def dues(case: Case) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    def text(day: date | None) -> str | None:
        return day.isoformat() if day else None

    rows = PromiseRow.objects.filter(case=case.number)
    return {(row.key, row.about): (text(row.due_on), text(row.statutory_due_on)) for row in rows}


def days(case: Case, key: str) -> list[tuple[str, str]]:
    promise = opened(case).state.promise(key)
    assert promise is not None
    return [(row.day.isoformat(), row.label) for row in promise.account(catalogue().calendar).days()]


def as_json(case: Case, key: str) -> Any:
    return json.loads(_page(case, f"{key}.json"))


def in_print(case: Case) -> str:
    """The text of the receipt's paper, without the breaks and gaps of the layout."""
    pages = pypdfium2.PdfDocument(_page(case, "decide.pdf"))
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


def _page(case: Case, name: str) -> bytes:
    response = signed_in(case.applicant).get(f"/cases/{case.number}/receipts/{name}")
    assert response.status_code == 200, response.status_code
    return b"".join(response.streaming_content) if response.streaming else response.content


def applied(tmp_path: Path, now: str = "10-14 17:00") -> list[str]:
    """The cases whose dates were moved when the invented 2026 landed."""
    report = announce_year(another_2026(tmp_path), 2026, at(now))
    assert not report.findings, [str(finding) for finding in report.findings]
    return [done.case for done in redate(catalogue().calendar, at(now)) if done.promises]


def redatings(case: Case) -> list[Any]:
    return list(case.events.filter(kind="redated").values_list("payload", flat=True))


def test_every_due_day_is_as_counted_by_hand(case: Case) -> None:
    assert dues(case) == DUE
    assert case.due_on == date(2026, 11, 2)


def test_the_receipts_are_as_counted_by_hand_day_by_day(case: Case) -> None:
    assert days(case, "accept") == ACCEPT
    assert days(case, "decide") == DECIDE


def test_the_receipt_says_the_same_as_json_and_holds(
    case: Case, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = as_json(case, "decide")
    assert [(row["date"], row["label"]) for row in receipt["days"]] == DECIDE
    assert (receipt["due"], receipt["provisional"]) == ("2026-11-02", False)
    monkeypatch.setenv("YINUO_CATALOGUE", str(root))
    (tmp_path / "receipt.json").write_text(json.dumps(receipt))
    assert main(["verify", str(tmp_path / "receipt.json")]) == 0


def test_the_receipt_says_the_same_on_paper(case: Case) -> None:
    text = in_print(case)
    printed = ON_PAPER + [f"第{n}个工作日" for n in range(1, 23)]
    assert [words for words in printed if words not in text] == []
    assert catalogue().calendar.version in text


def test_another_calendar_issues_anew_what_it_moves(
    case: Case, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the decision is still open; what has ended keeps its days, whatever lands afterwards."""
    before, papers = catalogue().calendar.version, as_json(case, "accept")
    assert applied(tmp_path) == [case.number]
    served = catalogue().calendar
    moved = {"key": "decide", "about": "", "from": "2026-11-02", "to": "2026-11-03"}
    assert redatings(case) == [{"promises": [moved], "calendar": served.version}]
    assert dues(case) == DUE | {("decide", ""): ("2026-11-03", "2026-11-13")}
    assert days(case, "decide") == DECIDE_AFTERWARDS
    assert as_json(case, "decide")["calendar"] == served.version != before
    assert as_json(case, "accept") == papers
    assert served.version in in_print(case)
    monkeypatch.setenv("YINUO_CATALOGUE", str(root))
    (tmp_path / "receipt.json").write_text(json.dumps(as_json(case, "decide")))
    assert main(["verify", str(tmp_path / "receipt.json")]) == 0


def test_the_applicant_is_told_once(case: Case, tmp_path: Path) -> None:
    applied(tmp_path)
    assert applied(tmp_path) == []
    told = Notice.objects.get(case=case.number, template="redated")
    assert "11月3日" in told.body


@pytest.mark.usefixtures("quick_papers")
def test_nothing_else_is_touched(case: Case, hotel_cast: Cast, tmp_path: Path) -> None:
    """Beside the case: one begun, one stopped, one that waits for papers, one in hours, two ended."""
    cast = hotel_cast
    begins = accepted(cast, HOTEL, at=at("10-12 09:00"))
    stopped = accepted(cast, HOTEL, at=at("10-12 09:10"))
    stopped = does(stopped, c.Suspend("hearing", "邻居申请听证"), cast.window, at("10-12 15:00"))
    post_everywhere(cast)
    asks = asked(cast, unit=UNIT, at=at("10-12 09:20"))
    tips = catalogue().city.competent(catalogue().items[TIP].jurisdiction, "jindu")[0].id
    in_hours = submitted(cast, TIP, unit=tips, at=at("10-14 16:30"))
    over = closed(cast, unit=UNIT, at=at("10-12 09:40"))
    withdrawn = does(submitted(cast, HOTEL, at=at("10-12 09:50")), c.Withdraw("不开了"), cast.citizen)

    untouched = (asks, in_hours, over, withdrawn)
    rows = {one.number: list(PromiseRow.objects.filter(case=one.number).values()) for one in untouched}
    events = CaseEvent.objects.count()
    moved = applied(tmp_path)

    assert moved == sorted([case.number, begins.number, stopped.number])
    assert CaseEvent.objects.count() == events + 3
    for one in untouched:
        assert list(PromiseRow.objects.filter(case=one.number).values()) == rows[one.number]
    # Twelve from Monday 12 October end on the 28th; the inspection has until the 16th, before anything moves.
    moves = {"key": "decide", "about": "", "from": "2026-10-28", "to": "2026-10-29"}
    assert redatings(begins)[0]["promises"] == [moves]
    assert dues(begins)["step", "inspection"] == ("2026-10-16", None)
    # The stopped clocks have no day; only the longest time of the hearing itself goes on running.
    assert [one["key"] for one in redatings(stopped)[0]["promises"]] == ["procedure"]
    assert faults() == []


def test_whoever_acts_before_its_turn_acts_on_the_new_days(
    case: Case, hotel_cast: Cast, tmp_path: Path
) -> None:
    """Between publication and redating a clerk decides: the move is written first, and once."""
    assert not announce_year(another_2026(tmp_path), 2026, at("10-14 17:00")).findings
    does(case, c.Decide(True, WORDS), hotel_cast.approver, at("10-14 17:05"))
    kinds = list(case.events.order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["redated", "decided"]
    assert dues(case)["decide", ""] == ("2026-11-03", "2026-11-13")
    assert [done.promises for done in redate(catalogue().calendar, at("10-14 17:06"))] == []
    assert faults() == []


def test_a_day_that_no_calendar_gave_is_left_for_the_audit(case: Case, tmp_path: Path) -> None:
    PromiseRow.objects.filter(case=case.number, key="decide").update(due_on=date(2026, 12, 1))
    assert applied(tmp_path) == []
    assert faults() == [
        "due_on is datetime.date(2026, 11, 2), the events say datetime.date(2026, 11, 3)",
        "the promises are not those of the events",
    ]


def post_everywhere(cast: Cast) -> None:
    """The people of the cast hold their posts in the unit of the vehicles as well."""
    for person in (cast.window, cast.reviewer, cast.approver):
        for held in list(person.posts.all()):
            Post.objects.create(person=person, post=held.post, unit=UNIT, starts_on=SINCE)


def faults() -> list[str]:
    return [fault.what for _number, found in audit(catalogue().calendar) for fault in found]
