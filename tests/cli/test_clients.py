"""`yinuo clients`: registering programs and their addresses, as the administrator does it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from support.actors import Cast, make_cast
from support.mandates import organisation

from yinuo.apps.clients.models import Client
from yinuo.apps.webhooks.models import Endpoint
from yinuo.cli import main

BACK = "https://helper.example/back"


@pytest.fixture
def people(committed: None, clock: Any) -> Cast:
    return make_cast()


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["clients", *words]) == 0
    return capsys.readouterr().out


def test_a_program_is_registered_listed_and_closed(people: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "add", "Helper", "--scope", "cases", "--redirect", BACK)
    client = Client.objects.get()
    secret = re.search(r"client_secret  (\S+)", told)
    assert secret is not None
    assert secret[1] != client.client_secret, "only its hash is kept"
    assert client.client_id in said(capsys, "list")
    said(capsys, "close", client.client_id)
    assert client.client_id not in said(capsys, "list")
    assert main(["clients", "close", client.client_id]) == 1


def test_a_program_on_a_phone_has_no_secret(people: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert "secret" not in said(capsys, "add", "App", "--scope", "cases", "--redirect", BACK, "--public")
    assert Client.objects.get().client_type == Client.CLIENT_PUBLIC


def test_an_agent_s_program_acts_for_an_organisation_that_he_may_act_for(
    people: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    made = organisation(people.citizen)
    phone = ["--agent", "13800000001", "--for", made.name]
    said(capsys, "add", "Agency", "--scope", "apply", *phone)
    client = Client.objects.get()
    assert (client.user, client.principal) == (people.citizen, made.key)
    assert main(["clients", "add", "Other", "--scope", "apply", *phone[:3], "别的公司"]) == 1
    assert "without-a-mandate" in capsys.readouterr().err
    assert main(["clients", "add", "Other", "--scope", "apply", "--agent", "13899999999"]) == 1


def test_what_is_wrong_is_named(people: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clients", "add", "Helper", "--scope", "everything", "--redirect", BACK]) == 1
    assert "scopes: not-a-choice" in capsys.readouterr().err
    assert not Client.objects.exists()


def test_an_address_is_entered_and_taken_out(people: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "add", "Helper", "--scope", "cases", "--redirect", BACK)
    client = Client.objects.get().client_id
    assert "whsec_" in said(capsys, "webhook", client, "https://helper.example/hook")
    assert "https://helper.example/hook" in said(capsys, "list")
    assert main(["clients", "webhook", client, "http://helper.example/hook"]) == 1
    number = str(Endpoint.objects.get().pk)
    assert said(capsys, "again", number) == "0 messages wait again\n"
    said(capsys, "unhook", number)
    assert main(["clients", "unhook", number]) == 1
