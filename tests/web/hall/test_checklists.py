"""The checklist on one page: for an item, and for the situation of an application."""

from __future__ import annotations

import pypdfium2
import pytest
from django.test import Client
from support.actors import Cast
from support.drafts import VEHICLE, complete
from support.visits import shown, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response["Content-Type"] == "application/pdf"
    pdf = pypdfium2.PdfDocument(response.content)
    assert len(pdf) == 1
    return pdf[0].get_textpage().get_text_bounded().replace("\r\n", "")


def test_of_an_item_it_lists_what_everybody_needs(cast: Cast) -> None:
    text = text_of(Client(), f"/items/{VEHICLE}/checklist.pdf")
    assert "机动车登记证书" in text
    assert "委托书" not in text


def test_of_a_draft_it_lists_what_these_answers_call_for(cast: Cast) -> None:
    agent = {
        "has_agent": True,
        "agent_name": "赵强",
        "agent_idcard": "220802199001011210",
        "agent_phone": "13904365678",
    }
    draft = complete(cast.citizen, answers=agent)
    text = text_of(signed_in(cast.citizen), f"/apply/{draft.pk}/checklist.pdf")
    assert "委托书" in text
    assert "车是怎么来的：购买" in text
    assert "白城市公安局洮北分局交通警察大队" in text
    assert "洮南市公安局交通警察大队" not in text


def test_it_speaks_english_too(cast: Cast) -> None:
    client = Client()
    client.post("/preferences/", {"language": "en"})
    assert "Vehicle registration certificate" in text_of(client, f"/items/{VEHICLE}/checklist.pdf")


@pytest.mark.parametrize(
    "path", ["/items/no-such-item/checklist.pdf", "/apply/00000000-0000-4000-8000-000000000000/checklist.pdf"]
)
def test_of_what_does_not_exist_there_is_none(cast: Cast, path: str) -> None:
    assert signed_in(cast.citizen).get(path).status_code == 404


def test_nobody_sees_that_of_somebody_else(cast: Cast) -> None:
    draft = complete(cast.citizen)
    for person in (cast.stranger, cast.window):
        assert signed_in(person).get(f"/apply/{draft.pk}/checklist.pdf").status_code == 404


def test_anybody_sees_what_their_own_situation_calls_for_without_signing_in() -> None:
    page = Client().get(f"/items/{VEHICLE}/checklist/")
    assert "抵押权人或质权人的身份证明" not in shown(page)
    assert not page.context["is_complete"]
    chosen = {"inspection_valid": "yes", "encumbrance": "mortgage", "customs": "no"}
    page = Client().get(f"/items/{VEHICLE}/checklist/", chosen)
    assert "抵押权人或质权人的身份证明" in shown(page)
    assert (
        f"/items/{VEHICLE}/checklist.pdf?{page.context['query'].replace('&', '&amp;')}"
        in page.content.decode()
    )


def test_only_the_questions_that_decide_on_materials_are_asked() -> None:
    page = Client().get(f"/items/{VEHICLE}/checklist/")
    asked = {one.field.key for one in page.context["fields"]}
    assert {"inspection_valid", "encumbrance", "customs"} <= asked
    assert "colour" not in asked


def test_the_paper_is_for_the_situation_in_the_address() -> None:
    text = text_of(Client(), f"/items/{VEHICLE}/checklist.pdf?encumbrance=mortgage&customs=no")
    assert "抵押权人或质权人的身份证明" in text
    assert "有没有抵押或质押备案：抵押中" in text


def test_nonsense_in_the_address_does_not_matter() -> None:
    page = Client().get(f"/items/{VEHICLE}/checklist/", {"encumbrance": "<script>", "x": "y", "customs": "?"})
    assert page.status_code == 200
    assert "<script>" not in page.content.decode().replace("<script type=", "")
