"""Interface words: the committed catalogs are fresh and complete, and what is not is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from django.core.management import CommandError, call_command

from patientinfo.management import catalogs as words
from patientinfo.management.catalogs import Catalogs
from patientinfo.management.commands.messages import project_catalogs

TEMPLATE = """{% load i18n %}
<p>{% translate "Page not found" %}</p>
      {# Translators: shown on paper #}
  {% blocktranslate trimmed with n=number %}
    Edition {{ n }}
    of this leaflet
  {% endblocktranslate %}
{% if x %}
        {% translate "Do" context "advice" %}
 {% endif %}
{% blocktranslate count n=n %}one leaflet{% plural %}{{ n }} leaflets{% endblocktranslate %}
"""
CODE = (
    'from django.utils.translation import gettext_lazy as _\n\nLABEL = _("summary of %(name)s")\n'
)


@pytest.fixture
def project(tmp_path: Path) -> Catalogs:
    """A small project with one template and one module, its catalogs made and filled."""
    for package in words.PACKAGES:
        (tmp_path / package / "templates").mkdir(parents=True)
    (tmp_path / "home" / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "home" / "models.py").write_text(CODE)
    made = Catalogs(root=tmp_path, folder=tmp_path / "locale", languages=("en", "ar"))
    words.update(made)
    fill(made, "ar")
    return made


def fill(project: Catalogs, language: str) -> None:
    """Translates every message by its own last form."""
    path = project.path_of(language)
    catalog = words.read_catalog(path, language)
    for message in catalog:
        if message.id and message.pluralizable:
            message.string = (message.id[-1],) * catalog.num_plurals
        elif message.id:
            message.string = message.id
    path.write_bytes(words.po_bytes(catalog))


def change(project: Catalogs, msgid: str, string: str, *flags: str) -> None:
    path = project.path_of("ar")
    catalog = words.read_catalog(path, "ar")
    message = catalog[msgid]
    message.string = string
    message.flags |= set(flags)
    path.write_bytes(words.po_bytes(catalog))


def test_the_catalogs_of_this_project_are_fresh_and_complete():
    assert list(words.problems_of(project_catalogs())) == []


def test_words_of_templates_and_code_are_found(project):
    found = {message.id: message for message in words.extract_template(project.root) if message.id}
    assert set(found) == {
        "Page not found",
        "Edition %(n)s of this leaflet",
        "Do",
        ("one leaflet", "%(n)s leaflets"),
        "summary of %(name)s",
    }
    assert found["Do"].context == "advice"
    assert found["Edition %(n)s of this leaflet"].auto_comments == ["shown on paper"]
    assert found["summary of %(name)s"].locations == [("home/models.py", 1)]


def test_a_filled_project_has_no_problem(project):
    assert list(words.problems_of(project)) == []


def test_a_stale_template_is_found(project):
    (project.root / "home" / "models.py").write_text(CODE.replace("summary", "synopsis"))
    problems = list(words.problems_of(project))
    assert problems[0] == "django.pot: stale; run `manage.py messages`"
    assert "ar: not in the catalog: 'synopsis of %(name)s'" in problems


def test_the_template_holds_nothing_that_changes_by_itself(project):
    first = project.template_path.read_bytes()
    assert b"POT-Creation-Date" not in first
    assert b"Babel" not in first
    (project.root / "home" / "models.py").write_text("\n\n" + CODE)
    words.update(project)
    assert project.template_path.read_bytes() == first


@pytest.mark.parametrize(
    ("msgid", "string", "flags", "problem"),
    [
        ("Page not found", "", (), "not translated"),
        ("Page not found", "لا توجد", ("fuzzy",), "fuzzy"),
        ("summary of %(name)s", "ملخّص", (), "placeholders differ"),
        ("summary of %(name)s", "ملخّص %(nome)s", (), "placeholders differ"),
        ("summary of %(name)s", "%(name)s %(name)s", (), "placeholders differ"),
    ],
)
def test_a_word_that_is_not_ready_is_named(project, msgid, string, flags, problem):
    change(project, msgid, string, *flags)
    assert list(words.problems_of(project)) == [f"ar: {problem}: {msgid!r}"]


@pytest.mark.parametrize(
    ("forms", "problems"),
    [
        (("لا", "واحدة", "اثنتان", "%(n)s", "%(n)s", "%(n)s"), 0),
        (("لا", "واحدة", "اثنتان", "%(n)s", "%(n)s", "كثيرة"), 1),
        (("%(m)s", "واحدة", "اثنتان", "%(n)s", "%(n)s", "%(n)s"), 1),
        (("لا", "", "اثنتان", "%(n)s", "%(n)s", "%(n)s"), 1),
    ],
)
def test_only_the_special_plural_forms_may_leave_the_number_out(project, forms, problems):
    path = project.path_of("ar")
    catalog = words.read_catalog(path, "ar")
    catalog["one leaflet"].string = forms
    path.write_bytes(words.po_bytes(catalog))
    assert len(list(words.problems_of(project))) == problems


def test_a_missing_catalog_is_named(project):
    project.path_of("ar").unlink()
    assert list(words.problems_of(project)) == ["ar: there is no catalog"]


def test_the_source_language_repeats_its_msgids(project):
    assert words.read_catalog(project.path_of("en"), "en")["Page not found"].string == (
        "Page not found"
    )


def test_compiling_writes_what_is_older_and_nothing_else(project):
    written = words.compile_catalogs(project)
    assert [path.parent.parent.name for path in written] == ["en", "ar"]
    assert words.compile_catalogs(project) == []
    with written[1].open("rb") as file:
        assert read_mo(file).get("Page not found").string == "Page not found"


def test_the_command_fails_when_something_is_not_ready(project, settings, capsys):
    settings.LOCALE_PATHS = [project.folder]
    settings.LANGUAGES = [("en", "English"), ("ar", "العربية")]
    call_command("messages", "--check")
    change(project, "Page not found", "")
    with pytest.raises(CommandError, match="ar: not translated: 'Page not found'"):
        call_command("messages", "--check")
    call_command("messages")
    assert "ar: not translated: 'Page not found'" in capsys.readouterr().err


def test_a_region_has_the_folder_that_django_looks_in():
    made = Catalogs(Path(), Path(), ())
    assert made.path_of("pt-br").parts[0] == "pt_BR"
    assert made.path_of("zh-hans").parts[0] == "zh_Hans"


def test_a_new_word_is_not_said_in_english_everywhere(project):
    """The source language is brought up first; what it says is not what the others say."""
    (project.root / "patientinfo" / "more.py").write_text(
        "from django.utils.translation import gettext as _\n\nWORD = _('A word of today')\n"
    )
    words.update(project)
    said = {
        language: words.read_catalog(project.path_of(language), language)
        .get("A word of today")
        .string
        for language in project.languages
    }
    assert said.pop("en") == "A word of today"
    assert set(said.values()) == {""}
