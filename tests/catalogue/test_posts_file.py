"""`posts.yaml`: complete, without contradiction, and in agreement with the routes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.catalogues import CITY, ROOT, SAMPLE, alone, whole

from yinuo.catalogue.lints import lint_overall
from yinuo.catalogue.loading import load
from yinuo.catalogue.posts import KNOWN, NO_POSTS
from yinuo.core.route import POSTS

FILE = Path(CITY) / "posts.yaml"


def findings(tmp_path: Path, old: str, new: str) -> list[str]:
    """What is found where the file of the repository is changed in one place."""
    alone(tmp_path, SAMPLE)
    text = (ROOT / FILE).read_text()
    assert text.count(old) == 1, old
    (tmp_path / FILE).write_text(text.replace(old, new))
    found = load(tmp_path)
    return [str(one) for one in found.findings] + [str(one) for one in lint_overall(found)]


def test_every_post_and_every_action_stands_there_once() -> None:
    posts = whole().city.posts
    assert set(posts.kinds) == set(POSTS)
    assert [action.key for action in posts.actions] == list(dict.fromkeys(a.key for a in posts.actions))
    assert {action.key for action in posts.actions} == set(KNOWN)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{key: accept, part: case", "{key: welcome, part: case", "there is no welcome"),
        ("{key: accept, part: case", "{key: take, part: case", "take stands twice"),
        ("Issue the result}, posts: [window]", "Issue the result}, posts: [king]", "there is no post king"),
        ("en: Publish the catalogue}, posts: [editor]", "en: Publish the catalogue}, posts: [editor, leader]",
         "leader may do both publish and decide"),
        ("- actions: [publish, decide]\n", "- actions: [publish, rule]\n", "there is no action rule"),
        ("longest_absence: 92", "longest_absence: 0", "greater than or equal to 1"),
        ("en: Accept}, posts: [window]", "en: Accept}, posts: [reviewer]", "asks the post window to accept"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_found(tmp_path: Path, old: str, new: str, message: str) -> None:
    found = findings(tmp_path, old, new)
    assert any(message in one and one.startswith(str(FILE)) for one in found), found


def test_a_city_without_the_file_lets_nobody_do_anything(tmp_path: Path) -> None:
    alone(tmp_path, SAMPLE)
    (tmp_path / FILE).unlink()
    found = load(tmp_path)
    assert found.city.posts == NO_POSTS
    assert any(str(one).startswith(str(FILE)) for one in found.findings)


def test_incompatible_posts_follow_from_what_is_kept_apart() -> None:
    posts = whole().city.posts
    assert posts.clash("editor", "approver") is not None
    assert posts.clash("approver", "editor") is not None
    assert posts.clash("window", "reviewer") is None
    assert replace(posts, apart=()).clashes() == []
