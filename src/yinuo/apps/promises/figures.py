"""Counting promises with the database. Each count is a condition, and so is the list behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, StrIndex

from yinuo.apps.promises.days import ShanghaiDay, ShanghaiMonth
from yinuo.apps.promises.models import PromiseRow, RungReached
from yinuo.core.calendar import Calendar
from yinuo.core.clock import Limit, Stopped, Unit, day_of, end_of_day, instant, reach
from yinuo.core.figures import MAIN, Period, Tally, View
from yinuo.core.promise import REMEDY, Threshold, is_past
from yinuo.core.receipt import extension_from_json, moment, pause_from_json

Visits = frozenset[tuple[str, int]]  # (case number, visit) of ratings that an appeal took out
KEPT = Q(due_at__isnull=True, ended_on__lte=F("due_on")) | Q(due_at__isnull=False, ended_at__lte=F("due_at"))
GROUPS = {"unit": "owner", "item": "item", "person": "person"}


def office(units: frozenset[str] | None) -> QuerySet[PromiseRow]:
    """What these units (None: all) owe or owed in the cases that they have; every count starts from here."""
    owed = ~Q(owner="applicant") if units is None else Q(unit__in=units, owner__in=units)
    return PromiseRow.objects.filter(owed).annotate(ended_on=ShanghaiDay("ended_at"))


def within(column: str, period: Period) -> Q:
    """Whether a moment lies in a period, in a form that an index serves."""
    return Q(**{f"{column}__gte": instant(period.first), f"{column}__lt": end_of_day(period.last)})


def conditions(view: View, taken_out: Visits) -> dict[str, Q]:
    """Each count's key and condition on the rows of `office`; those of the open clocks are in `standing`."""
    late = Q(pk__in=_late_by_hours(view))
    found: dict[str, Q] = {}
    for key in MAIN:
        ended = Q(key=key, is_void=False) & within("ended_at", view.period)
        bound = ended & Q(statutory_due_on__isnull=False)
        lawful = bound & Q(ended_on__lte=F("statutory_due_on")) & ~late
        found |= {f"{key}-ended": ended, f"{key}-kept": ended & KEPT}
        found |= {f"{key}-bound": bound, f"{key}-lawful": lawful}
    decided = PromiseRow.objects.filter(found["decide-ended"])
    extended = decided.annotate(extended=_at("extensions")).filter(extended__gt=0)
    found["extended"] = found["decide-ended"] & Q(pk__in=extended.values("pk"))
    return found | _remedies(view, taken_out) | _cards(view.period)


def _at(what: str) -> StrIndex:
    """Where in the stored text a list of `pauses` or `extensions` begins that is not empty; 0: nowhere.
    Looking for a piece of text takes a third of the time that taking the JSON apart does."""
    return StrIndex(Cast("facts", TextField()), Value(f'"{what}": [{{'))


def _late_by_hours(view: View) -> list[int]:
    """A limit of the law in hours ends within its last day, and the row has only that day."""
    rows = PromiseRow.objects.annotate(ended_on=ShanghaiDay("ended_at")).filter(
        within("ended_at", view.period)
    )
    same_day = rows.filter(key__in=MAIN).filter(
        statutory_due_on=F("ended_on")
    )  # what costs most is asked last
    found = same_day.filter(facts__statutory__text__endswith="h")
    return [row.pk for row in found if row.ended_at and _is_past_law(row, view.calendar, row.ended_at)]


def _is_past_law(row: PromiseRow, calendar: Calendar, at: datetime) -> bool:
    """Counted anew from what the row keeps of the promise."""
    facts: Any = row.facts
    limit, start = Limit.from_json(facts["statutory"]), moment(facts["start"])
    pauses = [pause_from_json(one) for one in facts["pauses"]]
    extensions = [extension_from_json(one) for one in facts["extensions"]]
    due = reach(start, limit, calendar, pauses, extensions).due
    return not isinstance(due, Stopped) and is_past(due, at)


def _remedies(view: View, taken_out: Visits) -> dict[str, Q]:
    bad = Q(key="verify") & within("started_at", view.period) & ~_visits(taken_out)
    calls = PromiseRow.objects.filter(
        key="call-back", case=OuterRef("case"), about=OuterRef("about"), ended_at__isnull=False, is_void=False
    )
    due = Q(key__in=REMEDY, is_void=False, due_on__range=(view.period.first, view.period.last))
    kept = due & Q(ended_at__isnull=False) & KEPT
    in_time = Q(due_at__isnull=True, due_on__gte=day_of(view.now)) | Q(due_at__gte=view.now)
    waiting = Q(ended_at__isnull=True) & in_time
    return {
        "bad-ratings": bad,
        "called-back": bad & Q(Exists(calls)),
        "remedies-due": due,
        "remedies-kept": kept,
        "remedies-broken": due & ~waiting & (Q(ended_at__isnull=True) | ~KEPT),
    }


