"""The memory leaves and comes back as TMX."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from wagtail.models import Locale

from patientinfo.formats.exchange import FileRefused
from patientinfo.formats.tmx import MemoryUnit, write_tmx
from patientinfo.translation.memory import export_units, import_units, suggest
from patientinfo.translation.memory_models import MemoryEntry
from patientinfo.translation.memory_tmx import Imported, export_tmx, import_tmx

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
UNITS = [
    ("en", "nl", "Rest <strong>2 days</strong> &amp; drink", "Rust <strong>2 dagen</strong>", AT),
    ("en", "nl", "Q &amp; A: is 1 &lt; 2?", "Vraag &amp; antwoord", AT),
    ("en", "ar", "Pain", "ألم", AT),
]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def languages(db: None) -> None:
    for code in ("en", "nl", "ar"):
        Locale.objects.get_or_create(language_code=code)


def tmx(*args: str) -> io.BytesIO:
    out = io.BytesIO()
    export_tmx(out, *args)
    return out


def test_a_round_trip_changes_nothing() -> None:
    import_units(UNITS)
    file = tmx()
    assert import_tmx(file, "memory.tmx") == Imported(units=3, new=0)
    MemoryEntry.objects.all().delete()
    assert import_tmx(file, "memory.tmx", dry_run=True) == Imported(units=3, new=3)
    assert list(export_units()) == []
    assert import_tmx(file, "memory.tmx") == Imported(units=3, new=3)
    assert sorted(export_units()) == sorted(UNITS)


def test_plain_words_of_a_file_stay_the_words_they_are() -> None:
    out = io.BytesIO()
    units = [MemoryUnit("en", "nl", "If <low or high>: R&D", "Als <laag of hoog>: O&O", AT, False)]
    write_tmx(units, out)
    assert import_tmx(out, "plain.tmx") == Imported(units=1, new=1)
    (found,) = suggest("If <low or high>: R&D", "en", "nl", inline=False)
    assert (found.text, found.score) == ("Als <laag of hoog>: O&O", 100)
    ours = tmx()
    MemoryEntry.objects.all().delete()
    import_tmx(ours, "memory.tmx")
    assert suggest("If <low or high>: R&D", "en", "nl", inline=False)[0].text == found.text


def test_one_pair_of_languages_can_be_had() -> None:
    import_units(UNITS)
    text = tmx("en", "ar").getvalue().decode()
    assert "ألم" in text
    assert "Rust" not in text


def test_languages_of_other_tools_are_those_of_the_site_or_left_out() -> None:
    import_units([("EN-us", "NL-be", "Pain", "Pijn", AT), ("en", "fr", "Pain", "Douleur", AT)])
    file = tmx()
    MemoryEntry.objects.all().delete()
    assert import_tmx(file, "other.tmx") == Imported(units=1, new=1, left_out=1)
    assert list(export_units()) == [("en", "nl", "Pain", "Pijn", AT)]


def test_nothing_of_a_file_with_faults_is_stored() -> None:
    import_units(UNITS)
    broken = tmx().getvalue().replace(b"</body>", b"")
    MemoryEntry.objects.all().delete()
    with pytest.raises(FileRefused, match=r"^broken\.tmx:\d+: "):
        import_tmx(io.BytesIO(broken), "broken.tmx")
    assert list(export_units()) == []


def test_a_text_with_a_hole_is_left_out_and_counted() -> None:
    import_units(UNITS[:1])
    whole = tmx().getvalue()
    holed = whole.replace(b"</body>", b"").replace(b"</tmx>", b"").rstrip() + (
        b'<tu srclang="en"><tuv xml:lang="en"><seg>Take <ph>5</ph> mg</seg></tuv>'
        b'<tuv xml:lang="nl"><seg>Neem <ph>5</ph> mg</seg></tuv></tu></body></tmx>'
    )
    result = import_tmx(io.BytesIO(holed), "other.tmx")
    assert result == Imported(units=1, new=0, left_out=1, incomplete=1)
    assert list(export_units()) == UNITS[:1]
