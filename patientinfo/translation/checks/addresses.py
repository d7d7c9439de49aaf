"""Telephone numbers, e-mail and web addresses: a patient in need uses them as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product

from django.utils.translation import gettext_lazy as _

from patientinfo.formats.numbers import ascii_digits
from patientinfo.translation.checks.base import Context, Finding, say
from patientinfo.translation.checks.reading import Address

_TRUNK = re.compile(r"\(0\)")
#: A national number is the end of the international one; so many digits have to be the same.
_LOCAL_DIGITS = 7


def check_telephone(context: Context) -> Iterator[Finding]:
    """Every telephone number, whatever its digits and separators."""
    source, target = context.readings
    alike = (lambda a, b: _digits(a) == _digits(b), _same_telephone)  # the surest come first
    yield from _compared("telephone", source.telephones, target.telephones, *alike)


def check_email(context: Context) -> Iterator[Finding]:
    """Every e-mail address."""
    source, target = context.readings
    yield from _compared(
        "email", source.emails, target.emails, lambda a, b: a.casefold() == b.casefold()
    )


def check_web_address(context: Context) -> Iterator[Finding]:
    """Every web address; a part that names the language may name the other language."""
    source, target = context.readings

    def same(one: str, other: str) -> bool:
        return is_same_address(one, other, context.source_locale, context.locale)

    yield from _compared("web_address", source.web_addresses, target.web_addresses, same)


def _compared(
    check: str, source: list[Address], target: list[Address], *alike: Callable[[str, str], bool]
) -> Iterator[Finding]:
    if not source and not target:
        return
    left, rest = list(source), list(target)
    for same, there in product(alike, source):
        match = next((here for here in rest if same(there.text, here.text)), None)
        if match is not None and there in left:
            left.remove(there)
            rest.remove(match)
    for there in left:
        yield Finding(check, say(_("“{text}” is missing."), text=there.text), there.span)
    for here in rest:
        said = say(_("“{text}” is not in the source."), text=here.text)
        yield Finding(check, said, None, here.span)


def _same_telephone(one: str, other: str) -> bool:
    first, second = _digits(one), _digits(other)
    if first == second:
        return True
    national = [digits for digits in (first, second) if digits.startswith("0")]
    if len(national) != 1:
        return False
    other_digits = second if national[0] == first else first
    local = national[0].lstrip("0")
    return len(local) >= _LOCAL_DIGITS and other_digits.endswith(local)


def _digits(written: str) -> str:
    """Digits alone, with a plus for an international number (00 and + are the same)."""
    digits = re.sub(r"\D", "", _TRUNK.sub("", ascii_digits(written)))
    if "+" in written:
        return "+" + digits
    return "+" + digits[2:] if digits.startswith("00") else digits


def is_same_address(source: str, target: str, source_locale: str, locale: str) -> bool:
    """
    Whether two web addresses lead to one page, or each to that of its own language. A page that is
    not there in the other language keeps its address.
    """
    if plain_address(source) == plain_address(target):
        return True
    return plain_address(source, source_locale) == plain_address(target, locale)


def plain_address(address: str, locale: str = "") -> str:
    """A web address without what makes no difference; a star stands for its language, if given."""
    plain = re.sub(r"^https?://", "", address.strip(), flags=re.IGNORECASE)
    host, slash, path = plain.partition("/")
    host = host.lower().removeprefix("www.")
    named = locale.lower()
    parts = ["*" if named and part.lower() == named else part for part in path.split("/")]
    return f"{host}{slash}{'/'.join(parts)}".rstrip("/")
