"""Plain text, Markdown, SSML: every word and the whole record, and no markup by accident."""

from __future__ import annotations

import json
import re

import pytest
from lxml import etree

from patientinfo.channels.markdown import MarkdownChannel
from patientinfo.channels.parts.inline import runs_of
from patientinfo.channels.parts.inline import words_of as words_of_runs
from patientinfo.channels.parts.record import LicenceLine
from patientinfo.channels.parts.wording import number
from patientinfo.channels.registry import channels
from patientinfo.channels.screen import ScreenChannel
from patientinfo.channels.speech import NAMESPACE, SpeechChannel
from patientinfo.channels.text import WIDTH, TextChannel
from patientinfo.formats.inline import plain_text
from patientinfo.formats.segments import segments_of
from tests.channels.pdf_reading import squeezed
from tests.channels.rendering import OTHER_URL, context_of, rendered
from tests.channels.test_odd_leaflets import words_in
from tests.channels.web_documents import KEY, document, translated, translated_meta

CHANNELS = (TextChannel(), MarkdownChannel(), SpeechChannel())
SEEN = (
    "Uplands Physio Clinic",
    "November 23, 2026",
    "Dr A. Author (fictional)",
    "Dr P. Approver (fictional)",
    "April 8, 2028",
    "Written by people",
    "Information for Patients by Uplands Physio Clinic",
    "only with written permission.",
    "Studio Fictional",
    "Not to be changed.",
    "Another language or format",
    "Permission to reproduce",
    "info@uplands.example",
)


def words_of(channel, *args, **more) -> str:
    """The words alone: of SSML what is spoken, of Markdown what is left of its signs."""
    text = rendered(channel, *args, **more).decode()
    if isinstance(channel, SpeechChannel):
        text = "".join(etree.fromstring(text.encode()).itertext())
    return squeezed(re.sub(r"</?su[bp]>|<br>", "", text))


def with_text(text, **changes):
    block = {"type": "paragraph", "id": "p", "text": text}
    return document(sections=[{"id": "s", "heading": "One", "blocks": [block]}], **changes)


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)
class TestEach:
    def test_every_word_is_there(self, channel):
        said = words_of(channel, document())
        for segment in segments_of(document()):
            for part in re.split(r"<a [^>]*>|</a>", segment.text):
                assert squeezed(plain_text(part)) in said, segment.path

    def test_what_a_reader_must_see_is_there(self, channel):
        said = words_of(channel, document())
        for words in SEEN:
            assert squeezed(words) in said, words

    def test_a_translation_says_where_it_stands(self, channel):
        meta = translated_meta("ar", "behind", ("after",))
        said = words_of(channel, translated("ar"), meta)
        assert squeezed("الإنجليزية، الطبعة 2") in said
        assert squeezed("What can I expect afterwards?") in said
        assert squeezed("Dry needling") in said
        assert squeezed("T. Translator (fictional)") in said

    def test_a_licence_and_what_was_left_out_are_named(self, channel):
        licence = LicenceLine("UPC-2026-0042", "By permission of the clinic")
        said = words_of(channel, document(), parts=("text",), licence=licence)
        assert squeezed("UPC-2026-0042") in said
        assert squeezed("The pictures: they may be shown only with permission.") in said
        assert squeezed("A thin needle above a muscle.") not in said

    def test_odd_texts_are_written_as_they_are(self, channel):
        title = "Needles 🪡"
        text = "a\x00b\x0bc *x* _y_ &lt;b&gt; [z](q) | # " + "w" * 5000
        made = rendered(channel, with_text(text, title=title)).decode()
        assert "🪡" in made
        assert "w" * 5000 in made
        assert "\x00" not in made

    def test_two_hundred_sections_are_written(self, channel):
        sections = [{"id": f"s-{n}", "heading": f"Section {n}", "blocks": []} for n in range(200)]
        assert squeezed("Section 199") in words_of(channel, document(sections=sections))

    def test_the_same_leaflet_is_the_same_bytes(self, channel):
        assert rendered(channel, document()) == rendered(channel, document())


