"""Paper: read back by its tags, as assistive technology reads it; and what never gets onto it."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pytest
from pypdf import PdfReader

from patientinfo.channels.base import Context, NotRenderable
from patientinfo.channels.parts.record import LicenceLine
from patientinfo.channels.pdf import LargePrintChannel, PdfChannel
from patientinfo.channels.pdf.content import breakable
from patientinfo.conf import get_setting
from patientinfo.formats.inline import plain_text
from patientinfo.formats.segments import segments_of
from tests.channels.pdf_reading import PaperReader, squeezed
from tests.channels.rendering import (
    OTHER_URL,
    context_of,
    no_picture,
    picture,
    rendered,
)
from tests.channels.web_documents import META, document, translated, translated_meta

PAPER = PdfChannel()


@pytest.fixture(scope="module")
def english() -> PaperReader:
    return PaperReader(rendered(PAPER, document()))


@pytest.fixture(scope="module")
def arabic() -> PaperReader:
    return PaperReader(rendered(PAPER, translated("ar"), translated_meta("ar")))


def test_it_is_accessible_pdf_with_title_and_language(english, arabic):
    for paper, lang, title in ((english, "en", "Dry needling"), (arabic, "ar", "Title in ar")):
        assert paper.is_ua
        assert paper.root.MarkInfo.Marked
        assert str(paper.root.Lang) == lang
        assert paper.title == title
        assert paper.root.ViewerPreferences.DisplayDocTitle


def test_headings_are_in_order_and_none_is_left_out(english):
    levels = english.heading_levels()
    assert levels[:3] == [1, 2, 2]
    assert levels.count(1) == 1
    assert all(level - before <= 1 for before, level in pairwise(levels))
    assert english.outline()[0] == "Dry needling"


def test_pictures_lists_and_tables_are_tagged(english):
    assert "A thin needle above a muscle." in english.alt_texts()
    assert any("QR code" in alt for alt in english.alt_texts())
    assert len(english.tagged("L")) >= 4
    assert len(english.tagged("Table")) == 1
    assert len(english.tagged("TH")) == 3
    assert len(english.tagged("TD")) == 6


def test_every_word_of_the_document_is_on_paper(english):
    text = english.text()
    for segment in segments_of(document()):
        if not segment.path.endswith("/alt"):
            assert squeezed(plain_text(segment.text)) in text, segment.path


def test_what_a_reader_must_always_see_is_on_paper(english):
    text = english.text()
    for words in (
        "Uplands Physio Clinic",
        "Edition 3 · November 23, 2026",
        "Dr A. Author (fictional)",
        "Dr P. Approver (fictional) · February 6, 2026",
        "April 8, 2028",
        "Written by people",
        "Information for Patients by Uplands Physio Clinic",
        "only with written permission.",
        "Rights holder of this picture: Studio Fictional",
        "Another language or format",
        "Permission to reproduce",
        "info@uplands.example",
        "Page 1 of",
        "abababababab",
    ):
        assert squeezed(words) in text, words


def test_a_translation_says_what_it_was_made_from_and_what_is_behind():
    paper = PaperReader(
        rendered(PAPER, translated("nl"), translated_meta("nl", "behind", ("after",)))
    )
    text = paper.text()
    for words in (
        "Dry needling",
        "Engels, uitgave 2",
        "Deze vertaling is ouder dan het origineel",
        "What can I expect afterwards?",
        "T. Translator (fictional)",
        "C. Checker (fictional)",
    ):
        assert squeezed(words) in text, words


def test_a_licence_is_named_on_every_page():
    paper = rendered(PAPER, document(), licence=LicenceLine("UPC-2026-0042", "By permission"))
    text = PaperReader(paper).text()
    pages = text.count("Page") or 1
    assert text.count(squeezed("UPC-2026-0042")) >= pages


def test_links_lead_out_and_to_other_leaflets():
    content = rendered(PAPER, document())
    addresses = {
        str(note.A.URI)
        for page in PaperReader(content).pdf.pages
        for note in page.get("/Annots", [])
        if "/A" in note
    }
    assert {OTHER_URL, "https://example.org/?a=1&b=2", "tel:112"} <= addresses


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_raised_figures_are_read_as_such(locale):
    text = "10<sup>6</sup> H<sub>2</sub>O, 10<sup>−3</sup>, 4<sup>th</sup>, x<sup>1,5</sup>"
    block = {"type": "paragraph", "id": "p", "text": text}
    leaflet = translated(locale) if locale == "ar" else document()
    leaflet |= {"sections": [{"id": "s", "heading": "One", "blocks": [block]}]}
    meta = translated_meta("ar") if locale == "ar" else META
    pages = PdfReader(io.BytesIO(rendered(PAPER, leaflet, meta))).pages
    words = "".join(page.extract_text() for page in pages)
    for each in ("10⁶", "H₂O", "10⁻³", "4th"):
        assert each in words


def test_whom_to_call_is_on_paper():
    text = 'Ring <a href="tel:+31201234567">us</a> or <a href="tel:112">112</a>.'
    block = {"type": "paragraph", "id": "p", "text": text}
    sections = [{"id": "s", "heading": "One", "blocks": [block]}]
    words = PaperReader(rendered(PAPER, document(sections=sections))).text()
    assert squeezed("Ring us (+31201234567) or 112.") in words


def test_large_print_has_no_small_print():
    paper = PaperReader(rendered(LargePrintChannel(), document()))
    sizes = {
        float(size)
        for page in paper.pdf.pages
        for size in re.findall(rb"/f\d+ ([\d.]+) Tf", page.Contents.read_bytes())
    }
    assert sizes
    assert min(sizes) >= 16


def test_the_same_leaflet_is_the_same_bytes():
    assert rendered(PAPER, document()) == rendered(PAPER, document())


def test_a_draft_says_so_on_every_page():
    doc = document(edition=0)
    content = PAPER.render(doc, Context(context_of(doc, draft=True).sheet, lambda *_: None))
    paper = PaperReader(content)
    assert paper.text().count("DRAFT") >= len(paper.pdf.pages)
    assert squeezed("This picture is kept when the leaflet is issued.") in paper.text()


def test_photos_that_may_not_be_shown_are_left_out_and_that_is_said():
    paper = PaperReader(rendered(PAPER, document(), parts=("text",)))
    assert len(paper.alt_texts()) == 1  # the QR code
    assert squeezed("they may be shown only with permission") in paper.text()


def test_a_character_that_no_font_has_is_named():
    with pytest.raises(NotRenderable) as refused:
        rendered(PAPER, document(title="Dry needling 🪡"))
    assert refused.value.reason == "missing_glyph"
    assert "U+1FAA1 SEWING NEEDLE" in str(refused.value)


@pytest.mark.parametrize(
    "title", ["Ξηρά βελόνα", "Сухая игла", "सूखी सुई", "الإبر الجافة", "Iğne, ščí"]
)
def test_the_scripts_of_the_neighbours_are_there(title):
    assert PaperReader(rendered(PAPER, document(title=title))).title == title


def test_another_script_is_added_by_its_font_package(settings):
    def with_fonts(*names):
        settings.PATIENTINFO = {**settings.PATIENTINFO, "FONT_PACKAGES": list(names)}

    arabic = one_paragraph("الإبر الجافة")
    with_fonts("fontpkg_noto_sans")
    with pytest.raises(NotRenderable, match="ARABIC LETTER ALEF"):
        rendered(PAPER, arabic)
    before = PAPER.version
    with_fonts("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")
    assert rendered(PAPER, arabic)
    assert PAPER.version != before


def test_other_fonts_are_another_version(settings):
    names = get_setting("FONT_PACKAGES")
    before = PAPER.version
    settings.PATIENTINFO = {**settings.PATIENTINFO, "FONT_PACKAGES": names[::-1]}
    assert PAPER.version != before
    assert LargePrintChannel().version == PAPER.version


def test_a_picture_whose_file_is_gone_stops_it():
    doc = document()
    with pytest.raises(NotRenderable) as refused:
        PAPER.render(doc, Context(context_of(doc).sheet, no_picture))
    assert refused.value.reason == "missing_image"


def test_a_picture_that_is_none_stops_it():
    doc = document()
    with pytest.raises(NotRenderable) as refused:
        PAPER.render(doc, Context(context_of(doc).sheet, lambda *_: b"no picture"))
    assert refused.value.reason == "failed"


def test_a_long_word_stays_on_the_paper():
    word = "x" * 5000
    paper = PaperReader(rendered(PAPER, one_paragraph(word)))
    assert paper.text().count("x") >= len(word)
    assert len(paper.pdf.pages) >= 2


@pytest.mark.parametrize("kept", ["100", "2.5", "−10", "5–10", "e\u0323\u0301", "👩\u200d⚕️"])
def test_no_number_and_no_letter_goes_on_on_another_line(kept):
    for before in range(36):
        word = "w" * before + kept + "w" * 36
        assert kept in breakable(word)
        assert breakable(word).replace("\u200b", "") == word
    assert max(map(len, breakable("w" * 5000).split("\u200b"))) == 18
    assert "\u200b" in breakable("ab12" * 16)


def test_two_hundred_sections_are_set():
    sections = [
        {
            "id": f"s-{n}",
            "heading": f"Section {n}",
            "blocks": [{"type": "paragraph", "id": f"p-{n}", "text": f"Words of {n}."}],
        }
        for n in range(200)
    ]
    paper = PaperReader(rendered(PAPER, document(sections=sections)))
    assert paper.heading_levels().count(2) >= 200


def test_a_call_out_longer_than_a_page_is_broken():
    items = [
        {"id": f"i-{n}", "text": "Tell us about everything that you take. " * 4} for n in range(60)
    ]
    block = {"type": "callout", "id": "c", "kind": "urgent", "heading": "Long", "items": items}
    doc = document(sections=[{"id": "s", "heading": "One", "blocks": [block]}])
    assert len(PaperReader(rendered(PAPER, doc)).pdf.pages) >= 3


@pytest.mark.parametrize("text", ["a\x00b\x0bc", "#panic() $x$ @ref [b] \\ `", "</text>&lt;b&gt;"])
def test_no_words_become_instructions(text):
    paper = PaperReader(rendered(PAPER, one_paragraph(text)))
    assert squeezed(plain_text(text)) in paper.text()


def one_paragraph(text):
    block = {"type": "paragraph", "id": "p", "text": text}
    return document(sections=[{"id": "s", "heading": "One", "blocks": [block]}])


def test_pictures_of_every_kind_are_set():
    for kind in ("png", "jpeg", "webp", "gif"):
        doc = document()
        doc["images"][0]["mime"] = f"image/{kind}"
        assert (
            len(PaperReader(PAPER.render(doc, Context(context_of(doc).sheet, picture))).alt_texts())
            == 2
        )


ARABIC = {
    "title": "الوخز بالإبر الجافة",
    "paragraph": "الإبرة المستخدمة رفيعة جدًا، وهي أرفع بكثير من الإبرة المجوفة التي تُستخدم للحقن "
    "أو لسحب عينات الدم. ومن المفترض ألا تشعر بدخول الإبرة في جلدك.",
    "item": "واصل تناول أدويتك حسب تعليمات طبيبك.",
    "cell": "العضلات وخاصة الكتف",
}


def test_arabic_is_read_as_it_was_written():
    """Letters that are drawn as a shape and its dots are said once, and in their order."""
    blocks = [
        {"type": "paragraph", "id": "p", "text": ARABIC["paragraph"]},
        {
            "type": "advice",
            "id": "a",
            "kind": "do",
            "lead_in": "",
            "items": [{"id": "i", "text": ARABIC["item"]}],
        },
        {
            "type": "table",
            "id": "t",
            "caption": "",
            "columns": [{"id": "c", "text": ARABIC["cell"]}],
            "rows": [],
        },
    ]
    sections = [{"id": "s", "heading": ARABIC["title"], "blocks": blocks}]
    doc = translated("ar", sections=sections) | {"title": ARABIC["title"]}
    text = PaperReader(rendered(PAPER, doc, translated_meta("ar"))).text()
    for words in ARABIC.values():
        assert squeezed(words) in text, words


def test_an_arabic_file_is_sound(arabic):
    assert arabic.problems() == []
