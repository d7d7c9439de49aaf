"""Translation memory goes out and comes in unchanged, in bounded memory, whoever made the file."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patientinfo.formats.exchange import MAX_PROBLEMS, FileRefused
from patientinfo.formats.tmx import MemoryUnit, read_tmx, reading, write_tmx
from patientinfo.formats.tmx.reading import MAX_PARTS
from tests.formats.samples import INLINE, MARKUP, TEXTS, TRICKY

MOMENT = datetime(2026, 11, 23, 12, 0, 30, tzinfo=UTC)
SOME = st.one_of(TEXTS, INLINE).filter(bool)
MEMORY = st.lists(
    st.builds(
        MemoryUnit,
        source_locale=st.sampled_from(["en", "pt-br"]),
        locale=st.sampled_from(["nl", "ar", "zh-Hans"]),
        source=SOME,
        target=SOME,
        changed_at=st.sampled_from([None, MOMENT]),
        inline=st.booleans(),
    ),
    max_size=6,
)


def written(units: list[MemoryUnit]) -> bytes:
    out = BytesIO()
    write_tmx(units, out)
    return out.getvalue()


def read(data: bytes) -> list[MemoryUnit]:
    return list(read_tmx(BytesIO(data), "memory.tmx"))


@settings(deadline=None)
@given(MEMORY)
def test_what_is_written_is_read_back_unchanged(units: list[MemoryUnit]) -> None:
    data = written(units)
    assert read(data) == units
    assert read(data.replace(b"\n", b"\r\n")) == units


def test_every_tricky_text_survives() -> None:
    units = [
        MemoryUnit("en", "nl", text, text, MOMENT, inline)
        for text in [*TRICKY, *MARKUP]
        for inline in (True, False)
    ]
    assert read(written(units)) == units


def test_the_same_units_make_the_same_bytes() -> None:
    units = [MemoryUnit("en", "nl", "one <em>a</em><br>", "een <em>a</em>", MOMENT)]
    assert written(units) == written(units)
    assert (
        b'<tuv xml:lang="nl" changedate="20261123T120030Z"><seg>een '
        b'<bpt i="1" x="1" type="italic">&lt;em&gt;</bpt>a<ept i="1">&lt;/em&gt;</ept></seg></tuv>'
    ) in written(units)


MEASURED = """
import resource, sys, tempfile
from patientinfo.formats.tmx import MemoryUnit, read_tmx, write_tmx
count = int(sys.argv[1])
words = "many words " * 300
with tempfile.TemporaryFile() as file:
    write_tmx((MemoryUnit("en", "nl", f"{words}{n}", f"{words}{n}") for n in range(count)), file)
    assert sum(1 for _ in read_tmx(file, "memory.tmx")) == count
    print(file.tell(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def test_writing_and_reading_take_no_more_memory_for_more_units(root) -> None:
    def measure(count: int) -> tuple[int, ...]:
        command = [sys.executable, "-c", MEASURED, str(count)]
        done = subprocess.run(command, cwd=root, capture_output=True, check=True)
        return tuple(map(int, done.stdout.split()))

    (short, little), (long, much) = measure(100), measure(4000)
    assert long - short > 25_000_000
    assert much - little < 5_000_000


@pytest.mark.parametrize(
    "change",
    [
        {"source": ""},
        {"target": ""},
        {"locale": "../nl"},
        {"target": "a\x00"},
        {"changed_at": MOMENT.replace(tzinfo=None)},
    ],
)
def test_what_cannot_be_carried_is_not_written(change: dict) -> None:
    with pytest.raises(ValueError, match=r"unit|code|offset"):
        written([replace(MemoryUnit("en", "nl", "one", "een", MOMENT), **change)])


FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="EN-US" datatype="rtf"><prop type="x">y</prop></header>
<body>
<tu changedate="20020125T210600Z"><note>n</note>
<tuv xml:lang="nl">
<seg>Bel {<bpt i="1">\\b</bpt>nu<ept i="1">\\b0</ept> &amp; <hi>hier</hi>.</seg></tuv>
<tuv xml:lang="en-us"><prop type="x">y</prop>
<seg>Call <ph>&lt;br&gt;</ph>now.</seg></tuv>
<tuv lang="de"><seg>Jetzt <it pos="begin">&lt;em&gt;</it>anrufen.</seg></tuv>
</tu>
<tu><tuv xml:lang="en-US"><seg>alone</seg></tuv></tu>
<tu srclang="*all*" datatype="plaintext"><tuv xml:lang="nl" creationdate="20261123T120030Z">
<seg>a &amp; b</seg></tuv>
<tuv xml:lang="fr" creationdate="20261123T120030Z"><seg>c &lt; d</seg></tuv></tu>
</body></tmx>"""


def test_a_memory_of_another_tool_is_read() -> None:
    moment = datetime(2002, 1, 25, 21, 6, tzinfo=UTC)
    call = "Call <br>now."
    assert read(FOREIGN.encode()) == [
        MemoryUnit("en-us", "nl", call, "Bel {nu &amp; hier.", moment),
        MemoryUnit("en-us", "de", call, "Jetzt <em>anrufen.", moment),
        MemoryUnit("nl", "fr", "a & b", "c < d", MOMENT, inline=False),
    ]


@pytest.mark.parametrize(
    ("source", "target", "whole"),
    [
        ("Take <ph>5</ph> mg", "Neem 5 mg", False),
        ("Take 5 mg", "Neem <ph x='1'/> mg", False),
        ("Take 5 mg", "Neem <ut>{5}</ut> mg", False),
        ("Take 5 mg", "Neem <it pos='begin'>x<sub>5</sub></it> mg", False),
        ("Take 5 mg", "Neem <it pos='begin'>{b}</it>5 mg", True),
        ("Take<ph>&lt;br&gt;</ph>5 mg", "Neem 5 mg", True),
    ],
)
def test_a_text_with_a_hole_says_so(source: str, target: str, whole: bool) -> None:
    unit = f"""<tu><tuv xml:lang="en"><seg>{source}</seg></tuv>
    <tuv xml:lang="nl"><seg>{target}</seg></tuv></tu>"""
    assert [unit.whole for unit in read((HEAD + unit + TAIL).encode())] == [whole]


@pytest.mark.parametrize(("header", "variant"), [("en", "en-GB"), ("en-US", "en")])
def test_the_source_language_may_have_a_region_on_one_side(header: str, variant: str) -> None:
    text = (HEAD + UNIT + TAIL).replace('srclang="en"', f'srclang="{header}"')
    (unit,) = read(text.replace('xml:lang="en"', f'xml:lang="{variant}"').encode())
    assert (unit.source_locale, unit.locale) == (variant, "nl")


def test_a_stored_date_of_before_all_memories_is_not_written() -> None:
    old = MemoryUnit("en", "nl", "a", "b", datetime(1, 1, 1, tzinfo=UTC))
    assert b"changedate" not in written([old])


@pytest.mark.parametrize(
    "date",
    ["0001-01-01T00:00:00+01:00", "00010101T000000Z", "19791231T235959Z", "99991231T235959-2359"],
)
def test_a_date_that_no_memory_can_have_is_not_known(date: str) -> None:
    text = (HEAD + UNIT + TAIL).replace("<tu>", f'<tu changedate="{date}">')
    assert [unit.changed_at for unit in read(text.encode())] == [None]


@pytest.mark.parametrize(
    "date", ["20261123T120030Z", "2026-11-23T12:00:30Z", "2026-11-23T13:00:30.5+01:00"]
)
def test_dates_are_read_in_every_form_of_the_standard_for_them(date: str) -> None:
    text = (HEAD + UNIT + TAIL).replace("<tu>", f'<tu changedate="{date}">')
    assert [unit.changed_at for unit in read(text.encode())] == [MOMENT]


UNIT = (
    '<tu><tuv xml:lang="en"><seg>a</seg></tuv>\n'
    '<tuv xml:lang="nl"><seg>b<bpt i="1">&lt;em&gt;</bpt>c<ept i="1">&lt;/em&gt;</ept></seg></tuv>'
    "</tu>"
)
HEAD = '<tmx version="1.4"><header srclang="en"/><body>\n'
TAIL = "\n</body></tmx>"


def refused(data: bytes | str) -> list[tuple[int, str]]:
    with pytest.raises(FileRefused) as told:
        read(data.encode() if isinstance(data, str) else data)
    assert {problem.file for problem in told.value.problems} == {"memory.tmx"}
    return [(problem.line, problem.reason) for problem in told.value.problems]


def test_the_right_document_is_read() -> None:
    assert [unit.target for unit in read((HEAD + UNIT + TAIL).encode())] == ["b<em>c</em>"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('xml:lang="nl"', "", 3, "unit 1: xml:lang is ''"),
        ('xml:lang="nl"', 'xml:lang="../x"', 3, "unit 1: xml:lang is '../x'"),
        ('xml:lang="en"', 'xml:lang="de"', 2, "no variant is in the source language 'en'"),
        ("<seg>a</seg>", "", 2, "a variant has 0 <seg>"),
        ("<seg>a</seg>", "<seg>a</seg><seg>b</seg>", 2, "a variant has 2 <seg>"),
        ("<seg>a", "<seg>a<b>c</b>", 2, "unknown inline element <b>"),
        ("<seg>a", "<seg>a<sub>c</sub>", 2, "unknown inline element <sub>"),
        ("<tu>", "<tu><b/>", 2, "unknown element <b> in <tu>"),
        ("<tu>", '<tu changedate="today">', 2, "'today' is no date"),
        ("<tu>", "<b/><tu>", 2, "unknown element <b>"),
        ("<tu>", "<:b/><tu>", 2, "not well-formed"),
        ('<bpt i="1">', "<bpt>", 3, "<bpt> has no i"),
        ('<ept i="1">', '<ept i="2">', 3, "the inline code '2' ends but has not begun"),
        ("</seg></tuv></tu>", '<bpt i="1"/></seg></tuv></tu>', 3, "'1' begins twice"),
        ('version="1.4"', 'version="2.0"', 1, "TMX 2.0; 1.4 is read"),
        ('version="1.4"', "", 1, "TMX without version"),
        ("<body>", "<body", 2, "not well-formed"),
        ("</body>", "", 4, "not well-formed"),
    ],
)
def test_damage_is_told(old: str, new: str, line: int, words: str) -> None:
    text = HEAD + UNIT + TAIL
    assert old in text
    found = refused(text.replace(old, new, 1))
    assert (found[0][0], words in found[0][1]) == (line, True), found


def test_all_problems_are_told_before_the_first_unit_is_handed_out() -> None:
    bad = UNIT.replace('xml:lang="nl"', "")
    found = refused(HEAD + UNIT + "\n" + bad + "\n" + bad + TAIL)
    assert [line for line, _ in found] == [5, 7]
    assert [reason[:6] for _, reason in found] == ["unit 2", "unit 3"]
    assert len(refused(HEAD + bad * 1500 + TAIL)) == MAX_PROBLEMS + 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<xliff/>", "the root element is <xliff>, not <tmx>"),
        (b'<tmx xmlns="urn:x" version="1.4"/>', "not <tmx>"),
        (b'<!DOCTYPE tmx SYSTEM "a.dtd" [<!ENTITY x "y">]><tmx/>', "document type"),
        (b'<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tmx/>', "document type"),
        (b'<!DOCTYPE html SYSTEM "a.dtd"><tmx/>', "document type"),
        ("<tmx/>".encode("utf-16"), "UTF-16"),
        (f"{HEAD}<tu>{'<note/>' * (MAX_PARTS + 1)}</tu>{TAIL}".encode(), "unit 1: has more than"),
    ],
)
def test_documents_that_are_not_read(data: bytes, words: str) -> None:
    assert words in refused(data)[0][1]


def test_an_entity_that_nobody_declared_is_told() -> None:
    doctype = '<!DOCTYPE tmx PUBLIC "-//LISA OSCAR:1998//DTD for TMX//EN" "tmx14.dtd">\n'
    found = refused(doctype + HEAD + UNIT.replace("<seg>a", "<seg>a&nbsp;") + TAIL)
    assert "&" in found[0][1] or "not well-formed" in found[0][1]


def test_a_document_that_is_too_long_is_not_read(monkeypatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    assert "at most 10 are read" in refused(HEAD + UNIT + TAIL)[0][1]