@pytest.mark.parametrize("channel", [TextChannel(), SpeechChannel(), ScreenChannel()])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<strong>No more than </strong>10<sup>6</sup> IU", "No more than 10⁶ IU"),
        ("<em>2 </em>5 mg, <a href='tel:112'>112 </a>at once", "2 5 mg, 112 at once"),
        ("1<sup>1</sup>/<sub>2</sub>, <sup>13</sup>C, H<sub>2</sub>O", "1¹/₂, ¹³C, H₂O"),
        ("10<sup>−3</sup>, x<sup>1,5</sup>, 4<sup>th</sup>", "10⁻³, x^(1,5), 4th"),
        ("١٠<sup>٦</sup>", "١٠⁶"),
    ],
)
def test_no_figure_joins_another(channel, text, line):
    made = rendered(channel, with_text(text)).decode()
    assert line in re.sub(r"<[^>]*>", "", made)


@pytest.mark.parametrize("channel", [TextChannel(), SpeechChannel(), ScreenChannel()])
@pytest.mark.parametrize(
    ("link", "told"),
    [
        ('<a href="tel:+31201234567">us</a>', r"us( \(|, )\+31201234567\b"),
        ('<a href="mailto:a@uplands.example?subject=x">us</a>', r"us( \(|, )a@uplands.example\b"),
        ('<a href="tel:+31201234567">020 123 4567</a>', r"020 123 4567 now"),
        ('<a href="tel:112">112</a>', r"Call 112 now"),
    ],
)
def test_whom_to_call_is_said_once(channel, link, told):
    made = rendered(channel, with_text(f"Call {link} now")).decode()
    assert re.search(told, re.sub(r"<[^>]*>", "", made))


@pytest.mark.parametrize("name", ["text", "markdown", "screen", "fhir", "html", "epub", "pdf"])
def test_a_telephone_number_keeps_its_order_from_right_to_left(name):
    number = "+31 20 123 4567"
    text = f'اتصل <a href="tel:+31201234567">{number}</a> أو <a href="tel:112">بنا</a>'
    leaflet = with_text(text) | {"locale": "ar", "direction": "rtl"}
    context = context_of(leaflet)
    runs = runs_of(text, rtl=True)
    assert f"\u2066{number}\u2069" in "".join(words_of_runs(runs))
    assert "بنا (\u2066112\u2069)" in "".join(words_of_runs(runs))
    assert context.sheet.contact[0].lines[0].text == "\u2066+1 555 0100\u2069"
    found = words_in(channels()[name], channels()[name].render(leaflet, context))
    apart = f"\u2066{number}\u2069" if name != "pdf" else squeezed(number)
    assert apart in found.replace("\\", "")


def test_a_break_at_the_end_of_a_mark_is_one():
    made = rendered(TextChannel(), with_text("<strong>Stop:<br></strong>call us")).decode()
    assert "Stop:\ncall us" in made


def test_lines_of_text_are_wrapped_by_paragraph():
    lines = rendered(TextChannel(), document()).decode().splitlines()
    assert max(len(line) for line in lines if "://" not in line and ":abab" not in line) <= WIDTH
    assert f"the comparison ({OTHER_URL})" in " ".join(lines)
    assert "*** Get help now: Short of breath?" in lines
    assert "Needles" in lines
    assert "  - Acupuncture: Several" in lines


def test_markdown_has_a_head_for_programs_and_escapes_words():
    made = rendered(MarkdownChannel(), with_text("*not* # strong &lt;b&gt; [x](y)")).decode()
    head = dict(line.split(": ", 1) for line in made.split("---")[1].strip().splitlines())
    assert json.loads(head["title"]) == "Dry needling"
    assert json.loads(head["edition"]) == 3
    assert r"\*not\* # strong \<b\> \[x\](y)" in made
    assert r"\# x" in rendered(MarkdownChannel(), with_text("# x")).decode()
    assert r"1\. x" in rendered(MarkdownChannel(), with_text("1. x")).decode()


