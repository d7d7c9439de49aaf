"""The language a client gets whose address names none: Accept-Language (RFC 9110, 12.5.4)."""

from __future__ import annotations

from collections.abc import Sequence

from babel import negotiate_locale
from django.utils.translation.trans_real import parse_accept_lang_header


def negotiate(accept_language: str, available: Sequence[str]) -> str | None:
    """
    The best of `available`, the source language first, or None when none is acceptable.

    Who states no wish, or none that can be read, or accepts anything (`*`), gets the source
    language.
    """
    wishes = [tag for tag, _quality in parse_accept_lang_header(accept_language)]
    if not wishes:
        return available[0] if available else None
    named = wishes[: wishes.index("*")] if "*" in wishes else wishes
    # Babel answers in the client's spelling; the address has ours.
    ours = {locale.lower(): locale for locale in available}
    found = negotiate_locale(named, list(ours), sep="-")
    if found:
        return ours[found.lower()]
    return available[0] if "*" in wishes and available else None
