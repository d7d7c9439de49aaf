"""Files of a draft that translators were given, before and after it is issued."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User

from patientinfo.editions.models import Edition
from patientinfo.exchange.catalogs import translation_file
from patientinfo.exchange.export import ExportFile, po_files
from patientinfo.exchange.importing import import_file
from patientinfo.exchange.kinds import KINDS, read_file
from patientinfo.exchange.next_edition import next_edition
from patientinfo.exchange.selection import Selection
from patientinfo.formats.exchange import FileRefused, TranslationFile
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.releases import release_draft, take_back
from tests import builders

CRAMPS = "cramps/text"
WORDS = "<p>Cramps may last for 3 days.</p>"
DUTCH = "Krampen kunnen 3 dagen duren."


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_superuser("root", "root@clinic.example", "a-password")


@pytest.fixture
def released(page: LeafletPage, dutch: LeafletPage, admin: User) -> LeafletPage:
    builders.reword(page, {CRAMPS: WORDS}, publish=False)
    release_draft(builders.fresh(page), admin)
    return builders.fresh(page)


def exported(kind: str = "po") -> TranslationFile:
    draft = next_edition(Edition.objects.filter(locale="en").values_list("key")[0][0], "en")
    assert draft is not None
    file = translation_file(draft, "nl")
    return read_file(KINDS[kind].write(file), f"a.nl{KINDS[kind].suffix}")


def translated(file: TranslationFile, **members: Any) -> TranslationFile:
    said = {"target": DUTCH, "fuzzy": False, "previous_source": "", "state": "translated"}
    units = tuple(replace(u, **said, **members) if u.path == CRAMPS else u for u in file.units)
    return replace(file, units=units)


def row() -> SegmentTranslation:
    return SegmentTranslation.objects.get(locale="nl", path=CRAMPS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_file_carries_the_draft_and_comes_back(released: LeafletPage, kind: str) -> None:
    file = exported(kind)
    assert file.source_edition == 2
    assert next(u for u in file.units if u.path == CRAMPS).source == "Cramps may last for 3 days."
    imported = import_file(translated(file), f"a.nl{KINDS[kind].suffix}")
    assert (imported.stored, imported.edition, imported.merge) == (1, 2, None)
    assert (row().text, row().source_text) == (DUTCH, "Cramps may last for 3 days.")


def test_an_export_of_everything_takes_the_draft_where_there_is_one(released: LeafletPage) -> None:
    found = [f for f in po_files(Selection(locales=frozenset(["nl"]))) if isinstance(f, ExportFile)]
    assert [b"Cramps may last for 3 days." in f.data for f in found] == [True]


def test_a_file_of_the_draft_is_one_of_the_edition_that_comes_of_it(released: LeafletPage) -> None:
    file = translated(exported())
    builders.publish_page(builders.fresh(released).get_latest_revision_as_object())
    assert import_file(file, "a.nl.po").stored == 1
    assert not next(u for u in exported_edition(2).units if u.path == CRAMPS).fuzzy


def exported_edition(number: int) -> TranslationFile:
    return translation_file(Edition.objects.get(locale="en", number=number), "nl")


def test_words_of_a_draft_that_was_saved_again_are_named(
    released: LeafletPage, admin: User
) -> None:
    file = translated(exported())
    builders.reword(released, {CRAMPS: "<p>Cramps may last for 5 days.</p>"}, publish=False)
    release_draft(builders.fresh(released), admin)
    with pytest.raises(FileRefused, match="5 days"):
        import_file(file, "a.nl.po")


@pytest.mark.parametrize("what", ["taken back", "issued otherwise"])
def test_a_file_of_a_draft_that_is_gone_is_refused_in_words(
    released: LeafletPage, admin: User, what: str
) -> None:
    file = translated(exported())
    if what == "taken back":
        take_back(released, admin)
        reason = "has no edition 2 in en; the last one is 1"
    else:
        builders.reword(released, {CRAMPS: "<p>Cramps pass in 5 days.</p>"})
        reason = "or from a draft that was issued with other words"
    with pytest.raises(FileRefused, match=reason):
        import_file(file, "a.nl.po")


def test_a_file_of_the_last_edition_does_not_replace_words_of_the_next(
    released: LeafletPage,
) -> None:
    older = exported_edition(1)
    import_file(translated(exported()), "a.nl.po")
    units = tuple(
        replace(u, target="Krampen gaan over.", fuzzy=False, previous_source="", state="translated")
        if u.path == CRAMPS
        else u
        for u in older.units
    )
    imported = import_file(replace(older, units=units), "a.nl.po")
    assert (imported.stored, imported.outdated) == (0, 1)
    assert row().text == DUTCH
