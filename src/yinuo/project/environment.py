"""Reading the environment: typed, and loud when a value is wrong."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, str(default)).lower()
    if value not in _TRUE | _FALSE:
        raise ImproperlyConfigured(f"{name}: {value!r} is neither true nor false")
    return value in _TRUE


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = os.environ.get(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}: {value!r} is none of {', '.join(allowed)}")
    return value


def number(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name}: {value!r} is no whole number")
    return int(value)


def long_enough(name: str) -> str:
    """A token that opens something: nobody guesses one of 20 characters."""
    value = os.environ.get(name, "")
    if value and len(value) < 20:
        raise ImproperlyConfigured(f"{name}: must have 20 characters or more")
    return value


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks, such as `192.0.2.7,2001:db8::/32`."""
    try:
        return [ip_network(word) for word in words(name, "")]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """A folder that exists or can be made."""
    path = Path(os.environ.get(name) or default).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: {path} cannot be used: {error.strerror}") from error
    return path


def file(name: str) -> Path | None:
    """The path of a file that need not be there yet; None when not set."""
    value = os.environ.get(name, "")
    return Path(value).expanduser().resolve() if value else None


def existing_file(name: str) -> Path | None:
    """A file that is there; None when not set."""
    path = file(name)
    if path is not None and not path.is_file():
        raise ImproperlyConfigured(f"{name}: {path} is no file")
    return path


def secret(name: str, kept_in: Path) -> str:
    """From the environment; else a random one, made once and kept in a file that only the owner reads."""
    value = os.environ.get(name)
    if value:
        return value
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(kept_in, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
            file.write(os.urandom(48).hex())
    return kept_in.read_text().strip()


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server. `security`: none, starttls or ssl."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)


_SMTP = {"smtp": ("none", 25), "smtp+tls": ("starttls", 587), "smtps": ("ssl", 465)}


def smtp(name: str) -> Smtp | None:
    """`smtp+tls://user:password@host:port`, user and password percent-encoded; None when not set."""
    value = os.environ.get(name, "")
    if not value:
        return None
    address = _address(name, value, tuple(_SMTP))
    security, port = _SMTP[address.scheme]
    if security == "none" and not is_here(address.hostname or ""):
        raise ImproperlyConfigured(f"{name}: must be smtp+tls:// or smtps:// unless it is on this machine")
    user, password = unquote(address.username or ""), unquote(address.password or "")
    return Smtp(address.hostname or "", address.port or port, security, user, password)


def gateway(name: str) -> str:
    """An address to which messages are posted; without TLS only on this very machine."""
    value = os.environ.get(name, "")
    if not value:
        return ""
    address = _address(name, value, ("https", "http"))
    if address.scheme == "http" and not is_here(address.hostname or ""):
        raise ImproperlyConfigured(f"{name}: must begin with https:// unless it is on this machine")
    return value


def origin(name: str, default: str, unless: str) -> str:
    """Scheme and host of the site. Without TLS on this very machine only, unless a switch says otherwise."""
    value = os.environ.get(name, default)
    address = _address(name, value, ("https", "http"))
    if address.scheme == "http" and not is_here(address.hostname or "") and not flag(unless, False):
        raise ImproperlyConfigured(
            f"{name}: must begin with https:// unless it is on this machine; see {unless}"
        )
    return value


@dataclass(frozen=True, slots=True)
class Clamd:
    """Where a virus scanner listens: `path` of a socket on this machine, or `host` and `port`."""

    path: str = ""
    host: str = ""
    port: int = 0


CLAMD_PORT = 3310  # of the example of clamd.conf(5); everybody takes it


def clamd(name: str) -> Clamd | None:
    """`unix:/run/clamav/clamd.ctl` or `tcp://host:3310`; None when not set."""
    value = os.environ.get(name, "")
    if not value:
        return None
    if value.startswith("unix:/"):
        return Clamd(path=value.removeprefix("unix:"))
    address = _address(name, value, ("unix", "tcp"))
    if not address.hostname:
        raise ImproperlyConfigured(f"{name}: must be unix: and the path of a socket, or tcp://host:port")
    return Clamd(host=address.hostname, port=address.port or CLAMD_PORT)


def together(name: str, given: object, other: str, value: str) -> str:
    """The value of a variable that must be set because another one is."""
    if given and not value:
        raise ImproperlyConfigured(f"{other}: must be set when {name} is")
    return value


def _address(name: str, value: str, schemes: tuple[str, ...]) -> SplitResult:
    """The parts of an address. What is wrong is said without the value: it may hold a password."""
    try:
        address = urlsplit(value)
        is_sound = address.scheme in schemes and bool(address.hostname) and address.port != 0
    except ValueError:
        is_sound = False
    if not is_sound:
        raise ImproperlyConfigured(f"{name}: is no address that begins with one of {', '.join(schemes)}")
    return address


def is_here(host: str) -> bool:
    """Whether a host is this very machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
