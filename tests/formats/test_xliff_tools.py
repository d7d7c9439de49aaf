"""Files come back from translators' tools changed in ways that the standards allow: still read."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from patientinfo.formats.exchange import Unit
from patientinfo.formats.xliff import read_xliff, read_xliff12, write_xliff, write_xliff12
from tests.formats.samples import LEAFLET

LINK = Unit(
    "link/text",
    'See <a href="https://example.org/en">our page</a>.<br>Or <em>call</em>.',
    "",
    "Contact",
    "paragraph",
)
FILE = replace(LEAFLET, locale="nl", units=(LINK,))


def changed_21(old: str, new: str, unit: Unit = LINK) -> Unit:
    """The unit of a file of version 2.1 in which a tool wrote `new` for `old`."""
    data = write_xliff(replace(FILE, units=(unit,))).decode()
    assert old in data
    return read_xliff(data.replace(old, new).encode(), "a.xlf").units[0]


def changed_12(old: str, new: str, unit: Unit = LINK) -> Unit:
    data = write_xliff12(replace(FILE, units=(unit,))).decode()
    assert old in data
    return read_xliff12(data.replace(old, new).encode(), "a.xlf").units[0]


def cut(xml: str, unit: Unit = LINK) -> Unit:
    """The unit with its one segment cut up as `xml` says."""
    data = write_xliff(replace(FILE, units=(unit,))).decode()
    begin, end = data.index("<segment"), data.index("</segment>") + len("</segment>")
    return read_xliff((data[:begin] + xml + data[end:]).encode(), "a.xlf").units[0]


SEE = (
    '<segment state="reviewed"><source>See <pc id="1" dataRefStart="d1">our page</pc>.</source>'
    '<target>Zie <pc id="1" dataRefStart="d1">onze pagina</pc>.</target></segment>'
)
BREAK = '<ignorable><source><ph id="2" dataRef="d3"/></source></ignorable>'
CALL = '<source>Or <pc id="3" dataRefStart="d4">call</pc>.</source>'
BEL = '<target>Of <pc id="3" dataRefStart="d4">bel</pc>.</target>'
ZIE = 'Zie <a href="https://example.org/en">onze pagina</a>.'


def test_segments_are_joined_with_what_lies_between_them() -> None:
    unit = cut(f'{SEE}{BREAK}<segment state="translated">{CALL}{BEL}</segment>')
    assert unit.source == LINK.source
    assert unit.target == ZIE + "<br>Of <em>bel</em>."
    assert (unit.state, unit.fuzzy) == ("translated", False)


def test_a_unit_of_which_a_part_is_not_translated_is_not_taken_for_finished() -> None:
    unit = cut(f"{SEE}{BREAK}<segment>{CALL}</segment>")
    assert (unit.target, unit.state, unit.fuzzy) == (ZIE + "<br>", "draft", True)


def test_a_blank_is_no_translation_of_a_segment_that_has_words() -> None:
    blank = "<target> </target>"
    unit = cut(f'{SEE}{BREAK}<segment state="translated">{CALL}{blank}</segment>')
    assert (unit.state, unit.fuzzy) == ("draft", True)
    gap = f'<segment state="translated"><source> </source>{blank}</segment>'
    unit = cut(f"{SEE}{gap}{BREAK}<segment>{CALL}{BEL}</segment>")
    assert not unit.fuzzy


def test_nothing_is_translated_when_no_segment_is() -> None:
    see = SEE[: SEE.index("<target>")] + "</segment>"
    unit = cut(f"{see}{BREAK}<segment>{CALL}</segment>")
    assert (unit.source, unit.target, unit.fuzzy) == (LINK.source, "", False)


def test_translations_stand_in_their_own_order() -> None:
    first = SEE.replace("<target>", '<target order="3">')
    last = f"<segment>{CALL}{BEL}</segment>".replace("<target>", '<target order="1">')
    assert cut(first + BREAK + last).target == "Of <em>bel</em>.<br>" + ZIE


def test_a_code_that_was_cut_in_two_is_joined() -> None:
    unit = cut(
        '<segment><source>See <sc id="1" dataRef="d1"/>our</source>'
        '<target>Zie <sc id="1" dataRef="d1"/>onze</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment><source>page<ec startRef="1" dataRef="d2"/>.</source>'
        '<target>pagina<ec startRef="1"/>.</target></segment>'
    )
    assert unit.source == 'See <a href="https://example.org/en">our page</a>.'
    assert unit.target == ZIE


def test_no_file_can_change_the_address_of_a_link() -> None:
    target = replace(LINK, target=LINK.source)
    data = write_xliff(replace(FILE, units=(target,))).decode()
    evil = '<data id="d9">&lt;a href="https://evil.example"&gt;</data></originalData>'
    at = data.index("<target>")
    data = data[:at] + data[at:].replace('dataRefStart="d1"', 'dataRefStart="d9"')
    unit = read_xliff(data.replace("</originalData>", evil).encode(), "a.xlf").units[0]
    assert unit.target == LINK.source
    begin = write_xliff12(replace(FILE, units=(target,))).decode().index("<target>")
    data = write_xliff12(replace(FILE, units=(target,))).decode()
    data = data[:begin] + data[begin:].replace("example.org", "evil.example")
    assert read_xliff12(data.encode(), "a.xlf").units[0].target == LINK.source


def test_a_copied_code_is_what_it_was_copied_from() -> None:
    twice = 'Bel <pc id="3">nu</pc> en <pc id="4" copyOf="3">straks</pc>.'
    unit = changed_21("</source>", f"</source><target>{twice}</target>")
    assert unit.target == "Bel <em>nu</em> en <em>straks</em>."


def test_annotations_of_tools_are_passed_over() -> None:
    words = '<mrk id="m1" type="term">Zie</mrk> <sm id="m2"/>hier<em startRef="m2"/>'
    unit = changed_21("</source>", f"</source><target>{words}</target>")
    assert unit.target == "Zie hier"


SEGMENTED = (
    '<seg-source><mrk mtype="seg" mid="0">See</mrk> <mrk mtype="seg" mid="1">page</mrk>'
    '</seg-source><target state="translated">'
)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ('<mrk mtype="seg" mid="0">Zie</mrk>', ("draft", True)),
        ('<mrk mtype="seg" mid="0">Zie</mrk> <mrk mtype="seg" mid="1"/>', ("draft", True)),
        ('<mrk mtype="seg" mid="0">Zie</mrk> <mrk mtype="seg" mid="1"> </mrk>', ("draft", True)),
        (
            '<mrk mtype="seg" mid="0">Zie</mrk> <mrk mtype="seg" mid="1">pagina</mrk>',
            ("translated", False),
        ),
        (
            '<mrk mtype="seg" mid="1">Pagina</mrk> <mrk mtype="seg" mid="0">zie</mrk>',
            ("translated", False),
        ),
        ("Zie pagina", ("translated", False)),
        ('<mrk mtype="seg" mid="0"/><mrk mtype="seg" mid="1"/>', ("translated", False)),
    ],
)
def test_half_a_unit_of_version_12_is_not_taken_for_finished(target, expected) -> None:
    unit = changed_12("</source>", f"</source>{SEGMENTED}{target}</target>")
    assert (unit.state, unit.fuzzy) == expected


@pytest.mark.parametrize("mid", ["", ' mid="0"'])
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Zie", "pagina", ("translated", False)),
        ("Zie", "", ("draft", True)),
        ("", "pagina", ("draft", True)),
    ],
)
def test_segments_of_version_12_that_nothing_names_are_told_by_their_place(
    mid, first, second, expected
) -> None:
    def marks(*texts: str) -> str:
        return " ".join(f'<mrk mtype="seg"{mid}>{text}</mrk>' for text in texts)

    target = f'<target state="translated">{marks(first, second)}</target>'
    segmented = f"<seg-source>{marks('See', 'page')}</seg-source>{target}"
    unit = changed_12("</source>", f"</source>{segmented}")
    assert (unit.state, unit.fuzzy) == expected


def test_segments_of_version_12_are_marked_inside_the_text() -> None:
    target = (
        '<seg-source><mrk mtype="seg" mid="1">See</mrk></seg-source><target xml:lang="nl">'
        '<mrk mtype="seg" mid="1">Zie <bx id="1"/>onze</mrk> <mrk mtype="seg" mid="2">pagina'
        '<ex id="1"/>.<x id="2"/></mrk></target>'
    )
    unit = changed_12("</source>", f"</source>{target}")
    assert unit.target == ZIE + "<br>"
    paired = target.replace('<bx id="1"', '<bx id="3" rid="7"').replace(
        '<ex id="1"', '<ex rid="7" id="8"'
    )
    assert changed_12("</source>", f"</source>{paired}").target == "Zie <em>onze pagina</em>.<br>"


def test_proposals_of_tools_are_passed_over() -> None:
    match = '<alt-trans><source>See <bpt id="1">x</bpt></source><target>Kijk</target></alt-trans>'
    assert changed_12("</source>", f"</source>{match}").target == ""
    module = '<m:matches xmlns:m="urn:oasis:names:tc:xliff:matches:2.0"><m:match/></m:matches>'
    assert changed_21("<notes>", f"{module}<notes>").target == ""


def test_notes_of_translators_become_comments() -> None:
    note = '<note priority="2">Is this the\n right page?</note>'
    for changed, before in ((changed_21, "</notes>"), (changed_12, "</trans-unit>")):
        assert changed(before, note + before).comments == ("Is this the right page?",)


@pytest.mark.parametrize(
    ("changed", "mark"),
    [
        (changed_21, '<mrk id="m1" type="comment" value="Is it {}?">onze</mrk>'),
        (changed_21, '<sm id="m1" type="comment" value="Is it {}?"/>onze<em startRef="m1"/>'),
        (changed_12, '<mrk mtype="x-remark" comment="Is it {}?">onze</mrk>'),
    ],
    ids=["mrk", "sm", "1.2"],
)
def test_remarks_on_words_become_comments(changed: Callable[[str, str], Unit], mark: str) -> None:
    unit = changed("</source>", f"</source><target>{mark.format('ours')}</target>")
    assert (unit.target, unit.comments) == ("onze", ("Is it ours?",))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ('state="initial"', ("draft", False)),
        ('state="translated" subState="x:y"', ("translated", False)),
        ('state="translated" subState="patientinfo:fuzzy"', ("translated", False)),
        ('state="initial" subState="patientinfo:fuzzy"', ("", True)),
        ('state="initial" subState="patientinfo:fuzzy-nonsense"', ("", True)),
        ('state="reviewed"', ("checked", False)),
        ('state="final"', ("checked", False)),
        ("", ("", False)),
    ],
)
def test_states_of_version_21(state: str, expected: tuple[str, bool]) -> None:
    unit = changed_21("<segment>", f"<segment {state}>", replace(LINK, target="Zie"))
    assert (unit.state, unit.fuzzy) == expected


@pytest.mark.parametrize(
    ("state", "approved", "expected"),
    [
        ('state="new"', "no", ("draft", False)),
        ('state="needs-translation"', "yes", ("draft", False)),
        ('state="needs-adaptation"', "no", ("draft", False)),
        ('state="needs-review-translation"', "no", ("", True)),
        ('state="needs-review-l10n" state-qualifier="x-fuzzy-draft"', "no", ("draft", True)),
        ('state="translated" state-qualifier="fuzzy-match"', "no", ("translated", False)),
        ('state="signed-off"', "no", ("checked", False)),
        ('state="final"', "yes", ("checked", False)),
        ('state="x-done"', "no", ("", False)),
        ("", "yes", ("checked", False)),
        ("", "no", ("", False)),
    ],
)
def test_states_of_version_12(state: str, approved: str, expected: tuple[str, bool]) -> None:
    data = write_xliff12(replace(FILE, units=(replace(LINK, target="Zie"),))).decode()
    data = data.replace("<target>", f"<target {state}>")
    data = data.replace("<trans-unit ", f'<trans-unit approved="{approved}" ')
    unit = read_xliff12(data.encode(), "a.xlf").units[0]
    assert (unit.state, unit.fuzzy) == expected


@pytest.mark.parametrize(
    ("write", "read"), [(write_xliff, read_xliff), (write_xliff12, read_xliff12)]
)
def test_line_ends_of_windows_are_line_feeds(write, read) -> None:
    data = write(replace(FILE, units=(replace(LINK, target="een\ntwee"),)))
    for written in (b"een\r\ntwee", b"een&#13;\ntwee", b"een&#xD;twee"):
        unit = read(data.replace(b"een\ntwee", written), "a.xlf").units[0]
        assert unit.target == "een\ntwee"


@pytest.mark.parametrize("write", [write_xliff, write_xliff12])
def test_one_file_always_makes_the_same_bytes(write, time_machine) -> None:
    time_machine.move_to("2027-01-01")
    first = write(LEAFLET)
    time_machine.move_to("2031-06-01")
    assert write(LEAFLET) == first


@pytest.mark.parametrize("write", [write_xliff, write_xliff12])
def test_what_no_format_can_carry_is_not_written(write) -> None:
    with pytest.raises(ValueError, match="forbidden character"):
        write(replace(FILE, units=(replace(LINK, target="a\x1b"),)))


def test_the_language_that_runs_from_right_to_left_says_so() -> None:
    assert b'trgDir="rtl"' in write_xliff(LEAFLET)
    assert b"trgDir" not in write_xliff(FILE)


@pytest.mark.parametrize("other", ["", 'state="translated"', 'state="final"'])
def test_a_unit_is_a_draft_as_long_as_one_of_its_segments_is(other: str) -> None:
    see = SEE.replace('state="reviewed"', 'state="initial"')
    unit = cut(f"{see}{BREAK}<segment {other}>{CALL}{BEL}</segment>")
    assert (unit.state, unit.fuzzy) == ("draft", False)
