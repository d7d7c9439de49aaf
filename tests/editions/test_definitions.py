"""Words of the glossary that an Edition explains to patients."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from patientinfo.editions.actions import Unchanged, issue_edition
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.editions.reissue import outdated_by, reissue
from patientinfo.formats.canonical import content_digest
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.glossary_models import GlossaryTerm

WORLD = "dutch"


def make_term(locale: str, term: str, of: GlossaryTerm | None = None, **more: Any) -> GlossaryTerm:
    values = {"definition": f"What {term} means.", "show_to_readers": True, **more}
    if of is not None:
        values["translation_key"] = of.translation_key
    found: GlossaryTerm = GlossaryTerm.objects.create(
        locale=Locale.objects.get(language_code=locale), term=term, **values
    )
    return found


def current(locale: str) -> dict[str, Any]:
    document: dict[str, Any] = Edition.objects.filter(locale=locale).first().data
    return document


def test_an_edition_explains_the_words_that_it_uses(page: LeafletPage) -> None:
    muscle = make_term("en", "muscle", variants="muscles")
    make_term("en", "artery")
    make_term("en", "needle", show_to_readers=False)
    make_term("en", "bruise", definition="")
    issue_edition(page.pk)
    assert current("en")["definitions"] == [
        {
            "id": str(muscle.translation_key),
            "term": "muscle",
            "text": "What muscle means.",
            "forms": ["muscles", "muscle"],
        }
    ]


def test_a_translation_explains_its_own_words(page: LeafletPage, dutch: LeafletPage) -> None:
    muscle = make_term("en", "muscle")
    make_term("nl", "musclenl", of=muscle)
    issue_edition(dutch.pk)
    (definition,) = current("nl")["definitions"]
    assert (definition["id"], definition["term"]) == (str(muscle.translation_key), "musclenl")
    assert CatalogueEntry.objects.get(locale="nl").status == "current"


def test_without_any_nothing_is_issued_again(page: LeafletPage) -> None:
    """What was issued before there were definitions has the same digest today."""
    make_term("en", "muscle", show_to_readers=False)
    assert "definitions" not in current("en")
    assert isinstance(issue_edition(page.pk), Unchanged)
    assert content_digest(current("en")) == Edition.objects.get(locale="en").content_digest


def test_a_changed_definition_lists_the_editions_that_show_it(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    muscle = make_term("en", "muscle")
    assert [outdated.page.pk for outdated in outdated_by(muscle)] == [page.pk]
    assert len(reissue(muscle).editions) == 1
    assert outdated_by(muscle) == []
    muscle.definition = "It moves you."
    muscle.save()
    assert len(outdated_by(muscle)) == 1
    muscle.show_to_readers = False
    muscle.save()
    reissue(muscle)
    assert "definitions" not in current("en")
    assert outdated_by(make_term("en", "artery")) == []


@pytest.mark.parametrize("locale", ["en", "nl"])
def test_readers_can_look_them_up(
    client: Client, page: LeafletPage, dutch: LeafletPage, locale: str
) -> None:
    term = make_term(locale, "muscle" if locale == "en" else "musclenl")
    issue_edition((page if locale == "en" else dutch).pk)
    html = client.get(f"/{locale}/dry-needling/").content.decode()
    assert f'<a class="word" href="#word_{term.translation_key}">' in html
    assert f"<dt><dfn>{term.term}</dfn></dt>" in html


def test_an_editor_is_told_and_can_issue_them_again(
    admin_client: Client, page: LeafletPage
) -> None:
    term = make_term("en", "muscle")
    url = reverse("patientinfo_reissue", args=["glossaryterm", term.pk])
    assert page.title in admin_client.get(url).content.decode()
