"""A distinct marker in every personal field of a case that lives its whole life: it comes out nowhere else.

Looked at: what is logged (as text and as JSON, at the finest level), the numbers for Prometheus, every page
and file for everybody, the sealed ledger, error pages, and every address that any page leads to.
"""

from __future__ import annotations

import html
import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from support.actors import PASSWORD, Cast
from support.drafts import complete, happy_answers, photo
from support.fixed_clock import NOW, at
from support.fuzzing import Site, address, routes
from support.journeys import MINUTE, does
from support.notices import wants
from support.papers import be_quick
from support.visits import shown, signed_in

from yinuo.apps.cases.actions.issue import issue
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.cases.rating_links import RatingLink, token
from yinuo.apps.documents.models import Upload
from yinuo.apps.items.queries import catalogue
from yinuo.apps.ledger.actions.seal import seal_until
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal
from yinuo.project.logging import configure

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
SECRET = "a-token-of-the-test-that-is-long"
MARKERS = {
    "name of the account": "诸葛标识甲",
    "name": "欧阳标识乙",
    "former owner": "司徒标识丙",
    "phone": "13977665544",
    "phone of the account": "13866554433",
    "e-mail": "biaozhi-ding@example.org",
    "invoice": "90817263",
    "file": "标识照片戊",
    "what the supplement asks": "标识补正己",
    "why it was passed": "标识意见庚",
    "why it was granted": "标识理由辛",
    "a message": "标识留言壬",
    "an urging": "标识催办癸",
    "a rating": "标识评价子",
    "an answer": "标识答复丑",
    "a clerk": "民警标识寅",
    "a password": "biaozhi-mima-mao",
}


def idcard() -> str:
    body = "220802198607251" + "77"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


MARKERS["identity number"] = idcard()


# The frame of every page names whoever is signed in, to themselves.
FRAMES = {"citizen": "name of the account", "window": "a clerk"}


@dataclass
class Outputs:
    """Everything that came out, by where: `logs` from both kinds of handler, `leads` all addresses."""

    json: io.StringIO = field(default_factory=io.StringIO)
    plain: io.StringIO = field(default_factory=io.StringIO)
    leads: list[str] = field(default_factory=list)

    def see(self, response: Any) -> Any:
        """Keep where an answer leads."""
        self.leads.append(response.headers.get("Location", ""))
        if "html" in response.headers.get("Content-Type", "") and not response.streaming:
            page = html.unescape(response.content.decode())
            self.leads += re.findall(r'\b(?:href|action|src|formaction|cite|content)="([^"]*)"', page)
        return response


def marked(text: str) -> list[str]:
    """The markers in a text, also as an address or JSON would write them."""
    from urllib.parse import unquote

    both = text + unquote(text)
    if "\\u" in text:
        both += text.encode().decode("unicode_escape", "ignore")
    return [what for what, marker in MARKERS.items() if marker in both]


@pytest.fixture
def outputs() -> Iterator[Outputs]:
    """Both kinds of log at once, at the finest level; afterwards the logs are as they were."""
    out, root = Outputs(), logging.getLogger()
    configure({"json": True, "level": "DEBUG"})
    as_json = root.handlers[0]
    as_json.setStream(out.json)  # type: ignore[attr-defined]
    configure({"json": False, "level": "DEBUG"})
    root.handlers[0].setStream(out.plain)  # type: ignore[attr-defined]
    root.addHandler(as_json)
    yield out
    configure(settings.LOGGING)


@pytest.fixture
def life(cast: Cast, clock: Any, outputs: Outputs, monkeypatch: pytest.MonkeyPatch) -> tuple[Cast, Case]:
    """A case from its form to its rating, whatever can be done in the browser done there."""
    be_quick(monkeypatch)
    _mark_people(cast)
    case = _handed_in(cast, outputs)
    citizen = signed_in(cast.citizen)
    _say(outputs, citizen, case, "say", words=MARKERS["a message"])
    notice = c.AskSupplement({"vehicle-licence": MARKERS["what the supplement asks"]}, {})
    case = does(case, notice, cast.window, NOW + MINUTE)
    clock.move_to(NOW + 5 * MINUTE)
    files = {"vehicle-licence": photo(f"{MARKERS['file']}.png")}
    done = outputs.see(citizen.post(f"/cases/{case.number}/supplement/", files))
    case = Case.objects.get(pk=case.pk)
    assert opened(case).state.stage.value == "submitted", shown(done)
    case = _decided(cast, case)
    clock.move_to(at("10-12 12:00"))
    citizen = signed_in(cast.citizen)  # nobody is signed in for hours without a page
    _say(outputs, citizen, case, "rate", level="1", words=MARKERS["a rating"])
    assert 0 in opened(Case.objects.get(pk=case.pk)).state.ratings, "the rating was not taken"
    assert seal_until(at("10-13 12:00")) == 1
    return cast, Case.objects.get(pk=case.pk)


