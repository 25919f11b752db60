"""The people of the demo. Every name, number and post is invented."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.hashers import make_password

from yinuo.apps.notices.actions.choose import choose
from yinuo.apps.people.models import Person, Post
from yinuo.catalogue.city import City, Unit

PASSWORD = "yinuo-demo"  # noqa: S105 (it is printed when the demo starts)
SINCE = date(2024, 1, 1)
CITIZENS = {
    "13800000001": "王淑兰",
    "13800000002": "李建军",
    "13800000003": "张美玲",
    "13800000004": "赵德福",
    "13800000005": "陈思宇",
}
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
    """Citizens, three members of staff in every unit, a supervisor over the bureau, a catalogue editor."""
    password = make_password(PASSWORD)
    citizens = [Person(login=login, name=name, password=password) for login, name in CITIZENS.items()]
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
    Person.objects.bulk_create([*citizens, *staff, supervisor, editor])
    Post.objects.bulk_create(posts)


def choose_channels() -> None:
    for login, language in BY_SMS.items():
        choose(Person.objects.get(login=login), channel="sms", email="", language=language)


def _member(unit: Unit, place: int, number: int, password: str) -> Person:
    name = SURNAMES[number % len(SURNAMES)] + GIVEN[(number * 5 + place) % len(GIVEN)]
    return Person(login=f"{unit.id}-{place}", name=name, password=password, is_staff=True)


def holder(unit: str, post: str) -> Person:
    """The demo's holder of a post in a unit."""
    return Post.objects.select_related("person").get(unit=unit, post=post).person
