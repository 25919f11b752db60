"""The people of the demo. Every name, number and post is invented."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, date, datetime, time

from django.contrib.auth.hashers import make_password

from yinuo.apps.access.models import SecondFactor
from yinuo.apps.notices.actions.choose import choose
from yinuo.apps.people.models import BY_IDENTITY, Level, Person, Post, login_of
from yinuo.apps.vault.index import blind
from yinuo.catalogue.city import City, Unit
from yinuo.demo.citizens import CITIZENS, identity_of

PASSWORD = "yinuo-demo"  # noqa: S105 (it is printed when the demo starts)
SINCE = date(2024, 1, 1)
# Who wants text messages, and in which language; everybody else reads in the hall.
BY_SMS = {"13800000002": "zh-hans", "13800000005": "en"}
SURNAMES = "孙赵李刘周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹"
GIVEN = [
    "立军",
    "伟",
    "雪",
    "洋",
    "建国",
    "丽华",
    "志强",
    "晓燕",
    "海涛",
    "玉梅",
    "文博",
    "春光",
    "国庆",
    "慧敏",
]
# Who holds what in every unit: three people, so that whoever examines is not whoever decides.
ROLES = (("window", "inspector"), ("reviewer",), ("approver", "leader"))


def make_people(city: City) -> None:
    """Citizens, three members of staff in every unit, a supervisor over the bureau, a catalogue editor, an
    administrator of accounts."""
    password = make_password(PASSWORD)
    citizens = [_citizen(phone, name, password) for phone, name in CITIZENS.items()]
    staff: list[Person] = []
    posts: list[Post] = []
    for unit in city.units.values():
        for place, roles in enumerate(ROLES, start=1):
            person = _member(unit, place, len(staff), password)
            staff.append(person)
            posts += [Post(person=person, post=role, unit=unit.id, starts_on=SINCE) for role in roles]
    supervisor = Person(login="supervisor", name="严正", password=password, is_staff=True)
    posts.append(Post(person=supervisor, post="supervisor", unit=city.bureau.id, starts_on=SINCE))
    editor = Person(login="editor", name="文静", password=password, is_staff=True)
    posts.append(Post(person=editor, post="editor", unit=city.bureau.id, starts_on=SINCE))
    administrator = Person(login="administrator", name="管章", password=password, is_staff=True)
    posts.append(Post(person=administrator, post="administrator", unit=city.bureau.id, starts_on=SINCE))
    staff += [supervisor, editor, administrator]
    Person.objects.bulk_create([*citizens, *staff])
    Post.objects.bulk_create(posts)
    SecondFactor.objects.bulk_create(_factor(person) for person in staff)


def second_secret(login: str) -> str:
    """The same in every demo, and therefore no secret: the demo shows its codes on the page."""
    return base64.b32encode(hashlib.sha1(f"yinuo-demo:{login}".encode()).digest()).decode()  # noqa: S324


def _factor(person: Person) -> SecondFactor:
    now = datetime.combine(SINCE, time(), UTC)
    secret = second_secret(str(person.login))
    return SecondFactor(person=person, secret=secret, made_at=now, confirmed_at=now, is_demo=True)


def choose_channels() -> None:
    for phone, language in BY_SMS.items():
        choose(citizen(phone), channel="sms", email="", language=language)


def citizen(phone: str) -> Person:
    return Person.objects.get_by_natural_key(phone)


def _citizen(phone: str, name: str, password: str) -> Person:
    """Verified, so that every service is open to them."""
    identity = identity_of(phone)
    return Person(
        login=login_of(phone),
        phone=phone,
        name=name,
        password=password,
        identity=identity,
        identity_index=blind(BY_IDENTITY, identity),
        level=Level.VERIFIED,
    )


def _member(unit: Unit, place: int, number: int, password: str) -> Person:
    name = SURNAMES[number % len(SURNAMES)] + GIVEN[(number * 5 + place) % len(GIVEN)]
    return Person(login=f"{unit.id}-{place}", name=name, password=password, is_staff=True)


def holder(unit: str, post: str) -> Person:
    """The demo's holder of a post in a unit."""
    return Post.objects.select_related("person").get(unit=unit, post=post).person
