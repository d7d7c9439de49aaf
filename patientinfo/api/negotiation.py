"""
What a client gets whose address does not say: its language (Accept-Language, RFC 9110, 12.5.4), and
the media types that it would take, best first (Accept, 12.5.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

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


class MediaRange(NamedTuple):
    """
    One member of the header Accept: a media type or range, in lower case, the profiles that it asks
    for (URIs, RFC 6906, 3.1), and its weight (0 to 1).
    """

    media_type: str
    profiles: tuple[str, ...] = ()
    weight: float = 1.0


_QUOTED = r'"(?:\\.|[^"\\])*"?'
_MEMBER = re.compile(rf"(?:[^,\"]|{_QUOTED})+")
_PARAMETER = re.compile(rf";\s*([\w-]+)\s*=\s*({_QUOTED}|[^;\s]*)")


def media_ranges(accept: str) -> Iterator[MediaRange]:
    """The members of a header Accept, as they stand; one whose weight is no number has none."""
    for member in _MEMBER.findall(accept):
        given = {name.lower(): value.strip('"') for name, value in _PARAMETER.findall(member)}
        media_type = member.partition(";")[0].strip().lower()
        profiles = tuple(given.get("profile", "").split())
        yield MediaRange(media_type, profiles, _weight(given.get("q", "1")))


def _weight(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0