def _mark_people(cast: Cast) -> None:
    wants(cast.citizen, "email")
    cast.citizen.name = MARKERS["name of the account"]
    cast.citizen.phone = MARKERS["phone of the account"]
    cast.citizen.identity = MARKERS["identity number"]
    cast.citizen.save()
    preference = cast.citizen.notice_preference  # type: ignore[attr-defined]
    preference.email = MARKERS["e-mail"]
    preference.save()
    for clerk in (cast.window, cast.reviewer, cast.approver):
        clerk.name = MARKERS["a clerk"]
        clerk.save()


def _handed_in(cast: Cast, outputs: Outputs) -> Case:
    answers = happy_answers() | {
        "name": MARKERS["name"], "idcard": MARKERS["identity number"], "phone": MARKERS["phone"],
        "seller_name": MARKERS["former owner"], "invoice_no": MARKERS["invoice"],
    }  # fmt: skip
    draft = complete(cast.citizen, answers=answers)
    Upload.objects.filter(person=cast.citizen).update(name=f"{MARKERS['file']}.png")
    client = signed_in(cast.citizen)
    for page in catalogue().items[draft.item].form.pages:
        given = {one.key: draft.answers[one.key] for one in page.fields if one.key in draft.answers}
        outputs.see(client.post(f"/apply/{draft.pk}/form/{page.key}/", _as_typed(given)))
    outputs.see(client.get(f"/apply/{draft.pk}/check/"))
    done = outputs.see(client.post(f"/apply/{draft.pk}/check/", {"true": "yes"}))
    draft.refresh_from_db()
    assert draft.case is not None, f"the application was not handed in: {shown(done)}"
    return draft.case


def _as_typed(given: dict[str, Any]) -> dict[str, Any]:
    return {key: {True: "yes", False: "no"}.get(one, one) for key, one in given.items()}


def _say(outputs: Outputs, client: Client, case: Case, verb: str, **typed: str) -> None:
    outputs.see(client.post(f"/cases/{case.number}/{verb}/", typed))


def _decided(cast: Cast, case: Case) -> Case:
    case = does(case, c.Accept(), cast.window)
    who = {"inspector": cast.window, "reviewer": cast.reviewer}
    for step in opened(case).item.route.steps:
        case = does(case, c.PassStep(MARKERS["why it was passed"]), who[step.post])
    case = does(case, c.Urge(MARKERS["an urging"]), cast.citizen)
    case = does(case, c.AnswerUrge(MARKERS["an answer"]), cast.window)
    case = does(case, c.Decide(True, MARKERS["why it was granted"]), cast.approver)
    result = issue(case, person=cast.window, now=case.changed_at + MINUTE)
    assert not isinstance(result, Refusal), result
    return does(result.case, c.Deliver("online"), cast.window)


def site_of(cast: Cast, case: Case) -> Site:
    """True arguments for every address."""
    people = {name: signed_in(getattr(cast, name)).cookies for name in ("citizen", "window", "supervisor")}
    upload = Upload.objects.filter(person=cast.citizen).first()
    values = {
        "number": [case.number], "item_id": [case.item], "verb": ["say"], "day": ["2026-10-12"],
        "key": ["decide", "one", "start", "jiaoguan", "car", "person"], "page": ["privacy"],
        "name": ["work"], "token": [token(RatingLink(case.number, 0, "link", NOW.date()))],
        "code": [case.query_code], "upload_id": [str(upload.pk if upload else "")], "notice_id": ["1"],
    }  # fmt: skip
    return Site({"nobody": Client().cookies, **people}, values, [])