def _visits(taken_out: Visits) -> Q:
    """Whether a row is about one of these ratings."""
    found = Q(pk__in=[])
    for case, visit in taken_out:
        found |= Q(case=case, about=str(visit))
    return found


def _cards(period: Period) -> dict[str, Q]:
    cards = Q(key="card") & within("started_at", period)
    return {f"card-{colour}": cards & Q(about=colour) for colour in ("yellow", "red")}


def tallies(rows: QuerySet[PromiseRow], by: str, view: View, taken_out: Visits) -> dict[str, Tally]:
    """`by` is a key of GROUPS. Everything about promises but what stands open now."""
    sums: dict[str, Tally] = defaultdict(Tally)
    _count_main(sums, rows, by, view)
    _count_rest(sums, rows, by, _remedies(view, taken_out) | _cards(view.period))
    for group, key, _case, at, facts in _unusual(rows, by, view):
        if key == "decide" and facts["extensions"] and view.period.has(at):
            sums[group].counts["extended"] += 1
        for why, days in _stops(facts, view):
            sums[group].stops[why] += 1
            sums[group].stopped[why] += days
    return dict(sums)


def _count_main(sums: dict[str, Tally], rows: QuerySet[PromiseRow], by: str, view: View) -> None:
    """The clocks of the service, by what became of each: one pass, with as little to compare as can be."""
    ended = rows.filter(within("ended_at", view.period), key__in=MAIN, is_void=False)
    law = When(ended_on__lte=F("statutory_due_on"), then=Value("lawful"))
    unbound = When(statutory_due_on__isnull=True, then=Value(""))
    fates = ended.annotate(
        kept=Case(When(KEPT, then=Value(1)), default=Value(0)),
        law=Case(unbound, law, default=Value("bound")),
        days=Case(When(key="decide", then=F("used"))),
    )
    grouped = fates.order_by().values_list(GROUPS[by], "key", "days", "kept", "law").annotate(n=Count("pk"))
    for group, key, days, kept, bound, n in grouped:
        tally = sums[group]
        tally.counts.update({f"{key}-ended": n, f"{key}-kept": n * kept, f"{key}-bound": n * bool(bound)})
        tally.counts[f"{key}-lawful"] += n * (bound == "lawful")
        if key == "decide":
            tally.days[days or 0] += n
    for row in rows.filter(pk__in=_late_by_hours(view)).values(GROUPS[by], "key"):
        sums[row[GROUPS[by]]].counts[f"{row['key']}-lawful"] -= 1


def _count_rest(sums: dict[str, Tally], rows: QuerySet[PromiseRow], by: str, asked: dict[str, Q]) -> None:
    """Remedies and cards, of which there are few."""
    counted = rows.filter(key__in=(*REMEDY, "card")).order_by().values(GROUPS[by])
    for row in counted.annotate(**{_name(key): Count("pk", filter=one) for key, one in asked.items()}):
        sums[row[GROUPS[by]]].counts.update({key: row[_name(key)] for key in asked})


def _name(key: str) -> str:
    return f"n_{key.replace('-', '_')}"


def stops(rows: QuerySet[PromiseRow], by: str, view: View) -> Iterator[tuple[str, tuple[str, str], str, int]]:
    """Group, reason, case and working days of each stop that began in the period."""
    for group, _key, case, _at, facts in _unusual(rows, by, view):
        for why, days in _stops(facts, view):
            yield group, why, case, days


def _unusual(rows: QuerySet[PromiseRow], by: str, view: View) -> Iterator[tuple[str, str, str, Any, Any]]:
    """Group, key, case, end (None where it was void) and facts of what was ever stopped or extended."""
    running = rows.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gte=instant(view.period.first)),
        key__in=MAIN, started_at__lt=end_of_day(view.period.last),
    )  # fmt: skip
    found = running.annotate(paused=_at("pauses"), extended=_at("extensions"))
    unusual = found.filter(Q(paused__gt=0) | Q(extended__gt=0)).order_by()
    fields = (GROUPS[by], "key", "case", "ended_at", "is_void", "facts")
    for group, key, case, at, is_void, facts in unusual.values_list(*fields):
        yield group, key, case, None if is_void else at, facts


def _stops(facts: Any, view: View) -> Iterator[tuple[tuple[str, str], int]]:
    """Reason and working days of each stop of a promise that began in the period."""
    for pause in facts["pauses"]:
        begun = day_of(moment(pause["from"]))
        if view.period.has(begun):
            ended = day_of(moment(pause["to"])) if pause["to"] else day_of(view.now)
            yield (pause["kind"], pause["ground"]), max(view.calendar.working_days(begun, ended), 0)


