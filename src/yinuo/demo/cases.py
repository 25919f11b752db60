"""Living cases: each plot drives a real item a part of its way, at simulated times before now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from yinuo.apps.cases.actions import issue as issuing
from yinuo.apps.cases.actions import revoke as revoking
from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.actions.pass_time import pass_time
from yinuo.apps.cases.actions.save_draft import save_draft
from yinuo.apps.cases.actions.start import start
from yinuo.apps.cases.actions.submit import is_anonymous, submit
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.documents.actions.upload import upload
from yinuo.apps.people.models import Person
from yinuo.catalogue.loading import Catalogue, Entry
from yinuo.core.calendar import Calendar
from yinuo.core.case import Stage
from yinuo.core.case import commands as c
from yinuo.core.clock import SHANGHAI, day_of
from yinuo.core.errors import Refusal
from yinuo.core.form import settle
from yinuo.demo.citizens import CITIZENS
from yinuo.demo.people import citizen, holder

WORDS = "材料齐全，符合规定"


@dataclass(slots=True)
class Story:
    """One case on its way. `later` moves the story's clock, never past the present."""

    case: Case
    applicant: Person
    at: datetime
    end: datetime
    calendar: Calendar

    def later(self, *, days: int = 0, minutes: int = 20) -> None:
        """On by working days and minutes; the office works between nine and four."""
        if days:
            day = self.calendar.nth_working_day(day_of(self.at), days)
            self.at = self.at.replace(year=day.year, month=day.month, day=day.day)
        self.at = min(self.at + timedelta(minutes=minutes), self.end)

    def does(self, command: Any, post: str | None = None) -> None:
        """The applicant (no post) or the holder of a post does something now."""
        person = self.applicant if post is None else holder(self.case.unit, post)
        result = act(self.case, command, person=person, now=self.at)
        assert not isinstance(result, Refusal), f"{self.case.item}: {command}: {result}"
        self.case = result.case

    def clock(self) -> None:
        assert pass_time(self.case.pk, self.at), f"{self.case.item}: time changed nothing by {self.at}"
        self.case.refresh_from_db()

    def accepted(self) -> None:
        self.later(minutes=45)
        self.does(c.Accept(), opened(self.case).item.route.accept_post)

    def stepped(self, most: int = 9, *, days: int = 0) -> None:
        found = opened(self.case)
        for step in found.item.route.steps[found.state.step :][:most]:
            self.later(days=days)
            self.does(c.PassStep(WORDS), step.post)

    def decided(self, granted: bool = True, reasons: str = WORDS) -> None:
        self.later()
        self.does(c.Decide(granted, reasons), opened(self.case).item.route.decide_post)

    def issued(self) -> None:
        self.later()
        result = issuing.issue(self.case, person=holder(self.case.unit, "window"), now=self.at)
        assert not isinstance(result, Refusal), f"{self.case.item}: {result}"
        self.case = result.case

    def delivered(self, method: str = "pickup", reference: str = "") -> None:
        self.later()
        self.does(c.Deliver(method, reference), "window")

    def finished(self) -> None:
        self.accepted()
        self.stepped()
        self.decided()
        if opened(self.case).item.route.issues:
            self.issued()
            self.delivered()


Plot = Callable[[Story], None]


def _supplement(story: Story) -> None:
    found = opened(story.case)
    upload_key = next((m.key for m in found.item.needed(found.state.answers) if m.is_uploaded), None)
    story.later()
    field = found.item.form.fields[0].key
    materials = {upload_key: "照片太暗，看不清编号，请重新拍一张"} if upload_key else {}
    fields = {} if upload_key else {field: "请对照证件再核对一遍"}
    story.does(c.AskSupplement(materials, fields), "window")


def _supplemented(story: Story) -> None:
    _supplement(story)
    story.later(days=1)
    state = opened(story.case).state
    story.does(c.AnswerSupplement(state.answers, state.provided))


def _suspended(story: Story) -> None:
    story.accepted()
    procedure = opened(story.case).item.special_procedures[0].key
    found = opened(story.case)
    step = found.item.route.step(found.state.step)
    story.later(days=1)
    story.does(
        c.Suspend(procedure, "需要这个程序的结论，预计 5 个工作日"),
        step.post if step else found.item.route.decide_post,
    )


