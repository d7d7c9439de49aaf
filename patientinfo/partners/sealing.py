"""
A word on its way through the queue of tasks, which keeps what it is given for all to read who can
read the database: encrypted under a key derived from `SECRET_KEY`, and good for a quarter of an
hour.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "patientinfo.sealed-word"
SECONDS = 15 * 60


def seal(word: str) -> str:
    """The word, unreadable; those of one length are alike long."""
    return _cipher().encrypt(word.encode()).decode()


def unseal(sealed: str) -> str | None:
    """None for what is too old, or was not sealed here."""
    try:
        return _cipher().decrypt(sealed.encode(), ttl=SECONDS).decode()
    except InvalidToken:
        return None


def _cipher() -> MultiFernet:
    """Seals with today's secret key, and opens what an earlier one has sealed."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (salted_hmac(_SALT, "", secret=secret, algorithm="sha256") for secret in secrets)
    return MultiFernet([Fernet(urlsafe_b64encode(made.digest())) for made in digests])
