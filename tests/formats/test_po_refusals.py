"""Every kind of damage to a PO file is told by file, line and reason, all of it at once."""

from io import BytesIO

import pytest
from babel.messages.pofile import read_po as read_with_babel

from patientinfo.formats.exchange import MAX_PROBLEMS, Problem
from patientinfo.formats.po import MAX_BYTES, PoRefused, read_po
from patientinfo.formats.po.headers import LeafletCatalog
from patientinfo.formats.po.lines import Scanner
from patientinfo.formats.po.reading import _FaultsError, _units

HEADER = rf"""msgid ""
msgstr ""
"Language: nl\n"
"Content-Type: text/plain; charset=UTF-8\n"
"X-Leaflet-Key: 0b7f6a52-8a1e-4d7c-9b55-0f6a1c2d3e4f\n"
"X-Source-Locale: en\n"
"X-Source-Edition: 3\n"
"X-Source-Digest: sha256:{"0" * 64}\n"

"""
#: The line on which an entry after HEADER begins.
BODY = 10


def problems_of(data: bytes | str) -> list[tuple[int, str]]:
    with pytest.raises(PoRefused) as refused:
        read_po(data.encode() if isinstance(data, str) else data, "a.po")
    assert {problem.file for problem in refused.value.problems} == {"a.po"}
    assert str(refused.value) == "\n".join(str(problem) for problem in refused.value.problems)
    return [(problem.line, problem.reason) for problem in refused.value.problems]


def assert_refused(data: bytes | str, *expected: tuple[int, str]) -> None:
    """The problems are exactly these lines, and each reason has these words in it."""
    found = problems_of(data)
    assert [line for line, _ in found] == [line for line, _ in expected], found
    for (_, reason), (_, words) in zip(found, expected, strict=True):
        assert words in reason


def test_a_right_file_is_read() -> None:
    body = (
        "# a translator's remark\n#. Section: Risks\n#. Note: list item\n#: broken \u2069 place\n"
        '#, no-wrap, fuzzy\n#| msgctxt "old"\n#| msgid ""\n#| "old "\n#| "old "\n'
        '  msgctxt "a/text"\nmsgid  ""\n"one "\n\n"two"\nmsgstr "een \\"twee\\""\n'
    )
    file = read_po((HEADER + body).encode(), "a.po")
    assert (file.locale, file.source_locale, file.source_edition) == ("nl", "en", 3)
    (unit,) = file.units
    assert (unit.path, unit.source, unit.target) == ("a/text", "one two", 'een "twee"')
    assert (unit.section, unit.note) == ("Risks", "list item")
    assert (unit.fuzzy, unit.previous_source, unit.line) == (True, "old old ", BODY + 9)


def test_babel_alone_would_lose_words() -> None:
    damaged = b'msgid "unterminated\nmsgstr "x"\n\nmsgid "a"\nmsgstr "1"\n\nmsgid "a"\nmsgstr "2"\n'
    catalog = read_with_babel(BytesIO(damaged), abort_invalid=True)
    assert [(m.id, m.string) for m in catalog if m.id] == [("unterminate", "x"), ("a", "1")]


def test_nothing_is_taken_that_babel_reads_otherwise_than_the_scanner() -> None:
    scanner = Scanner()
    scanner.scan(['msgctxt "a"', 'msgid "one"', 'msgstr "een"'])
    catalog = LeafletCatalog()
    catalog.add("one", "een", context="a")
    assert [unit.target for unit in _units(scanner.entries, catalog)] == ["een"]
    catalog.get("one", "a").string = "ee"
    with pytest.raises(_FaultsError) as told:
        _units(scanner.entries, catalog)
    assert told.value.faults == ((1, "the entry can be read in two ways; write it anew"),)
    catalog.add("two", "twee", context="b")
    with pytest.raises(_FaultsError) as told:
        _units(scanner.entries[:0], catalog)
    assert told.value.faults == ((1, "Babel reads 2 entries where 0 stand"),)


