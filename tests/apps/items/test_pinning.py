"""A case keeps the version of the item under which it was handed in."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.actors import Cast, make_cast
from support.drafts import HOTEL, VEHICLE, begun
from support.editions import edit, withdraw
from support.fixed_clock import NOW
from support.journeys import WORDS, does, examined, submitted

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.items.actions.publish import publish
from yinuo.apps.items.models import ItemVersion
from yinuo.apps.items.queries import catalogue, forget, pinned
from yinuo.core.case import commands as c

NAME = "机动车转让登记（本地）"


def changed(root: Path, item: str, old: str, new: str) -> None:
    edit(root, item, old, new)
    report = publish(root, NOW)
    assert not report.findings
    forget()


def test_the_old_version_can_still_be_read_after_the_item_has_changed(db: None, root: Path) -> None:
    old = catalogue().items[VEHICLE]
    changed(root, VEHICLE, NAME, "机动车过户登记")
    new = catalogue().items[VEHICLE]
    assert new.version != old.version
    assert new.name.zh == "机动车过户登记"
    assert pinned(VEHICLE, old.version) == old
    assert pinned(VEHICLE, new.version) == new


def test_a_version_that_never_was_is_not_made_up(db: None) -> None:
    with pytest.raises(ItemVersion.DoesNotExist):
        pinned(VEHICLE, "0" * 64)


def test_a_running_case_keeps_its_limits_when_the_item_changes(db: None, root: Path) -> None:
    cast = make_cast("taobei-public-order", "zhenlai-public-order")
    case = examined(cast, HOTEL)
    changed(root, HOTEL, "promised: 3wd", "promised: 5wd")
    later = examined(cast, HOTEL, at=case.changed_at)
    assert [delivered_within(decided(one, cast)) for one in (case, later)] == [3, 5]


def decided(case: Case, cast: Cast) -> Case:
    return does(case, c.Decide(True, WORDS), cast.approver)


def delivered_within(case: Case) -> int:
    promise = opened(case).state.promise("deliver")
    assert promise is not None
    return promise.promised.amount


def test_a_case_goes_on_when_its_item_is_withdrawn(cast: Cast, root: Path) -> None:
    case = submitted(cast)
    withdraw(root, VEHICLE)
    assert not publish(root, NOW).findings
    forget()
    assert VEHICLE not in catalogue().items
    case = does(case, c.Accept(), cast.window)
    assert opened(case).item.name.zh == NAME


def test_a_draft_keeps_the_version_that_it_was_begun_under(cast: Cast, root: Path) -> None:
    draft = begun(cast.citizen)
    changed(root, VEHICLE, NAME, "机动车过户登记")
    assert pinned(draft.item, draft.item_version).name.zh == NAME
