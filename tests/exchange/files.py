"""Files of the leaflet in Dutch, as they go out, as they come back, and what the desk does then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractUser

from patientinfo.editions.models import Edition
from patientinfo.exchange.catalogs import translation_file
from patientinfo.exchange.kinds import KINDS, read_file
from patientinfo.formats.exchange import TranslationFile, Unit
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.editing import Edit, Saved, save_segment
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.pages import segments_of_page
from tests.builders import fresh


def exported(number: int = 1) -> TranslationFile:
    return translation_file(Edition.objects.get(locale="en", number=number), "nl")


def changed(file: TranslationFile, at: str, /, **members: Any) -> TranslationFile:
    units = tuple(replace(u, **members) if u.path == at else u for u in file.units)
    assert units != file.units
    return replace(file, units=units)


def unit(at: str, file: TranslationFile | None = None) -> Unit:
    return next(u for u in (file or exported()).units if u.path == at)


def file_name(kind: str) -> str:
    return f"a.nl{KINDS[kind].suffix}"


def travelled(file: TranslationFile, kind: str) -> TranslationFile:
    """The file as it comes back in a format."""
    return read_file(KINDS[kind].write(file), file_name(kind))


def save(
    page: LeafletPage, path: str, text: str, user: AbstractUser, **members: Any
) -> SegmentTranslation | None:
    """Saves words at the desk, over those that are stored; the row, unless they are empty."""
    stored = SegmentTranslation.objects.filter(locale="nl", path=path).first()
    source = segments_of_page(fresh(page))[path]
    dutch = LeafletPage.objects.get(
        translation_key=page.translation_key, locale__language_code="nl"
    )
    edit = Edit(text, stored.version if stored else 0, **members)
    saved = save_segment(dutch, source, edit, user)
    assert isinstance(saved, Saved), saved
    return saved.row