ENTRY = 'msgctxt "a/text"\nmsgid "one"\nmsgstr "een"\n'


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ('msgctxt "a"\nmsgid "unterminated\nmsgstr "x"\n', 1, "not closed"),
        ('msgctxt "a"\nmsgid "one"\nmsgstr "een\\"\n', 2, "not closed"),
        ('msgctxt "a"\nmsgid "one"\nmsgstr ""\n"een\n', 3, "not closed"),
        ('msgctxt "a"\nmsgid "one"\nmsgstr "een" twee"\n', 2, "after the closing quote: 'twee"),
        ('msgctxt "a" "b"\nmsgid "one"\nmsgstr ""\n', 0, "after the closing quote"),
        ('msgctxt "a"\nmsgid one\nmsgstr ""\n', 1, "between double quotes"),
        ('msgctxt "a"\nmsgid\nmsgstr ""\n', 1, "put a space between msgid"),
        ('msgctxt "a"\nmsgid\t"one"\nmsgstr ""\n', 1, "put a space between msgid"),
        ('msgctxt "a"\nmsgid "C:\\dir"\nmsgstr ""\n', 1, "\\d is not a known escape"),
        ('msgctxt "a"\nmsgid "one"\nmsgstr "a\\r"\n', 2, "\\r is not a known escape"),
        ('msgctxt "a"\nmsgid "one"\nmssgtr "een"\n', 2, "'mssgtr' is not a keyword"),
        ('domain "x"\n' + ENTRY, 0, "'domain' is not a keyword"),
        (ENTRY + "een\n", 3, "'een' is not a keyword"),
        ('msgctxt "a"\nmsgstr "een"\n', 1, "msgstr without msgid"),
        ('#\nmsgstr "een"\n' + ENTRY, 1, "msgstr without msgid"),
        ('msgctxt "a"\n\n' + ENTRY, 0, "msgctxt without msgid"),
        ('msgctxt "a"\nmsgid "one"\n', 1, "msgid without msgstr"),
        ('msgid "one"\nmsgstr "een"\n', 0, "no msgctxt"),
        ('msgctxt ""\nmsgid "one"\nmsgstr "een"\n', 0, "no msgctxt"),
        ('msgctxt "a"\nmsgid ""\nmsgstr "een"\n', 1, "msgid is empty"),
        (ENTRY + 'msgstr "twee"\n', 3, f"a second msgstr; the entry has one on line {BODY + 2}"),
        (ENTRY + "\n" + ENTRY, 4, "with the same msgid, on line 14"),
        (ENTRY + ENTRY.replace("one", "two"), 3, f"'a/text' stands on line {BODY} and again"),
        (HEADER + ENTRY, 0, "a second header entry; the first is on line 1"),
        ('# remark\n\n"lost"\n"words"\n' + ENTRY, 2, "belongs to no msgctxt"),
        ("#| old text\n" + ENTRY, 0, "stands msgid and its text, not 'old'"),
        ('#| msgid "old\n' + ENTRY, 0, "previous text: the string is not closed"),
        (
            'msgctxt "a"\nmsgid "one"\nmsgid_plural "x"\n"y"\nmsgstr[0] ""\nmsgstr[1] ""\n',
            2,
            "plural entries are not supported",
        ),
        ('msgctxt "a"\nmsgid "one"\nmsgstr[0] "x"\n', 2, "plural entries are not supported"),
        ('msgctxt "a"\nmsgid "one"\nmsgstr "a\x00b"\n', 2, "U+0000"),
        ('msgctxt "a"\nmsgid "one"\nmsgstr "a\x1bb"\n', 2, "U+001B"),
        ("# a\x00b\n" + ENTRY, 0, "U+0000"),
        ('msgctxt "a"\nmsgid "one"\nmsgstr "a\rb"\n', 2, "carriage return alone"),
    ],
)
def test_damage_in_an_entry(body: str, line: int, words: str) -> None:
    assert_refused(HEADER + body, (BODY + line, words))


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('"Language: nl\\n"\n', "", 1, "the header lacks Language"),
        ("Language: nl", "Language: ", 3, "Language is ''"),
        ("Language: nl", "Language: ../nl", 3, "Language is '../nl'"),
        ("charset=UTF-8", "charset=ISO-8859-1", 4, "must be text/plain; charset=UTF-8"),
        ('"Content-Type: text/plain; charset=UTF-8\\n"\n', "", 1, "lacks Content-Type"),
        ("Key: 0b7f6a52", "Key: 0b7f", 5, "X-Leaflet-Key is"),
        ("X-Leaflet-Key", "X-Key", 1, "the header lacks X-Leaflet-Key"),
        ("Locale: en", "Locale: English please", 6, "X-Source-Locale is"),
        ("Edition: 3", "Edition: three", 7, "X-Source-Edition is 'three'"),
        ("Edition: 3", "Edition: 0", 7, "X-Source-Edition is '0'"),
        ("Edition: 3", "Edition: ٣", 7, "X-Source-Edition is '٣'"),
        ("sha256:0", "sha256:", 8, "X-Source-Digest is"),
        ('"X-Source-L', '"X-Source-Issued-At: today\\n"\n"X-Source-L', 6, "Issued-At is 'today'"),
        ('"X-Source-L', '"no field\\n"\n"X-Source-L', 6, "'no field' is no header field"),
        (
            '"X-Source-L',
            '"Language: de\\n"\n"X-Source-L',
            6,
            "Language stands twice, also on line 3",
        ),
        ('"Language: nl\\n"', '"Language: nl\\n', 3, "not closed"),
        ('msgid ""\nmsgstr ""', 'msgid ""\nmsgst ""', 2, "'msgst' is not a keyword"),
    ],
)
def test_damage_in_the_header(old: str, new: str, line: int, words: str) -> None:
    assert old in HEADER
    assert_refused(HEADER.replace(old, new) + ENTRY, (line, words))


