"""What anybody can read: finding a service, its guide, the progress of a code, whether a paper is good."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from cryptography.x509 import load_pem_x509_certificate
from django.test import Client
from support.actors import Cast
from support.journeys import MINUTE, granted, issued, submitted
from support.scanners import impostor
from support.visits import shown, signed_in

from yinuo.apps.cases.actions.revoke import revoke
from yinuo.apps.documents.actions.make_receipt import make_receipt
from yinuo.apps.documents.models import Document
from yinuo.apps.items.models import Publication
from yinuo.apps.items.queries import catalogue, forget
from yinuo.core.errors import Refusal
from yinuo.web import sentences

pytestmark = pytest.mark.usefixtures("clock")


def page(path: str, **query: str) -> Any:
    return Client().get(path, query)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/", "办件进度查询"),
        ("/search/", "搜索"),
        ("/branches/", "机动车转让登记（本地）"),
        ("/branches/jiaoguan/", "机动车转让登记（本地）"),
        ("/topics/car/", "机动车转让登记（本地）"),
        ("/items/jg-vehicle-transfer/", "机动车登记证书"),
        ("/windows/", "洮北"),
        ("/about/privacy/", "个人信息"),
        ("/about/accessibility/", "WCAG"),
        ("/about/promises/", "调休"),
        ("/progress/", "查询码"),
        ("/verify/", "验证"),
        ("/sign-in/", "登录"),
        ("/register/", "注册"),
    ],
)
def test_the_page_is_there_for_everybody(db: None, path: str, says: str) -> None:
    response = page(path)
    assert response.status_code == 200
    assert says in shown(response)


@pytest.mark.parametrize(
    "path",
    [
        "/branches/no-such-branch/",
        "/topics/no-such-topic/",
        "/items/no-such-item/",
        "/about/nothing/",
        "/no/such/page/",
    ],
)
def test_what_does_not_exist_is_said_with_a_way_on(db: None, path: str) -> None:
    response = page(path)
    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_every_guide_can_be_read_in_both_languages(db: None, lang: str) -> None:
    client = Client()
    client.post("/preferences/", {"language": lang})
    for item in list(catalogue().items.values())[::7]:
        response = client.get(f"/items/{item.id}/")
        assert response.status_code == 200
        assert (item.name.en if lang == "en" else item.name.zh) in shown(response)


def test_the_guide_reckons_a_date_from_today(db: None, clock: Any) -> None:
    words = shown(page("/items/za-hotel-license/"))
    assert "10月12日" in words
    assert "10月28日" in words
    assert "12 个工作日" in words


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("过户", "机动车转让登记（本地）"),
        ("lüguan", ""),
        ("", ""),
        ("   ", ""),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_search_finds_or_says_that_it_did_not(db: None, query: str, finds: str) -> None:
    response = page("/search/", q=query)
    assert response.status_code == 200
    assert finds in shown(response)
    assert "<script>alert" not in response.content.decode()


def test_a_very_long_search_is_answered(db: None) -> None:
    assert page("/search/", q="过户" * 3000).status_code == 200


def test_the_progress_of_a_code_names_nobody(cast: Cast) -> None:
    case = submitted(cast)
    response = page("/progress/", code=case.query_code.lower())
    words = shown(response)
    assert response.status_code == 200
    assert "机动车转让登记（本地）" in words
    for secret in ("王淑兰", "李秀英", "220802198503121220", "13904361234", case.number, "approver-1"):
        assert secret not in response.content.decode()


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA", "no code", "𠮷", "1" * 500, "\x00"])
def test_a_code_that_does_not_exist_is_said_so(cast: Cast, code: str) -> None:
    submitted(cast)
    response = page("/progress/", code=code)
    assert response.status_code in (400, 404)
    if response.status_code == 404:
        assert sentences.refusal(Refusal("no-such-code")) in shown(response)


def test_a_paper_stands_until_it_is_revoked(cast: Cast) -> None:
    case = issued(cast)
    code = Document.objects.get().seal
    good = page("/verify/", c=code)
    assert good.status_code == 200
    assert "有效" in shown(good)
    assert "李秀英" not in shown(good)
    revoke(case, "证明不真实", person=cast.approver, now=case.changed_at + MINUTE)
    revoked = shown(page("/verify/", c=code))
    assert "已经撤销" in revoked
    assert "证明不真实" not in revoked


def test_the_code_on_a_receipt_stands_too(cast: Cast) -> None:
    """A receipt is not kept, so its signature alone vouches for it."""
    case = submitted(cast)
    code = receipt_code(case)
    response = page("/verify/", c=code)
    assert response.status_code == 200
    assert "有效" in shown(response)
    assert page("/verify/", c=code[:-4] + "AAAA").status_code == 404


def receipt_code(case: Any) -> str:
    """The code that a receipt's QR leads to, taken where it is made."""
    from yinuo.apps.cases.queries import opened
    from yinuo.apps.documents.actions import make_receipt as module

    taken: list[str] = []
    found, real = opened(case), module.address
    promise = found.state.promise("accept")
    assert promise is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "address", lambda base, code: taken.append(code) or real(base, code))
        pdf = make_receipt(
            found.state, promise, found.item, catalogue(), lang="zh", now=case.changed_at + MINUTE
        )
    assert isinstance(pdf, bytes)
    return taken[0]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("hello", "not-a-code"),
        ("YN1.AAAA.BBBB", "bad-signature"),
        ("x" * 5000, "not-a-code"),
        ("<script>", "not-a-code"),
    ],
)
def test_what_is_no_code_of_ours_is_said_so(db: None, code: str, why: str) -> None:
    response = page("/verify/", c=code)
    assert response.status_code == 404
    assert sentences.refusal(Refusal(why)) in shown(response)
    assert "<script>" not in response.content.decode().split("</head>")[1].replace("<script src", "")


