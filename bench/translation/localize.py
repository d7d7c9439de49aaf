"""
The same work through wagtail-localize alone, in an installation of its own.

Run by `bench.translation.runs` in a process of its own, as `python -m bench.translation.localize
FILE`; writes to FILE the acts, as JSON.
"""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django

from bench.translation.acts import LEAFLETS, measure_act

TARGETS = ("nl", "de", "es")
SAMPLE = Path(__file__).resolve().parents[2] / "home" / "sample"


def main(output: Path) -> None:
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from wagtail.models import Locale

    call_command("migrate", verbosity=0)
    for code in ("en", *TARGETS):
        Locale.objects.get_or_create(language_code=code)
    user = User.objects.create_superuser("bench", "bench@clinic.example")
    output.write_text(json.dumps(measured(user)))


def measured(user: Any) -> dict[str, Any]:
    """The four acts on leaflets that nothing was done to before."""
    from wagtail.models import Locale
    from wagtail_localize.models import StringSegment, Translation
    from wagtail_localize.operations import translate_object

    locales = [Locale.objects.get(language_code=code) for code in TARGETS]
    usual = [make_leaflet(number, 1) for number in range(LEAFLETS)]
    long = make_leaflet(LEAFLETS, 2)
    acts = {
        "send": measure_act(lambda page: translate_object(page, locales, user=user), usual, long)
    }
    of: dict[int, list[Any]] = {
        page.pk: [
            Translation.objects.select_related("source").get(
                source__object_id=page.translation_key, target_locale=locale
            )
            for locale in locales
        ]
        for page in (*usual, long)
    }
    acts["export"] = measure_act(lambda page: str(of[page.pk][0].export_po()), usual, long)
    files = {each.pk: translated(each) for every in of.values() for each in every}

    def import_po(page: Any) -> None:
        for each in of[page.pk]:
            _import(each, files[each.pk], user)

    acts["import"] = acts["store"] = measure_act(import_po, usual, long)
    acts["publish"] = measure_act(lambda page: of[page.pk][0].save_target(user=user), usual, long)
    segments = StringSegment.objects.filter(source=of[usual[0].pk][0].source).count()
    return {"segments": segments, "acts": {name: asdict(act) for name, act in acts.items()}}


def translated(translation: Any) -> str:
    """Its file with words in every string, as a translator sends it back."""
    file = translation.export_po()
    for entry in file:
        entry.msgstr = f"{entry.msgid} ({translation.target_locale.language_code})"
    return str(file)


def _import(translation: Any, text: str, user: Any) -> None:
    import polib

    translation.import_po(polib.pofile(text), user=user)


def make_leaflet(number: int, times: int) -> Any:
    """The seed leaflet, its words made its own by names, `times` over; published."""
    from wagtail.models import Page

    from bench.translation.localize_site.models import LeafletPage
    from bench.translation.marks import mark_of

    seed = json.loads((SAMPLE / "dry-needling.json").read_text(encoding="utf-8"))
    sections = [
        stored("section", section(part, mark_of(2 * number + time)))
        for time in range(times)
        for part in seed["sections"]
    ]
    page = LeafletPage(
        title=f"{seed['title']} {mark_of(2 * number)}",
        slug=f"leaflet-{number}",
        summary=f"{seed['summary']} {mark_of(2 * number)}",
        body=json.dumps(sections),
    )
    Page.objects.get(depth=2).add_child(instance=page)
    page.save_revision().publish()
    return LeafletPage.objects.get(pk=page.pk)


def stored(kind: str, value: Any) -> dict[str, Any]:
    """A block as Wagtail stores it; the plug-in knows it by its id."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def listed(values: Iterable[Any]) -> list[dict[str, Any]]:
    return [stored("item", value) for value in values]


def section(part: dict[str, Any], mark: str) -> dict[str, Any]:
    heading = f"{part['heading']} {mark}"
    return {"heading": heading, "blocks": [b for each in part["blocks"] for b in block(each, mark)]}


def block(value: dict[str, Any], mark: str) -> Iterator[dict[str, Any]]:
    """A block of the sample as this site has it."""

    def rich(text: str) -> str:
        return f"<p>{text} {mark}</p>" if text else ""

    if value["type"] == "paragraph":
        yield stored("paragraph", rich(value["text"]))
    elif "rows" in value:
        columns = listed(rich(column["text"]) for column in value["columns"])
        rows = listed(listed(rich(cell) for cell in row["cells"]) for row in value["rows"])
        table = {"caption": value.get("caption", ""), "columns": columns, "rows": rows}
        yield stored("table", table)
    elif "items" in value:
        items = listed(rich(item["text"]) for item in value["items"])
        yield stored("items", {"lead_in": rich(value.get("lead_in", "")), "items": items})
    elif "text" in value:
        yield stored("words", f"{value['text']} {mark}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
