"""Sending what waits: over a real mail server and the real gateway, tried again, never twice."""

from __future__ import annotations

import logging
import signal
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from support.actors import Cast, make_cast
from support.databases import in_another_process
from support.fixed_clock import NOW
from support.notices import EMAIL, told, wants
from support.posts import KEY, Inbox, Mailbox, free_port
from support.races import at_once

from yinuo.apps.notices import mail, sms
from yinuo.apps.notices.actions import deliver as delivering
from yinuo.apps.notices.actions.deliver import WAITS, deliver
from yinuo.apps.notices.actions.settle import settle
from yinuo.apps.notices.models import Notice
from yinuo.apps.notices.outcome import identity
from yinuo.core.errors import Refusal
from yinuo.project.environment import Smtp

pytestmark = pytest.mark.usefixtures("clock")
MINUTE = timedelta(minutes=1)


def state(notice: Notice) -> tuple[str, str]:
    notice.refresh_from_db()
    return notice.state, notice.error


@pytest.fixture
def by_sms(cast: Cast, inbox: Inbox) -> Notice:
    wants(cast.citizen, "sms")
    return told(cast.citizen)


@pytest.fixture
def by_mail(cast: Cast, mailbox: Mailbox) -> Notice:
    wants(cast.citizen, "email")
    return told(cast.citizen)


def test_a_text_message_arrives_with_its_words_and_an_id_that_tells_nothing(
    by_sms: Notice, inbox: Inbox
) -> None:
    assert deliver(NOW) == Counter(sent=1)
    (message,) = inbox.messages
    assert (message["to"], message["text"]) == ("13800000001", by_sms.sms)
    assert message["id"] == identity(by_sms.key)
    assert state(by_sms) == ("sent", "")
    assert deliver(NOW) == Counter()
    assert len(inbox.messages) == 1


def test_an_e_mail_arrives_with_its_words_and_an_id_of_its_own(by_mail: Notice, mailbox: Mailbox) -> None:
    assert deliver(NOW) == Counter(sent=1)
    (one,) = mailbox.mails
    assert one["Subject"].strip() == "已经撤回：机动车转让登记（本地）"
    assert (one["To"], one["From"]) == (EMAIL, "notices@bureau.example")
    assert one["Message-ID"] == f"<{identity(by_mail.key)}@127.0.0.1>"
    assert one["Auto-Submitted"] == "auto-generated"
    text = one.get_content()
    assert by_mail.body in text
    assert "http://127.0.0.1:8000/notices/" in text
    assert "白城市公安局" in text
    assert mailbox.addresses == [EMAIL]


def test_an_english_reader_gets_english(cast: Cast, mailbox: Mailbox) -> None:
    wants(cast.citizen, "email", "en")
    told(cast.citizen)
    deliver(NOW)
    (one,) = mailbox.mails
    assert one["Subject"].strip() == "Withdrawn: Transfer of a vehicle within the city"
    assert "please do not reply" in one.get_content()


def test_a_busy_mail_server_is_tried_again_after_growing_waits_and_then_it_is_dead(
    by_mail: Notice, mailbox: Mailbox
) -> None:
    mailbox.answer = "451 try later"
    now = NOW
    for wait in WAITS:
        assert deliver(now) == Counter(later=1)
        assert state(by_mail) == ("waiting", "smtp-451")
        assert timedelta(0) <= by_mail.next_try_at - (now + wait) < MINUTE  # type: ignore[operator]
        assert deliver(now + wait - timedelta(seconds=1)) == Counter()
        now += wait + timedelta(seconds=30)
    assert deliver(now) == Counter(later=1)
    assert state(by_mail) == ("dead", "smtp-451")
    assert deliver(now + timedelta(days=9)) == Counter()
    assert mailbox.mails == []


def test_what_was_busy_for_a_while_arrives_once(by_mail: Notice, mailbox: Mailbox) -> None:
    mailbox.answer = "451 try later"
    deliver(NOW)
    mailbox.answer = "250 OK"
    assert deliver(NOW + 2 * MINUTE) == Counter(sent=1)
    assert len(mailbox.mails) == 1
    assert state(by_mail) == ("sent", "")


@pytest.mark.parametrize("which", ["answer", "refuses"])
def test_what_a_mail_server_refuses_for_good_is_dead_at_once(
    by_mail: Notice, mailbox: Mailbox, which: str
) -> None:
    setattr(mailbox, which, f"550 no {EMAIL} here")
    assert deliver(NOW) == Counter(dead=1)
    assert state(by_mail) == ("dead", "smtp-550")


