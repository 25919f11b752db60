"""What applicants do: apply, answer, urge, withdraw, rate."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from yinuo.apps.cases.actions.save_draft import save_draft
from yinuo.apps.cases.actions.start import start
from yinuo.apps.cases.actions.submit import is_anonymous, submit
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.catalogue.loading import Entry
from yinuo.catalogue.scenario import time_of
from yinuo.core.case import CaseState, Stage
from yinuo.core.case import commands as c
from yinuo.core.case.rules.rating import BAD, RATED
from yinuo.core.case.state import UNDECIDED
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.form import problems, settle
from yinuo.core.promise import is_past
from yinuo.demo.cases import sample_file
from yinuo.demo.simulation.plans import Plan, level, plan
from yinuo.demo.simulation.town import Town


def apply_for(town: Town, entry: Entry) -> None:
    """Somebody hands in an application for an item at a unit that is competent for it."""
    item, rng = entry.item, town.rng
    answers = answers_on(entry, town.today)
    if is_anonymous(item, answers) or problems(item.form, settle(item.form, answers), town.today):
        return
    town.later()
    person = rng.choice(town.citizens)
    draft = start(item, person=person, now=town.now)
    assert not isinstance(draft, Refusal), draft
    uploaded = [m.key for m in item.needed(settle(item.form, answers)) if m.is_uploaded]
    file = [sample_file(person, town.now)] if uploaded else []
    unit = _unit(town, entry)
    draft = save_draft(
        draft, now=town.now, answers=answers, provided=dict.fromkeys(uploaded, file), unit=unit
    )
    assert not isinstance(draft, Refusal), draft
    case = submit(draft, person=person, now=town.now)
    assert not isinstance(case, Refusal), f"{item.id}: {case}"
    town.open[case.number] = (case, plan(rng))
    town.note("Submit")


def _unit(town: Town, entry: Entry) -> str:
    """The first ones of the tree are the large ones, where most people live."""
    units = town.served.city.competent(entry.item.jurisdiction, entry.item.branch)
    return units[min(int(town.rng.expovariate(0.12)), len(units) - 1)].id


def answers_on(entry: Entry, today: date) -> dict[str, Any]:
    """The answers of the happy scenario, with its days moved as if it began today."""
    happy = next(scenario for scenario in entry.shape.scenarios if scenario.shows == "happy")
    moved = today - day_of(time_of(happy.start))
    dates = {field.key for field in entry.item.form.fields if field.type in ("date", "datetime")}
    return {key: _moved(value, moved) if key in dates else value for key, value in happy.answers.items()}


def _moved(value: Any, by: timedelta) -> Any:
    if not isinstance(value, str):
        return value
    shifted = datetime.fromisoformat(value) + by
    return (
        shifted.date().isoformat() if len(value) == len("2026-01-01") else shifted.isoformat()[: len(value)]
    )


def go_on(town: Town, case: Case, own: Plan) -> None:
    """What the applicant of an open case does today, if anything."""
    state = opened(case, town.now).state
    if state.stage is Stage.SUPPLEMENT:
        _answer(town, case, own, state)
    elif own.withdrawn_after == own.age and state.stage in UNDECIDED:
        town.tries(case, c.Withdraw("先不办了"), case.applicant)
    elif own.urged_after == own.age and state.stage in UNDECIDED:
        town.tries(case, c.Urge("请问办到哪一步了"), case.applicant)


def _answer(town: Town, case: Case, own: Plan, state: CaseState) -> None:
    asked = state.promise("supplement")
    assert asked is not None
    waited = town.served.calendar.working_days(day_of(asked.start), town.today)
    if own.answers_after is not None and waited >= own.answers_after:
        today = answers_on(town.served.entries[case.item], town.today)
        fresh = {key: today.get(key, value) for key, value in state.answers.items()}
        town.tries(case, c.AnswerSupplement(fresh, state.provided), case.applicant)


def rate(town: Town, case: Case) -> None:
    """Voluntarily, and more often badly by whoever waited longer than promised."""
    state = opened(case, town.now).state
    decide = state.promise("decide")
    due = decide.due(town.served.calendar) if decide else None
    late = (
        decide is not None
        and decide.ended is not None
        and isinstance(due, date)
        and is_past(due, decide.ended)
    )
    given = level(town.rng, late=late)
    reasons = [reason.key for reason in town.served.rules.reasons if reason.bad == (given in BAD)]
    command = c.Rate(given, "", tuple(town.rng.sample(reasons, min(2, len(reasons)))))
    if state.stage in RATED:
        town.tries(case, command, case.applicant)
