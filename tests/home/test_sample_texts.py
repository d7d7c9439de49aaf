"""
The sample's words: the seed, verbatim, and a whole translation of it in each language.

What is compared is words; the seed's white space (it has no-break spaces from a web page) is not.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from patientinfo.formats.inline import clean_inline, links_of, plain_text
from patientinfo.formats.segments import Segment, segments_of

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parents[1] / "home" / "sample"
SLUGS = ("dry-needling", "dry-needling-and-acupuncture-compared")
LANGUAGES = ("nl", "de", "es", "ar")
TRANSLATIONS = [(slug, locale) for slug in SLUGS for locale in LANGUAGES]

#: The clinic's file is a given: nobody mends its words here to make a test pass.
SEED_SHA256 = "aee6d4d75b1b0b68d0ded8d423a6d32e23113b5fa370f74135ab4339bb9246a8"

#: The only words of the seed that are not in the sample: how one moved about on the old web page.
NAVIGATION = ("Click here for", "Go Top")

#: What followed the first of them, and the words that are now a link to a leaflet.
COMPARISON = "a comparison between the two therapies."
COMPARISON_LINK = "A comparison between the two therapies"

#: Targets that are the same as their source: Dutch calls the treatment by its English name.
SAME_IN_BOTH = {
    ("dry-needling", "nl", "title"),
    ("dry-needling-and-acupuncture-compared", "nl", "dry-needling/text"),
}

#: Numbers that a language says in words: Arabic has a dual.
IN_WORDS = {"ar": {("1", "2"): "يوم إلى يومين"}}

#: What stands in Latin letters in an Arabic text: names.
LATIN_NAMES = ("Uplands Physio Clinic", "Northlight Illustration", "14 Heather Lane, Uplands")


def load(name: str) -> Any:
    return json.loads((SAMPLE / name).read_text(encoding="utf-8"))


def one_space(text: str) -> str:
    """`text` with every run of white space, no-break spaces included, as one space."""
    return " ".join(text.split())


def source(slug: str) -> dict[str, Any]:
    """A source leaflet with the pictures' words put where a Document has them."""
    images = [{**image, "id": image["ref"]} for image in load("images.json")["images"]]
    return {**load(f"{slug}.json"), "images": images}


def seed_lines() -> list[str]:
    """The seed's lines that say something, without bullets."""
    lines = (HERE / "seed.txt").read_text(encoding="utf-8").splitlines()
    return [line for raw in lines if (line := one_space(raw.lstrip(" •")))]


def sentences(text: str) -> list[str]:
    """`text` cut after each full stop or question mark that a capital letter follows."""
    return re.split(r"(?<=[.?]) (?=[A-Z])", text)


def sample_words() -> list[str]:
    """Every text of the first leaflet and of its owner, in reading order, as plain text."""
    holder = load("snippets.json")["rights_holders"][0]["texts"]["en"]
    leaflet = [plain_text(segment.text) for segment in segments_of(source("dry-needling"))]
    return [holder["credit_line"], *leaflet, holder["statement"]]


def keys(leaflet: dict[str, Any]) -> Iterator[str]:
    """Every identity of the leaflet: sections, blocks, items, columns, rows."""
    for section in leaflet["sections"]:
        yield section["id"]
        for block in section["blocks"]:
            yield block["id"]
            for member in ("items", "columns", "rows"):
                yield from (entry["id"] for entry in block.get(member, []))


def inline_texts(slug: str) -> Iterator[tuple[str, str]]:
    """Each inline text of a leaflet in every language, with a name for messages."""
    inline = [segment for segment in segments_of(source(slug)) if segment.inline]
    for segment in inline:
        yield f"en {segment.path}", segment.text
    for locale in LANGUAGES:
        targets = load(f"{slug}.{locale}.json")["segments"]
        for segment in inline:
            yield f"{locale} {segment.path}", targets[segment.path]


def pairs(slug: str, locale: str) -> list[tuple[Segment, str]]:
    targets = load(f"{slug}.{locale}.json")["segments"]
    return [(segment, targets[segment.path]) for segment in segments_of(source(slug))]


# -- the seed -------------------------------------------------------------------------------------


def test_the_seed_is_the_file_that_the_clinic_gave() -> None:
    assert hashlib.sha256((HERE / "seed.txt").read_bytes()).hexdigest() == SEED_SHA256


