"""`python -m support.endurance --kills N`: a month with N kills; findings and figures as one line of JSON.

The database is that of YINUO_DATABASE_URL, else an SQLite file in a folder that is thrown away.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from support import clocked
from support.editions import edition, path_of
from support.posts import KEY, Inbox, Mailbox, free_port, mail_server, sms_gateway

START = datetime(2026, 10, 12, 8, 0, tzinfo=timezone(timedelta(hours=8)))
ITEMS = ("jg-vehicle-transfer", "za-hotel-license")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started here ends as well
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yinuo-endurance-")))
        inbox = stack.enter_context(sms_gateway(folder))
        mailbox = stack.enter_context(mail_server())
        port = free_port()
        os.environ |= _environment(folder, inbox, mailbox, port)
        edition(folder / "edition", *map(path_of, ITEMS))
        month = _run(folder, port, given.kills, given.seed, inbox, mailbox)
        sys.stdout.write(json.dumps(month, ensure_ascii=False) + "\n")
    return 0


def _environment(folder: Path, inbox: Inbox, mailbox: Mailbox, port: int) -> dict[str, str]:
    clocked.set_to(folder / "clock", START)
    given = [os.environ["PYTHONPATH"]] if "PYTHONPATH" in os.environ else []
    return {
        "DJANGO_SETTINGS_MODULE": "yinuo.project.settings",
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *given]),
        "YINUO_DATA": str(folder / "data"),
        "YINUO_CATALOGUE": str(folder / "edition"),
        "YINUO_ORIGIN": f"http://127.0.0.1:{port}",
        "YINUO_SMS_URL": inbox.url,
        "YINUO_SMS_KEY": KEY,
        "YINUO_SMTP_URL": f"smtp://127.0.0.1:{mailbox.port}",
        "YINUO_MAIL_FROM": "yinuo@example.org",
        "YINUO_LOG_LEVEL": "WARNING",
        clocked.FILE: str(folder / "clock"),
    }


def _run(folder: Path, port: int, kills: int, seed: int, inbox: Inbox, mailbox: Mailbox) -> dict[str, Any]:
    import django

    django.setup()
    from support.endurance.acting import Record
    from support.endurance.findings import Outside, findings
    from support.endurance.killing import Killer, drawn
    from support.endurance.month import DAYS, Month

    people = _people(kills)
    beats, rng, record = folder / "beats", Random(seed), Record()
    with _served(folder, port, beats) as parents:
        moments = drawn(rng, kills, START, START + timedelta(days=DAYS))
        killer = Killer(moments, parents, beats, {name: folder / f"{name}.writes" for name in parents})
        citizens, staff = _signed_in(people, port, killer, record)
        cases = 10 + kills // 4
        month = Month(START, rng, cases, citizens, staff, killer, folder / "clock", beats)
        started = time.monotonic()
        month.live()
        took = time.monotonic() - started
    outside = Outside(inbox.messages, mailbox.mails, beats, [folder / "web.log", folder / "worker.log"])
    return {
        "findings": findings(record, outside, month.now),
        "figures": _figures(record, killer, outside) | {"seconds": round(took)},
    }


def _people(kills: int) -> dict[str, Any]:
    """Tables, authority, catalogue, and everybody who takes part."""
    from support.endurance.month import UNITS

    from yinuo.apps.notices.actions.choose import choose
    from yinuo.apps.people.models import Level, Person, Post
    from yinuo.project.setting_up import prepare

    report = prepare(START - timedelta(days=200), lambda step: None)
    assert not report.findings, [str(one) for one in report.findings]
    citizens = []
    for n, channel in enumerate(("sms", "sms", "email", "email", "hall")):
        person = Person.objects.create_citizen(f"1380000000{n}", f"王淑兰{n}", None, level=Level.VERIFIED)
        choose(person, channel=channel, email=f"wang{n}@example.org", language="zh-hans")
        citizens.append(person)
    staff = {}
    for login, posts in {
        "window-1": ("window", "inspector"),
        "reviewer-1": ("reviewer",),
        "approver-1": ("approver", "leader"),
        "supervisor-1": ("supervisor",),
    }.items():
        person = Person.objects.create(login=login, name=f"民警 {login}", is_staff=True)
        units = UNITS.values() if "supervisor" not in posts else ("baicheng-bureau",)
        Post.objects.bulk_create(
            Post(person=person, post=post, unit=unit, starts_on=START.date() - timedelta(days=200))
            for post in posts
            for unit in units
        )
        staff |= dict.fromkeys(posts, person)
    return {"citizens": citizens, "staff": staff}


@contextmanager
def _served(folder: Path, port: int, beats: Path) -> Iterator[dict[str, int]]:
    """gunicorn and the parent of the worker; neither is ever killed, what they fork is."""
    web = [
        sys.executable, "-m", "gunicorn", "support.clocked_wsgi:application", "--preload",
        "--no-control-socket", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--log-level", "warning",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "support.clocked_worker", str(beats)]
    with ExitStack() as stack:
        started = {}
        for name, words in (("web", web), ("worker", worker)):
            log = stack.enter_context((folder / f"{name}.log").open("w"))
            tells = {clocked.WRITES: str(folder / f"{name}.writes")}
            started[name] = stack.enter_context(_process(words, log, tells))
        try:
            _wait_for(port, beats)
            yield started
        except Exception:
            for name in started:
                sys.stderr.write((folder / f"{name}.log").read_text()[-3000:])
            raise


@contextmanager
def _process(words: list[str], log: Any, environment: dict[str, str]) -> Iterator[int]:
    process = subprocess.Popen(words, stdout=log, stderr=log, env=os.environ | environment)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, beats: Path) -> None:
    from support.endurance.browsing import BrokenError, Browser

    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(BrokenError):
            if beats.exists() and Browser(port).get("/healthz").status == 200:
                return
        time.sleep(0.05)
    raise TimeoutError("the server does not start")


def _signed_in(people: dict[str, Any], port: int, killer: Any, record: Any) -> tuple[Any, Any]:
    """Everybody comes in without the page each morning: hashing passwords takes too long."""
    from support.endurance.acting import Visitor
    from support.endurance.browsing import Browser

    def visitor(person: Any, root: str = "") -> Visitor:
        browser = Browser(port, killer.sent, killer.answered)
        return Visitor(person.login, browser, record, root, partial(_cookies, person))

    desk = {person.pk: visitor(person, "/desk") for person in people["staff"].values()}
    citizens = [(person, visitor(person)) for person in people["citizens"]]
    return citizens, {post: desk[person.pk] for post, person in people["staff"].items()}


def _cookies(person: Any) -> dict[str, str]:
    """Of a session of its own; nobody is idle too long in it."""
    from django.test import Client
    from support.visits import come_in

    from yinuo.apps.access.models import PersonSession

    client = Client()
    come_in(client, person)
    PersonSession.objects.filter(person=person).update(seen_at=START + timedelta(days=400))
    return {key: one.value for key, one in client.cookies.items()}


def _figures(record: Any, killer: Any, outside: Any) -> dict[str, Any]:
    from support.clocked_worker import rounds

    from yinuo.apps.cases.models import Case, CaseEvent
    from yinuo.apps.notices.models import Notice
    from yinuo.apps.notices.outcome import identity
    from yinuo.apps.promises.models import PromiseRow, RungReached

    begun, ended, _ = rounds(outside.beats)
    arrived = {str(mail["Message-ID"]).strip("<>").partition("@")[0] for mail in outside.mails}
    unsure = [identity(row.key) for row in Notice.objects.filter(state="unsure")]
    return {
        "kills": dict(killer.done),
        "cases": Case.objects.count(),
        "events": CaseEvent.objects.count(),
        "promises": PromiseRow.objects.count(),
        "rungs": RungReached.objects.count(),
        "acts": len(record.acts),
        "acknowledged": sum(act.acknowledged for act in record.acts),
        "rounds": begun,
        "rounds cut off": begun - ended,
        "notices": Notice.objects.count(),
        "text messages": len(outside.texts),
        "e-mails": len(outside.mails),
        "unsure": len(unsure),
        "unsure that arrived": len(arrived.intersection(unsure)),
        **{key: n for key, n in record.counts.items() if key != "marks"},
    }


if __name__ == "__main__":
    sys.exit(main())