def content(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return str(body.decode("utf-8", "replace"))


@pytest.mark.usefixtures("clock")
def test_no_marker_comes_out(life: tuple[Cast, Case], outputs: Outputs) -> None:
    cast, case = life
    site, rng, found, pages = site_of(cast, case), Random(1), [], 0
    for route, _ in routes():
        path = address(rng, site, route, wild=0)
        for who in site.people:
            response = outputs.see(site.client(who).get(path))
            pages += 1
            public = who == "nobody" or response.status_code >= 400
            seen = set(marked(content(response))) - {FRAMES.get(who)} if public else set()
            if seen:
                found.append(f"{who} {path} {response.status_code}: {seen}")
    assert pages > 300
    assert not found, "\n".join(found)
    with override_settings(METRICS_TOKEN=SECRET):
        numbers = Client().get("/metrics", headers={"Authorization": f"Bearer {SECRET}"})
    assert numbers.status_code == 200
    assert "yinuo_requests_total" in content(numbers)
    assert marked(content(numbers)) == []
    assert [lead for lead in outputs.leads if marked(lead)] == []


@pytest.mark.usefixtures("life")
def test_the_owner_sees_them_all_so_the_markers_are_there(cast: Cast) -> None:
    """Else the walk above would prove nothing."""
    case = Case.objects.get(applicant=cast.citizen)
    seen = content(signed_in(cast.citizen).get(f"/cases/{case.number}/"))
    staff = content(signed_in(cast.window).get(f"/desk/cases/{case.number}/"))
    bundle = content(signed_in(cast.citizen).get(f"/cases/{case.number}/bundle/"))
    account = {"name of the account", "phone of the account", "e-mail", "a password", "a clerk"}
    assert set(MARKERS) - set(marked(seen + staff + bundle)) <= account


def test_nothing_of_a_person_is_logged(life: tuple[Cast, Case], outputs: Outputs) -> None:
    cast, case = life
    typed = {"login": MARKERS["phone of the account"], "password": MARKERS["a password"]}
    client = Client(raise_request_exception=False)
    client.post("/sign-in/", typed)
    client.post("/register/", {**typed, "phone": MARKERS["phone"], "name": MARKERS["name"]})
    signed_in(cast.citizen).get(f"/cases/{case.number}x/")
    client.get("/no-such-page/", {"q": MARKERS["name"]})
    client.get(f"/no-such-page/{MARKERS['name']}/")
    client.get("/", headers={"host": "x", "referer": f"http://x/{MARKERS['name']}"})
    for log in (outputs.json, outputs.plain):
        text = log.getvalue()
        assert "sign-in" in text
        assert case.number not in text
        assert case.query_code not in text
        assert marked(text) == []


@pytest.mark.usefixtures("db")
def test_a_fault_of_ours_tells_nobody_what_somebody_wrote(
    outputs: Outputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database quotes the row in its message; neither the page nor the log repeats it."""

    def fail(*_: object, **__: object) -> None:
        try:
            raise KeyError(MARKERS["phone"])
        except KeyError as error:
            raise ValueError(f"Key (name)=({MARKERS['name']}) exists already") from error

    monkeypatch.setattr("yinuo.web.hall.guides.index", fail)
    client = Client(raise_request_exception=False)
    answer = client.get("/search/", {"q": "过户"})
    assert answer.status_code == 500
    page = content(answer)
    assert "Traceback" not in page
    assert marked(page) == []
    for log in (outputs.json, outputs.plain):
        text = log.getvalue()
        assert "ValueError" in text
        assert "KeyError" in text
        assert "in fail" in text
        assert marked(text) == []


def test_errors_show_whoever_typed_it_nothing_but_what_was_typed(cast: Cast, clock: Any) -> None:
    _mark_people(cast)
    typed = {"login": "13999998888", "password": MARKERS["a password"]}
    answers = [Client().post("/sign-in/", typed) for _ in range(7)]
    assert [one.status_code for one in answers] == [422] * 6 + [429]
    strict = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": MARKERS["name"]})
    forbidden = signed_in(cast.citizen).get("/desk/")
    assert (strict.status_code, forbidden.status_code) == (403, 403)
    for answer in (*answers, strict):
        assert marked(content(answer)) == []
    assert set(marked(content(forbidden))) <= {"name of the account"}, "the frame names whoever is signed in"
    assert PASSWORD not in content(forbidden)
