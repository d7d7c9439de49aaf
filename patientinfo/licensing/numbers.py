"""
Numbers of permissions: short enough to be read out on the telephone, impossible to guess.

`P26-7KQ4-M9XD`: the year, seven random characters and a check character, all in Crockford's
alphabet, which has no I, L, O or U, less its last letter, Z. A typing error in one place, or two
characters exchanged, gives a number that cannot be: the check is modulo 31, a prime, with weights
by position, and a 32nd character would count as the first.
"""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_USED = ALPHABET[:31]
_RANDOM = 7
_FORM = re.compile(rf"P(\d\d)-?([{_USED}]{{4}})-?([{_USED}]{{4}})")
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_number(year: int) -> str:
    """A number that nobody can guess; whether it is taken is for the database to say."""
    body = "".join(secrets.choice(_USED) for _ in range(_RANDOM))
    digits = f"{year % 100:02d}"
    return f"P{digits}-{body[:4]}-{body[4:]}{_check(digits + body)}"


def normalized(typed: str) -> str | None:
    """The number that somebody typed, in its one spelling; None when it cannot be one."""
    text = re.sub(r"\s", "", typed).upper()[:20]
    text = text[:1] + text[1:].translate(_MISREAD)
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    digits, first, last = found.groups()
    if _check(digits + first + last[:3]) != last[3]:
        return None
    return f"P{digits}-{first}-{last}"


def _check(body: str) -> str:
    total = sum(weight * _USED.index(letter) for weight, letter in enumerate(body, start=1))
    return _USED[total % len(_USED)]
