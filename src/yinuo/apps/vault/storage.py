"""Files at rest: sealed when they are saved, opened when they are read, each bound to its own name."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage

from yinuo.apps.vault.sealing import HEAD, head, seal_bytes, unseal_bytes

FRESH = ".sealing"  # ends the name of a file that is being sealed anew


class SealedFiles(FileSystemStorage):
    """A folder of sealed files. They are read whole: the largest upload is a few megabytes."""

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        with open(self.path(name), "rb") as file:
            return ContentFile(unseal_bytes(file.read(), name), name=name)

    def _save(self, name: str, content: Any) -> str:
        """Raises FileExistsError in the race for one name: the seal is bound to it."""
        kept = str(super()._save(name, ContentFile(seal_bytes(content.read(), name))))  # type: ignore[misc]
        if kept != name:
            super().delete(kept)
            raise FileExistsError(name)
        return kept

    def delete(self, name: str) -> None:
        """Waits for a rotation that is writing this very file, which would bring it back."""
        with _held(self.path(name)):
            super().delete(name)

    def names(self, folder: str = "") -> Iterator[str]:
        """Every file, but for what a rotation left half-way."""
        if not self.exists(folder):
            return
        folders, files = self.listdir(folder)
        yield from (os.path.join(folder, one) for one in sorted(files) if not one.endswith(FRESH))
        for one in sorted(folders):
            yield from self.names(os.path.join(folder, one))

    def begins(self, name: str) -> str:
        """How its seal begins; "" where there is no such file (any more)."""
        try:
            with open(self.path(name), "rb") as file:
                return file.read(HEAD).decode("latin-1")
        except FileNotFoundError:
            return ""

    def seal_anew(self, name: str, key: str) -> bool:
        """Seal the file with the key in use unless it is; whether it was needed. Raises a VaultError."""
        path = self.path(name)
        with _held(path) as is_there:
            if not is_there or self.begins(name) in ("", head(key)):
                return False
            with open(path, "rb") as file:
                sealed = seal_bytes(unseal_bytes(file.read(), name), name)
            self.replace(name, sealed)
        return True

    def replace(self, name: str, sealed: bytes) -> None:
        """Whoever reads meanwhile gets the old file or the new one, whole."""
        path = self.path(name)
        mode = os.stat(path).st_mode & 0o777
        with open(os.open(path + FRESH, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, mode), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        os.replace(path + FRESH, path)


def sealed_files() -> SealedFiles:
    """The storage of this deployment. Raises TypeError where a setting names one that does not seal."""
    if not isinstance(default_storage, SealedFiles):
        raise TypeError(f"{type(default_storage).__name__} does not seal files")
    return default_storage


@contextmanager
def _held(path: str) -> Iterator[bool]:
    """The only one who changes this file; False where there is none (any more)."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        yield False
        return
    with open(descriptor, "rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield _is_still(path, file.fileno())


def _is_still(path: str, descriptor: int) -> bool:
    """Whether the name still leads to the file that is open."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False
