"""What the files of a catalogue said when they were last read: an unchanged text is not taken apart again.

Taking YAML apart is a third of the time of loading. Only sound readings are kept, by the digest of the text,
beside the catalogue: whoever could change them could change the catalogue itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from yinuo.catalogue import reader
from yinuo.catalogue.reader import Source, read_file, read_text

FILE = ".readings.json"


@dataclass(slots=True)
class Readings:
    """`kept` is what stood in the file, `used` what this loading needed; both by the digest of a text."""

    root: Path
    kept: Mapping[str, Any] = field(default_factory=dict)
    used: dict[str, Any] = field(default_factory=dict)

    def read(self, path: Path) -> Source:
        """As `read_file` reads it, and from memory where the very same text was read before."""
        name = path.relative_to(self.root).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return read_file(path, name)
        digest = _digest(text)
        source = Source(name, self.kept[digest], text) if digest in self.kept else read_text(text, name)
        if source.text is not None and not source.findings:
            self.used[digest] = source.value
        return source

    def keep(self) -> None:
        """Write down what was used, if anything was read anew; not in a folder that cannot be written."""
        if self.used.keys() <= self.kept.keys():
            return
        draft = self.root / f"{FILE}.{os.getpid()}"
        try:
            draft.write_text(json.dumps([_reader(), self.used], ensure_ascii=False), encoding="utf-8")
            draft.replace(self.root / FILE)
        except OSError:
            draft.unlink(missing_ok=True)


def kept_readings(root: Path) -> Readings:
    """The readings kept beside a catalogue; none when the reader has changed since."""
    try:
        made_by, kept = json.loads((root / FILE).read_bytes())
    except (OSError, ValueError, TypeError):
        return Readings(root)
    return Readings(root, kept if made_by == _reader() and isinstance(kept, dict) else {})


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=20).hexdigest()


def _reader() -> str:
    """Another reader may read the same text differently."""
    return _digest(Path(reader.__file__).read_text(encoding="utf-8"))
