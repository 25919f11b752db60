"""What holds for every case, whoever does whatever at whatever time: random lives, checked at every event."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from support.cases import APPLICANT, Life
from support.random_lives import DAYS, STAFF, any_item, any_move, worker

from yinuo.core.case import ENDED, SYSTEM, Actor, CaseState, Event, Stage, apply, fold
from yinuo.core.case.fold import KINDS
from yinuo.core.clock import instant
from yinuo.core.duties import DUTIES
from yinuo.core.errors import Refusal
from yinuo.core.item import Item
from yinuo.core.promise import Colour, colour, is_past

SERVICE = {"accept", "decide", "deliver", "supplement"}  # of the service itself; the rest goes along
AFTER_THE_END = {
    "rated", "closed", "revoked", "corrected", "rating-verified", "rating-answered", "put-right",
    "called-back", "rating-appealed", "appeal-decided", "drawn", "followed-up", "card-answered",
    "supervision-answered", "redated", "carded", "urge-answered",
}  # fmt: skip
REMEDY = {"verify", "answer", "put-right", "call-back"}
OWED_AFTER_THE_END = REMEDY | {"supervision", "card", "appeal", "follow-up", "urge"}
LATE = (Colour.RED, Colour.VIOLATION)
MOVES, AFTERWARDS = 60, 16  # at most, and once the case has ended


def is_post(post_of: Callable[[Item, CaseState], str]) -> Callable[[Actor, CaseState, Item], bool]:
    return lambda actor, before, of: (
        actor.role == "staff" and (post_of(of, before), before.unit) in actor.posts
    )


def is_applicant(actor: Actor, before: CaseState, of: Item) -> bool:
    return actor == APPLICANT


def deems_or_accepts(actor: Actor, before: CaseState, of: Item) -> bool:
    return actor == SYSTEM or is_post(lambda of, _: of.route.accept_post)(actor, before, of)


def works_there(actor: Actor, before: CaseState) -> bool:
    return any(unit == before.unit for _, unit in actor.posts)


def stands_apart(actor: Actor, before: CaseState) -> bool:
    return works_there(actor, before) and all(actor.id != link.person for link in before.chain)


def takes_over(actor: Actor, before: CaseState, of: Item) -> bool:
    return before.offered is not None and (of.route.accept_post, before.offered["unit"]) in actor.posts


LEADER_ONLY = is_post(lambda of, _: "leader")
WINDOW_ONLY = is_post(lambda of, _: of.route.accept_post)
DECIDER_ONLY = is_post(lambda of, _: of.route.decide_post)
WORKER_ONLY = is_post(worker)
# Who may bring an event about, written down once more and without the rules of the core.
MAY: Mapping[str, Callable[[Actor, CaseState, Item], bool]] = {
    "supplement-asked": WINDOW_ONLY,
    "notice-allowed": is_post(lambda of, _: "supervisor"),
    "supplemented": is_applicant,
    "accepted": deems_or_accepts,
    "refused": WINDOW_ONLY,
    "forwarded": WINDOW_ONLY,
    "taken-over": lambda actor, before, of: takes_over(actor, before, of),
    "forward-declined": lambda actor, before, of: takes_over(actor, before, of),
    "reassigned": is_post(lambda of, _: "supervisor"),
    "taken": lambda actor, before, of: any(unit == before.unit for _, unit in actor.posts),
    "handed-over": lambda actor, before, of: (
        actor.role == "staff" and (actor.id == before.owner.person or ("leader", before.unit) in actor.posts)
    ),
    "stepped": WORKER_ONLY,
    "returned": WORKER_ONLY,
    "suspended": WORKER_ONLY,
    "resumed": lambda actor, before, of: actor == SYSTEM or WORKER_ONLY(actor, before, of),
    "extension-asked": WORKER_ONLY,
    "extension-granted": is_post(lambda of, _: "leader"),
    "extension-declined": is_post(lambda of, _: "leader"),
    "decided": DECIDER_ONLY,
    "issued": WINDOW_ONLY,
    "delivered": WINDOW_ONLY,
    "closed": lambda actor, before, of: (
        actor in (SYSTEM, APPLICANT) or WINDOW_ONLY(actor, before, of) or DECIDER_ONLY(actor, before, of)
    ),
    "withdrawn": is_applicant,
    "lapsed": lambda actor, before, of: actor == SYSTEM,
    "rated": is_applicant,
    "rating-verified": LEADER_ONLY,
    "rating-answered": LEADER_ONLY,
    "put-right": LEADER_ONLY,
    "called-back": lambda actor, before, of: stands_apart(actor, before),
    "rating-appealed": LEADER_ONLY,
    "appeal-decided": lambda actor, before, of: (
        ("supervisor", before.unit) in actor.posts and stands_apart(actor, before)
    ),
    "drawn": lambda actor, before, of: actor == SYSTEM,
    "followed-up": lambda actor, before, of: stands_apart(actor, before),
    "urge-answered": lambda actor, before, of: works_there(actor, before),
    "supervised": lambda actor, before, of: bool(
        {("leader", before.unit), ("supervisor", before.unit)} & actor.posts
    ),
    "supervision-answered": lambda actor, before, of: works_there(actor, before),
    "carded": lambda actor, before, of: actor == SYSTEM or ("supervisor", before.unit) in actor.posts,
    "card-answered": LEADER_ONLY,
    "redated": lambda actor, before, of: actor == SYSTEM,
    "urged": is_applicant,
    "message": lambda actor, before, of: (
        actor == APPLICANT or any(unit == before.unit for _, unit in actor.posts)
    ),
    "revoked": DECIDER_ONLY,
    "corrected": is_post(lambda of, _: "supervisor"),
}


@dataclass
class Watched:
    """A life whose every event is looked at."""

    life: Life
    met: Counter[str] = field(default_factory=Counter)
    broken: set[tuple[str, Any]] = field(default_factory=set)

    def go_on(self, rng: Random) -> None:
        self.life.wait(days=rng.choice(DAYS), minutes=rng.randint(0, 600))
        if self.attempt(*any_move(rng, self.life)):
            self.check_the_whole()

    def check_the_whole(self) -> None:
        self.the_owner_is_never_nobody()
        self.the_events_are_numbered_without_a_gap_and_add_up_to_the_state()
        self.the_events_survive_json()
        self.every_stage_owes_what_it_must_and_an_ended_case_owes_nothing()
        self.what_was_broken_once_stays_broken()
        self.one_notice_for_one_submission_unless_a_supervisor_agreed()
        self.no_end_takes_back_what_was_decided()
        self.the_first_unit_has_it_until_another_has_taken_it()
        self.everything_is_owed_by_whoever_can_keep_it()
        self.what_is_asked_and_what_is_owed_for_it_go_together()
        self.only_a_bad_rating_that_stands_has_a_remedy()
        self.no_promise_has_the_same_card_twice()

    def attempt(self, command: Any, actor: Actor) -> bool:
        """Whether anything happened; whatever did was allowed to."""
        before, count = self.life.state, len(self.life.events)
        refused = self.life.do(command, actor)
        if isinstance(refused, Refusal):
            assert refused.code
            assert (self.life.state, len(self.life.events)) == (before, count)
            return False
        made = self.life.events[count:]
        assert made
        state = before
        for event in made:
            self.met[event.kind] += 1
            self.check(event, actor, state)
            state = apply(state, event)
        assert state == self.life.state
        return True

    def check(self, event: Event, actor: Actor, before: CaseState) -> None:
        """What must hold of one event, given the state that it met."""
        of, facts = self.life.item, event.payload
        assert event.at == self.life.at
        assert (event.actor, event.role) == (actor.id, actor.role)
        assert MAY[event.kind](actor, before, of), f"{actor.id} has no business with {event.kind}"
        if before.stage in ENDED:
            assert event.kind in AFTER_THE_END
        special = getattr(self, "check_" + event.kind.replace("-", "_"), None)
        if special is not None:
            special(facts, actor, before)

    def check_supplement_asked(self, facts: Mapping[str, Any], actor: Actor, before: CaseState) -> None:
        assert facts["ground"]
        if before.notices:
            approver = next(one for one in STAFF if one.id == facts["approved_by"])
            assert ("supervisor", before.unit) in approver.posts
            assert approver.id != actor.id

    def check_accepted(self, facts: Mapping[str, Any], actor: Actor, before: CaseState) -> None:
        accept = before.promise("accept")
        assert accept is not None
        assert facts["deemed"] == (actor == SYSTEM)
        if not facts["deemed"]:
            assert facts["promise"]["start"] == self.life.at.isoformat()
            return
        due = accept.statutory_due(self.life.calendar) or accept.due(self.life.calendar)
        assert not hasattr(due, "left"), "a clock that stands still runs out for nobody"
        assert is_past(due, self.life.at)  # type: ignore[arg-type]
        assert facts["promise"]["start"] == instant(accept.start).isoformat()

    def check_refused(self, facts: Mapping[str, Any], actor: Actor, before: CaseState) -> None:
        assert facts["reasons"].strip()
        assert facts["remedies"]

    def check_suspended(self, facts: Mapping[str, Any], actor: Actor, before: CaseState) -> None:
        assert facts["reason"].strip()
        grounds = {p.key: str(p.ground) for p in self.life.item.special_procedures}
        assert grounds[facts["procedure"]] == facts["ground"]

    def check_extension_granted(self, facts: Mapping[str, Any], actor: Actor, before: CaseState) -> None:
        decide = before.promise("decide")
        assert decide is not None
        assert decide.extensions == ()
        assert facts["extension"]["reason"].strip()
        assert colour(decide, self.life.at, self.life.calendar) not in LATE

    def check_decided(self, facts: Mapping[str, Any], actor: Actor, before: CaseState) -> None:
        way = self.life.item.route
        assert before.step == len(way.steps)
        looked = {event.actor for event in self.life.events if event.kind == "stepped"}
        if way.four_eyes:
            assert actor.id not in (looked if way.steps else {before.accepted_by})
        if not facts["granted"]:
            assert way.deniable
            assert facts["reasons"].strip()
            assert facts["remedies"]

    def check_lapsed(self, facts: Mapping[str, Any], actor: Actor, before: CaseState) -> None:
        asked = before.promise("supplement")
        assert asked is not None
        assert colour(asked, self.life.at, self.life.calendar) in LATE
        assert facts["remedies"]

    def the_owner_is_never_nobody(self) -> None:
        if self.life.now is not None:
            assert self.life.state.owner.person
            assert all(link.person and link.unit for link in self.life.state.chain)
            assert all(promise.owner for promise in self.life.state.promises)
            assert [link.since for link in self.life.state.chain] == sorted(
                link.since for link in self.life.state.chain
            )

    def the_events_are_numbered_without_a_gap_and_add_up_to_the_state(self) -> None:
        if self.life.now is not None:
            assert [event.seq for event in self.life.events] == list(range(1, len(self.life.events) + 1))
            assert fold(self.life.events) == self.life.state

    def the_events_survive_json(self) -> None:
        if self.life.now is not None:
            read_back = [
                replace(event, payload=json.loads(json.dumps(event.payload))) for event in self.life.events
            ]
            assert [event.payload for event in read_back] == [event.payload for event in self.life.events]
            assert fold(read_back) == self.life.state

    def every_stage_owes_what_it_must_and_an_ended_case_owes_nothing(self) -> None:
        owed_by_stage = {
            Stage.SUBMITTED: {"accept"},
            Stage.ACCEPTED: {"decide"},
            Stage.SUSPENDED: {"decide"},
            Stage.GRANTED: {"deliver"},
            Stage.DENIED: {"deliver"},
            Stage.ISSUED: {"deliver"},
        }
        state = self.life.state
        each = Counter((promise.key, promise.about) for promise in state.open_promises)
        assert max(each.values(), default=1) == 1
        working = state.stage in (Stage.ACCEPTED, Stage.SUSPENDED)
        assert bool(state.owes("step")) == (working and state.step < len(self.life.item.route.steps))
        assert not (state.owes("procedure") and state.stage is not Stage.SUSPENDED)
        running = {promise.key for promise in state.open_promises if promise.key in SERVICE}
        if self.life.state.stage is Stage.SUPPLEMENT:
            assert {"supplement"} <= set(running) <= {"supplement", "accept"}
        else:
            assert set(running) == owed_by_stage.get(self.life.state.stage, set())

    def what_was_broken_once_stays_broken(self) -> None:
        seen = {
            (promise.key, promise.about, promise.start): colour(promise, self.life.at, self.life.calendar)
            for promise in self.life.state.promises
        }
        assert {key for key in self.broken if seen.get(key) not in LATE} == set()
        self.broken |= {key for key, shade in seen.items() if shade in LATE}

    def the_first_unit_has_it_until_another_has_taken_it(self) -> None:
        units = [self.life.events[0].payload["unit"]]
        units += [e.payload["unit"] for e in self.life.events if e.kind in ("taken-over", "reassigned")]
        assert self.life.state.unit == units[-1]
        assert self.life.state.owner.unit == units[-1]

    def everything_is_owed_by_whoever_can_keep_it(self) -> None:
        """The applicant an answer, another unit what it was asked, all the rest the unit that has it."""
        state = self.life.state
        for promise in state.open_promises:
            if promise.key == "supplement":
                assert promise.owner == "applicant"
            elif promise.key == "appeal":
                assert promise.owner == state.appeals[int(promise.about)]["to"]
            elif (promise.key, promise.about) == ("hand-over", "unit"):
                assert state.offered is not None
                assert promise.owner == state.offered["unit"]
            elif promise.key != "follow-up":
                assert promise.owner == state.unit

    def what_is_asked_and_what_is_owed_for_it_go_together(self) -> None:
        state = self.life.state
        assert (state.offered is not None) == (state.owes("hand-over", "unit") is not None)
        assert (state.extension is not None) == (state.owes("extension") is not None)
        assert (state.procedure is not None) == (state.stage is Stage.SUSPENDED)
        assert state.urges == self.life.kinds.count("urged") <= DUTIES.most_urges
        if state.owes("hand-over", "person"):
            assert state.owner.duty in ("handed-over", "reassigned")
        if state.stage in ENDED:
            assert {promise.key for promise in state.open_promises} <= OWED_AFTER_THE_END

    def only_a_bad_rating_that_stands_has_a_remedy(self) -> None:
        state = self.life.state
        for promise in state.promises:
            if promise.key in REMEDY:
                visit = int(promise.about)
                assert state.ratings[visit]["level"] in (4, 5)
                upheld = state.appeals.get(visit, {}).get("upheld")
                assert not (upheld and promise.ended is None)

    def no_promise_has_the_same_card_twice(self) -> None:
        given = [(one["card"], one["key"], one["about"], one["since"]) for one in self.life.state.cards]
        assert len(given) == len(set(given))
        owed = {(p.key, p.about, instant(p.start).isoformat()) for p in self.life.state.promises}
        assert {tuple(what) for _, *what in given} <= owed

    def one_notice_for_one_submission_unless_a_supervisor_agreed(self) -> None:
        notices = [event for event in self.life.events if event.kind == "supplement-asked"]
        assert all(event.payload["approved_by"] for event in notices[1:])

    def no_end_takes_back_what_was_decided(self) -> None:
        """Whatever happens after the end, the answers, the papers and the chain stay as they were."""
        ends = [
            n
            for n, event in enumerate(self.life.events)
            if event.kind in ("closed", "refused", "withdrawn", "lapsed")
        ]
        if ends:
            then, now = fold(self.life.events[: ends[0] + 1]), self.life.state
            kept = (
                "stage",
                "answers",
                "provided",
                "chain",
                "decision",
                "document",
                "unit",
                "ended",
            )
            assert [getattr(now, name) for name in kept] == [getattr(then, name) for name in kept]


def live(seed: int) -> Counter[str]:
    """One random life; the kinds of event that it met."""
    rng = Random(seed)
    watched = Watched(Life(any_item(rng)))
    assert watched.life.submit() is None
    watched.met["submitted"] += 1
    left = MOVES
    while left:
        watched.go_on(rng)
        left = min(left - 1, AFTERWARDS) if watched.life.state.stage in ENDED else left - 1
    return watched.met


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_in_every_life_every_invariant_holds_at_every_event(seed: int) -> None:
    live(seed)


def test_random_lives_meet_every_kind_of_event() -> None:
    """Otherwise the invariants would have held of nothing."""
    met = sum((live(seed) for seed in range(300)), Counter[str]())
    assert met.keys() == KINDS
    assert MAY.keys() | {"submitted"} == KINDS