def test_every_sentence_of_the_seed_stands_in_the_sample_verbatim() -> None:
    words = sample_words()
    cut = [found for text in words for found in sentences(text)]
    missing = [s for line in seed_lines() for s in sentences(line) if s not in {*cut, *words}]
    assert missing == [f"{NAVIGATION[0]} {COMPARISON}", NAVIGATION[1]]


def test_the_sentences_stand_in_the_order_of_the_seed() -> None:
    text = " ".join(sample_words())
    kept = [s for line in seed_lines() for s in sentences(line) if not s.startswith(NAVIGATION)]
    position = 0
    for sentence in kept:
        position = text.index(sentence, position) + len(sentence)


def test_the_comparison_that_was_a_click_is_a_link_to_the_second_leaflet() -> None:
    blocks = [b for s in source("dry-needling")["sections"] for b in s["blocks"]]
    (link,) = [block for block in blocks if block["type"] == "leaflet_link"]
    assert link["key"] == source(SLUGS[1])["key"]
    assert link["text"] == COMPARISON_LINK
    assert f"{COMPARISON_LINK.lower()}." == COMPARISON


def test_what_the_sample_adds_to_the_seed_is_marked_as_sample_data() -> None:
    leaflet = source("dry-needling")
    marked = set(leaflet["sample_data"])
    seed = set(seed_lines())
    pictures = {b["id"] for s in leaflet["sections"] for b in s["blocks"] if b["type"] == "image"}
    seed_sentences = {sentence for line in seed for sentence in sentences(line)}
    added = {
        segment.path
        for segment in segments_of(leaflet)
        if not set(sentences(plain_text(segment.text))) <= seed_sentences
        and segment.path != "comparison/text"
    }
    assert added == {"title", "summary", "short_text"} | {
        f"{p}/{t}" for p in pictures for t in ("alt", "caption")
    }
    assert {"title", "summary", "short_text", "images"} <= marked
    assert {"reviewed_on", "review_due", "approver"} <= marked


# -- the shape ------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_identities_are_unique_and_readable(slug: str) -> None:
    found = list(keys(source(slug)))
    assert len(found) == len(set(found))
    assert all(re.fullmatch(r"[a-z][a-z0-9-]{2,39}", key) for key in found)
    assert not {"title", "summary"} & set(found)
    assert UUID(source(slug)["key"]).version == 4


@pytest.mark.parametrize("slug", SLUGS)
def test_inline_html_is_in_the_closed_subset_and_its_one_spelling(slug: str) -> None:
    for name, text in inline_texts(slug):
        assert clean_inline(text) == text, name


@pytest.mark.parametrize("slug", SLUGS)
def test_every_link_between_leaflets_leads_to_one_of_the_sample(slug: str) -> None:
    known = {f"urn:uuid:{source(other)['key']}" for other in SLUGS}
    for name, text in inline_texts(slug):
        assert set(links_of(text)) <= known, name


def test_every_reference_names_something_that_is_there() -> None:
    snippets = load("snippets.json")
    refs = {kind: {entry["ref"] for entry in entries} for kind, entries in snippets.items()}
    people = {person["ref"] for person in load("people.json")["people"]}
    images = {image["ref"]: image for image in load("images.json")["images"]}
    for slug in SLUGS:
        leaflet = source(slug)
        blocks = [b for s in leaflet["sections"] for b in s["blocks"]]
        assert {*leaflet["authors"], leaflet["approver"]} <= people
        assert set(leaflet["topics"]) <= refs["topics"]
        assert leaflet["contact"] in refs["contacts"]
        assert leaflet["rights_holder"] in refs["rights_holders"]
        assert {b["image"] for b in blocks if b["type"] == "image"} <= set(images)
    for slug, locale in TRANSLATIONS:
        translation = load(f"{slug}.{locale}.json")
        assert {*translation["translators"], *translation["checkers"]} <= people
    assert {image["rights_holder"] for image in images.values()} == refs["rights_holders"]


def test_pictures_are_as_large_as_they_say_and_have_no_words() -> None:
    for image in load("images.json")["images"]:
        with Image.open(SAMPLE / image["file"]) as picture:
            assert picture.size == (image["width"], image["height"])
            assert picture.format == "PNG"
        drawing = (SAMPLE / image["file"]).with_suffix(".svg").read_text(encoding="utf-8")
        assert "<text" not in drawing


def test_everybody_in_the_sample_is_labelled_fictional_and_agreed_to_be_named() -> None:
    for person in load("people.json")["people"]:
        assert person["name"].endswith("(fictional)")
        assert person["consent_recorded_on"] < "2026-11-01"


