"""What a reader must always be able to see, in every language, level and standing."""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from patientinfo.channels.web.frame import frame_of
from patientinfo.channels.web.leaflet import leaflet_view
from patientinfo.channels.web.views import render_leaflet
from tests.channels.web_documents import (
    DIGEST,
    META,
    document,
    image_urls,
    translated,
    translated_meta,
)

LANGUAGES = ("en", "nl", "de", "es", "ar")
TRANSLATIONS = LANGUAGES[1:]


def page_of(doc: dict[str, Any], meta: Any = META, preview: bool = False, **options: Any) -> Any:
    view = leaflet_view(doc, meta, image_urls=image_urls, **options)
    html = render_leaflet(view, frame_of(doc["locale"], view.languages), preview=preview)
    return BeautifulSoup(html, "html.parser")


def words(node: Any) -> str:
    return " ".join(node.get_text(" ").split())


def said(root: Path, locale: str, msgid: str) -> str:
    """An interface word, read from the compiled catalog and not through Django."""
    with (root / "locale" / locale / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file).gettext(msgid)


@pytest.mark.parametrize("locale", TRANSLATIONS)
def test_a_translation_shows_every_fact(root, locale):
    about = page_of(translated(locale), translated_meta(locale)).find(id="page_about")
    text = words(about)
    for fact in (
        f"Title in {locale}",
        "Dry needling",
        "Dr A. Author (fictional)",
        "T. Translator (fictional)",
        "C. Checker (fictional)",
        "Dr P. Approver (fictional)",
        "Uplands Physio Clinic",
        "Information for Patients by Uplands Physio Clinic",
        "only with written permission",
        DIGEST,
    ):
        assert fact in text
    for label in (
        "Titles",
        "Edition and date of issue",
        "Translated from",
        "State",
        "Written by",
        "Translated by",
        "Translation checked by",
        "Approved by",
        "Translated by machine and checked by a person",
        "Reviewed on",
        "Next review",
        "Publisher and rights holder",
        "Credit",
        "Rights",
        "Another language or format",
        "Permission to reproduce",
    ):
        assert said(root, locale, label) in text
        assert said(root, locale, label) != label or locale != "ar"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_date_is_there_for_machines_and_in_words(locale):
    doc = document() if locale == "en" else translated(locale)
    meta = META if locale == "en" else translated_meta(locale)
    about = page_of(doc, meta).find(id="page_about")
    dates = {time["datetime"]: words(time) for time in about.find_all("time")}
    expected = {"2026-11-23", "2026-01-05", "2026-02-06", "2026-03-07", "2028-04-08"}
    assert expected <= set(dates)
    assert ("2026-05-09" in dates) == (locale != "en")
    issued = {
        "en": "November 23, 2026",
        "nl": "23 november 2026",
        "de": "23. November 2026",
        "es": "23 de noviembre de 2026",
        "ar": "23 نوفمبر 2026",
    }
    assert dates["2026-11-23"] == issued[locale]


def test_the_source_names_no_translator_and_no_source_edition():
    text = words(page_of(document()).find(id="page_about"))
    assert "Translated" not in text
    assert "Written by people" in text
    assert "3 · November 23, 2026" in text


def test_what_is_not_recorded_is_said():
    people = {"authors": [], "translators": [], "checkers": [], "approvers": []}
    about = page_of(document(people=people)).find(id="page_about")
    rows = {words(row.dt): words(row.dd) for row in about.select(".facts > div")}
    assert rows["Written by"] == "Not recorded"
    assert rows["Approved by"] == "Not recorded"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_page_has_the_language_and_direction_of_its_leaflet(locale):
    doc = document() if locale == "en" else translated(locale)
    page = page_of(doc, META if locale == "en" else translated_meta(locale))
    direction = "rtl" if locale == "ar" else "ltr"
    assert (page.html["lang"], page.html["dir"]) == (locale, direction)


def test_the_title_of_the_source_is_in_its_own_language_and_direction():
    cites = page_of(translated("ar"), translated_meta("ar")).find_all("cite")
    assert cites
    for cite in cites:
        assert (words(cite), cite["lang"], cite["dir"]) == ("Dry needling", "en", "ltr")


def test_languages_are_named_in_themselves():
    links = page_of(document()).select(".languages li > *")
    assert [words(link) for link in links] == ["English", "العربية"]
    arabic = links[1]
    assert (arabic["hreflang"], arabic["lang"], arabic["dir"]) == ("ar", "ar", "rtl")
    assert arabic["href"] == "/ar/dry-needling/"
    assert links[0]["aria-current"] == "true"


def elsewhere(page: Any) -> list[str]:
    """Where sections lead by themselves, which is shown where no script runs."""
    return [link["href"] for link in page.select(".section noscript .elsewhere a")]


