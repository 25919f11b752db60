"""What an office owes beside the service itself: answers, hand-overs, remedies, each within a small limit.

No law gives these numbers; they are design presets that a city may set otherwise (`supervision.yaml`).
A limit of the law is never here: it belongs to the item.
"""

from __future__ import annotations

from dataclasses import dataclass

from yinuo.core.clock import Limit, Unit

ONE_DAY, TWO_DAYS, THREE_DAYS, FIVE_DAYS, TEN_DAYS, FIFTEEN_DAYS = (
    Limit(amount, Unit.WORKING_DAY) for amount in (1, 2, 3, 5, 10, 15)
)


@dataclass(frozen=True, slots=True)
class Duties:
    hand_over: Limit = ONE_DAY  # to take what was handed over
    extension: Limit = TWO_DAYS  # to answer a request for more time
    urge: Limit = ONE_DAY  # to answer the applicant who asks where it is
    supervision: Limit = THREE_DAYS  # to answer a supervisor
    card: Limit = THREE_DAYS  # to answer a yellow or red card in writing
    verify: Limit = ONE_DAY  # to find out what lies behind a bad rating
    answer: Limit = FIVE_DAYS  # to answer whoever gave it
    put_right: Limit = FIVE_DAYS  # 国办发〔2019〕51号 gives no number; several cities take five working days
    put_right_complex: Limit = FIFTEEN_DAYS  # and fifteen where it is not simple
    call_back: Limit = THREE_DAYS  # to ask whether it is put right
    appeal: Limit = FIVE_DAYS  # to decide on an appeal against a rating
    follow_up: Limit = TEN_DAYS  # to call somebody whose closed case was drawn
    step_share: int = 3  # a step may take one part in so many of the limit to decide
    most_urges: int = 5  # by the applicant in one case; then a supervisor is the better address

    def step(self, whole: Limit) -> Limit:
        """The share of one step; at least one whole unit."""
        if whole.unit is Unit.IMMEDIATE:
            return whole
        return Limit(max(whole.amount // self.step_share, 1), whole.unit, whole.rolls)


DUTIES = Duties()
