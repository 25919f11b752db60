"""The key ring of this deployment: from YINUO_KEYS, else from its file, read anew when it changes."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from django.conf import settings

from yinuo.apps.vault import keys
from yinuo.apps.vault.errors import RingMissingError
from yinuo.apps.vault.keys import Ring

KNOWN_AFTER = 0.2  # seconds after which every process knows a key that was added


def key_file() -> str:
    return str(settings.KEY_FILE) if settings.KEY_FILE else os.path.join(settings.DATA, "keys", "ring.json")


def ring() -> Ring:
    """As it stood at most `KNOWN_AFTER` seconds ago. Raises RingMissingError or RingUnreadableError."""
    if settings.KEYS:
        return keys.from_words(settings.KEYS)
    path = key_file()
    held = _held
    if held is None or held.path != path or perf_counter() - held.checked > KNOWN_AFTER:
        return fresh()
    return held.ring


def fresh() -> Ring:
    """The ring as it stands now: read again only when its file changed."""
    global _held
    if settings.KEYS:
        return keys.from_words(settings.KEYS)
    path, now = key_file(), perf_counter()
    try:
        seen = os.stat(path)
    except FileNotFoundError:
        raise RingMissingError(
            f"no key ring at {path}: put it back from its back-up, or run `yinuo manage migrate`"
        ) from None
    stamp = (seen.st_mtime_ns, seen.st_ino, seen.st_size)
    is_same = _held is not None and (_held.path, _held.stamp) == (path, stamp)
    ring = _held.ring if _held is not None and is_same else keys.from_file(Path(path).read_text())
    _held = _Held(path, stamp, ring, now)
    return ring


@dataclass(frozen=True, slots=True)
class _Held:
    """What this process read last, and when it last saw that the file had not changed."""

    path: str
    stamp: tuple[int, ...]
    ring: Ring
    checked: float


_held: _Held | None = None


def is_there() -> bool:
    return bool(settings.KEYS) or os.path.exists(key_file())


def make() -> None:
    """A ring with one key where there is none. Of two who make it at once, one wins."""
    with _alone():
        if not is_there():
            key = keys.new_key(settings.CIPHER, datetime.now(UTC))
            _write(Ring(key.name, (key,)))


def change(how: Callable[[Ring], Ring]) -> Ring:
    """The ring after it was changed in its file; two changes at once happen one after the other."""
    with _alone():
        changed = how(fresh())
        _write(changed)
    return changed


@contextmanager
def _alone() -> Iterator[None]:
    """A lock beside the file, since the file itself is replaced."""
    path = Path(key_file())
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path.with_suffix(".lock"), os.O_CREAT | os.O_WRONLY, 0o600), "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _write(ring: Ring) -> None:
    """Whole or not at all, on the disk before it is in use, and for its owner only."""
    path = Path(key_file())
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(keys.written(ring))
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)
    fresh()
