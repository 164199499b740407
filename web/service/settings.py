"""Settings: where the service listens, where it keeps what it is given, and how much it takes."""

import hashlib
import hmac
import ipaddress
import secrets
from pathlib import Path
from typing import NamedTuple

MEGABYTE = 1024 * 1024


class Unsafe(ValueError):
    """The service would be open to others without a key."""


class Settings(NamedTuple):
    """Settings: `library` is an outputs folder that is served too; `work` holds uploads and results, outside anything served.

    `max_kept_bytes` bounds all uploads with their results; the folder of the library's pages is not counted.
    """

    work: Path
    library: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    key: str | None = None
    jobs: int = 2
    max_files: int = 200
    max_file_bytes: int = 64 * MEGABYTE
    max_upload_bytes: int = 256 * MEGABYTE
    max_kept_bytes: int = 20_000 * MEGABYTE
    max_waiting: int = 100
    keep_hours: int = 24
    requests_a_minute: int = 6000
    wrong_keys_a_minute: int = 20
    secret: bytes = secrets.token_bytes(32)

    @property
    def session(self) -> str | None:
        """What a browser keeps in its cookie in place of the key, which nobody can find out from it; another after every start."""
        return hmac.new(self.secret, self.key.encode(), hashlib.sha256).hexdigest() if self.key else None


def check(settings: Settings) -> Settings:
    """Refuse to listen to others without a key of at least sixteen characters."""
    if not is_loopback(settings.host) and len(settings.key or "") < 16:
        raise Unsafe(f"{settings.host} can be reached by others: set KEHOACH_API_KEY (16 characters or more), or listen on 127.0.0.1.")
    return settings


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "192.168.1.5", "kehoach.example")]
    [True, True, True, False, False, False]
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
