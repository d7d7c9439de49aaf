"""Terms are found where a text says them, and nowhere else."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from patientinfo.formats.inline import plain_text
from patientinfo.translation.checks import CHECKS, Context, Term, run_checks
from patientinfo.translation.glossary import Entry, TermIndex, terms_for_readers
from patientinfo.translation.glossary_models import GlossaryTerm

NEEDLE = Term("needle", "naald", ("naalden",))
DRY_NEEDLING = Term("dry needling", "dry needling")


def term(locale: str, text: str, key: uuid.UUID | None = None, **more: Any) -> GlossaryTerm:
    language, _made = Locale.objects.get_or_create(language_code=locale)
    row = GlossaryTerm(locale=language, term=text, translation_key=key or uuid.uuid4(), **more)
    row.full_clean(exclude=["translation_key"])
    row.save()
    return row


def index(*forms: str) -> TermIndex:
    """An index of terms that are translated by themselves in brackets."""
    return TermIndex(Entry(Term(form, f"[{form}]"), (form,)) for form in forms)


def said(text: str, *forms: str) -> list[str]:
    """What is highlighted of `text`."""
    words = plain_text(text)
    return [words[start:end] for start, end, _term in index(*forms).highlights(text)]


@pytest.fixture
def glossary(db: None) -> None:
    """A needle in two languages, a name that is kept, and a term without a translation."""
    needle = term("en", "needle", variants="needles, Needle’s")
    term("nl", "naald", needle.translation_key, variants="naalden")
    term("en", "Uplands Physio Clinic", do_not_translate=True)
    term("en", "muscle")
    kept_in_dutch = term("en", "dry needling")
    term("nl", "dry needling", kept_in_dutch.translation_key, do_not_translate=True)
    term("ar", "الوخز بالإبر الجافة", kept_in_dutch.translation_key)


@pytest.mark.usefixtures("glossary")
def test_terms_come_with_their_translation() -> None:
    terms = TermIndex.load("en", "nl")
    assert terms.in_text("A <em>needle</em> in a muscle; two needles.") == (NEEDLE,)
    # The form that stands in the text, so that a check finds it there.
    assert terms.in_text("The <em>Needle</em>'s tip") == (Term("Needle's", "naald", ("naalden",)),)
    assert terms.in_text("A noodle") == ()


@pytest.mark.usefixtures("glossary")
def test_what_is_kept_is_kept_everywhere_or_in_one_language() -> None:
    text = "Dry needling at uplands physio clinic"
    assert TermIndex.load("en", "nl").kept_in(text) == ("Dry needling", "uplands physio clinic")
    arabic = TermIndex.load("en", "ar")
    assert arabic.kept_in(text) == ("uplands physio clinic",)
    assert arabic.in_text(text) == (Term("Dry needling", "الوخز بالإبر الجافة"),)
    assert TermIndex.load("en", "nl").in_text(text) == ()


@pytest.mark.usefixtures("glossary")
@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Two needles are used.", "Er worden twee naalden gebruikt.", []),
        ("Two needles are used.", "Er worden twee spelden gebruikt.", ["glossary"]),
        ("Dry-needling helps.", "Dry-needling helpt.", []),
        ("Dry-needling helps.", "Droog prikken helpt.", ["do_not_translate"]),
    ],
)
def test_checks_hold_translations_to_the_glossary(
    source: str, target: str, found: list[str]
) -> None:
    terms = TermIndex.load("en", "nl")
    context = Context(
        source,
        target,
        "en",
        "nl",
        inline=True,
        glossary=terms.in_text(source),
        do_not_translate=terms.kept_in(source),
    )
    names = [name for name in CHECKS if name in ("glossary", "do_not_translate")]
    assert [finding.check for finding in run_checks(context, only=names)] == found


@pytest.mark.usefixtures("glossary")
def test_the_desk_sees_translated_and_kept_terms_where_they_stand() -> None:
    text = "Dry-needling: a muscle &amp; a <strong>need</strong>le"
    assert plain_text(text) == "Dry-needling: a muscle & a needle"
    assert TermIndex.load("en", "nl").highlights(text) == [(0, 12, DRY_NEEDLING), (27, 33, NEEDLE)]


@pytest.mark.usefixtures("glossary")
def test_the_glossary_is_read_in_one_query() -> None:
    with CaptureQueriesContext(connection) as captured:
        terms = TermIndex.load("en", "nl")
        terms.in_text("needle")
        terms.kept_in("needle")
        terms.highlights("needle")
    assert len(captured) == 1
    assert TermIndex.load("en", "en").in_text("needle") == ()


@pytest.mark.django_db
def test_two_terms_of_one_name_may_be_translated_as_either() -> None:
    for dutch in ("rug", "terug"):
        term("nl", dutch, term("en", "back", variants="backs").translation_key)
    (found,) = TermIndex.load("en", "nl").in_text("Lie on your back")
    assert {found.target, *found.also} == {"rug", "terug"}


@pytest.mark.parametrize(
    ("text", "forms", "found"),
    [
        ("A needleless needle, Needle; NEEDLE", ["needle"], ["needle", "Needle", "NEEDLE"]),
        (
            "trigger points and trigger",
            ["trigger", "trigger points"],
            ["trigger points", "trigger"],
        ),
        (
            "trigger\u00a0point, trigger-point",
            ["trigger point"],
            ["trigger\u00a0point", "trigger-point"],
        ),
        ("trigger. point", ["trigger point"], []),
        ("needle2 2needle need le", ["needle"], []),
        ("it, IT and It", ["IT"], ["IT"]),
        ("IgE is not ige", ["IgE"], ["IgE"]),
        ("(pH)", ["pH"], ["pH"]),
        ("l’aiguille", ["aiguille"], ["aiguille"]),
        ("MUSKELFASER und Straße", ["strasse"], ["Straße"]),
        ("Über die Uber", ["über"], ["Über"]),
        ("إبرة جافّة هنا", ["إبرة جافة"], ["إبرة جافّة"]),
        ("الإبرة", ["إبرة"], []),
        ("حُقنةٌ.", ["حقنة"], ["حُقنةٌ"]),
        ("सुई से दर्द, सुईयाँ", ["सुई"], ["सुई"]),
        ("针灸针很细", ["针", "针灸"], ["针灸", "针"]),
        ("ใช้เข็มบางมาก", ["เข็ม"], ["เข็ม"]),
        ("иглы и игла", ["игла"], ["игла"]),
        ("co\u00adoperation", ["cooperation"], ["co\u00adoperation"]),
        ("-itis is inflammation", ["-itis"], ["itis"]),
        ("", ["needle"], []),
        ("needle", ["", "- "], []),
    ],
    ids=str,
)
def test_terms_are_found_as_words_in_every_script(
    text: str, forms: list[str], found: list[str]
) -> None:
    assert said(text, *forms) == found


@pytest.mark.django_db
def test_other_forms_stand_one_a_line() -> None:
    row = term("ar", " إبرة ", variants="إبر، إبرتان,إبر\n\nإبرتين ")
    assert row.term == "إبرة"
    assert row.variants == "إبر\nإبرتان\nإبرتين"
    assert row.forms == ("إبرة", "إبر", "إبرتان", "إبرتين")


@pytest.mark.django_db
def test_a_term_needs_words() -> None:
    with pytest.raises(ValidationError):
        term("en", "")


@pytest.mark.django_db
def test_readers_see_the_definitions_that_are_meant_for_them() -> None:
    needle = term("en", "needle", definition="A thin pin.", show_to_readers=True)
    term("en", "muscle", definition="Moves you.")
    term("en", "point", show_to_readers=True)
    term("nl", "needle", definition="Speld.", show_to_readers=True)
    sore = term("en", "sore", definition="Hurting.", show_to_readers=True)
    texts = ["A sore <em>muscle</em> point", "A needle", "The same Needle, sore"]
    found = terms_for_readers(texts, "en")
    assert [explained.term for explained in found] == [sore, needle]
    assert [explained.forms for explained in found] == [("sore",), ("needle", "Needle")]
    assert terms_for_readers(texts, "de") == []
