"""
The fonts of paper, and the proof that they have every character of a leaflet.

Typst draws an empty box for what no font has. On paper nobody can look it up, so such a leaflet is
refused before it is set, and the characters are named.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import typst
from django.core.exceptions import ImproperlyConfigured
from fontTools.ttLib import TTFont

from patientinfo.channels.base import NotRenderable
from patientinfo.conf import get_setting
from patientinfo.formats.canonical import digest_bytes

#: Characters that steer and are not drawn: joiners, marks of direction, optional breaks.
_UNDRAWN = {"Cf", "Cc", "Zl", "Zp"}
_NAMED = 10


def packages() -> tuple[str, ...]:
    """The font packages of this site, the first for what it has."""
    return tuple(get_setting("FONT_PACKAGES"))


@cache
def families(names: tuple[str, ...]) -> tuple[str, ...]:
    """The families in the order in which a character is looked for."""
    return tuple(str(_module(name).FAMILY) for name in names)


@cache
def loaded(names: tuple[str, ...]) -> typst.Fonts:
    """The fonts as Typst takes them; read once a process. The machine's own fonts play no part."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(_folder(name)) for name in names],
    )


@cache
def glyphs(names: tuple[str, ...]) -> frozenset[int]:
    """Every code point that some font of these packages can draw."""
    found: set[int] = set()
    for name in names:
        for file in sorted(_folder(name).glob("*.[ot]tf")):
            with TTFont(file, lazy=True) as font:
                found.update(font.getBestCmap())
    return frozenset(found)


def in_order(texts: Iterable[str]) -> tuple[str, ...]:
    """
    The packages in the order in which a leaflet of these words looks for a character: one that
    lacks most of its letters comes after those that have them. Whole lines are then set in one
    font, spaces and figures too, and not word by word between the gaps of another.
    """
    letters = Counter(character for text in texts for character in text if character.isalpha())
    half = letters.total() / 2

    def lacks_most(name: str) -> bool:
        known = glyphs((name,))
        return sum(n for letter, n in letters.items() if ord(letter) in known) < half

    return tuple(sorted(packages(), key=lacks_most))


@cache
def fingerprint(names: tuple[str, ...]) -> str:
    """Which fonts these are, in which order: other ones make other sheets of paper."""
    seen = hashlib.sha256()
    for name in names:
        for file in sorted(_folder(name).glob("*.[ot]tf")):
            seen.update(f"{name}/{file.name}/{digest_bytes(file.read_bytes())}\n".encode())
    return seen.hexdigest()[:12]


def refuse_missing_glyphs(texts: Iterable[str]) -> None:
    """`NotRenderable` when a character cannot be drawn, with its name."""
    known = glyphs(packages())
    missing = dict.fromkeys(
        character
        for text in texts
        for character in text
        if ord(character) not in known and unicodedata.category(character) not in _UNDRAWN
    )
    if missing:
        raise NotRenderable(
            "missing_glyph",
            "No font here has "
            + ", ".join(_named(missing))
            + (", …" if len(missing) > _NAMED else "")
            + ". A font package in FONT_PACKAGES would add it.",
        )


def _named(characters: Iterable[str]) -> Iterator[str]:
    for character, _ in zip(characters, range(_NAMED), strict=False):
        name = unicodedata.name(character, "unnamed")
        yield f"{character} (U+{ord(character):04X} {name})"


def _module(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise ImproperlyConfigured(f"FONT_PACKAGES: {name!r} is not installed") from error


def _folder(name: str) -> Path:
    return Path(str(_module(name).ROOT)) / "files"
