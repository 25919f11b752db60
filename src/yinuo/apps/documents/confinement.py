"""Reading files of strangers in a process of its own: bounded, without secrets, and no harm when it dies.

The libraries that read PDFs and pictures are written in C and C++: a hostile file may make them loop, fill
the memory or fall over.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys

from yinuo.apps.documents.inspection import PDF
from yinuo.core.errors import Refusal

MEMORY = 1536 * 1024 * 1024  # bytes of address space, libraries included
PROCESSOR_SECONDS = 20
SECONDS = 30  # by the clock on the wall, on a busy machine
REFUSED = 3  # exit status; the code stands on standard output


def clean_pdf(content: bytes) -> bytes | Refusal:
    """As `pdf_cleaning.cleaned`; a file with which it cannot cope is `pdf-too-complex`."""
    return _apart(content, PDF) or Refusal("pdf-too-complex")


def clean_picture(content: bytes, kind: str) -> bytes | Refusal:
    """As `pictures.redrawn`; a file with which it cannot cope is `broken-file`."""
    return _apart(content, kind) or Refusal("broken-file")


def _apart(content: bytes, kind: str) -> bytes | Refusal | None:
    """What the process made of the file, why it refused it, or None where it died or took too long."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "yinuo.apps.documents.confinement", kind],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            env={"PYTHONPATH": os.environ.get("PYTHONPATH", "")},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode == REFUSED:
        code, _, most = done.stdout.decode().partition(" ")
        return Refusal(code, facts={"most": int(most)} if most else {})
    return done.stdout if done.returncode == 0 and done.stdout else None


def main() -> int:
    """Standard input is the file, the only argument its kind."""
    _bound()
    result = _cleaned(sys.stdin.buffer.read(), sys.argv[1])
    if isinstance(result, Refusal):
        words = [result.code, *(str(value) for value in result.facts.values())]
        sys.stdout.write(" ".join(words))
        return REFUSED
    sys.stdout.buffer.write(result)
    return 0


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _cleaned(content: bytes, kind: str) -> bytes | Refusal:
    """The libraries are loaded here only: no page and no worker lets them read such a file."""
    if kind == PDF:
        from yinuo.apps.documents.pdf_cleaning import cleaned, limit_library

        limit_library()
        return cleaned(content)
    from yinuo.apps.documents.pictures import redrawn

    return redrawn(content, kind)


if __name__ == "__main__":
    sys.exit(main())
