"""The Translate Toolkit, which many tools read files with, sees in ours what we put there."""

from dataclasses import replace
from html import unescape
from io import BytesIO

import pytest
from translate.storage.pypo import pofile
from translate.storage.tmx import tmxfile
from translate.storage.xliff import Xliff1File
from translate.storage.xliff2 import Xliff2File

from patientinfo.formats.exchange import Unit
from patientinfo.formats.inline_codes import Node, parse_inline
from patientinfo.formats.po import write_po
from patientinfo.formats.tmx import MemoryUnit, write_tmx
from patientinfo.formats.xliff import write_xliff, write_xliff12
from tests.formats.samples import LEAFLET, NEEDLE

BREAK = Unit(
    "formula/text",
    "H<sub>2</sub>O &amp;<br>CO<sub>2</sub> &lt; 5",
    "H<sub>2</sub>O &amp;<br>CO<sub>2</sub> &lt; 5",
    "Formulas",
    "paragraph",
    state="checked",
)
FILE = replace(LEAFLET, units=(*LEAFLET.units, BREAK))


def words(text: str, *, inline: bool) -> str:
    """A text as the toolkit shows it: without the codes."""
    return _words(parse_inline(text)) if inline else text


def _words(nodes: tuple[Node, ...]) -> str:
    return "".join(
        node if isinstance(node, str) else _words(getattr(node, "content", ())) for node in nodes
    )


@pytest.mark.parametrize(
    ("toolkit", "write"), [(Xliff1File, write_xliff12), (Xliff2File, write_xliff)]
)
def test_it_sees_the_units_of_xliff(toolkit, write) -> None:
    found = toolkit.parsestring(write(FILE)).units
    assert len(found) == len(FILE.units)
    for unit, seen in zip(FILE.units, found, strict=True):
        assert seen.getid().endswith(unit.path.replace("/", "."))
        assert str(seen.source) == words(unit.source, inline=unit.inline)
        assert str(seen.target or "") == words(unit.target, inline=unit.inline)


def test_it_sees_what_is_finished() -> None:
    found = {unit.getid(): unit for unit in Xliff2File.parsestring(write_xliff(FILE)).units}
    assert found["effect.text"].isfuzzy()
    assert not found["formula.text"].isfuzzy()
    older = {unit.getid(): unit for unit in Xliff1File.parsestring(write_xliff12(FILE)).units}
    assert [key for key, unit in older.items() if unit.isapproved()] == [
        key for key in older if key.endswith("formula.text")
    ]


def test_it_sees_the_units_of_po() -> None:
    found = [unit for unit in pofile.parsestring(write_po(FILE)).units if not unit.isheader()]
    for unit, seen in zip(FILE.units, found, strict=True):
        assert seen.getcontext() == unit.path
        assert (str(seen.source), str(seen.target)) == (unit.source, unit.target)
        assert seen.isfuzzy() == unit.fuzzy
        assert seen.prev_source == unit.previous_source
        assert seen.getnotes("translator") == "\n".join(unit.comments)


def test_it_sees_the_units_of_tmx() -> None:
    out = BytesIO()
    memory = [MemoryUnit("en", "ar", unit.source, unit.target) for unit in (NEEDLE, BREAK)]
    write_tmx(memory, out)
    found = tmxfile.parsestring(out.getvalue()).units
    for unit, seen in zip(memory, found, strict=True):
        # It shows native code as it stands, tags with the words.
        assert str(seen.source) == unescape(unit.source)
        assert str(seen.target) == unescape(unit.target)
