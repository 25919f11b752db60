"""Persons and the posts that staff hold in units."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from yinuo.apps.vault.fields import BlindIndex, SealedText
from yinuo.apps.vault.index import blind, blinds
from yinuo.core.identifiers import normalize

# The purposes of the blind indexes.
BY_PHONE, BY_IDENTITY, BY_NAME = "person.phone", "person.identity", "person.name"
LONGEST_LOGIN = 64


class People(BaseUserManager["Person"]):
    def create_person(self, login: str, name: str, password: str | None, **facts: Any) -> Person:
        person = self.model(login=login, name=name, **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_citizen(self, phone: str, name: str, password: str | None, **facts: Any) -> Person:
        """`phone` in canonical form; it stands sealed in its own column, and never in `login`."""
        return self.create_person(login_of(phone), name, password, phone=phone, **facts)

    def by_login(self, text: str) -> Person | None:
        """Whoever signs in with this phone number, however it is written, or with this staff number.

        The same work whether somebody is found or not. The index itself is no way in.
        """
        typed = text.strip()[:LONGEST_LOGIN].replace("\x00", "")
        phones = Q(login__in=blinds(BY_PHONE, normalize("phone", typed)), is_staff=False)
        return self.filter(phones | Q(login=typed, is_staff=True)).first()

    def get_by_natural_key(self, username: str | None) -> Person:
        """What Django's sign-in by password asks for."""
        person = self.by_login(username or "")
        if person is None:
            raise self.model.DoesNotExist
        return person


def login_of(phone: str) -> str:
    """The `login` of the citizen with this phone number, in canonical form."""
    return blind(BY_PHONE, phone)


class Level(models.IntegerChoices):
    """How far it is known who somebody is.

    `CHECKED`: an identity number that holds by its check digit, given by the person herself. `VERIFIED`: name
    and number come from the identity provider.
    """

    NONE = 0
    CHECKED = 1
    VERIFIED = 2


class Person(AbstractBaseUser):
    """Somebody who can sign in: a citizen by phone number, staff by their number.

    `login` is the blind index of a citizen's phone, and the number of staff in clear. `identity_index` is
    there for verified numbers only: a number that somebody merely typed must keep nobody else out of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = BlindIndex(of="phone", purpose=BY_PHONE, max_length=LONGEST_LOGIN, unique=True)
    name = SealedText()
    name_index = BlindIndex(of="name", purpose=BY_NAME, follows=True, db_index=True, default="")
    phone = SealedText(blank=True)
    identity = SealedText(blank=True)
    identity_index = BlindIndex(of="identity", purpose=BY_IDENTITY, unique=True, null=True)
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.NONE)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = People()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post in a unit, for as long as the person holds it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    post = models.CharField(max_length=20)
    unit = models.CharField(max_length=60, db_index=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="post_ends_after_it_starts",
            )
        ]
