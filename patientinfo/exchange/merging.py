"""
Files that translators are working on, brought up to the source's current edition.

Nothing is stored: what somebody has written in a file that they have not sent back yet is kept in
it, and what the current edition says otherwise is marked for them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePath

from patientinfo.exchange.export import ExportFile, NotExported
from patientinfo.exchange.kinds import KINDS, check_size, read_file
from patientinfo.formats.exchange import FileRefused, TranslationFile
from patientinfo.formats.po import Since, merge_files
from patientinfo.translation.models import SegmentTranslation, emptied_at


def with_words_of(path: Path, made: ExportFile) -> ExportFile | NotExported:
    """
    `made`, an exported file, with the words of the file at `path`; itself when nothing is there. A
    file that cannot be read, or is of another leaflet, is not written over: that is `NotExported`.
    """
    try:
        check_size(made.name, path.stat().st_size)
        theirs = read_file(path.read_bytes(), made.name)
    except FileNotFoundError:
        return made
    except OSError as error:
        return NotExported(made.name, str(error.strerror))
    except FileRefused as refused:
        first = refused.problems[0]
        return NotExported(made.name, f"the file there cannot be merged: {first}")
    current = read_file(made.data, made.name)
    if (theirs.key, theirs.locale.lower()) != (current.key, current.locale.lower()):
        return NotExported(made.name, "the file there is of another leaflet or language")
    merged = merge_files(theirs, current, _since(current))
    before = {unit.path: unit for unit in theirs.units}
    kept = sum(1 for u in merged.units if u.target and u.path in before and before[u.path].target)
    kind = next(kind for kind in KINDS.values() if kind.suffix == PurePath(made.name).suffix)
    about = f"{made.about}; {kept} texts of edition {theirs.source_edition} kept"
    return replace(made, about=about, data=kind.write(merged))


def _since(file: TranslationFile) -> Since:
    """Two queries."""
    of = {"key": file.key, "locale": file.locale}
    brought = SegmentTranslation.objects.filter(**of).exclude(imported="")
    return Since(
        imported=dict(brought.values_list("path", "imported")),
        emptied=emptied_at(**of).keys(),
    )
