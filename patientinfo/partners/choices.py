"""
What can be chosen in the form: leaflets, collections, languages and countries, each named in the
language of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from patientinfo.channels.parts.wording import babel_locale, language
from patientinfo.editions.models import CatalogueEntry, CatalogueTerm
from patientinfo.formats.search_text import fold
from patientinfo.licensing.wishes import COUNTRIES

#: Leaflets that the form shows at a time; the others are found by searching.
SHOWN = 24


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tick: `value` is sent, `label` is read, `hint` stands beside it."""

    value: str
    label: str
    hint: str = ""
    href: str = ""


def leaflets(locale: str, search: str = "", chosen: Iterable[str] = ()) -> tuple[list[Choice], int]:
    """
    Leaflets to choose from and how many more there are. What was chosen comes first, whatever is
    searched for. A handful of queries, however many leaflets there are.
    """
    ticked = {key for key in map(_key, chosen) if key}
    matching = CatalogueEntry.objects.available()
    for word in fold(search).split():
        matching = matching.filter(catalogue_text__contains=word)
    matching = matching.exclude(key__in=ticked).order_by()
    count = matching.values("key").distinct().count()
    found = _first(locale, matching)
    named = named_leaflets(locale, CatalogueEntry.objects.available().filter(key__in=found))
    first = named_leaflets(locale, CatalogueEntry.objects.filter(key__in=ticked))
    return [*first, *named], count - len(found)


def _first(locale: str, matching: QuerySet[CatalogueEntry]) -> list[UUID]:
    """Keys of the first leaflets by title: those of this language, then those that lack it."""
    meant = CatalogueEntry.objects.available().filter(key__in=matching.values("key"))
    here = meant.filter(locale=locale)
    keys = list(here.order_by("title", "key").values_list("key", flat=True)[:SHOWN])
    if len(keys) < SHOWN:
        others = meant.exclude(key__in=here.values("key")).order_by("title", "key")
        keys += list(dict.fromkeys(others.values_list("key", flat=True)))[: SHOWN - len(keys)]
    return keys


def _key(text: str) -> str:
    """A key as the catalogue has it; empty for what is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def named_leaflets(locale: str, entries: QuerySet[CatalogueEntry]) -> list[Choice]:
    """Each leaflet once, by its title in this language or else in its own; the hint: languages."""
    rows = entries.order_by().values_list("key", "locale", "title", "is_source", "html_path")
    by_key: dict[str, list[tuple[str, str, bool, str]]] = {}
    for key, code, title, is_source, path in rows:
        by_key.setdefault(str(key), []).append((code, title, is_source, path))
    choices = []
    for value, versions in by_key.items():
        versions.sort(key=lambda version: (version[0] != locale, not version[2], version[0]))
        _code, title, _source, path = versions[0]
        names = sorted(language(version[0], locale).name for version in versions)
        choices.append(Choice(value, title, ", ".join(names), path))
    return sorted(choices, key=lambda choice: (choice.label.casefold(), choice.value))


def titles(locale: str, keys: Iterable[Any]) -> dict[str, str]:
    """Key → title, in this language where there is one; withdrawn leaflets too."""
    entries = CatalogueEntry.objects.filter(key__in=[str(key) for key in keys])
    return {choice.value: choice.label for choice in named_leaflets(locale, entries)}


def topics(locale: str) -> list[Choice]:
    """Collections: the topics that leaflets carry today."""
    terms = CatalogueTerm.objects.filter(
        kind="topic", entry__in=CatalogueEntry.objects.available()
    ).values_list("value", "label", "entry__locale")
    best: dict[str, tuple[bool, str]] = {}
    for value, label, code in terms:
        best[value] = min(best.get(value, (True, label)), (code != locale, label))
    named = [Choice(value, label) for value, (_other, label) in best.items()]
    return sorted(named, key=lambda choice: choice.label.casefold())


def languages(locale: str) -> list[Choice]:
    """The languages of the site, named in this one and in themselves."""
    found = [language(code, locale) for code, _name in settings.LANGUAGES]
    return [Choice(one.code, one.name[:1].upper() + one.name[1:], one.own_name) for one in found]


def countries(locale: str) -> list[tuple[str, str]]:
    """(code, name) of every country, in the order of this language's alphabet."""
    names = babel_locale(locale).territories
    named = [(code, names.get(code, code)) for code in COUNTRIES]
    return sorted(named, key=lambda pair: fold(pair[1]))


def country_name(code: str, locale: str) -> str:
    """A country in this language; the code for one that CLDR does not know."""
    return str(babel_locale(locale).territories.get(code, code))