def test_addresses_belong_to_nobody() -> None:
    """RFC 2606 reserves `.example`; 555-0100 to 555-0199 are never given out in North America."""
    snippets = load("snippets.json")
    for entry in [*snippets["contacts"], *snippets["rights_holders"]]:
        assert entry["email"].endswith(".example")
        assert re.match(r"https://[a-z-]+\.example/", entry["url"])
    assert re.fullmatch(r"\+1 \d{3}-555-01\d\d", snippets["contacts"][0]["phone"])


# -- the translations -----------------------------------------------------------------------------


@pytest.mark.parametrize(("slug", "locale"), TRANSLATIONS)
def test_a_translation_has_every_segment_of_its_source_and_no_other(slug: str, locale: str) -> None:
    translation = load(f"{slug}.{locale}.json")
    assert translation["source"] == slug
    assert translation["locale"] == locale
    assert translation["title"] == translation["segments"]["title"]
    assert list(translation["segments"]) == [s.path for s in segments_of(source(slug))]
    assert all(text == one_line(text) for text in translation["segments"].values())


def one_line(text: str) -> str:
    """`text` without line ends, doubled spaces and loose ends; no-break spaces stay."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


@pytest.mark.parametrize(("slug", "locale"), TRANSLATIONS)
def test_nothing_is_left_in_english(slug: str, locale: str) -> None:
    same = {(slug, locale, s.path) for s, target in pairs(slug, locale) if s.text == target}
    assert same == {entry for entry in SAME_IN_BOTH if entry[:2] == (slug, locale)}
    english = re.compile(r"\b(the|with|your|you|and|muscle|needle|treatment)\b", re.IGNORECASE)
    for segment, target in pairs(slug, locale):
        assert not english.search(plain_text(target)), segment.path


@pytest.mark.parametrize(("slug", "locale"), TRANSLATIONS)
def test_numbers_are_those_of_the_source(slug: str, locale: str) -> None:
    for segment, target in pairs(slug, locale):
        wanted = tuple(re.findall(r"\d+", plain_text(segment.text)))
        words = IN_WORDS.get(locale, {}).get(wanted)
        if words:
            assert words in target, segment.path
        else:
            assert tuple(re.findall(r"\d+", plain_text(target))) == wanted, segment.path


@pytest.mark.parametrize(("slug", "locale"), TRANSLATIONS)
def test_markup_and_links_are_those_of_the_source(slug: str, locale: str) -> None:
    for segment, target in pairs(slug, locale):
        assert re.findall(r"<[^>]+>", target) == re.findall(r"<[^>]+>", segment.text), segment.path


@pytest.mark.parametrize(
    ("locale", "quotes"), [("nl", "‘’"), ("de", "„“"), ("es", "«»"), ("ar", "«»")]
)
def test_quotation_marks_are_those_of_the_language_and_come_in_pairs(
    locale: str, quotes: str
) -> None:
    for slug in SLUGS:
        for segment, target in pairs(slug, locale):
            text = plain_text(target)
            marks = re.sub(r"[^‘’„“”«»\"']", "", text)
            assert marks == quotes * (len(marks) // 2), segment.path


def arabic_texts() -> Iterator[tuple[str, str]]:
    for slug in SLUGS:
        yield from load(f"{slug}.ar.json")["segments"].items()
    home = load("home.json")
    for name in ("home", "index"):
        yield from ((f"{name} {k}", v) for k, v in home[name]["texts"]["ar"].items())
    for kind, entries in load("snippets.json").items():
        for entry in entries:
            yield from ((f"{kind} {k}", v) for k, v in entry["texts"]["ar"].items())


def test_arabic_is_in_arabic_letters() -> None:
    for name, text in arabic_texts():
        words = plain_text(text)
        for latin in LATIN_NAMES:
            words = words.replace(latin, "")
        assert not re.search(r"[A-Za-z]", words), name
        assert re.search(r"[\u0621-\u064a]", words) or not words.strip(), name


def test_what_leaflets_share_has_its_words_in_all_five_languages() -> None:
    home = load("home.json")
    entries = [e for found in load("snippets.json").values() for e in found]
    for entry in [*entries, home["home"], home["index"]]:
        assert list(entry["texts"]) == ["en", *LANGUAGES]
        fields = {tuple(texts) for texts in entry["texts"].values()}
        assert len(fields) == 1
        assert all(text for texts in entry["texts"].values() for text in texts.values())
