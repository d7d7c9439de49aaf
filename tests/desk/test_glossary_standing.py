"""A definition says so when its original has become another: in the list, the form and at home."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from patientinfo.translation.glossary_csv import TermRow, import_terms
from patientinfo.translation.glossary_models import GlossaryTerm
from patientinfo.translation.glossary_standing import only_behind

THIN, THINNER = "A thin rod.", "A very thin rod; it is sterile."
LIST = "wagtailsnippets_patientinfo_glossaryterm:list"


@pytest.fixture
def needle(db: None) -> GlossaryTerm:
    locale, _made = Locale.objects.get_or_create(language_code="en")
    needle: GlossaryTerm = GlossaryTerm.objects.create(
        locale=locale, term="needle", definition=THIN, show_to_readers=True
    )
    return needle


@pytest.fixture
def naald(needle: GlossaryTerm) -> GlossaryTerm:
    return in_language(needle, "nl", "naald", "Een dun staafje.")


def in_language(needle: GlossaryTerm, code: str, term: str, definition: str) -> GlossaryTerm:
    locale, _made = Locale.objects.get_or_create(language_code=code)
    row: GlossaryTerm = GlossaryTerm.objects.create(
        locale=locale, translation_key=needle.translation_key, term=term, definition=definition
    )
    return row


def behind() -> list[str]:
    return sorted(only_behind(GlossaryTerm.objects.all()).values_list("term", flat=True))


def define(term: GlossaryTerm, words: str) -> None:
    fresh = GlossaryTerm.objects.get(pk=term.pk)
    fresh.definition = words
    fresh.save(update_fields=["definition"])


@pytest.fixture
def admin(needle: GlossaryTerm) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root", "root@clinic.example", "a-password"))
    return client


def test_a_changed_original_leaves_its_translations_behind(
    needle: GlossaryTerm, naald: GlossaryTerm
) -> None:
    in_language(needle, "de", "Nadel", "")
    assert behind() == []
    define(needle, THINNER)
    assert behind() == ["naald"]
    define(naald, "Een heel dun, steriel staafje.")
    assert behind() == []
    define(needle, THIN)
    assert behind() == ["naald"]
    define(needle, THINNER)
    assert behind() == []  # what it was made from is back


def test_other_fields_change_nothing(needle: GlossaryTerm, naald: GlossaryTerm) -> None:
    define(needle, THINNER)
    for name, value in (("variants", "naalden"), ("show_to_readers", True)):
        setattr(naald, name, value)
        naald.save()
    part = GlossaryTerm.objects.only("term").get(pk=naald.pk)
    part.term = "de naald"
    part.save()
    assert behind() == ["de naald"]


def test_what_has_no_original_is_not_behind(needle: GlossaryTerm, naald: GlossaryTerm) -> None:
    define(needle, THINNER)
    needle.delete()
    assert behind() == []
    locale = Locale.objects.get(language_code="nl")
    spier = GlossaryTerm.objects.create(locale=locale, term="spier", definition="Trekt samen.")
    english = Locale.objects.get(language_code="en")
    GlossaryTerm.objects.create(
        locale=english, translation_key=spier.translation_key, term="muscle", definition=THIN
    )
    assert behind() == []


def test_a_file_tells_old_definitions_from_new_ones(
    needle: GlossaryTerm, naald: GlossaryTerm, django_assert_max_num_queries: Any
) -> None:
    key = needle.translation_key
    in_language(needle, "de", "Nadel", "Ein dünner Stab.")
    rows = [
        TermRow(key, "nl", "naald", "Een heel dun staafje."),
        TermRow(key, "de", "Nadel", "Ein dünner Stab.", variants="Nadeln"),
        TermRow(key, "ar", "إبرة", "قضيب رفيع جدًا."),
        TermRow(key, "en", "needle", THINNER),
    ]
    Locale.objects.get_or_create(language_code="ar")
    with django_assert_max_num_queries(15):
        import_terms(rows, "terms.csv")
    assert behind() == ["Nadel"]
    import_terms([TermRow(key, "de", "Nadel", "Ein sehr dünner Stab.")], "terms.csv")
    assert behind() == []


def test_those_of_before_count_as_made_from_what_is_there(
    needle: GlossaryTerm, naald: GlossaryTerm
) -> None:
    in_language(needle, "de", "Nadel", "")
    GlossaryTerm.objects.update(made_from="")
    migration: Any = import_module("patientinfo.migrations.0018_glossary_made_from")
    migration.remember_originals(apps, None)
    assert behind() == []
    define(needle, THINNER)
    assert behind() == ["naald"]


def test_the_list_and_the_home_page_show_them(
    admin: Client, needle: GlossaryTerm, naald: GlossaryTerm, django_assert_max_num_queries: Any
) -> None:
    assert "0 definitions behind their original" in admin.get("/admin/").content.decode()
    define(needle, THINNER)
    home = BeautifulSoup(admin.get("/admin/").content, "html.parser")
    link = home.find("a", string="1 definition behind its original")
    assert link is not None

    def terms(address: str) -> dict[str, str]:
        rows = BeautifulSoup(admin.get(address).content, "html.parser").select("tbody tr")
        cells = (row.find_all("td") for row in rows)
        return {row[1].a.text.strip(): row[2].text.strip() for row in cells}

    assert terms(str(link["href"])) == {"naald": "behind its original"}
    assert terms(f"{reverse(LIST)}?behind=false") == {"needle": ""}
    assert terms(reverse(LIST)) == {"naald": "behind its original", "needle": ""}


def test_nobody_is_sent_to_a_list_that_they_may_not_see(needle: GlossaryTerm, team: Any) -> None:
    client = Client()
    client.force_login(team.translator)
    assert "their original" not in client.get("/admin/").content.decode()


def test_the_form_asks_whether_it_is_right_all_the_same(
    admin: Client, needle: GlossaryTerm, naald: GlossaryTerm
) -> None:
    url = reverse("wagtailsnippets_patientinfo_glossaryterm:edit", args=[naald.pk])
    assert "still_right" not in admin.get(url).content.decode()
    define(needle, "A “thin” <rod>.")
    form = admin.get(url).content.decode()
    assert 'name="still_right"' in form
    assert "The original was: “A thin rod.”. It is now: “A “thin” &lt;rod&gt;.”." in form
    sent = {"term": "naald", "definition": naald.definition, "variants": "naalden"}
    admin.post(url, sent)
    assert behind() == ["naald"]
    admin.post(url, {**sent, "still_right": "on"})
    assert behind() == []
    assert "still_right" not in admin.get(url).content.decode()
