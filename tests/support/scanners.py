"""A real clamd with two signatures of our own; Debian's package `clamav-daemon` is enough, no download."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from yinuo.project.environment import Clamd

# The test file of EICAR, in two halves: a scanner on this machine must not find it in our own source.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MARKER = b"yinuo-test-worm-" + b"4711"
LARGEST = 1024 * 1024  # bytes of a file that this clamd takes


def program() -> str | None:
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def running_clamd() -> Iterator[tuple[Clamd, Clamd]]:
    """Its socket on this machine, and its address on the loopback network."""
    clamd = program()
    assert clamd is not None, "no clamd is installed"
    folder, port = Path(tempfile.mkdtemp(prefix="yinuo-clamd-")), _free_port()
    _write_signatures(folder)
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {folder}\nLocalSocket {folder}/socket\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        f"StreamMaxLength {LARGEST}\nMaxThreads 2\nForeground yes\nLogFile {folder}/log\n"
    )
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            [clamd, f"--config-file={folder}/clamd.conf"], stdout=output, stderr=subprocess.STDOUT
        )
    try:
        at_home, by_network = Clamd(path=f"{folder}/socket"), Clamd(host="127.0.0.1", port=port)
        _wait(by_network, process, folder / "output")
        yield at_home, by_network
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _write_signatures(folder: Path) -> None:
    """Name, any kind of file, anywhere in it, and the bytes in hexadecimal (clamav's extended format)."""
    lines = [f"Yinuo.Test.Eicar:0:*:{EICAR.hex()}", f"Yinuo.Test.Worm:0:*:{MARKER.hex()}"]
    (folder / "own.ndb").write_text("\n".join(lines) + "\n")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(address: Clamd, process: subprocess.Popen[bytes], output: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, output.read_text()
        try:
            with socket.create_connection((address.host, address.port), timeout=1) as one:
                one.sendall(b"zPING\0")
                if one.recv(16) == b"PONG\0":
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("clamd did not start")


@contextmanager
def impostor(answer: bytes | None) -> Iterator[Clamd]:
    """Something that listens where a scanner should: it says this to everybody, or nothing at all (None)."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)
        port = int(server.getsockname()[1])
        if answer is None:
            yield Clamd(host="127.0.0.1", port=port)
            return
        import threading

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1 << 20)
                connection.sendall(answer)
                with suppress(OSError):  # to hang up on what is unread would take the answer back
                    connection.shutdown(socket.SHUT_WR)
                    while connection.recv(1 << 20):
                        pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield Clamd(host="127.0.0.1", port=port)
        thread.join(timeout=30)