def test_a_section_leads_to_itself_in_the_languages_that_have_it():
    arabic = META["translations"][0]
    dutch = {**arabic, "locale": "nl", "html_url": "/nl/dry-needling/", "sections": ["after"]}
    gone = {**dutch, "locale": "de", "status": "withdrawn"}
    page = page_of(document(), {**META, "translations": [arabic, dutch, gone]})
    assert elsewhere(page) == [
        "/ar/dry-needling/#what-is-it",
        "/nl/dry-needling/#after",
        "/ar/dry-needling/#after",
    ]
    assert elsewhere(page_of(document(), {**META, "translations": []})) == []


def test_a_withdrawn_translation_is_offered_to_nobody():
    gone = {**META, "translations": [{**META["translations"][0], "status": "withdrawn"}]}
    assert "العربية" not in page_of(document(), gone).get_text()


def test_contents_lead_to_sections_that_keep_their_ids():
    page = page_of(document())
    links = [a["href"] for a in page.select(".contents a")]
    assert links == ["#what-is-it", "#after", "#page_about"]
    assert all(page.find(id=link[1:]) for link in links)


@pytest.mark.parametrize("locale", TRANSLATIONS)
def test_a_translation_that_is_behind_names_and_links_what_changed(root, locale):
    behind = ("after", "title", "brand-new")
    page = page_of(translated(locale), translated_meta(locale, "behind", behind))
    banner = page.select_one(".banner--behind")
    links = {words(a): a["href"] for a in banner.select(".banner__parts a")}
    assert links == {
        "What can I expect afterwards?": "#after",
        said(root, locale, "The title"): "#title",
        said(
            root, locale, "A section that is not in this translation"
        ): "/en/dry-needling/#brand-new",
    }
    assert page.find(id="title").name == "h1"
    assert banner.find_all("a")[-1]["href"] == "/en/dry-needling/"


def test_the_banner_says_which_editions_are_meant():
    page = page_of(translated("nl"), translated_meta("nl", "behind", ("after",)))
    banner = words(page.select_one(".banner--behind"))
    assert "uitgave 2 van het origineel (Engels)" in banner
    assert "uitgave 3" in banner


def test_a_banner_about_no_part_announces_none():
    """A change for safety that changes no words, where such changes do not hold."""
    page = page_of(translated("nl"), translated_meta("nl", "behind"))
    banner = page.select_one(".banner--behind")
    assert [words(line) for line in banner.select("p")] == [
        "Deze vertaling is ouder dan het origineel",
        "Lees het origineel (Engels)",
    ]
    assert not banner.select("ul")


def test_a_current_leaflet_has_no_banner():
    assert page_of(document()).select_one(".banner") is None


@pytest.mark.parametrize("status", ["held", "withdrawn", "recalled"])
def test_a_stopped_leaflet_shows_its_record_and_none_of_its_words(status):
    page = page_of(document(), {**META, "status": status})
    assert page.select_one(f".banner--{status}") is not None
    assert "Most people need more than one." not in page.get_text()
    assert "Dr P. Approver (fictional)" in page.get_text()


def test_the_catalogue_level_shows_headings_and_record_but_no_body():
    page = page_of(document(), parts=())
    text = page.get_text()
    for shown in (
        "What is dry needling?",
        "What can I expect afterwards?",
        "What dry needling is, and what to expect.",
        "العربية",
        "Permission to reproduce",
        "only with written permission",
    ):
        assert shown in text
    for hidden in ("tiny needle", "Rest, if possible", "thinner than a hair", "A guideline"):
        assert hidden not in text
    assert page.find("img") is None
    assert [time["datetime"] for time in page.select(".glance time")] == [
        "2026-11-23",
        "2026-03-07",
        "2028-04-08",
    ]


def test_permission_is_asked_where_the_clinic_says():
    permission = page_of(document(), permission_url="https://ask.example/").find(
        id="page_permission"
    )
    assert permission.a["href"] == "https://ask.example/"
    assert page_of(document()).find(id="page_permission").a["href"] == "mailto:info@uplands.example"


def test_a_leaflet_without_contact_still_says_where_to_ask():
    page = page_of(document(contact=None))
    assert page.find(id="page_contact") is None
    assert (
        "Ask at the clinic that gave you this leaflet." in page.find(id="page_formats").get_text()
    )


def test_an_unsafe_address_is_not_linked():
    contact = {"name": "X", "email": "", "phone": "", "url": "javascript:alert(1)", "address": ""}
    page = page_of(document(contact=contact))
    assert "javascript" not in str(page)


def test_a_draft_says_that_it_is_one():
    page = page_of(document(edition=0), {**META, "digest": "", "html_url": ""}, preview=True)
    assert "Patients cannot see it." in page.select_one(".banner--draft").get_text()
    assert "Not issued" in page.find(id="page_about").get_text()


def test_every_printed_sheet_says_edition_and_address():
    footer = words(page_of(document()).select_one(".print-footer"))
    assert "Edition 3 · November 23, 2026" in footer
    assert footer.endswith("http://testserver/en/dry-needling/")


def test_a_skip_link_leads_to_the_text():
    page = page_of(document())
    first = page.body.find("a")
    assert page.find(id=first["href"][1:]).name == "main"
