"""The catalogue at the desk: what editors have, how it differs, how it runs, and putting it into service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from support.actors import Cast, member
from support.drafts import VEHICLE
from support.editions import edition, path_of
from support.served import ITEMS
from support.visits import shown, signed_in

from yinuo.apps.items import queries

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")

FILE = "baicheng/items/jiaoguan/jg-vehicle-transfer.yaml"


@pytest.fixture
def workshop(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The editors' catalogue: just what is in service, until a test edits it."""
    settings.CATALOGUE = edition(tmp_path / "workshop", *map(path_of, ITEMS))
    queries.forget()
    yield Path(settings.CATALOGUE)
    queries.forget()


@pytest.fixture
def editor(cast: Cast) -> Client:
    return signed_in(member("editor", queries.catalogue().city.bureau.id, "editor"))


def edit(workshop: Path, old: str, new: str) -> None:
    path = workshop / FILE
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def page(client: Client, address: str, **query: str) -> str:
    response = client.get(f"/desk/catalogue/{address}", query)
    assert response.status_code == 200
    return shown(response)


def test_every_item_is_listed_and_found_by_name_branch_and_state(workshop: Path, editor: Client) -> None:
    edit(workshop, "amount: 110", "amount: 120")
    assert f"事项 {len(ITEMS)} 个" in page(editor, "")
    changed = page(editor, "", state="changed")
    assert "机动车转让登记（本地）" in changed
    assert "居民身份证丢失补领" not in changed
    assert "居民身份证丢失补领" in page(editor, "", q="hz-id")
    assert "机动车转让登记（本地）" not in page(editor, "", branch="huzheng")
    assert "没有符合条件的事项" in page(editor, "", q="不存在")


def test_what_an_edit_changes_is_told_in_words(workshop: Path, editor: Client) -> None:
    assert "没有变化。" in page(editor, f"{VEHICLE}/")
    edit(workshop, "amount: 110", "amount: 120")
    assert "费用“费用”现在是：120 元一辆" in page(editor, f"{VEHICLE}/")


def test_a_problem_is_shown_with_its_place(workshop: Path, editor: Client) -> None:
    assert "没有问题" in page(editor, f"{VEHICLE}/")
    edit(workshop, "count: 1\n", "count: 0\n")
    told = page(editor, f"{VEHICLE}/")
    assert "visits.reason: there is no visit to give a reason for" in told
    assert "改好才能发布" in told


def test_scenarios_run_step_by_step_with_the_clock(workshop: Path, editor: Client) -> None:
    context = editor.get(f"/desk/catalogue/{VEHICLE}/").context
    scenario, steps = context["scenarios"][0]
    assert steps[0].name == "提交申请"
    assert [step.step.at for step in steps] == sorted(step.step.at for step in steps)
    decide = next(clock for clock in steps[-1].clocks if clock.key == "decide")
    assert str(decide.due) == scenario.expect.due["decide"]


def test_the_preview_shows_guide_and_form_and_nothing_to_press(workshop: Path, editor: Client) -> None:
    edit(workshop, "车卖给了、送给了住在白城的人", "车给了住在白城的人")
    response = editor.get(f"/desk/catalogue/{VEHICLE}/preview/")
    assert "车给了住在白城的人" in shown(response)
    assert "车是怎么来的" in shown(response)
    assert f"/items/{VEHICLE}/apply/" not in response.content.decode()


def test_an_editor_publishes_and_the_hall_serves_it_while_versions_are_kept(
    workshop: Path, editor: Client
) -> None:
    before = queries.catalogue().entries[VEHICLE].item.version
    edit(workshop, "amount: 110", "amount: 120")
    response = editor.post("/desk/catalogue/publish/", follow=True)
    assert f"已发布，{len(ITEMS)} 个事项已经在用" in shown(response)
    queries.forget()
    assert queries.catalogue().entries[VEHICLE].item.fee.amount == 120
    assert queries.pinned(VEHICLE, before).fee.amount == 110
    assert "发布过 2 个版本" in page(editor, f"{VEHICLE}/")


def test_with_a_finding_nothing_is_published(workshop: Path, editor: Client) -> None:
    before = queries.catalogue().entries[VEHICLE].item.version
    edit(workshop, "count: 1\n", "count: 0\n")
    response = editor.post("/desk/catalogue/publish/")
    assert response.status_code == 422
    assert "there is no visit to give a reason for" in shown(response)
    queries.forget()
    assert queries.catalogue().entries[VEHICLE].item.version == before


def test_a_catalogue_that_cannot_be_read_says_why(workshop: Path, editor: Client) -> None:
    (workshop / "baicheng" / "city.yaml").write_text("id: [")
    assert "is no YAML" in page(editor, "")


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_there(workshop: Path, editor: Client) -> None:
    (workshop / FILE).write_text("id: [")
    told = page(editor, "")
    assert FILE in told
    assert f"事项 {len(ITEMS) - 1} 个" in told
    assert editor.get(f"/desk/catalogue/{VEHICLE}/").status_code == 404


def test_only_an_editor_publishes(workshop: Path, cast: Cast) -> None:
    clerk = signed_in(cast.window)
    assert "检查并发布" not in page(clerk, "")
    assert clerk.post("/desk/catalogue/publish/").status_code == 403
    assert signed_in(cast.citizen).get("/desk/catalogue/").status_code == 403
    assert clerk.get("/desk/catalogue/publish/").status_code == 405
