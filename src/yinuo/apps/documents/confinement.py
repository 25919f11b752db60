"""Reading PDFs in a process of its own: little memory, little time, no secrets, and no harm when it dies.

The library that reads them is written in C++: a hostile file may make it loop, fill the memory or fall over.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys

from yinuo.core.errors import Refusal

MEMORY = 1536 * 1024 * 1024  # bytes of address space, libraries included
PROCESSOR_SECONDS = 20
SECONDS = 30  # by the clock on the wall, on a busy machine
REFUSED = 3  # exit status; the code stands on standard output


def clean_pdf(content: bytes) -> bytes | Refusal:
    """As `pdf_cleaning.cleaned`; a file with which it cannot cope is `pdf-too-complex`."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "yinuo.apps.documents.confinement"],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            env={"PYTHONPATH": os.environ.get("PYTHONPATH", "")},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Refusal("pdf-too-complex")
    if done.returncode == REFUSED:
        code, _, most = done.stdout.decode().partition(" ")
        return Refusal(code, facts={"most": int(most)} if most else {})
    return done.stdout if done.returncode == 0 and done.stdout else Refusal("pdf-too-complex")


def main() -> int:
    """Standard input is the file. The library is loaded here only: no page and no worker ever touches it."""
    from yinuo.apps.documents.pdf_cleaning import cleaned, limit_library

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    limit_library()
    result = cleaned(sys.stdin.buffer.read())
    if isinstance(result, Refusal):
        words = [result.code, *(str(value) for value in result.facts.values())]
        sys.stdout.write(" ".join(words))
        return REFUSED
    sys.stdout.buffer.write(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