def _asked_to_extend(story: Story) -> None:
    story.accepted()
    found = opened(story.case)
    step = found.item.route.step(found.state.step)
    story.later(days=1)
    story.does(
        c.AskExtension("要向外地核实，按期办不完"), step.post if step else found.item.route.decide_post
    )


def _extended(story: Story) -> None:
    _asked_to_extend(story)
    story.later()
    story.does(c.AnswerExtension(True), "leader")


def _rated(level: int, words: str) -> Plot:
    def plot(story: Story) -> None:
        story.finished()
        story.later(minutes=90)
        story.does(c.Rate(level, words))

    return plot


def _denied(story: Story) -> None:
    story.accepted()
    story.stepped()
    story.decided(False, "核查发现不符合规定的条件，具体见审核意见")
    if opened(story.case).item.route.issues:
        story.issued()


def _late(story: Story) -> None:
    story.accepted()
    story.later(days=25)
    story.stepped()
    story.decided()


def _revoked(story: Story) -> None:
    story.finished()
    story.later(days=1)
    person = holder(story.case.unit, opened(story.case).item.route.decide_post)
    result = revoking.revoke(story.case, "发现申请时提交的证明不真实", person=person, now=story.at)
    assert not isinstance(result, Refusal)


def _refused(story: Story) -> None:
    story.later()
    story.does(c.Refuse("您的户口和居住地都不在本市，请到户口所在地申请"), "window")


def _transferred(story: Story) -> None:
    story.later()
    story.does(c.Refuse("这件事不归公安机关办", "市市场监督管理局"), "window")


def _urged(story: Story) -> None:
    story.accepted()
    story.later(days=1)
    story.does(c.Urge("我等着用，麻烦快一点"))
    story.does(c.Say("需要我再补什么，请直接告诉我。"))


def _accepted(story: Story) -> None:
    story.accepted()


def _half_way(story: Story) -> None:
    story.accepted()
    story.stepped(1)


def _granted(story: Story) -> None:
    story.accepted()
    story.stepped()
    story.decided()


def _issued(story: Story) -> None:
    _granted(story)
    story.issued()


def _submitted(story: Story) -> None:
    """Nothing more: it waits at the window."""


def _withdrawn(story: Story) -> None:
    story.accepted()
    story.later(days=1)
    story.does(c.Withdraw("先不办了"))


def _lapsed(story: Story) -> None:
    _supplement(story)
    story.at = story.end
    story.clock()


def _deemed(story: Story) -> None:
    story.at = story.end
    story.clock()


@dataclass(frozen=True, slots=True)
class Chapter:
    """`days`: how many calendar days ago it begins; `fits`: which items it can be told of."""

    plot: Plot
    days: int
    times: int
    fits: Callable[[Entry], bool] = lambda entry: True


def _has_steps(entry: Entry) -> bool:
    return bool(entry.item.route.steps)


def _issues(entry: Entry) -> bool:
    return entry.item.route.issues


CHAPTERS = (
    Chapter(_submitted, 0, 4),
    Chapter(_submitted, 2, 2),
    Chapter(_supplement, 1, 2),
    Chapter(_supplemented, 5, 1),
    Chapter(_accepted, 0, 3),
    Chapter(_accepted, 6, 3),
    Chapter(_half_way, 3, 3, _has_steps),
    Chapter(_urged, 4, 1),
    Chapter(_accepted, 60, 1, _has_steps),
    Chapter(_suspended, 12, 2, lambda entry: bool(entry.item.special_procedures)),
    Chapter(_asked_to_extend, 5, 1, lambda entry: bool(entry.item.extension)),
    Chapter(_extended, 9, 1, lambda entry: bool(entry.item.extension)),
    Chapter(_granted, 8, 2, _issues),
    Chapter(_issued, 9, 2, _issues),
    Chapter(_denied, 10, 1, lambda entry: entry.item.route.deniable and _issues(entry)),
    Chapter(_refused, 11, 1),
    Chapter(_transferred, 13, 1),
    Chapter(_withdrawn, 15, 1),
    Chapter(_lapsed, 90, 1),
    Chapter(_deemed, 70, 1, lambda entry: bool(entry.item.limits["accept"].statutory)),
    Chapter(_revoked, 30, 1, _issues),
    Chapter(_late, 80, 1, lambda entry: entry.item.handling == "promise" and _issues(entry)),
    Chapter(_rated(1, "一次就办好了，谢谢"), 25, 3),
    Chapter(_rated(2, ""), 35, 2),
    Chapter(_rated(4, "窗口等得有点久"), 45, 1),
)