def standing(rows: QuerySet[PromiseRow], by: str, view: View) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Group, case and how its running clock stands: any of due-today, yellow, red, violation."""
    running = rows.filter(key__in=MAIN, ended_at__isnull=True, is_paused=False, due_on__isnull=False)
    in_hours = _past_law_today(running, view)
    texts = running.order_by().annotate(limit=KT("facts__promised__text"))
    rule = lru_cache(maxsize=None)(view.supervision.threshold)
    known: dict[tuple[Any, ...], frozenset[str]] = {}
    whose = ("key", "item", "owner")
    fields = ("limit", "due_on", "due_at", "statutory_due_on", "started_at")
    for group, case, key, item, owner, *facts in texts.values_list(GROUPS[by], "case", *whose, *fields):
        told = (case in in_hours, rule(key, item, owner), *facts)
        if told not in known:
            known[told] = frozenset(_words(view, *told))
        yield group, case, known[told]


def _past_law_today(running: QuerySet[PromiseRow], view: View) -> set[str]:
    """Cases whose limit of the law is one of hours and ran out today."""
    today = running.filter(statutory_due_on=day_of(view.now), facts__statutory__text__endswith="h")
    return {row.case for row in today if _is_past_law(row, view.calendar, view.now)}


def _words(
    view: View,
    is_over: bool,
    near: Threshold,
    limit: str,
    due_on: Any,
    due_at: Any,
    law: Any,
    started_at: Any,
) -> Iterator[str]:
    """`law`: the last day by the law. `is_over`: past a limit of the law in hours that ended today."""
    today = day_of(view.now)
    if view.now > due_at if due_at else today > due_on:
        yield "violation" if is_over or (law is not None and today > law) else "red"
        return
    if due_on == today:
        yield "due-today"
    if _is_near(view, near, limit, due_on, due_at, started_at):
        yield "yellow"


def _is_near(view: View, near: Threshold, text: str, due_on: Any, due_at: Any, started_at: Any) -> bool:
    """Whether so little of the limit is left as the city has set it."""
    today = day_of(view.now)
    left = view.calendar.working_days(today, due_on)
    if left <= near.working_days:
        return True
    if due_at is not None:
        return bool((due_at - view.now) * near.share <= due_at - started_at)
    limit = Limit.parse(text)
    if isinstance(limit, Limit) and limit.unit is Unit.WORKING_DAY:
        return left * near.share <= limit.amount
    return bool((due_on - today) * near.share <= due_on - day_of(started_at))


def broken(rows: QuerySet[PromiseRow], view: View) -> QuerySet[PromiseRow, tuple[Any, ...]]:
    """Key, item, unit, due day and day of the end of what broke its promise, the latest due first."""
    ended = Q(is_void=False) & within("ended_at", view.period) & ~KEPT
    passed = Q(due_at__isnull=True, due_on__lt=day_of(view.now)) | Q(due_at__lt=view.now)
    late = Q(ended_at__isnull=True, is_paused=False) & passed
    found = rows.filter(Q(key__in=MAIN) & (ended | late)).annotate(done_on=ShanghaiDay("ended_at"))
    return found.order_by("-due_on", "item", "owner").values_list("key", "item", "owner", "due_on", "done_on")


def rungs(units: frozenset[str] | None, period: Period) -> Counter[str]:
    """How often which rung of warning was come to in these units."""
    reached = RungReached.objects.filter(within("at", period))
    reached = reached if units is None else reached.filter(unit__in=units)
    return Counter(dict(reached.values_list("rung").annotate(n=Count("pk"))))


def by_month(rows: QuerySet[PromiseRow], period: Period) -> dict[str, Tally]:
    """Decisions of each month of the period, `2026-10`: how many, how many in time, the days they took."""
    ended = rows.filter(Q(key="decide", is_void=False) & within("ended_at", period))
    grouped = ended.order_by().annotate(month=ShanghaiMonth("ended_at")).values("month", "used")
    sums: dict[str, Tally] = defaultdict(Tally)
    for row in grouped.annotate(n=Count("pk"), kept=Count("pk", filter=KEPT)):
        tally = sums[row["month"]]
        tally.counts.update({"decide-ended": row["n"], "decide-kept": row["kept"]})
        tally.days[int(row["used"] or 0)] += row["n"]
    return dict(sums)


def days_by_item(period: Period) -> Mapping[str, Counter[int]]:
    """Item -> how many decisions of the period took so many working days."""
    ended = PromiseRow.objects.filter(
        Q(key="decide", is_void=False, used__isnull=False) & within("ended_at", period)
    )
    sums: dict[str, Counter[int]] = defaultdict(Counter)
    for item, used, n in ended.order_by().values_list("item", "used").annotate(n=Count("pk")):
        sums[item][used or 0] += n
    return sums


def cases_behind(rows: QuerySet[PromiseRow], asked: Iterable[Q], without: Iterable[Q] = ()) -> QuerySet[Any]:
    """The numbers of the cases behind a count: any of these conditions, none of the others."""
    wanted, left_out = Q(pk__in=[]), Q(pk__in=[])
    for one in asked:
        wanted |= one
    for one in without:
        left_out |= one
    outside = rows.filter(left_out).order_by().values("pk")
    return rows.filter(wanted).exclude(pk__in=outside).order_by().values("case")