def test_no_header_entry() -> None:
    assert_refused(ENTRY, (1, "no header entry"))
    assert_refused("", (1, "no header entry"))


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"\xef\xbb\xbf" + HEADER.encode(), 1, "byte order mark"),
        (HEADER.encode("utf-16"), 1, "UTF-16"),
        (HEADER.encode() + b'msgctxt "caf\xe9"\n', BODY, "0xE9 is not UTF-8"),
        (b" " * (MAX_BYTES + 1), 1, f"at most {MAX_BYTES}"),
        (HEADER.replace("\n", "\r").encode(), 1, "carriage return alone"),
    ],
)
def test_a_file_that_is_not_utf8_text(data: bytes, line: int, words: str) -> None:
    assert problems_of(data)[0][0] == line
    assert words in problems_of(data)[0][1]


def test_all_problems_are_told_at_once_in_file_order() -> None:
    assert_refused(
        HEADER.replace("Edition: 3", "Edition: x")
        + ENTRY
        + 'msgctxt "b"\nmsgid "two\nmsgstr "x\\q"\n'
        + ENTRY
        + 'msgid "three"\nmsgstr ""\n'
        + 'msgctxt "c"\nmsgid "four"\n',
        (7, "X-Source-Edition"),
        (BODY + 4, "not closed"),
        (BODY + 5, "\\q is not a known escape"),
        (BODY + 6, "duplicate entry"),
        (BODY + 9, "no msgctxt"),
        (BODY + 12, "msgid without msgstr"),
    )


def test_a_file_of_another_kind_is_not_listed_line_by_line() -> None:
    for data in ("<html>\n" * (MAX_PROBLEMS * 3), HEADER + ENTRY * (MAX_PROBLEMS * 3)):
        found = problems_of(data)
        assert len(found) == MAX_PROBLEMS + 1
        assert found[-1][1] == "there are more problems from here on that are not listed"


def test_a_comment_in_the_middle_of_an_entry_parts_it() -> None:
    assert_refused(
        HEADER + 'msgctxt "b"\nmsgid "one"\n# remark\nmsgstr "een"\n',
        (BODY + 1, "msgid without msgstr"),
        (BODY + 3, "msgstr without msgid"),
    )


def test_obsolete_entries_are_ignored_with_the_comments_that_are_theirs() -> None:
    obsolete = '# old remark\n#, fuzzy\n#~| msgid "older"\n#~ msgid "old\n#~ msgstr "oud"\n\n'
    file = read_po((HEADER + obsolete + ENTRY + obsolete).encode(), "a.po")
    assert [(unit.path, unit.fuzzy) for unit in file.units] == [("a/text", False)]


def test_dates_that_an_editor_wrote_oddly_do_not_matter() -> None:
    odd = HEADER.replace(
        '"Lang', '"PO-Revision-Date: yesterday\\n"\n"POT-Creation-Date: \\n"\n"Lang'
    )
    assert len(read_po((odd + ENTRY).encode(), "a.po").units) == 1


def test_the_header_may_stand_on_one_line_as_some_tools_write_it() -> None:
    first, rest = HEADER.split('msgstr ""\n')
    joined = first + 'msgstr "' + rest.replace('"\n"', "").lstrip('"')
    assert read_po((joined + ENTRY).encode(), "a.po").source_edition == 3


def test_a_problem_reads_like_a_compiler_message() -> None:
    assert str(Problem("nl.po", 12, "is wrong")) == "nl.po:12: is wrong"
