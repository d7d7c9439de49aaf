"""Every kind of damage to an XLIFF file is told by file, line and reason, all of it at once."""

import pytest

from patientinfo.formats.exchange import MAX_PROBLEMS, FileRefused
from patientinfo.formats.xliff import MAX_BYTES, read_xliff, read_xliff12
from tests.formats.samples import DIGEST, KEY

META = "".join(
    f'<m:meta type="{name}">{value}</m:meta>\n'
    for name, value in (
        ("leaflet-key", KEY),
        ("source-edition", "3"),
        ("source-digest", DIGEST),
    )
)
#: Units begin on line 8 in 2.1 and on line 7 in 1.2.
ROOT_21 = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="nl">'
)
METADATA = '<m:metadata xmlns:m="urn:oasis:names:tc:xliff:metadata:2.0">'
FILE_21 = f"""{ROOT_21}
<file id="f">{METADATA}<m:metaGroup category="patientinfo:leaflet">
{META}</m:metaGroup></m:metadata>
<group id="g">
<unit id="a.text" name="a/text">
<originalData><data id="d1">&lt;em&gt;</data><data id="d2">&lt;br&gt;</data></originalData>
<segment>
<source>a <pc id="1" dataRefStart="d1">b</pc><ph id="2" dataRef="d2"/> c</source>
<target>x <pc id="1" dataRefStart="d1">y</pc><ph id="2" dataRef="d2"/> z</target>
</segment>
</unit>
</group></file></xliff>"""
NOTES = "".join(
    f'<note from="patientinfo:{name}">{value}</note>\n'
    for name, value in (
        ("leaflet-key", KEY),
        ("source-edition", "3"),
        ("source-digest", DIGEST),
    )
)
FILE_12 = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file original="x" source-language="en" target-language="nl" datatype="html"><header>
{NOTES}</header><body>
<trans-unit id="a.text" resname="a/text">
<source>a <g id="1" equiv-text="&lt;em&gt;">b</g><x id="2" equiv-text="&lt;br&gt;"/> c</source>
<target>x <g id="1">y</g><x id="2"/> z</target>
</trans-unit>
</body></file></xliff>"""


def refused(read, text: str) -> list[tuple[int, str]]:
    with pytest.raises(FileRefused) as told:
        read(text.encode(), "a.xlf")
    assert {problem.file for problem in told.value.problems} == {"a.xlf"}
    return [(problem.line, problem.reason) for problem in told.value.problems]


def assert_refused(read, text: str, *expected: tuple[int, str]) -> None:
    found = refused(read, text)
    assert [line for line, _ in found] == [line for line, _ in expected], found
    for (_, reason), (_, words) in zip(found, expected, strict=True):
        assert words in reason


@pytest.mark.parametrize(
    ("read", "text"), [(read_xliff, FILE_21), (read_xliff12, FILE_12)], ids=["21", "12"]
)
def test_the_right_file_is_read(read, text: str) -> None:
    file = read(text.encode(), "a.xlf")
    assert (file.key, file.locale, file.source_edition) == (KEY, "nl", 3)
    (unit,) = file.units
    assert (unit.path, unit.source) == ("a/text", "a <em>b</em><br> c")
    assert unit.target == "x <em>y</em><br> z"


COMMON = [
    ("version=", "vision=", [(1, "XLIFF of version none")]),
    ("<xliff", "<tmx", [(1, "not well-formed")]),
    (KEY, "dry-needling", [(0, "leaflet-key is 'dry-needling'")]),
    ("leaflet-key", "leaflet", [(0, "the header lacks leaflet-key")]),
    ('source-edition">3', 'source-edition">0', [(0, "source-edition is '0'")]),
    ("sha256:", "sha512:", [(0, "source-digest is 'sha512:")]),
    ('id="a.text"', 'id=""', [(0, "the unit has no id")]),
    ("a/text", "", [(0, "keep it")]),
]


@pytest.mark.parametrize(("old", "new", "expected"), COMMON)
@pytest.mark.parametrize(
    ("read", "text"), [(read_xliff, FILE_21), (read_xliff12, FILE_12)], ids=["21", "12"]
)
def test_damage_that_both_versions_know(read, text, old, new, expected) -> None:
    assert old in text
    found = refused(read, text.replace(old, new, 1))
    assert len(found) == len(expected), found
    assert expected[0][1] in found[0][1]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('version="2.1"', 'version="3.0"', 1, "XLIFF of version 3.0"),
        ("document:2.0", "document:2.2", 1, "namespace 'urn:oasis:names:tc:xliff:document:2.2'"),
        ('trgLang="nl"', 'trgLang="../nl"', 1, "language is '../nl'"),
        ('trgLang="nl"', "", 2, "the header lacks language"),
        ("</file>", '</file><file id="b"/>', 15, "a second <file>"),
        ("<group", "<grope/><group", 7, "unknown element <grope>"),
        ("<source>a", "<sources/><source>a", 11, "unknown element <sources>"),
        ("</m:metaG", '<m:meta type="leaflet-key"/></m:metaG', 6, "stands twice, also on line 3"),
        ("<segment>", "<segment/><segment>", 10, "<segment> has no <source>"),
        ("segment>", "ignorable>", 8, "the unit has no <segment>"),
        ("patientinfo:leaflet", "others", 2, "the header lacks leaflet-key"),
        ('<pc id="1" dataRefStart="d1">b', '<pc dataRefStart="d1">b', 11, "<pc> has no id"),
        ('<ph id="2" dataRef="d2"/> c', '<ph id="1" dataRef="d2"/> c', 11, "'1' stands twice"),
        ('<ph id="2" dataRef="d2"/> z', '<ph id="1" dataRef="d2"/> z', 12, "'1' stands twice"),
        ('<ph id="2" dataRef="d2"/> z', '<ph id="3" dataRef="d9"/> z', 12, "does not say"),
        ('<ph id="2" dataRef="d2"/> z', '<pc id="2"/> z', 12, "'2' has one part in the source"),
        ("&lt;em&gt;", "&lt;script&gt;", 11, "stands for '<script>': no code of a leaflet"),
        ('<data id="d2">', '<data id="d1">', 9, "data id 'd1' is empty or stands twice"),
        ("<source>a", "<source>a<cp hex='1B'/>", 11, "unknown inline element <cp>"),
        ("<source>a", "<source>a<m xmlns='x'/>", 11, "unknown inline element <m>"),
        ("> z", '><ec startRef="9"/> z', 12, "ends a code that has not begun: '9'"),
        ("<unit id", '<unit type="patientinfo:plain" id', 11, "in a plain text"),
        ("<segment>", '<segment state="done">', 10, "'done' is no state"),
        ("<target>", "<target/><target>", 12, "a second <target> in the unit 'a/text'"),
        ("<source>", "<source>x</source><source>", 11, "a second <source> in the unit 'a/text'"),
        ("<target>", '<target order="7">', 12, "the order '7' is not that of one segment"),
    ],
)
def test_damage_in_version_21(old: str, new: str, line: int, words: str) -> None:
    assert old in FILE_21
    times = 2 if old == "segment>" else 1
    found = refused(read_xliff, FILE_21.replace(old, new, times))
    assert (found[0][0], words in found[0][1]) == (line, True), found


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('version="1.2"', 'version="1.1"', 1, "XLIFF of version 1.1"),
        ("document:1.2", "document:2.0", 1, "'urn:oasis:names:tc:xliff:document:2.0'"),
        ('target-language="nl"', "", 2, "the header lacks language"),
        ("</header>", '<note from="patientinfo:leaflet-key"/></header>', 6, "stands twice, also"),
        ("</header>", '<note from="a-tool">x</note></header><p/>', 6, "unknown element <p>"),
        ("</file>", '</file><file original="y"/>', 11, "a second <file>"),
        ("<body>", "<body><bin-unit/>", 6, "unknown element <bin-unit>"),
        ('<g id="1" e', "<g e", 8, "<g> has no id"),
        ('<x id="2" e', '<x id="1" e', 8, "'1' stands twice"),
        ('<x id="2"/>', '<x id="1"/>', 9, "'1' stands twice"),
        ('<x id="2"/>', '<x id="3"/>', 9, "'3' does not say what it stands for"),
        ('<x id="2"/>', '<g id="2"/>', 9, "'2' has one part in the source"),
        ("&lt;em&gt;", "&lt;a onclick=''&gt;", 8, "no code of a leaflet"),
        ('<x id="2"/>', '<ph id="2">&lt;br&gt;</ph>', 9, "unknown inline element <ph>"),
        ('<x id="2"/>', '<ex id="7"/>', 9, "<ex> ends a code that has not begun: '7'"),
        ("<target>", '<target state="done">', 9, "'done' is no state of a target"),
        ("<target>", "<target/><target>", 9, "a second <target> in the unit 'a/text'"),
        ("<source>", "<source/><source>", 8, "a second <source> in the unit 'a/text'"),
        ('resname="a', 'datatype="plaintext" resname="a', 8, "in a plain text"),
        ("a <g", "&#65534;a <g", 8, "not well-formed"),
    ],
)
def test_damage_in_version_12(old: str, new: str, line: int, words: str) -> None:
    assert old in FILE_12
    found = refused(read_xliff12, FILE_12.replace(old, new, 1))
    assert (found[0][0], words in found[0][1]) == (line, True), found


@pytest.mark.parametrize(
    ("read", "text", "unit"),
    [(read_xliff, FILE_21, "unit"), (read_xliff12, FILE_12, "trans-unit")],
    ids=["21", "12"],
)
def test_all_problems_are_told_at_once_in_file_order(read, text: str, unit: str) -> None:
    begin, end = text.index(f"<{unit}"), text.index(f"</{unit}>") + len(unit) + 3
    again = text[:end] + text[begin:end].replace("<source>", "<source><q/>") + text[end:]
    found = refused(read, again.replace(KEY, "x"))
    assert [reason.split(":")[0].split(" is ")[0] for _, reason in found] == [
        "leaflet-key",
        "the unit id 'a.text' stands also on line " + str(text[:begin].count("\n") + 1),
        "the unit path 'a/text' stands also on line " + str(text[:begin].count("\n") + 1),
        "unknown element <q>",
        "unknown inline element <q>",
    ]
    assert [line for line, _ in found] == sorted(line for line, _ in found)


def test_a_file_of_another_kind_is_not_listed_line_by_line() -> None:
    body = FILE_12.index("<body>") + len("<body>")
    found = refused(read_xliff12, FILE_12[:body] + "<p/>\n" * 2000 + FILE_12[body:])
    assert len(found) == MAX_PROBLEMS + 1
    assert "more problems" in found[-1][1]


@pytest.mark.parametrize("read", [read_xliff, read_xliff12])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<html/>", "the root element is <html>, not <xliff>"),
        ('<xliff version="1.2"/>', "namespace ''"),
        ('<!DOCTYPE xliff [<!ENTITY x "y">]><xliff/>', "document type"),
        ("<xliff>", "not well-formed"),
        (" " * (MAX_BYTES + 1), f"at most {MAX_BYTES}"),
        ('<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="2.1"/>', "of version 2.1"),
    ],
)
def test_files_that_are_no_xliff(read, text: str, words: str) -> None:
    assert words in refused(read, text)[0][1]


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_xliff, '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0"/>'),
        (read_xliff12, '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>'),
    ],
)
def test_a_document_without_a_file(read, text: str) -> None:
    assert_refused(read, text, (1, "there is no <file>"))


@pytest.mark.parametrize(
    ("read", "text"), [(read_xliff, FILE_21), (read_xliff12, FILE_12)], ids=["21", "12"]
)
def test_a_unit_without_source_text(read, text: str) -> None:
    begin, end = text.index("<source>"), text.index("</target>")
    assert (
        "the unit 'a/text' has no source text"
        in refused(read, text[:begin] + "<source></source><target>" + text[end:])[0][1]
    )
