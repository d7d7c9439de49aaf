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
MARK = 900_001  # words of these leaflets end in numbers that no other leaflet has
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
    """The four acts on leaflets that nothing was done to before."""
    from wagtail.models import Locale

    from bench.translation.marks import make_leaflet
    from patientinfo.desk.publishing import publish_translation
    from patientinfo.translation.pages import segments_of_page
    from patientinfo.translation.sending import Original
    from patientinfo.translation.sending import send as send_one

    locales = [Locale.objects.get(language_code=code) for code in TARGETS]
    usual = [make_leaflet(f"work-{mark}", [mark]) for mark in range(MARK, MARK + LEAFLETS)]
    long = make_leaflet("work-long", [MARK + LEAFLETS, MARK + LEAFLETS + 1])

    def send(page: Any) -> None:
        original = Original(page)
        for locale in locales:
            send_one(original, locale, user)

    acts = {"send": measure_act(send, usual, long)}
    acts["export"] = measure_act(export, usual, long)
    words = dutch_words()
    files = {page.pk: translated(page, words) for page in (*usual, long)}
    acts["import"] = measure_act(lambda page: import_po(page, files[page.pk]), usual, long)
    dutch = {page.pk: checked(page, locales[0]) for page in (*usual, long)}
    acts["publish"] = measure_act(
        lambda page: publish_translation(dutch[page.pk], user), usual, long
    )
    segments = len(segments_of_page(usual[0]))
    return {"segments": segments, "acts": {name: asdict(act) for name, act in acts.items()}}


def source_edition(page: Any) -> Any:
    from patientinfo.editions.actions import last_edition

    return last_edition(page.translation_key, "en")


def export(page: Any) -> bytes:
    """The Dutch PO file."""
    from patientinfo.exchange.export import ExportFile, export_one

    file = export_one(source_edition(page), "nl", page.slug, "po")
    assert isinstance(file, ExportFile)
    return file.data


def dutch_words() -> dict[str, str]:
    """What the sample says in Dutch, by what it says in English."""
    from home.loading import read
    from patientinfo.translation.models import SegmentTranslation

    rows = SegmentTranslation.objects.filter(key=read("dry-needling")["key"], locale="nl")
    return dict(rows.values_list("source_text", "text"))


def translated(page: Any, words: dict[str, str]) -> bytes:
    """The same with words in every string, as a translator sends it back."""
    from dataclasses import replace

    from patientinfo.exchange.catalogs import translation_file
    from patientinfo.exchange.kinds import KINDS

    def dutch(source: str) -> str:
        known, _space, mark = source.rpartition(" ")
        return words.get(source) or f"{words[known]} {mark}"

    file = translation_file(source_edition(page), "nl")
    units = tuple(replace(u, target=dutch(u.source), state="translated") for u in file.units)
    return KINDS["po"].write(replace(file, units=units))


def import_po(page: Any, data: bytes) -> None:
    from patientinfo.exchange.importing import import_file
    from patientinfo.exchange.kinds import read_file

    name = f"{page.slug}.nl.po"
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
