"""
Access keys: made once, shown once, stored as a keyed hash.

    pik_l_<12 characters that name it><32 secret><6 checksum>

The prefix lets secret scanners find a key that was committed somewhere; the letter says of which
kind it is (`l` licence, `c` the clinic's own channel, `b` browser); the checksum (CRC-32, base 62)
tells a mistyped key from an unknown one without a look at the database. What is stored is the name,
which is looked up by index, and an HMAC-SHA-256 of the whole key under a key derived from
`SECRET_KEY`: a copy of the database alone opens nothing, and nothing can be tried out against it.

This module fixes stored hashes: change nothing without a new prefix.
"""

from __future__ import annotations

import secrets
import string
import zlib
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import constant_time_compare

from patientinfo.licensing.guard import Kind
from patientinfo.licensing.seals import keyed_digest

_ALPHABET = string.digits + string.ascii_letters
_BASE = len(_ALPHABET)
_NAME, _SECRET, _CHECK = 12, 32, 6
_SALT = "patientinfo.access-key"
_LETTERS = {Kind.LICENCE: "l", Kind.CHANNEL: "c", Kind.BROWSER: "b"}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
PREFIX = "pik_"
_HEAD = len(PREFIX) + 2
_LENGTH = _HEAD + _NAME + _SECRET + _CHECK


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key at the only moment at which it is known: `text` is shown and forgotten."""

    text: str
    name: str
    hash: str


@dataclass(frozen=True, slots=True)
class ParsedKey:
    """A key that somebody sent and that could be one of ours."""

    text: str
    kind: Kind
    name: str


def make_key(kind: Kind) -> NewKey:
    """A new key of a kind; about 190 bits of it are secret."""
    name, secret = _random(_NAME), _random(_SECRET)
    text = key_text(kind, name, secret)
    return NewKey(text, name, hash_key(text))


def key_text(kind: Kind, name: str, secret: str) -> str:
    """The key of a name and a secret, with its checksum."""
    body = f"{PREFIX}{_LETTERS[kind]}_{name}{secret}"
    return body + _checksum(body)


def parse_key(text: str) -> ParsedKey | None:
    """None for what is mistyped, cut short or not a key at all."""
    name = name_in(text)
    if not name:
        return None
    kind = _KINDS.get(text[len(PREFIX)])
    body = text[:-_CHECK]
    if kind is None or text[_HEAD - 1] != "_" or text != body + _checksum(body):
        return None
    return ParsedKey(text, kind, name)


def name_in(text: str) -> str:
    """The name under which a key would be looked up; empty for what has not the form of one."""
    if len(text) != _LENGTH or not text.startswith(PREFIX):
        return ""
    return text[_HEAD : _HEAD + _NAME]


def hash_key(text: str, secret_key: str | bytes | None = None) -> str:
    """64 hex digits; `secret_key` is one of the site's, by default today's."""
    return keyed_digest(_SALT, text, secret_key).hex()


def matches(text: str, stored: str) -> bool:
    """Whether `stored` was made from this key, under today's secret key or an earlier one."""
    return any(
        constant_time_compare(hash_key(text, secret), stored)
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode("utf-8", "surrogatepass")), ""
    while len(digits) < _CHECK:
        number, rest = divmod(number, _BASE)
        digits = _ALPHABET[rest] + digits
    return digits
