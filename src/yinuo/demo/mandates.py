"""Who acts for whom in the demo: a company with an agent, a child, and a mandate that waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.apps.mandates.actions.answer import answer
from yinuo.apps.mandates.actions.give import give
from yinuo.apps.mandates.actions.state_organisation import state_organisation
from yinuo.apps.mandates.actions.state_ward import state_ward
from yinuo.apps.mandates.models import Mandate
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.demo.people import citizen

COMPANY = "白城样例物流有限公司"
USCC = "91350100M000100Y43"  # the sample of GB 32100
CHILD = "220802201505043216"  # nobody has it
YEAR = timedelta(days=365)


def make_mandates(now: datetime) -> None:
    """王淑兰 represents the company, 李建军 acts for it; 赵德福 has asked 陈思宇, who has not answered."""
    owner, agent, father = citizen("13800000001"), citizen("13800000002"), citizen("13800000004")
    company = state_organisation(owner, USCC, COMPANY, now=now)
    child = state_ward(citizen("13800000003"), "张小满", CHILD, now=now)
    assert not isinstance(company, Refusal)
    assert not isinstance(child, Refusal)
    mandate = give(
        company,
        person=owner,
        phone=agent.phone,
        name=agent.name,
        items=[],
        last_day=day_of(now) + YEAR,
        now=now,
    )
    assert isinstance(mandate, Mandate)
    answer(mandate, agree=True, person=agent, now=now)
    friend = citizen("13800000005")
    give(
        father,
        person=father,
        phone=friend.phone,
        name=friend.name,
        items=[],
        last_day=day_of(now) + YEAR,
        now=now,
    )
