"""Every item of the city: its application filled in to the last page. Its guides are in `test_pages`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.actors import Cast
from support.catalogues import ROOT
from support.drafts import complete
from support.fixed_clock import NOW
from support.visits import signed_in

from yinuo.apps.items.actions.publish import publish
from yinuo.apps.items.queries import catalogue, forget


@pytest.fixture
def whole_city(db: None) -> Iterator[None]:
    report = publish(ROOT, NOW)
    assert not report.findings, [str(finding) for finding in report.findings]
    forget()
    yield
    forget()


@pytest.mark.usefixtures("whole_city")
def test_every_item_can_be_applied_for(cast: Cast) -> None:
    client = signed_in(cast.citizen)
    for item in catalogue().items.values():
        unit = catalogue().city.competent(item.jurisdiction, item.branch)[0].id
        draft = complete(cast.citizen, item.id, unit=unit)
        check = client.get(f"/apply/{draft.pk}/check/")
        assert check.status_code == 200, item.id
        draft.delete()
