"""
Whether a key is the one whose hash is stored, and what its record says, found once a record.

What was found right is kept in the process: the record as the database gave it, a digest of the
key, never its text, and what was found. Whoever asks has just read the record, and one that says
anything else is judged anew, so what is kept is never out of date; how a key stands at a moment is
not kept. A key that is wrong is kept nowhere, so that trying keys out pushes no right one away.
"""

from __future__ import annotations

import hashlib
from enum import Enum
from hmac import compare_digest
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

from django.conf import settings

from patientinfo.licensing.keys import hash_key, matches

Found = TypeVar("Found")

#: Keys of which a process remembers what their records say; with a licence's terms about 3 kB each.
REMEMBERED = 12_000


class Check(Enum):
    WRONG = "wrong"
    RIGHT = "right"
    #: Right, and hashed under an earlier secret key.
    OUTDATED = "outdated"


def check_key(text: str, stored: str) -> Check:
    """How a key stands to a stored hash, under today's secret keys."""
    if compare_digest(hash_key(text), stored):
        return Check.RIGHT
    return Check.OUTDATED if matches(text, stored) else Check.WRONG


class _Known(NamedTuple):
    record: str
    secrets: tuple[Any, ...]
    digest: bytes
    found: Any


class KnownKeys(Generic[Found]):
    """What the records of right keys say, by the name that a key is looked up by."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._most = most
        self._known: dict[str, _Known] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, name: str, text: str, record: str) -> Found | None:
        """What was found of this very key and record; None if it is not known to be right."""
        known = self._known.get(name)
        if known is None or known.record != record or known.secrets != _secrets():
            return None
        found: Found = known.found
        return found if compare_digest(known.digest, _digest(text)) else None

    def keep(self, name: str, text: str, record: str, found: Found) -> Found:
        """Keeps what a record says whose key was found right, and returns it."""
        known = _Known(record, _secrets(), _digest(text), found)
        with self._lock:
            if len(self._known) >= self._most and name not in self._known:
                del self._known[next(iter(self._known))]
            self._known[name] = known
        return found


def _secrets() -> tuple[Any, ...]:
    """A secret that was taken away opens nothing from then on."""
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=32).digest()
