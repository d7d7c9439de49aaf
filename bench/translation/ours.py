"""
One leaflet's translation work through the product, and the pages that people open.

Run by `runs` in a process of its own, on the installation that `fill` has filled, as
`python -m bench.translation.ours FILE`; writes to FILE the acts and the views, as JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

import django

from bench.translation.acts import LEAFLETS, measure_act

TARGETS = ("nl", "de", "es")
FIRST = 100_001  # texts of these leaflets end in names that no other leaflet has
MORE_LANGUAGES = ("fr", "it", "pl", "pt", "tr")


def main(output: Path) -> None:
    django.setup()
    user = make_signer()
    found = {**measured(user), "views": views(user)}
    output.write_text(json.dumps(found))


def make_signer() -> Any:
    """Somebody who may do everything, and is named when a translation is signed off."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from patientinfo.leaflets.snippets import Person

    user = User.objects.create_superuser("bench", "bench@clinic.example")
    Person.objects.create(name="A. Signer", consent_on=timezone.localdate(), user=user)
    return user


def measured(user: Any) -> dict[str, Any]:
    """The acts on leaflets that nothing was done to before."""
    from wagtail.models import Locale

    from patientinfo.desk.publishing import publish_translation
    from patientinfo.translation.pages import segments_of_page
    from patientinfo.translation.sending import Original
    from patientinfo.translation.sending import send as send_one

    locales = [Locale.objects.get(language_code=code) for code in TARGETS]

    def send(page: Any) -> None:
        original = Original(page)
        for locale in locales:
            send_one(original, locale, user)

    usual, long = make_leaflets(FIRST)
    acts = {"send": measure_act(send, usual, long)}
    acts["export"] = measure_act(export, usual, long)
    words = {code: sample_words(code) for code in TARGETS}
    files = {page.pk: translated(page, words) for page in (*usual, long)}
    acts["import"] = measure_act(lambda page: import_po(page, files[page.pk]), usual, long)
    dutch = {page.pk: checked(page, locales[0]) for page in (*usual, long)}
    acts["publish"] = measure_act(
        lambda page: publish_translation(dutch[page.pk], user), usual, long
    )
    others, other_long = make_leaflets(FIRST + 1000)
    for page in (*others, other_long):
        send(page)
        files[page.pk] = translated(page, words)
    with nothing_checked():
        acts["store"] = measure_act(
            lambda page: import_po(page, files[page.pk]), others, other_long
        )
    segments = len(segments_of_page(usual[0]))
    return {"segments": segments, "acts": {name: asdict(act) for name, act in acts.items()}}


def make_leaflets(first: int) -> tuple[list[Any], Any]:
    """As many leaflets as an act is measured on, and one twice as long; published."""
    from bench.translation.marks import make_leaflet, mark_of

    marks = [mark_of(number) for number in range(first, first + LEAFLETS + 2)]
    usual = [make_leaflet(f"work-{mark}", [mark]) for mark in marks[:LEAFLETS]]
    return usual, make_leaflet(f"work-long-{first}", marks[LEAFLETS:])


def nothing_checked() -> Any:
    """Every check switched off, as a site can: what is left is what the other side does, too."""
    from django.conf import settings
    from django.test import override_settings

    from patientinfo.translation.checks import CHECKS

    levels = dict.fromkeys(CHECKS, "off")
    return override_settings(PATIENTINFO={**settings.PATIENTINFO, "CHECK_LEVELS": levels})


def source_edition(page: Any) -> Any:
    from patientinfo.editions.actions import last_edition

    return last_edition(page.translation_key, "en")


def export(page: Any) -> bytes:
    """The Dutch PO file."""
    from patientinfo.exchange.export import ExportFile, export_one

    file = export_one(source_edition(page), "nl", page.slug, "po")
    assert isinstance(file, ExportFile)
    return file.data


def sample_words(locale: str) -> dict[str, str]:
    """What the sample says in a language, by what it says in English."""
    from home.loading import read
    from patientinfo.translation.models import SegmentTranslation

    rows = SegmentTranslation.objects.filter(key=read("dry-needling")["key"], locale=locale)
    return dict(rows.values_list("source_text", "text"))


def translated(page: Any, words: dict[str, dict[str, str]]) -> dict[str, bytes]:
    """The files with words in every string, by language, as their translators send them back."""
    from dataclasses import replace

    from patientinfo.exchange.catalogs import translation_file
    from patientinfo.exchange.kinds import KINDS

    def said(source: str, locale: str) -> str:
        known, _space, mark = source.rpartition(" ")
        return words[locale].get(source) or f"{words[locale][known]} {mark}"

    found = {}
    for locale in TARGETS:
        file = translation_file(source_edition(page), locale)
        units = tuple(
            replace(u, target=said(u.source, locale), state="translated") for u in file.units
        )
        found[locale] = KINDS["po"].write(replace(file, units=units))
    return found


def import_po(page: Any, files: dict[str, bytes]) -> None:
    from patientinfo.exchange.importing import import_file
    from patientinfo.exchange.kinds import read_file

    for locale, data in files.items():
        name = f"{page.slug}.{locale}.po"
        imported = import_file(read_file(data, name), name)
        assert imported.stored, imported


def checked(page: Any, locale: Any) -> Any:
    """The Dutch page, every segment of it checked: what remains is to sign it off."""
    from django.utils import timezone

    from patientinfo.translation.models import SegmentTranslation
    from patientinfo.translation.states import Stored

    rows = SegmentTranslation.objects.filter(key=page.translation_key, locale="nl")
    rows.update(state=Stored.CHECKED, checked_at=timezone.now())
    return page.get_translation(locale)


def views(user: Any) -> dict[str, dict[str, float]]:
    """The desk of a leaflet of many segments, and a page of the matrix in ten languages."""
    from django.test import Client
    from django.urls import reverse
    from wagtail.models import Locale

    from patientinfo.leaflets.leaflet_page import LeafletPage
    from patientinfo.translation.board import load_board

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    desks = LeafletPage.objects.filter(source_locale="en", slug__startswith="work-")
    by_length = sorted((len(load_board(page).lines), page.pk) for page in desks)
    (few, short), (many, long) = by_length[0], by_length[-1]
    found = {
        f"The desk of {few} segments": look(client, reverse("patientinfo_desk", args=[short])),
        f"The desk of {many} segments": look(client, reverse("patientinfo_desk", args=[long])),
    }
    for more in ((), MORE_LANGUAGES):
        for code in more:
            Locale.objects.get_or_create(language_code=code)
        sources = LeafletPage.objects.filter(source_locale="").count()
        name = f"The matrix of {sources:,} leaflets × {Locale.objects.count()} languages"
        found[name] = look(client, reverse("patientinfo_matrix"))
    return found


def look(client: Any, path: str) -> dict[str, float]:
    """One page of the admin: its time, and its queries on another look."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def get() -> None:
        answer = client.get(path, secure=True)
        assert answer.status_code == 200, (path, answer.status_code)

    get()
    times = []
    for _look in range(3):
        began = perf_counter()
        get()
        times.append(perf_counter() - began)
    with CaptureQueriesContext(connection) as asked:
        get()
    return {"milliseconds": sorted(times)[1] * 1e3, "queries": len(asked)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
