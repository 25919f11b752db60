"""Two versions of an item compared in words: what an editor publishes, and what a case did not have yet."""

from __future__ import annotations

from collections.abc import Iterator

from yinuo.catalogue.describing import Fact, Laws, Thing, describe
from yinuo.core.form import Text
from yinuo.core.item import Item


def differences(old: Item, new: Item, laws: Laws) -> list[Text]:
    """One sentence for each change, in the order of the new version; what was dropped comes last."""
    before = {(thing.part.en, thing.key): thing for thing in describe(old, laws)}
    after = {(thing.part.en, thing.key): thing for thing in describe(new, laws)}
    changes: list[Text] = []
    for key, thing in after.items():
        changes.extend(_changes(before[key], thing) if key in before else [_added(thing)])
    changes.extend(_dropped(thing) for key, thing in before.items() if key not in after)
    return [*changes, *_order(before, after)]


def _called(thing: Thing) -> Text:
    return Text(f"{thing.part.zh}“{thing.name.zh}”", f"{thing.part.en}: “{thing.name.en}”")


def _added(thing: Thing) -> Text:
    called = _called(thing)
    values = [fact.value for fact in thing.facts if not fact.title.en]
    zh = f"：{values[0].zh}" if values else ""
    en = f", {values[0].en}" if values else ""
    return Text(f"新增{called.zh}{zh}", f"{called.en} is new{en}")


def _dropped(thing: Thing) -> Text:
    called = _called(thing)
    return Text(f"去掉{called.zh}", f"{called.en} is gone")


def _changes(old: Thing, new: Thing) -> Iterator[Text]:
    if old.name != new.name:
        yield _renamed(old, new.name)
    before = {fact.key: fact for fact in old.facts}
    for fact in new.facts:
        was = before.pop(fact.key, None)
        if was is None or was.value != fact.value:
            yield _changed(new, was, fact)
    yield from (_lost(new, fact) for fact in before.values())


def _renamed(old: Thing, name: Text) -> Text:
    called = _called(old)
    zh, en = f"改叫“{name.zh}”", f"is now called “{name.en}”"
    if name.zh == old.name.zh:
        zh = f"只改了英文名，现在叫“{name.en}”"
    if name.en == old.name.en:
        en = f"has a new name in Chinese only: “{name.zh}”"
    return Text(f"{called.zh}{zh}", f"{called.en} {en}")


def _changed(thing: Thing, old: Fact | None, new: Fact) -> Text:
    """Who reads one language is told of a change of the other, in the other."""
    called, title, now = _called(thing), new.title, new.value
    zh = f"{called.zh}{'的' if title.zh else ''}{title.zh}"
    en = f"{called.en}{', ' if title.en else ''}{title.en}"
    if old is None:
        return Text(f"{zh}现在是：{now.zh}", f"{en} is now: {now.en}")
    was = old.value
    zh_now = f"现在是：{now.zh}（原来：{was.zh}）"
    en_now = f"is now: {now.en} (was: {was.en})"
    if now.zh == was.zh:
        zh_now = f"只改了英文，现在是：{now.en}（原来：{was.en}）"
    if now.en == was.en:
        en_now = f"changed in Chinese only, is now: {now.zh} (was: {was.zh})"
    return Text(f"{zh}{zh_now}", f"{en} {en_now}")


def _lost(thing: Thing, fact: Fact) -> Text:
    called = _called(thing)
    return Text(
        f"{called.zh}不再写{fact.title.zh}：{fact.value.zh}",
        f"{called.en} no longer says {fact.title.en}: {fact.value.en}",
    )


def _order(before: dict[tuple[str, str], Thing], after: dict[tuple[str, str], Thing]) -> Iterator[Text]:
    """Questions and papers are read in their order, so another order is a change too."""
    for part in dict.fromkeys(thing.part for thing in after.values()):
        was = [key for key in before if key[0] == part.en and key in after]
        now = [key for key in after if key[0] == part.en and key in before]
        if was != now:
            yield Text(f"{part.zh}的顺序变了", f"{part.en}: the order has changed")