def test_a_paper_that_was_never_issued_is_said_so(cast: Cast) -> None:
    issued(cast)
    code = Document.objects.get().seal
    Document.objects.all().delete()
    response = page("/verify/", c=code)
    assert response.status_code == 404
    assert sentences.refusal(Refusal("not-issued")) in shown(response)


def test_the_keys_for_checking_offline_are_public_and_only_the_public_ones(db: None) -> None:
    key, authority = page("/verify/key.pem"), page("/verify/authority.pem")
    assert load_pem_public_key(key.content)
    assert load_pem_x509_certificate(authority.content)
    assert b"PRIVATE" not in key.content + authority.content


def test_the_public_figures_count_what_was_decided(cast: Cast, clock: Any) -> None:
    clock.move_to(granted(cast).changed_at)
    context = Client().get("/").context
    kept = context["kept"].value
    assert (context["decided"], kept.numerator, context["kept"].rest, kept.amount) == (1, 1, 0, 1.0)


def test_the_machine_is_alive_and_ready(db: None) -> None:
    assert json.loads(page("/healthz").content) == {"alive": True}
    said = {"ready": True, "items": len(catalogue().entries), "scanner": "none"}
    assert json.loads(page("/readyz").content) == said


@pytest.mark.parametrize(("answer", "said"), [(b"PONG\0", "there"), (b"", "away")])
def test_a_scanner_that_is_away_is_told_and_keeps_nobody_out(
    db: None, settings: Any, answer: bytes, said: str
) -> None:
    with impostor(answer) as settings.CLAMD:
        response = page("/readyz")
    assert response.status_code == 200
    assert json.loads(response.content)["scanner"] == said


def test_without_a_catalogue_it_is_alive_and_not_ready(db: None) -> None:
    Publication.objects.all().delete()
    forget()
    assert page("/healthz").status_code == 200
    response = page("/readyz")
    assert response.status_code == 503
    assert json.loads(response.content) == {"ready": False, "why": "NothingPublishedError"}


def test_without_a_catalogue_the_page_of_what_went_wrong_can_still_be_shown(db: None) -> None:
    Publication.objects.all().delete()
    forget()
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "我们这边出错了" in shown(response)
    assert "Traceback" not in response.content.decode()


def test_a_private_page_is_not_found_by_signing_in_as_somebody(cast: Cast) -> None:
    assert signed_in(cast.citizen).get("/desk/").status_code == 403