def test_an_address_that_is_refused_for_a_while_is_tried_again(by_mail: Notice, mailbox: Mailbox) -> None:
    mailbox.refuses = "450 mailbox busy"
    assert deliver(NOW) == Counter(later=1)
    assert state(by_mail) == ("waiting", "smtp-450")


def test_a_server_that_is_not_there_is_tried_again(by_mail: Notice, settings: Any) -> None:
    settings.SMTP = Smtp("127.0.0.1", free_port(), "none")
    assert deliver(NOW) == Counter(later=1)
    assert state(by_mail) == ("waiting", "connection")


def test_a_mail_server_that_never_says_whether_it_has_it_leaves_it_to_a_person(
    by_mail: Notice, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "TIMEOUT", 0.3)
    mailbox.delay = 1.0
    assert deliver(NOW) == Counter(unsure=1)
    assert state(by_mail) == ("unsure", "connection")
    assert len(mailbox.mails) == 1
    assert deliver(NOW + timedelta(days=9)) == Counter()


def test_the_gateways_key_is_needed(by_sms: Notice, inbox: Inbox, settings: Any) -> None:
    settings.SMS_KEY = "another"
    assert deliver(NOW) == Counter(dead=1)
    assert state(by_sms) == ("dead", "http-401")
    assert inbox.messages == []


def test_a_gateway_that_is_not_there_is_tried_again(by_sms: Notice, settings: Any) -> None:
    settings.SMS_URL = f"http://127.0.0.1:{free_port()}/"
    assert deliver(NOW) == Counter(later=1)
    assert state(by_sms) == ("waiting", "connection")


@pytest.mark.parametrize(
    ("status", "how"),
    [(500, "later"), (503, "later"), (429, "later"), (400, "dead"), (404, "dead"), (302, "dead")],
)
def test_what_the_gateways_answer_means(
    by_sms: Notice, monkeypatch: pytest.MonkeyPatch, status: int, how: str
) -> None:
    monkeypatch.setattr(sms, "_post", lambda body: status)
    assert deliver(NOW) == Counter({how: 1})
    assert state(by_sms)[1] == f"http-{status}"


