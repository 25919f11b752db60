"""Publishing: all or nothing, and a broken catalogue leaves the last good one in service."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries
from support.drafts import HOTEL, VEHICLE
from support.editions import edit, path_of
from support.fixed_clock import NOW

from yinuo.apps.items.actions.publish import publish
from yinuo.apps.items.models import ItemVersion, Publication
from yinuo.apps.items.queries import NothingPublishedError, catalogue, forget, index

NAME = "机动车转让登记（本地）"


def served() -> set[str]:
    forget()
    return set(catalogue().items)


def test_a_good_catalogue_goes_into_service(db: None, root: Path) -> None:
    report = publish(root, NOW)
    assert not report.findings
    assert served() == {VEHICLE, HOTEL}
    latest = Publication.objects.latest("pk")
    assert (latest.items, latest.published_at) == (2, NOW)


def test_the_search_follows_what_is_in_service(db: None, root: Path) -> None:
    publish(root, NOW)
    forget()
    assert [hit.item_id for hit in index().find("过户", 5)] == [VEHICLE]


def test_publishing_the_same_again_changes_nothing(db: None, root: Path) -> None:
    publish(root, NOW)
    before = Publication.objects.count(), ItemVersion.objects.count()
    publish(root, NOW)
    assert (Publication.objects.count(), ItemVersion.objects.count()) == before


def test_each_version_of_an_item_is_kept_once(db: None, root: Path) -> None:
    publish(root, NOW)
    edit(root, VEHICLE, NAME, "机动车过户登记")
    publish(root, NOW)
    edit(root, VEHICLE, "机动车过户登记", NAME)
    publish(root, NOW)
    assert ItemVersion.objects.filter(item=VEHICLE).count() == 2
    forget()
    assert catalogue().items[VEHICLE].name.zh == NAME


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("route: reviewed", "route: [reviewed"),
        ("route: reviewed", "route: no-such-route"),
        ("promised: 1wd", "promised: 9wd"),
        ("is: purchase", "is: stolen"),
    ],
    ids=["no YAML", "unknown route", "promised later than the law allows", "a value that no choice has"],
)
def test_a_broken_item_leaves_the_last_good_catalogue_in_service(
    db: None, root: Path, old: str, new: str
) -> None:
    publish(root, NOW)
    rows = Publication.objects.count(), ItemVersion.objects.count()
    edit(root, VEHICLE, old, new)
    edit(root, HOTEL, "鹤乡人家民宿", "另一家民宿")
    report = publish(root, NOW)
    assert report.findings
    assert all(path_of(VEHICLE) == finding.file and finding.line > 1 for finding in report.findings)
    assert (Publication.objects.count(), ItemVersion.objects.count()) == rows
    assert served() == {VEHICLE, HOTEL}
    assert catalogue().items[VEHICLE].limits["decide"].promised.amount == 1


def test_two_items_with_one_id_are_not_published(db: None, root: Path) -> None:
    publish(root, NOW)
    second = (root / path_of(HOTEL)).with_name(f"{VEHICLE}.yaml")
    second.write_text((root / path_of(VEHICLE)).read_text())
    report = publish(root, NOW)
    assert [one.line for one in report.findings if one.path == "id"] == [2]
    assert Publication.objects.latest("pk").items == 2
    assert served() == {VEHICLE, HOTEL}


def test_a_folder_without_a_catalogue_is_a_finding(db: None, tmp_path: Path) -> None:
    assert publish(tmp_path / "nowhere", NOW).findings


def test_nothing_is_in_service_by_half(db: None, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of the items and the publication are written together or not at all."""

    def fails(**facts: object) -> None:
        raise IntegrityError("the disk is full")

    versions, before = ItemVersion.objects.count(), served()
    edit(root, VEHICLE, NAME, "机动车过户登记")
    monkeypatch.setattr(Publication.objects, "create", fails)
    with pytest.raises(IntegrityError):
        publish(root, NOW)
    assert ItemVersion.objects.count() == versions
    assert served() == before
    monkeypatch.undo()
    assert not publish(root, NOW).findings
    assert served() == {VEHICLE, HOTEL}


def test_a_copy_that_was_cut_short_is_never_served(
    db: None, root: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(root, VEHICLE, NAME, "机动车转让登记（断电那次）")
    monkeypatch.setattr("shutil.copyfile", lambda source, target: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(root, NOW)
    monkeypatch.undo()
    publish(root, NOW)
    folder = data_folder / "catalogue" / Publication.objects.latest("pk").folder
    assert (folder / path_of(VEHICLE)).read_text() == (root / path_of(VEHICLE)).read_text()
    assert served() == {VEHICLE, HOTEL}


def test_without_any_publication_it_says_so(db: None) -> None:
    Publication.objects.all().delete()
    forget()
    with pytest.raises(NothingPublishedError):
        catalogue()


def test_a_running_process_does_not_ask_the_database_at_every_question(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    forget()
    with django_assert_num_queries(1):
        for _ in range(20):
            catalogue()