def test_markdown_keeps_links_and_tables():
    made = rendered(MarkdownChannel(), document()).decode()
    assert f"[the comparison](<{OTHER_URL}>)" in made
    assert "| Needles | One | Several |" in made


def test_markdown_marks_words_wherever_they_end():
    text = "<strong>Do not </strong>run <em>now</em> or <strong>Stop:<br></strong>rest"
    made = rendered(MarkdownChannel(), with_text(text)).decode()
    assert "<strong>Do not </strong>run *now* or <strong>Stop:<br></strong>rest" in made


def test_markdown_makes_no_picture_of_a_link():
    made = rendered(MarkdownChannel(), with_text('Stop!<a href="tel:112">112</a>')).decode()
    assert r"Stop\![112](<tel:112>)" in made


def test_markdown_counts_the_steps_of_each_list():
    def steps(name, lead_in):
        items = [{"id": f"{name}-i", "text": name}]
        return {"type": "steps", "id": name, "lead_in": lead_in, "items": items}

    blocks = [steps("one", ""), steps("two", ""), steps("three", "Then:")]
    sections = [{"id": "s", "heading": "One", "blocks": blocks}]
    made = rendered(MarkdownChannel(), document(sections=sections)).decode()
    assert "1. one\n\n<!-- -->\n\n1. two\n\nThen:\n\n1. three\n" in made


def test_speech_is_ssml_with_every_language_marked():
    root = etree.fromstring(rendered(SpeechChannel(), translated("ar"), translated_meta("ar")))
    assert root.tag == f"{{{NAMESPACE}}}speak"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    spoken = root.findall(f".//{{{NAMESPACE}}}lang")
    assert [each.text for each in spoken if each.values() == ["en"]]
    known = {"speak", "p", "s", "break", "emphasis", "lang", "say-as"}
    assert {etree.QName(element).localname for element in root.iter()} <= known
    assert "sha256" not in "".join(root.itertext())
    assert root.find(f".//{{{NAMESPACE}}}say-as").text == "112"


def test_a_number_to_call_is_text_alone_in_speech():
    text = 'Call <a href="tel:112"><strong>112</strong></a>'
    made = rendered(SpeechChannel(), with_text(text)).decode()
    assert '<s>Call <say-as interpret-as="telephone">112</say-as>.</s>' in made


def test_a_word_is_explained_in_sentences_of_their_own():
    definition = {"id": KEY, "term": "Muscle", "text": "It moves you.\nIt hurts.", "forms": []}
    leaflet = document(definitions=[definition])
    spoken = rendered(SpeechChannel(), leaflet).decode()
    assert 'Muscle: It moves you.<break strength="medium"/>It hurts.' in spoken
    assert "Muscle: It moves you. · It hurts." in rendered(ScreenChannel(), leaflet).decode()


def test_lists_and_numbers_are_said_as_the_language_says_them():
    people = {**document()["people"], "approvers": [person("Ann"), person("Bob"), person("Cid")]}
    spoken = rendered(SpeechChannel(), document(people=people)).decode()
    assert "Approved by: Ann, Bob, and Cid." in spoken
    assert 'Address: 1 Hill Road<break strength="medium"/>Uplands.' in spoken
    arabic = rendered(SpeechChannel(), translated("ar"), translated_meta("ar")).decode()
    numbers = "".join(number(digit, "ar") for digit in (1, 2, 3))
    assert [f"<s>{each}. We" in arabic for each in numbers] == [True] * 3
    record = arabic[arabic.rindex('<emphasis level="strong">') :]
    assert ", " not in re.sub(r"<[^>]*>", "", record)
    written = rendered(MarkdownChannel(), document()).decode()
    assert "- **Address:**\n  - 1 Hill Road\n  - Uplands\n" in written


def person(name: str) -> dict[str, str | None]:
    return {"id": KEY, "name": name, "on": None}
