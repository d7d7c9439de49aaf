"""What `issue_licence` is told on its command line, made into terms."""

from __future__ import annotations

import argparse
import json
import uuid
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing.parties import licensor
from patientinfo.licensing.terms import LICENSABLE, PARTS, PHOTOS, LicenceTerms, Party

YEAR = timedelta(days=364)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options; each list can be given once with many values, or many times."""
    parser.add_argument("--licensee", required=True, metavar="NAME", help="The organisation.")
    parser.add_argument("--email", required=True, metavar="ADDRESS", help="Whom to write to.")
    parser.add_argument(
        "--language",
        choices=[code for code, _name in settings.LANGUAGES],
        help="Of the letter and of what is written to them; the site's if not given.",
    )
    _list(parser, "leaflet", "NAME", "Leaflets, by the slug in their address, or by their key.")
    _list(parser, "locale", "L", "Languages, by their code.", every="--all-locales")
    _list(parser, "use", "NAME", f"Uses: {', '.join(LICENSABLE)}.", every="--all-uses")
    parser.add_argument(
        "--part",
        action="extend",
        nargs="+",
        default=[],
        choices=PARTS,
        help="Text, photos, or both. Of the photos those that may be sublicensed.",
    )
    parser.add_argument(
        "--from", dest="starts", type=day, metavar="DATE", help="Today if not given."
    )
    parser.add_argument(
        "--until", dest="ends", type=day, metavar="DATE", help="Last day; a year if not given."
    )


def _list(
    parser: argparse.ArgumentParser, name: str, metavar: str, text: str, every: str = ""
) -> None:
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument(
        f"--{name}", action="extend", nargs="+", default=[], metavar=metavar, help=text
    )
    group.add_argument(every or f"--all-{name}s", action="store_true", help="All of them.")


def day(text: str) -> date:
    """An ISO date of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2027-06-30") from error


def terms_of(options: dict[str, Any]) -> LicenceTerms:
    """The terms that the options say; `CommandError` names what is not there."""
    starts = options["starts"] or timezone.localdate()
    uses = LICENSABLE if options["all_uses"] else _known_uses(options["use"])
    terms = LicenceTerms(
        licensee=Party(options["licensee"], email=options["email"]),
        licensor=licensor(),
        starts=starts,
        ends=options["ends"] or starts + YEAR,
        parts=frozenset(options["part"]),
        uses={str(use): {} for use in uses},
        leaflets=None if options["all_leaflets"] else _keys(options["leaflet"]),
        locales=None if options["all_locales"] else _known_locales(options["locale"]),
        language=options["language"] or settings.LANGUAGE_CODE,
        time_zone=settings.TIME_ZONE,
    )
    if not terms.parts:
        raise CommandError("Say what is licensed: --part text, --part photos, or both.")
    return terms


def _known_uses(names: list[str]) -> list[str]:
    unknown = sorted(set(names) - {str(use) for use in LICENSABLE})
    if unknown:
        raise CommandError(
            f"Unknown use: {', '.join(unknown)}. There are: {', '.join(LICENSABLE)}."
        )
    return names


def _known_locales(codes: list[str]) -> frozenset[str]:
    known = {code for code, _name in settings.LANGUAGES}
    unknown = sorted(set(codes) - known)
    if unknown:
        raise CommandError(
            f"Unknown language: {', '.join(unknown)}. There are: {', '.join(sorted(known))}."
        )
    return frozenset(codes)


def _keys(names: list[str]) -> frozenset[str]:
    """A permission is for the leaflets that are meant: a name that several have is refused."""
    return frozenset(_key(name) for name in names)


def _key(name: str) -> str:
    """The key of the leaflet of that slug, in any language, or of that key."""
    entries = CatalogueEntry.objects.order_by("key")
    try:
        entries = entries.filter(key=uuid.UUID(name))
    except ValueError:
        entries = entries.filter(slug=name)
    found = [str(key) for key in entries.values_list("key", flat=True).distinct()]
    if not found:
        raise CommandError(f"No leaflet was issued with the slug: {name}.")
    if len(found) > 1:
        raise CommandError(
            f"More than one leaflet has the slug {name}; name one by its key: {', '.join(found)}."
        )
    return found[0]


def photos_left_out(terms: LicenceTerms) -> list[str]:
    """The photos of the licensed leaflets that a licence does not reach: owner and description."""
    if PHOTOS not in terms.parts:
        return []
    entries = CatalogueEntry.objects.available().filter(is_source=True)
    if terms.leaflets is not None:
        entries = entries.filter(key__in=terms.leaflets)
    documents = entries.values_list("edition__document", flat=True).iterator(chunk_size=50)
    return [
        f"{image['rights']['holder']}: {image['alt']}"
        for document in documents
        for image in json.loads(document)["images"]
        if not image["rights"].get("sublicensable")
    ]
