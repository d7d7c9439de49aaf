"""Which source and which language a file of translations belongs to, or why to none here."""

from __future__ import annotations

from pathlib import PurePath
from typing import NoReturn

from wagtail.models import Locale

from patientinfo.editions.models import Edition
from patientinfo.exchange.judging import HEADER
from patientinfo.exchange.next_edition import Original, next_edition, words_digest
from patientinfo.formats.exchange import FileRefused, Problem, TranslationFile


def source_edition(file: TranslationFile, name: str) -> tuple[Original, bool]:
    """
    The Edition that the header names, if it is the leaflet's source, or the draft that translators
    have; and whether Editions were issued after it. A draft that was saved again since is still the
    one: each unit's own words decide. Tools write languages in capitals of their own (en-GB).
    """
    editions = Edition.objects.filter(key=file.key, locale__iexact=file.source_locale)
    there = list(editions.filter(number__gte=file.source_edition).order_by("number")[:2])
    found = there[0] if there and there[0].number == file.source_edition else None
    if found is None:
        last = editions.order_by("number").last()
        draft = next_edition(file.key, last.locale) if last else None
        if draft is not None and draft.number == file.source_edition:
            return draft, False
        member, reason = _why_unknown(file, last)
        refuse(name, reason, file.line_of(member))
    if file.source_digest != found.digest and file.source_digest != words_digest(found.data):
        refuse(
            name,
            f"edition {found.number} has the digest {found.digest} here and {file.source_digest} "
            "in the header; the file was exported from another installation, or from a draft that "
            "was issued with other words",
            file.line_of("source_digest"),
        )
    if found.source_locale:
        refuse(
            name,
            f"“{found.data['title']}” is translated from {found.source_locale}, "
            f"not from {found.locale}",
            file.line_of("source_locale"),
        )
    return found, len(there) > 1


def _why_unknown(file: TranslationFile, last: Edition | None) -> tuple[str, str]:
    """What of the header is wrong, by the member's name, and why."""
    if last is not None:
        return (
            "source_edition",
            f"“{last.data['title']}” has no edition {file.source_edition} in {last.locale}; "
            f"the last one is {last.number}",
        )
    if Edition.objects.filter(key=file.key).exists():
        return "source_locale", f"the leaflet {file.key} has no edition in {file.source_locale}"
    return "key", f"there is no leaflet with the key {file.key}"


def target_locale(file: TranslationFile, name: str) -> Locale:
    """The language of the file, in the spelling that the site has for it."""
    locales = Locale.objects.order_by("language_code")
    known = {locale.language_code.lower(): locale for locale in locales}
    found, line = known.get(file.locale.lower()), file.line_of("locale")
    if found is None:
        there = ", ".join(locale.language_code for locale in known.values())
        refuse(name, f"there is no language “{file.locale}”; there are: {there}", line)
    code = found.language_code
    if code.lower() == file.source_locale.lower():
        refuse(name, f"Language is {code}, the language that the leaflet is written in", line)
    said = PurePath(name).stem.rpartition(".")[2].lower()
    if said in known and known[said] != found:
        other = known[said].language_code
        refuse(name, f"Language is {code}, and the file's name says {other}", line)
    return found


def refuse(name: str, reason: str, line: int = HEADER) -> NoReturn:
    raise FileRefused([Problem(name, line, reason)])
