"""The options of `manage.py export --format bundle`, and the bundle that they mean."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from patientinfo.bundles.making import Bundle
from patientinfo.bundles.orders import editors_bundle, partner_bundle
from patientinfo.bundles.recipients import NotInForce
from patientinfo.channels.registry import UnknownChannel
from patientinfo.exchange.selection import Selection
from patientinfo.licensing.models import Licence
from patientinfo.licensing.numbers import normalized
from patientinfo.moving.packing import everything

BUNDLE = "bundle"


def add_bundle_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--channel",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME",
        help="of a bundle: only these forms (pdf, epub, text, …)",
    )
    parser.add_argument(
        "--licence",
        metavar="NUMBER",
        help="of a bundle: exactly what this licence covers, with its letter and terms",
    )
    parser.add_argument(
        "--everything",
        action="store_true",
        help="of a bundle: all editions, pages, translations, words and pictures, to move house "
        "with (see import_bundle)",
    )


def refuse_bundle_options(options: dict[str, Any]) -> None:
    """`CommandError` for an option that only a bundle has."""
    if options["channel"] or options["licence"] or options["everything"]:
        raise CommandError("--channel, --licence and --everything are for --format bundle.")


def chunks_of(selection: Selection, options: dict[str, Any]) -> Iterator[bytes]:
    """The bytes of the bundle that the options mean; `CommandError` for what cannot be."""
    if not options["everything"]:
        return bundle_of(selection, options).chunks()
    narrower = ("channel", "licence", "leaflet", "locale", "merge")
    if any(options[name] for name in narrower):
        raise CommandError("--everything is everything: leave the other options out.")
    return everything()


def bundle_of(selection: Selection, options: dict[str, Any]) -> Bundle:
    """The bundle that the options mean; `CommandError` for what cannot be."""
    if options["merge"]:
        raise CommandError("--merge is for a directory of translators' files.")
    try:
        if options["licence"] is None:
            return editors_bundle(selection, options["channel"], timezone.now())
        licence = _licence(options["licence"])
        return partner_bundle(licence, selection, options["channel"], timezone.now())
    except (UnknownChannel, NotInForce) as error:
        raise CommandError(str(error)) from error


def _licence(number: str) -> Licence:
    found = Licence.objects.filter(number=normalized(number) or "").first()
    if found is None:
        raise CommandError(f"There is no licence “{number}”.")
    return found
