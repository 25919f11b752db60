"""People who chose a channel, and notices that wait for them."""

from __future__ import annotations

from support.fixed_clock import NOW

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.notices.actions.announce import announce
from yinuo.apps.notices.actions.choose import choose
from yinuo.apps.notices.actions.tell import tell
from yinuo.apps.notices.models import Notice, Preference
from yinuo.apps.people.models import Person
from yinuo.core.form import Text

ITEM = Text("机动车转让登记（本地）", "Transfer of a vehicle within the city")
EMAIL = "wang@example.org"


def wants(person: Person, channel: str, language: str = "zh-hans") -> None:
    made = choose(person, channel=channel, email=EMAIL, language=language)
    assert isinstance(made, Preference), made
    person.refresh_from_db()


def told(person: Person, key: str = "one") -> Notice:
    """A notice that somebody is told of now."""
    facts = {"item": ITEM, "code": "ACEFHJKMNPR3"}
    assert tell(str(person.pk), "withdrawn", facts, case="", key=key, now=NOW) == 1
    return Notice.objects.get(key=key)


def announced(case: Case) -> list[str]:
    """Announce every event of a case; the templates of what its applicant was told of, oldest first."""
    found = opened(case)
    for event in found.events:
        announce(found.state, [event], found.item, now=event.at)
    return list(Notice.objects.filter(case=case.number).order_by("pk").values_list("template", flat=True))


def undelivered_about(case: Case) -> Notice:
    """A notice about a case that no gateway took."""
    facts = {"item": ITEM, "code": case.query_code}
    tell(str(case.applicant_id), "withdrawn", facts, case=case.number, key="undelivered", now=NOW)
    Notice.objects.filter(key="undelivered").update(channel="sms", state="dead", error="http-400")
    return Notice.objects.get(key="undelivered")
