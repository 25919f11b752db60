"""The pages about for whom somebody acts, and that it is seen on every page."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from support.actors import Cast
from support.drafts import VEHICLE
from support.fixed_clock import NOW
from support.mandates import CHILD, USCC, mandated, offered, organisation, ward
from support.visits import shown, signed_in

from yinuo.apps.cases.models import Draft
from yinuo.apps.mandates.actions.revoke import revoke
from yinuo.apps.mandates.models import Mandate, Organisation, Ward

pytestmark = pytest.mark.usefixtures("clock")


def follows(response: Any, address: str) -> bool:
    return bool(response.status_code == 302 and response["Location"] == address)


def acting_for(client: Client, principal: str) -> Any:
    return client.post("/acting/choose/", {"principal": principal, "go": "home"})


def test_an_empty_page_says_what_one_can_do(cast: Cast) -> None:
    page = shown(signed_in(cast.citizen).get("/acting/"))
    for words in ("现在办的是您自己的事", "您没有添加单位", "您没有添加孩子", "您没有委托过谁"):
        assert words in page


def test_adding_an_organisation(cast: Cast) -> None:
    client = signed_in(cast.citizen)
    wrong = client.post("/organisations/new/", {"uscc": "9135", "name": ""})
    assert wrong.status_code == 422
    assert 'value="9135"' in wrong.content.decode()
    client.post("/organisations/new/", {"uscc": USCC, "name": "某某物流有限公司"})
    made = Organisation.objects.get()
    page = shown(client.get(f"/organisations/{made.pk}/"))
    assert "还没有核实" in page
    assert "还没有委托过谁" in page


def test_adding_and_leaving_a_child(cast: Cast) -> None:
    client = signed_in(cast.citizen)
    assert client.post("/children/new/", {"name": "王小明", "identity": CHILD[:-1] + "0"}).status_code == 422
    assert follows(client.post("/children/new/", {"name": "王小明", "identity": CHILD}), "/acting/")
    child = Ward.objects.get()
    assert "王小明" in shown(client.get("/acting/"))
    assert CHILD not in client.get("/acting/").content.decode()
    client.post(f"/children/{child.pk}/end/")
    assert "您没有添加孩子" in shown(client.get("/acting/"))


def test_giving_a_mandate_for_some_services_only(cast: Cast) -> None:
    client, firm = signed_in(cast.citizen), organisation(cast.citizen)
    form = {"name": "李建军", "phone": "138 0000 0002", "scope": "some", "last_day": "2026-12-31"}
    address = f"/organisations/{firm.pk}/mandates/new/"
    assert client.get(address).status_code == 200
    nothing = client.post(address, {**form, "item": ""})
    assert nothing.status_code == 422
    assert 'value="138 0000 0002"' in nothing.content.decode()
    client.post(address, {**form, "item": ["机动车转让登记（本地）", ""]})
    mandate = Mandate.objects.get()
    assert mandate.items == [VEHICLE]
    assert "机动车转让登记" in shown(client.get(f"/mandates/{mandate.pk}/"))


def test_agreeing_acting_and_going_back_to_oneself(cast: Cast) -> None:
    firm = organisation(cast.citizen)
    mandate, client = offered(firm, cast.stranger), signed_in(cast.stranger)
    assert "请您代办" in shown(client.get("/acting/"))
    assert "我同意代办" in shown(client.get(f"/mandates/{mandate.pk}/"))
    client.post(f"/mandates/{mandate.pk}/accept/")
    assert follows(acting_for(client, firm.key), "/")
    for address in ("/", "/cases/", f"/items/{VEHICLE}/"):
        assert f"您正在替 {firm.name} 办事" in shown(client.get(address))
    client.post(f"/items/{VEHICLE}/apply/")
    assert Draft.objects.get().principal == firm.key
    client.post("/acting/choose/", {"principal": ""})
    assert "您正在替" not in shown(client.get("/cases/"))
    assert "机动车转让登记" not in shown(client.get("/cases/"))


def test_nobody_chooses_somebody_they_may_not_act_for(cast: Cast) -> None:
    firm, client = organisation(cast.citizen), signed_in(cast.stranger)
    for principal in (firm.key, "organisation:nonsense", "x" * 300, f"person:{cast.citizen.pk}"):
        assert follows(acting_for(client, principal), "/acting/")
        assert "您正在替" not in shown(client.get("/"))


@pytest.mark.parametrize("address", ["/", "/cases/", "/apply/{draft}/", "/apply/{none}/", "/no/such/page/"])
def test_a_right_that_has_ended_stops_the_next_step_whatever_it_is(cast: Cast, address: str) -> None:
    firm = organisation(cast.citizen)
    mandate, client = mandated(firm, cast.stranger), signed_in(cast.stranger)
    acting_for(client, firm.key)
    client.post(f"/items/{VEHICLE}/apply/")
    draft = Draft.objects.get()
    revoke(mandate, "合同到期", person=cast.citizen, now=NOW)
    asked = address.format(draft=draft.pk, none=uuid4())
    assert follows(client.post(asked, {"words": "x"}), "/acting/")
    page = shown(client.get("/acting/"))
    assert "刚才那一步没有办" in page
    assert "合同到期" in page
    assert client.get(f"/apply/{draft.pk}/").status_code == 404


def test_the_company_sees_what_was_refused_and_why(cast: Cast) -> None:
    firm = organisation(cast.citizen)
    mandate, client = mandated(firm, cast.stranger), signed_in(cast.stranger)
    acting_for(client, firm.key)
    client.post(f"/items/{VEHICLE}/apply/")
    draft = Draft.objects.get()
    owner = signed_in(cast.citizen)
    owner.post(f"/mandates/{mandate.pk}/revoke/", {"reason": "合同到期"})
    client.post(f"/apply/{draft.pk}/materials/", {"next": "1"})
    page = shown(owner.get(f"/organisations/{firm.pk}/"))
    assert "李建军 又想办“机动车转让登记（本地）”" in page
    assert "合同到期" in page


def test_a_mandate_is_nobodys_business_but_the_two(cast: Cast) -> None:
    mandate = mandated(organisation(cast.stranger), cast.citizen)
    other = signed_in(cast.window)
    assert other.get(f"/mandates/{mandate.pk}/").status_code == 404
    assert other.post(f"/mandates/{mandate.pk}/revoke/", {"reason": "x"}).status_code == 404
    client = signed_in(cast.citizen)
    assert client.post(f"/mandates/{mandate.pk}/no-such-verb/").status_code == 404
    assert client.post(f"/mandates/{mandate.pk}/revoke/", {"reason": " "}).status_code == 422


def test_who_represents_a_firm_sees_that_a_window_looked_it_up(cast: Cast) -> None:
    organisation(cast.citizen)
    owner = signed_in(cast.citizen)
    assert "您代表的单位" not in shown(owner.get("/looks/"))
    signed_in(cast.window).post("/desk/organisations/", {"uscc": USCC}, follow=True)
    seen = shown(owner.get("/looks/"))
    assert "您代表的单位" in seen
    assert f"工号 {cast.window.login}" in seen
    assert "您代表的单位" not in shown(signed_in(cast.stranger).get("/looks/"))


def test_leaving_an_organisation(cast: Cast) -> None:
    firm, client = organisation(cast.citizen), signed_in(cast.citizen)
    client.post(f"/organisations/{firm.pk}/end/")
    assert client.get(f"/organisations/{firm.pk}/").status_code == 404


def test_a_window_confirms_what_it_has_seen(cast: Cast) -> None:
    firm, clerk = organisation(cast.citizen), signed_in(cast.window)
    assert "还没有核实" in shown(clerk.post("/desk/organisations/", {"uscc": USCC.lower()}, follow=True))
    nobody = clerk.post("/desk/organisations/", {"uscc": "91110000MA001XXXX1"}, follow=True)
    assert "没有人添加过" in shown(nobody)
    assert clerk.post(f"/desk/organisations/{firm.pk}/confirm/", {"seen": ""}).status_code == 422
    clerk.post(f"/desk/organisations/{firm.pk}/confirm/", {"seen": "营业执照原件"})
    assert "窗口已核实" in shown(signed_in(cast.citizen).get(f"/organisations/{firm.pk}/"))


def test_a_childs_page_is_its_parents(cast: Cast) -> None:
    child = ward(cast.citizen)
    assert signed_in(cast.stranger).post(f"/children/{child.pk}/end/").status_code == 404
