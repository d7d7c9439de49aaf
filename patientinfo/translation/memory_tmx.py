"""The translation memory as a TMX file, for other tools and from them; of any length."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from wagtail.models import Locale

from patientinfo.formats.inline import clean_inline
from patientinfo.formats.inline_codes import spell_words
from patientinfo.formats.tmx import MemoryUnit, read_tmx, write_tmx
from patientinfo.translation.memory import Unit, export_units, import_units


@dataclass(slots=True)
class Imported:
    """
    What became of a file: how many translations it has in languages of the site, how many of these
    were new, and how many were left out: those in other languages, and the `incomplete` ones among
    them, in which an inline element of another tool may stand for words. `not_allowed` are those in
    languages that whoever sent it may not give words for. `locales` are the languages taken.
    """

    units: int = 0
    new: int = 0
    left_out: int = 0
    not_allowed: int = 0
    incomplete: int = 0
    locales: set[str] = field(default_factory=set, compare=False, repr=False)


def export_tmx(out: BinaryIO, source_locale: str | None = None, locale: str | None = None) -> None:
    """Writes what is known, of all languages or of one on either side, to `out`."""
    write_tmx(map(_memory_unit, export_units(source_locale, locale)), out)


def _memory_unit(unit: Unit) -> MemoryUnit:
    source_locale, locale, source, target, changed_at = unit
    # Entries of before, taken in from a file, may be anything; their words leave as they are.
    inline = clean_inline(source) == source and clean_inline(target) == target
    return MemoryUnit(source_locale, locale, source, target, changed_at, inline)


def import_tmx(
    stream: BinaryIO,
    name: str,
    *,
    user: Any = None,
    dry_run: bool = False,
    allowed: Collection[str] | None = None,
) -> Imported:
    """
    Takes in what is not known yet; `FileRefused`, and nothing is stored, for a file with faults.

    Languages are found as other tools write them: `EN-us` is `en-us`, or else `en`. `allowed` are
    the languages that translations are taken in; None means all. `user` is who sent the file.
    """
    imported = Imported()
    units = read_tmx(stream, name)
    wanted = _in_site_languages(units, imported, allowed)
    imported.new = import_units(wanted, user=user, dry_run=dry_run)
    return imported


def _in_site_languages(
    units: Iterator[MemoryUnit], imported: Imported, allowed: Collection[str] | None
) -> Iterator[Unit]:
    codes = {code.lower(): code for code in Locale.objects.values_list("language_code", flat=True)}
    for unit in units:
        source_locale, locale = (_code(tag, codes) for tag in (unit.source_locale, unit.locale))
        if not source_locale or not locale or source_locale == locale:
            imported.left_out += 1
            continue
        if not unit.whole:
            imported.left_out += 1
            imported.incomplete += 1
            continue
        if allowed is not None and locale not in allowed:
            imported.not_allowed += 1
            continue
        imported.units += 1
        imported.locales.add(locale)
        source, target = unit.source, unit.target
        if not unit.inline:
            source, target = spell_words(source), spell_words(target)
        yield source_locale, locale, source, target, unit.changed_at


def _code(tag: str, codes: dict[str, str]) -> str:
    """The site's code for a language tag; empty when it has no such language."""
    tag = tag.lower()
    return codes.get(tag) or codes.get(tag.partition("-")[0], "")
