"""What a file from a translator does not have: a file that was cut short is well-formed still."""

from __future__ import annotations

from patientinfo.exchange.belonging import source_edition
from patientinfo.formats.exchange import TranslationFile
from patientinfo.formats.segments import segments_of


def count_absent(file: TranslationFile, name: str) -> int:
    """
    How many segments of the Edition that a file was made from have no unit in it.

    A translator may send a part, so that refuses nothing; but somebody has to be told. `name` is
    for the `FileRefused` of a file that belongs to no Edition here.
    """
    edition, _superseded = source_edition(file, name)
    paths = {segment.path for segment in segments_of(edition.data)}
    return len(paths - {unit.path for unit in file.units})
