"""`posts.yaml` of a city: its posts, what each may do, and what nobody may hold together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Annotated, Literal

from pydantic import Field

from yinuo.catalogue.reader import Path_
from yinuo.catalogue.schema import Key, Shape, TextShape
from yinuo.core.case.powers import ACTS
from yinuo.core.form import Text
from yinuo.core.powers import BESIDE, Powers
from yinuo.core.route import POSTS, Route

KNOWN = (*ACTS.values(), *BESIDE)


class PostShape(Shape):
    key: Key
    name: TextShape
    about: TextShape


class ApartShape(Shape):
    actions: list[Key] = Field(min_length=2, max_length=2)
    why: TextShape


class ActionShape(Shape):
    key: Key
    part: Literal["case", "around", "desk"]
    name: TextShape
    posts: list[Key] = Field(min_length=1)


class PostsShape(Shape):
    posts: list[PostShape] = Field(min_length=1)
    apart: list[ApartShape]
    longest_absence: Annotated[int, Field(ge=1, le=366)]
    actions: list[ActionShape] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class PostKind:
    key: str
    name: Text
    about: Text


@dataclass(frozen=True, slots=True)
class Action:
    key: str
    part: str  # case | around | desk
    name: Text
    posts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Apart:
    """Two actions that no one may hold together."""

    actions: tuple[str, str]
    why: Text


@dataclass(frozen=True, slots=True)
class Posts:
    """All that a city decided about its posts. Without any of it nobody may do anything."""

    kinds: Mapping[str, PostKind]
    actions: tuple[Action, ...]
    apart: tuple[Apart, ...]
    longest_absence: int  # days
    powers: Powers

    def clash(self, one: str, other: str) -> Apart | None:
        """Why nobody may hold both posts; None where somebody may."""
        mine, yours = self.powers.actions(one), self.powers.actions(other)
        for rule in self.apart:
            first, second = rule.actions
            if (first in mine and second in yours) or (second in mine and first in yours):
                return rule
        return None

    def clashes(self) -> list[tuple[str, str, Apart]]:
        """Every pair of posts that nobody may hold together, with the first reason."""
        pairs = ((a, b, self.clash(a, b)) for a, b in combinations(self.kinds, 2))
        return [(a, b, rule) for a, b, rule in pairs if rule is not None]


NO_POSTS = Posts({}, (), (), 1, Powers())


def posts_from(shape: PostsShape) -> Posts:
    actions = tuple(Action(one.key, one.part, _text(one.name), frozenset(one.posts)) for one in shape.actions)
    return Posts(
        kinds={one.key: PostKind(one.key, _text(one.name), _text(one.about)) for one in shape.posts},
        actions=actions,
        apart=tuple(Apart((one.actions[0], one.actions[1]), _text(one.why)) for one in shape.apart),
        longest_absence=shape.longest_absence,
        powers=Powers({one.key: one.posts for one in actions}),
    )


def _text(shape: TextShape) -> Text:
    return Text(shape.zh, shape.en)


def post_problems(shape: PostsShape) -> Iterator[tuple[Path_, str]]:
    """What the shape cannot say: every post and every action once and no other; nobody holds both ends."""
    yield from _once("posts", [one.key for one in shape.posts], POSTS)
    yield from _once("actions", [one.key for one in shape.actions], KNOWN)
    for n, action in enumerate(shape.actions):
        for post in action.posts:
            if post not in POSTS:
                yield ("actions", n, "posts"), f"there is no post {post}"
    for n, rule in enumerate(shape.apart):
        yield from _apart_problems(n, rule, {one.key: set(one.posts) for one in shape.actions})


def _once(place: str, keys: list[str], known: Collection[str]) -> Iterator[tuple[Path_, str]]:
    for n, key in enumerate(keys):
        if key not in known:
            yield (place, n, "key"), f"there is no {key}: they are {', '.join(known)}"
        elif key in keys[:n]:
            yield (place, n, "key"), f"{key} stands twice"
    missing = [key for key in known if key not in keys]
    if missing:
        yield (place,), f"{', '.join(missing)} are missing"


def _apart_problems(n: int, rule: ApartShape, posts: Mapping[str, set[str]]) -> Iterator[tuple[Path_, str]]:
    unknown = [key for key in rule.actions if key not in posts]
    for key in unknown:
        yield ("apart", n, "actions"), f"there is no action {key}"
    if not unknown:
        for post in sorted(posts[rule.actions[0]] & posts[rule.actions[1]]):
            yield ("apart", n), f"{post} may do both {rule.actions[0]} and {rule.actions[1]}"


def route_problems(posts: Posts, routes: Mapping[str, Route]) -> Iterator[str]:
    """Where a route asks a post for what the matrix does not let it do."""
    for route in routes.values():
        for action, post in _asked(route):
            if post not in posts.powers.of(action):
                yield f"the route {route.id} asks the post {post} to {action}, which it may not do"


def _asked(route: Route) -> Iterator[tuple[str, str]]:
    for action in ("accept", "supplement", "refuse", "forward", "take-over", "decline-forward"):
        yield action, route.accept_post
    for step in route.steps:
        for action in ("pass", "return", "suspend", "resume", "ask-extension"):
            yield action, step.post
    for action in ("decide", "revoke", "return", "suspend", "resume", "ask-extension"):
        yield action, route.decide_post
    for action in ("issue", "deliver", "close") if route.issues else ():
        yield action, route.issue_post
    yield "answer-extension", route.extend_post