def test_a_slow_gateway_is_tried_again_and_sends_once(
    by_sms: Notice, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sms._post

    def cut_off(body: bytes) -> int:
        real(body)
        raise TimeoutError

    monkeypatch.setattr(sms, "_post", cut_off)
    assert deliver(NOW) == Counter(later=1)
    assert state(by_sms) == ("waiting", "timeout")
    monkeypatch.setattr(sms, "_post", real)
    assert deliver(NOW + 2 * MINUTE) == Counter(sent=1)
    assert len(inbox.messages) == 1


def test_somebody_without_an_address_any_more_is_not_reached(cast: Cast, by_mail: Notice) -> None:
    cast.citizen.notice_preference.delete()  # type: ignore[attr-defined]
    assert deliver(NOW) == Counter(dead=1)
    assert state(by_mail) == ("dead", "no-address")


def test_a_slip_of_ours_keeps_nothing_else_back(
    cast: Cast, by_sms: Notice, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = told(cast.citizen, "two")
    real = sms.send

    def slips(notice: Notice, to: str) -> Any:
        if notice.pk == by_sms.pk:
            raise ValueError(to)
        return real(notice, to)

    monkeypatch.setattr(delivering, "SENDERS", {"sms": slips})
    assert deliver(NOW) == Counter(sent=1, unsure=1)
    assert (state(by_sms), state(other)) == (("unsure", "failed"), ("sent", ""))


def test_only_so_many_are_sent_at_a_time_the_longest_waiting_first(
    cast: Cast, by_sms: Notice, inbox: Inbox
) -> None:
    told(cast.citizen, "two")
    assert deliver(NOW, 1) == Counter(sent=1)
    assert state(by_sms) == ("sent", "")
    assert deliver(NOW, 1) == Counter(sent=1)
    assert len(inbox.messages) == 2


def test_the_log_names_no_number_no_address_and_no_words(
    by_mail: Notice, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    mailbox.answer = f"550 no such user {EMAIL}"
    with caplog.at_level(logging.DEBUG):
        deliver(NOW)
    lines = [one.getMessage() for one in caplog.records if not one.name.startswith("mail.")]
    assert any("notice not delivered" in line for line in lines)
    assert not [line for line in lines if EMAIL in line or by_mail.subject in line]


def test_of_two_workers_each_notice_is_claimed_by_one(committed: None, inbox: Inbox) -> None:
    citizen = make_cast().citizen
    wants(citizen, "sms")
    for number in range(12):
        told(citizen, f"notice {number}")
    counts = at_once(lambda: deliver(NOW), lambda: deliver(NOW), lambda: deliver(NOW))
    assert sum((one for one in counts), Counter()) == Counter(sent=12)
    assert set(Notice.objects.values_list("state", "tries")) == {("sent", 1)}
    assert len(inbox.messages) == 12


KILLED = """
import os, signal
from datetime import datetime
from yinuo.apps.notices import mail, sms
from yinuo.apps.notices.actions import deliver
real = {{"sms": sms.send, "email": mail.send}}
def dies(channel):
    def send(notice, to):
        if {after}:
            real[channel](notice, to)
        os.kill(os.getpid(), signal.SIGKILL)
    return send
deliver.SENDERS = {{"sms": dies("sms"), "email": dies("email")}}
deliver.deliver(datetime.fromisoformat("{now}"))
"""


def killed(*, after: bool, **environment: str) -> int:
    """A worker that is killed after its claim: before it sends, or when it has sent and not said so."""
    return in_another_process(KILLED.format(after=after, now=NOW.isoformat()), **environment)


@pytest.mark.parametrize("after", [False, True], ids=["before it sends", "after it has sent"])
def test_a_worker_that_is_killed_sends_no_text_message_twice_and_loses_none(
    committed: None, inbox: Inbox, after: bool
) -> None:
    citizen = make_cast().citizen
    wants(citizen, "sms")
    notice = told(citizen)
    status = killed(after=after, YINUO_SMS_URL=inbox.url, YINUO_SMS_KEY=KEY)
    assert status == -signal.SIGKILL
    assert state(notice) == ("sending", "")
    assert len(inbox.messages) == after
    assert deliver(NOW + MINUTE / 2) == Counter()  # it might still be at it
    assert deliver(NOW + 2 * MINUTE) == Counter(sent=1)
    assert state(notice) == ("sent", "")
    assert len(inbox.messages) == 1


@pytest.mark.parametrize("after", [False, True], ids=["before it sends", "after it has sent"])
def test_a_worker_that_is_killed_leaves_an_e_mail_to_a_person(
    committed: None, mailbox: Mailbox, after: bool
) -> None:
    cast = make_cast()
    wants(cast.citizen, "email")
    notice = told(cast.citizen)
    status = killed(
        after=after, YINUO_SMTP_URL=f"smtp://127.0.0.1:{mailbox.port}", YINUO_MAIL_FROM="a@bureau.example"
    )
    assert status == -signal.SIGKILL
    assert len(mailbox.mails) == after
    assert deliver(NOW + 2 * MINUTE) == Counter(unsure=1)
    assert state(notice) == ("unsure", "stopped")
    assert deliver(NOW + timedelta(days=1)) == Counter()
    assert len(mailbox.mails) == after
    if after:
        assert settle(notice.pk, "done", "", person=cast.supervisor, now=NOW) is None
    else:
        assert settle(notice.pk, "again", "", person=cast.supervisor, now=NOW) is None
        assert deliver(NOW + 3 * MINUTE) == Counter(sent=1)
    assert state(notice) == ("sent", "")
    assert len(mailbox.mails) == 1


def test_a_late_answer_changes_nothing_that_was_decided_meanwhile(cast: Cast, by_sms: Notice) -> None:
    claimed = delivering._claim(by_sms.pk, NOW)
    assert claimed is not None
    assert delivering._claim(by_sms.pk, NOW) is None
    delivering._recover(NOW + 2 * MINUTE)
    again = delivering._claim(by_sms.pk, NOW + 2 * MINUTE)
    assert again is not None
    delivering._mark(claimed, delivering.Outcome("dead", "http-400"), NOW)
    assert state(by_sms) == ("sending", "")


def test_writing_off_needs_a_reason_and_only_what_is_undelivered_is_decided(
    cast: Cast, by_mail: Notice
) -> None:
    waiting = settle(by_mail.pk, "drop", "x", person=cast.supervisor, now=NOW)
    assert isinstance(waiting, Refusal)
    assert waiting.code == "changed-meanwhile"
    Notice.objects.update(state="dead")
    no = settle(by_mail.pk, "drop", "  ", person=cast.supervisor, now=NOW)
    assert isinstance(no, Refusal)
    assert no.code == "reasons-needed"
    assert settle(by_mail.pk, "drop", "号码停机", person=cast.supervisor, now=NOW) is None
    assert state(by_mail)[0] == "dropped"
    assert (by_mail.reason, by_mail.settled_by) == ("号码停机", str(cast.supervisor.pk))