def make_cases(served: Catalogue, now: datetime) -> Iterator[Case]:
    """The cases, one by one. An item whose answers do not fit today's date is passed over."""
    entries, now = _spread(served), now.astimezone(SHANGHAI)
    people = [citizen(phone) for phone in CITIZENS]
    made = 0
    for chapter in CHAPTERS:
        for _ in range(chapter.times):
            case = _tell(chapter, entries, people[made % len(people)], served, now)
            if case is not None:
                made += 1
                yield case


def _spread(served: Catalogue) -> list[Entry]:
    """The items in turns of branches, so that every branch has something to do."""
    by_branch: dict[str, list[Entry]] = {}
    for entry in served.entries.values():
        by_branch.setdefault(entry.item.branch, []).append(entry)
    lists = sorted(by_branch.values(), key=len, reverse=True)
    return [
        entries[n] for n in range(max(map(len, lists), default=0)) for entries in lists if n < len(entries)
    ]


def _tell(
    chapter: Chapter, entries: list[Entry], applicant: Person, served: Catalogue, now: datetime
) -> Case | None:
    for entry in list(entries):
        if not chapter.fits(entry):
            continue
        story = begin(entry, applicant, served, now=now, days=chapter.days)
        if story is not None:
            chapter.plot(story)
            entries.remove(entry)
            entries.append(entry)
            return story.case
    return None


def begin(entry: Entry, applicant: Person, served: Catalogue, *, now: datetime, days: int) -> Story | None:
    """Hand in the happy answers of an item some days ago; None when they do not fit that day."""
    started = _office_hours(now - timedelta(days=days), served.calendar, now)
    item = entry.item
    answers = next(s.answers for s in entry.shape.scenarios if s.shows == "happy")
    if is_anonymous(item, answers):
        return None  # whoever sent it could neither answer, nor withdraw, nor rate it
    draft = start(item, person=applicant, now=started)
    assert not isinstance(draft, Refusal)
    needed = [m for m in item.needed(settle(item.form, answers)) if m.is_uploaded]
    files = {m.key: [sample_file(applicant, started)] for m in needed}
    units = served.city.competent(item.jurisdiction, item.branch)
    saved = save_draft(draft, now=started, answers=answers, provided=files, unit=units[0].id)
    assert not isinstance(saved, Refusal)
    case = submit(saved, person=applicant, now=started)
    if isinstance(case, Refusal):
        saved.delete()
        return None
    return Story(case, applicant, started, now, served.calendar)


def _office_hours(moment: datetime, calendar: Calendar, now: datetime) -> datetime:
    day = calendar.on_or_after(day_of(moment))
    at = moment.replace(
        year=day.year, month=day.month, day=day.day, hour=9, minute=30, second=0, microsecond=0
    )
    return min(at, now - timedelta(hours=2))


@cache
def _picture() -> bytes:
    """A sheet of grey lines: what a photographed paper looks like from afar."""
    image = Image.new("RGB", (620, 877), "#fffdfa")
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, 580, 837), outline="#14304c", width=3)
    for n in range(14):
        draw.line((80, 150 + n * 46, 540 - (n * 37) % 190, 150 + n * 46), fill="#9fb2c4", width=9)
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def sample_file(person: Person, now: datetime) -> str:
    stored = upload(SimpleUploadedFile("样例材料.png", _picture()), person=person, now=now)
    assert not isinstance(stored, Refusal)
    return str(stored.pk)


def states() -> dict[str, int]:
    """How many cases there are in each stage, for the demo's greeting."""
    counted = {stage.value: Case.objects.filter(stage=stage.value).count() for stage in Stage}
    return {stage: count for stage, count in counted.items() if count}
