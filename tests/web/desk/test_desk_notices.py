"""Notices at the desk: one's own, what could not be delivered, and how a service's notices read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from support.actors import Cast, member
from support.editions import edition, path_of
from support.fixed_clock import NOW
from support.journeys import accepted
from support.notices import ITEM, announced, told
from support.served import ITEMS
from support.visits import shown, signed_in

from yinuo.apps.items import queries
from yinuo.apps.notices.actions.tell import tell
from yinuo.apps.notices.models import Notice
from yinuo.catalogue.notices import TEMPLATES

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")
LIST = "/desk/notices/undelivered/"


@pytest.fixture
def failed(cast: Cast) -> Notice:
    """A text message about a case of the cast's unit that no gateway took."""
    case = accepted(cast)
    announced(case)
    notice = Notice.objects.get(case=case.number, template="accepted")
    facts = {"channel": "sms", "state": "dead", "error": "http-400", "tries": 1, "sent_at": None}
    Notice.objects.filter(pk=notice.pk).update(**facts)
    return notice


def state(notice: Notice) -> str:
    notice.refresh_from_db()
    return notice.state


def decide(client: Client, notice: Notice, **chosen: str) -> Any:
    return client.post(f"{LIST}{notice.pk}/", chosen, follow=True)


def test_staff_read_their_own_at_the_desk(cast: Cast) -> None:
    facts = {"item": ITEM, "code": "ACEFHJKMNPR3", "due": NOW.date()}
    tell(str(cast.window.pk), "urge", facts, case="", key="k", now=NOW)
    client = signed_in(cast.window)
    page = client.get("/desk/notices/")
    assert "申请人催办：机动车转让登记（本地）" in shown(page)
    assert 'class="yn-count">1' in page.content.decode()
    assert client.post("/notices/read/")["Location"] == "/desk/notices/"
    assert "yn-count" not in client.get("/desk/").content.decode()
    assert "还没有通知" in shown(signed_in(cast.reviewer).get("/desk/notices/"))


def test_a_supervisor_sees_what_failed_and_why(cast: Cast, failed: Notice) -> None:
    text = shown(signed_in(cast.supervisor).get(LIST))
    assert "没有送到的通知 1 条" in text
    assert failed.subject in text
    assert "对方服务器拒绝了（400）" in text
    assert "13800000001" not in text


def test_without_anything_it_is_said_so(cast: Cast) -> None:
    assert "都送到了，或者还在路上" in shown(signed_in(cast.supervisor).get(LIST))


def test_it_is_tried_again(cast: Cast, failed: Notice) -> None:
    assert "再发一次" in shown(decide(signed_in(cast.supervisor), failed, way="again"))
    assert state(failed) == "waiting"
    assert (failed.tries, failed.next_try_at) == (0, NOW)


def test_it_is_written_off_with_a_reason_only(cast: Cast, failed: Notice) -> None:
    client = signed_in(cast.supervisor)
    assert "请写明理由" in shown(decide(client, failed, way="drop", reason=" "))
    assert state(failed) == "dead"
    decide(client, failed, way="drop", reason="号码停机")
    assert state(failed) == "dropped"
    assert "没有送到的通知 0 条" in shown(client.get(LIST))


def test_what_nobody_can_know_of_may_have_arrived(cast: Cast, failed: Notice) -> None:
    Notice.objects.filter(pk=failed.pk).update(channel="email", state="unsure", error="stopped")
    client = signed_in(cast.supervisor)
    text = shown(client.get(LIST))
    assert "不知道发出去没有的 1 条" in text
    assert "已经送到" in text
    decide(client, failed, way="done")
    assert state(failed) == "sent"


def test_whoever_comes_second_is_told_so(cast: Cast, failed: Notice) -> None:
    client = signed_in(cast.supervisor)
    decide(client, failed, way="again")
    assert "别人已经处理了" in shown(decide(client, failed, way="drop", reason="x"))
    assert state(failed) == "waiting"


def test_a_way_that_does_not_exist_changes_nothing(cast: Cast, failed: Notice) -> None:
    assert "请选择" in shown(decide(signed_in(cast.supervisor), failed, way="burn"))
    assert state(failed) == "dead"


def test_only_who_supervises_the_unit_decides(cast: Cast, failed: Notice) -> None:
    for person in (cast.window, cast.approver, cast.elsewhere, cast.citizen):
        client = signed_in(person)
        assert client.get(LIST).status_code == 403
        assert client.post(f"{LIST}{failed.pk}/", {"way": "again"}).status_code == 403
    other = signed_in(member("supervisor-2", "zhenlai-traffic", "supervisor"))
    assert failed.subject not in shown(other.get(LIST))
    assert other.post(f"{LIST}{failed.pk}/", {"way": "again"}).status_code == 404
    assert state(failed) == "dead"


def test_an_administrator_sees_those_about_no_case(cast: Cast) -> None:
    notice = told(cast.citizen)
    Notice.objects.filter(pk=notice.pk).update(channel="email", state="dead", error="no-address")
    admin = signed_in(member("admin-1", queries.catalogue().city.bureau.id, "administrator"))
    assert "没有号码或者邮箱地址" in shown(admin.get(LIST))


@pytest.fixture
def workshop(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.CATALOGUE = edition(tmp_path / "workshop", *map(path_of, ITEMS))
    queries.forget()
    yield Path(settings.CATALOGUE)
    queries.forget()


def test_every_notice_of_a_service_is_shown_in_both_languages_and_on_every_channel(
    workshop: Path, cast: Cast
) -> None:
    text = shown(signed_in(cast.window).get("/desk/catalogue/jg-vehicle-transfer/notices/"))
    assert [key for key in TEMPLATES if f" {key} " not in f" {text} "] == []
    assert "已经受理：机动车转让登记（本地）" in text
    assert "Taken up: Transfer of a vehicle within the city" in text
    assert "Code ACEF-HJKM-NPR3" in text
    assert "这封信由系统自动发出" in text
    assert "10月13日" in text


def test_an_edit_and_an_override_are_seen_before_they_are_published(workshop: Path, cast: Cast) -> None:
    notices = workshop / "notices.yaml"
    own = (
        'items:\n  jg-vehicle-transfer:\n    issued:\n      body: {zh: "新证书在{unit}。", en: "At {unit}."}'
    )
    notices.write_text(notices.read_text().replace("items: {}", own))
    client = signed_in(cast.window)
    text = shown(client.get("/desk/catalogue/jg-vehicle-transfer/notices/"))
    assert "新证书在白城市" in text
    assert "这个事项另有写法" in text
    other = shown(client.get("/desk/catalogue/za-hotel-license/notices/"))
    assert "这个事项另有写法" not in other


def test_without_templates_it_is_said_that_nobody_is_told(workshop: Path, cast: Cast) -> None:
    (workshop / "notices.yaml").unlink()
    text = shown(signed_in(cast.window).get("/desk/catalogue/jg-vehicle-transfer/notices/"))
    assert "谁也收不到通知" in text


def test_a_service_that_does_not_exist_has_no_notices(workshop: Path, cast: Cast) -> None:
    assert signed_in(cast.window).get("/desk/catalogue/no-such-item/notices/").status_code == 404
