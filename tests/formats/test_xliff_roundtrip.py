"""What is written is read back unchanged, in both versions of XLIFF, and is the same each time."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from patientinfo.formats.exchange import TranslationFile
from patientinfo.formats.xliff import read_xliff, read_xliff12, write_xliff, write_xliff12
from tests.formats.samples import LEAFLET, STATED_FILES, tricky_units

VERSIONS = pytest.mark.parametrize(
    ("write", "read"), [(write_xliff, read_xliff), (write_xliff12, read_xliff12)], ids=["21", "12"]
)


@VERSIONS
@settings(deadline=None)
@given(file=STATED_FILES)
def test_what_is_written_is_read_back_unchanged(write, read, file: TranslationFile) -> None:
    data = write(file)
    assert read(data, "leaflet.xlf") == file
    assert read(data.replace(b"\n", b"\r\n"), "windows.xlf") == file


@VERSIONS
def test_every_tricky_text_survives_in_every_place(write, read) -> None:
    file = replace(LEAFLET, units=(*LEAFLET.units, *tricky_units()))
    assert read(write(file), "leaflet.xlf") == file
