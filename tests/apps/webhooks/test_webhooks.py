"""Programs hear of cases: over a real https receiver, signed, tried again, never inside the own network."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from support.actors import Cast, make_cast
from support.fixed_clock import NOW
from support.journeys import accepted, submitted
from support.programs import registered, token_for
from support.receiver import Receiver, receiver

from yinuo.apps.clients.actions.close_client import close_client
from yinuo.apps.clients.actions.revoke_program import revoke_program
from yinuo.apps.clients.models import Client
from yinuo.apps.webhooks.actions.add_endpoint import Added, add_endpoint
from yinuo.apps.webhooks.actions.close_endpoint import close_endpoint
from yinuo.apps.webhooks.actions.deliver import WAITS, deliver
from yinuo.apps.webhooks.actions.send_again import send_again
from yinuo.apps.webhooks.models import Delivery, State
from yinuo.apps.webhooks.posting import may_reach
from yinuo.core.errors import Refusal

SOON = timedelta(seconds=1)


@pytest.fixture
def program(committed: None, clock: Any) -> Client:
    return registered().client


@pytest.fixture
def people(program: Client) -> Cast:
    return make_cast()


@pytest.fixture
def hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
    with receiver(tmp_path) as found:
        monkeypatch.setenv("SSL_CERT_FILE", found.certificate)
        yield found


def told(client: Client, address: str) -> Added:
    added = add_endpoint(client, address, now=NOW)
    assert isinstance(added, Added)
    return added


def let_in_by(people: Cast, client: Client, *scopes: str) -> None:
    token_for(client, people.citizen, *(scopes or ("cases",)))


def test_whoever_was_let_in_hears_what_happened_and_can_check_that_it_was_us(
    people: Cast, program: Client, hook: Receiver
) -> None:
    let_in_by(people, program)
    secret = told(program, hook.address).secret
    case = submitted(people)
    assert deliver(NOW + SOON) == {"sent": 1}
    ((head, body),) = hook.heard
    signed = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert head["webhook-signature"] == f"v1,{wanted}"
    assert head["webhook-timestamp"] == str(int((NOW + SOON).timestamp()))
    value = json.loads(body)
    assert value["data"]["number"] == case.number
    assert value["type"] == "case.submitted"
    assert people.citizen.name not in body.decode()
    assert set(value["data"]) == {"number", "kind", "link"}


def test_each_event_is_told_once(people: Cast, program: Client, hook: Receiver) -> None:
    let_in_by(people, program)
    told(program, hook.address)
    accepted(people)
    assert deliver(NOW + timedelta(minutes=1)) == {"sent": 2}
    assert deliver(NOW + timedelta(days=9)) == {}
    assert [json.loads(body)["type"] for _, body in hook.heard] == ["case.submitted", "case.accepted"]
    assert len({head["webhook-id"] for head, _ in hook.heard}) == 2


@pytest.mark.parametrize("scope", ["notices", "papers"])
def test_whoever_may_not_read_cases_hears_of_none(people: Cast, program: Client, scope: str) -> None:
    let_in_by(people, program, scope)
    told(program, "https://program.example/hook")
    submitted(people)
    assert Delivery.objects.count() == 0


def test_of_strangers_and_after_taking_back_nothing_is_told(people: Cast, program: Client) -> None:
    token_for(program, people.stranger, "cases")
    told(program, "https://program.example/hook")
    submitted(people)
    assert Delivery.objects.count() == 0
    let_in_by(people, program)
    assert revoke_program(program.client_id, person=people.citizen) is None
    submitted(people)
    assert Delivery.objects.count() == 0


def test_an_agent_s_own_program_hears_of_what_he_handed_in(people: Cast, program: Client) -> None:
    own = registered("代理公司", agent=people.citizen).client
    told(own, "https://agent.example/hook")
    submitted(people)
    assert Delivery.objects.get().endpoint.client == own


def test_a_receiver_that_is_down_is_tried_again_after_growing_waits_and_then_given_up(
    people: Cast, program: Client, hook: Receiver
) -> None:
    let_in_by(people, program)
    endpoint = told(program, hook.address).endpoint
    hook.status = 503
    submitted(people)
    at = NOW + SOON
    for wait in WAITS:
        assert deliver(at) == {"later": 1}
        assert deliver(at + wait - SOON) == {}
        at += wait
    assert deliver(at) == {"dead": 1}
    assert Delivery.objects.get().error == "http-503"
    assert len(hook.heard) == len(WAITS) + 1
    hook.status = 200
    assert send_again(endpoint.pk, now=at) == 1
    assert deliver(at) == {"sent": 1}
    assert len({head["webhook-id"] for head, _ in hook.heard}) == 1, "the receiver sees that it is the same"


def test_a_redirect_leads_nowhere(people: Cast, program: Client, hook: Receiver) -> None:
    let_in_by(people, program)
    told(program, hook.address)
    hook.status, hook.to = 302, hook.address.replace("/hook", "/inside")
    submitted(people)
    deliver(NOW + SOON)
    assert len(hook.heard) == 1
    assert Delivery.objects.get().error == "http-302"


def test_a_certificate_of_nobody_is_not_trusted(
    people: Cast, program: Client, hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    let_in_by(people, program)
    told(program, hook.address)
    submitted(people)
    deliver(NOW + SOON)
    assert hook.heard == []
    assert Delivery.objects.get().error == "connection"


def test_a_name_that_leads_inside_is_not_followed(
    people: Cast, program: Client, hook: Receiver, settings: Any
) -> None:
    settings.WEBHOOK_NETWORKS = []
    let_in_by(people, program)
    told(program, hook.address)
    submitted(people)
    deliver(NOW + SOON)
    assert hook.heard == []
    assert Delivery.objects.get().error == "private-address"


@pytest.mark.parametrize(
    "inside",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
     "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "ff02::1",
     "64:ff9b::a00:1", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2"],
)  # fmt: skip
def test_no_address_inside_is_reached_even_beside_one_outside(inside: str, settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = []
    assert may_reach([ip_address("8.8.8.8"), ip_address("2606:4700:4700::1111")])
    assert not may_reach([ip_address("8.8.8.8"), ip_address(inside)])


@pytest.mark.parametrize(
    "address",
    ["http://program.example/", "https://", "https://user@program.example/", "https://program.example/#x",
     "ftp://program.example", "https://program.example:99999/", "https://program.example/ x", "https://程序.example/"],
)  # fmt: skip
def test_only_a_plain_https_address_is_taken(program: Client, address: str) -> None:
    no = add_endpoint(program, address, now=NOW)
    assert isinstance(no, Refusal)
    assert no.fields == {"address": "bad-format"}


def test_an_address_is_entered_once_and_closed_with_what_waits(people: Cast, program: Client) -> None:
    let_in_by(people, program)
    endpoint = told(program, "https://program.example/hook").endpoint
    assert add_endpoint(program, endpoint.address, now=NOW) == Refusal("there-already")
    submitted(people)
    assert close_endpoint(endpoint.pk, now=NOW) is None
    assert Delivery.objects.count() == 0
    assert close_endpoint(endpoint.pk, now=NOW) == Refusal("no-such-program")
    told(program, endpoint.address)


def test_a_closed_program_hears_nothing(people: Cast, program: Client) -> None:
    let_in_by(people, program)
    told(program, "https://program.example/hook")
    close_client(program.client_id, now=NOW)
    submitted(people)
    assert Delivery.objects.count() == 0


def test_what_a_killed_worker_had_claimed_is_sent_again(
    people: Cast, program: Client, hook: Receiver
) -> None:
    let_in_by(people, program)
    told(program, hook.address)
    submitted(people)
    Delivery.objects.update(state=State.SENDING, claimed_at=NOW, claim="gone")
    assert deliver(NOW + timedelta(minutes=1)) == {}
    assert deliver(NOW + timedelta(minutes=3)) == {"sent": 1}


def test_the_secret_is_not_in_the_database(program: Client) -> None:

    secret = told(program, "https://program.example/hook").secret
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM webhooks_endpoint")
        assert secret not in str(cursor.fetchall())
