"""
What a reader must always be able to see, as labelled lines in the leaflet's language.

Whoever calls this has activated that language: the words come from the catalogs in `locale/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from patientinfo.channels.parts.facts import Facts, Person
from patientinfo.channels.parts.standing import STOPPED, PageMeta, Standing
from patientinfo.channels.parts.wording import language
from patientinfo.licensing.cutting import Withheld
from patientinfo.licensing.guard import TEXT, Reason


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of a fact. `lang` is set where it is in another language than the leaflet, `code` for
    what is read from left to right everywhere: addresses, numbers for machines.
    """

    text: str
    href: str = ""
    lang: str = ""
    code: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A fact: what it is, and its lines. Those of an address, or a text, are `one` thing."""

    label: str
    lines: tuple[Line, ...]
    one: bool = False


@dataclass(frozen=True, slots=True)
class LicenceLine:
    """
    Under which licence this copy is reproduced; `pinned`: its terms name this edition and no other.
    """

    number: str
    credit: str = ""
    pinned: bool = False


def record_of(
    document: Mapping[str, Any],
    meta: PageMeta,
    facts: Facts,
    standing: Standing,
    licence: LicenceLine | None = None,
    withheld: tuple[Withheld, ...] = (),
) -> tuple[Row, ...]:
    """Every fact, in the order of the web page; `withheld` of the `document` that is left."""
    rights = document["rights"]
    rows = [
        *_titles(document, standing),
        *_edition(facts, standing),
        *_people(facts, standing),
        Row(_("Method"), (Line(method_of(facts, standing)),)),
        Row(_("Reviewed on"), (Line(_day(facts.reviewed)),)),
        Row(_("Next review"), (Line(_day(facts.review_due)),)),
        Row(_("Languages"), tuple(_languages(document, meta))),
        Row(_("Publisher and rights holder"), (Line(rights["holder"]),)),
        Row(_("Credit"), (Line(rights["credit"]),)),
        Row(_("Rights"), (Line(rights["statement"]),)),
        *_licence(licence),
        Row(_("Left out"), tuple(map(Line, left_out(document, withheld)))),
    ]
    if facts.digest:
        rows.append(Row(_("Fingerprint of the text"), (Line(facts.digest, code=True),)))
    return tuple(row for row in rows if any(line.text for line in row.lines))


def _titles(document: Mapping[str, Any], standing: Standing) -> Iterator[Row]:
    if document["source_title"]:
        lang = standing.source.code if standing.source else ""
        yield Row(_("Titles"), (Line(document["title"]), Line(document["source_title"], lang=lang)))


def _edition(facts: Facts, standing: Standing) -> Iterator[Row]:
    yield Row(_("Edition and date of issue"), (Line(edition_line(facts)),))
    if original := original_of(standing):
        yield Row(_("Translated from"), (Line(original, href=standing.source_href),))
    yield Row(_("State"), (Line(state_of(standing)),))


def original_of(standing: Standing) -> str:
    """The language and edition that a translation was made from; empty for an original."""
    if not standing.source:
        return ""
    return _("%(language)s, edition %(number)s") % {
        "language": standing.source.name,
        "number": standing.source_edition,
    }


def edition_line(facts: Facts) -> str:
    """The edition's number and day; of a draft, that it is none."""
    if not facts.edition:
        return _("Not issued")
    return f"{facts.edition} · {facts.issued.text}" if facts.issued else facts.edition


def state_of(standing: Standing) -> str:
    """How it stands today, in a few words."""
    if standing.status == "current":
        return _("Up to date with the original") if standing.source else _("Current")
    if standing.status == "behind":
        return _("Behind the original, which is now at edition %(number)s") % {
            "number": standing.source_current_edition
        }
    said = {
        "ahead": _("Ahead of the original"),
        "held": _("On hold"),
        "recalled": _("Recalled"),
        "redacted": _("Redacted"),
        "superseded": _("An earlier edition"),
    }
    return said.get(standing.status, _("Withdrawn"))


def _people(facts: Facts, standing: Standing) -> Iterator[Row]:
    people = facts.people
    yield Row(_("Written by"), _names(people["authors"]))
    if standing.source:
        yield Row(_("Translated by"), _names(people["translators"]))
        yield Row(_("Translation checked by"), _names(people["checkers"]))
    elif people["checkers"]:
        yield Row(_("Checked by"), _names(people["checkers"]))
    yield Row(_("Approved by"), _names(people["approvers"]))


def _names(people: Iterable[Person]) -> tuple[Line, ...]:
    lines = tuple(
        Line(f"{isolated(p.name)} · {p.on.text}" if p.on else isolated(p.name)) for p in people
    )
    return lines or (Line(_("Not recorded")),)


def isolated(name: str) -> str:
    """
    A name that may be in another script than what stands around it, kept apart from that (Unicode's
    first strong isolate): in a line from right to left it would take a date into its middle.
    """
    return f"\u2068{name}\u2069" if get_language_bidi() else name


def left_to_right(number: str) -> str:
    """A telephone number, whose groups would change places in a line from right to left."""
    return f"\u2066{number}\u2069" if number and get_language_bidi() else number


def method_of(facts: Facts, standing: Standing) -> str:
    """By people, or by a machine and checked by a person."""
    if standing.source:
        by_people, by_machine = (
            _("Translated by people"),
            _("Translated by machine and checked by a person"),
        )
    else:
        by_people, by_machine = (
            _("Written by people"),
            _("Written with a machine and checked by a person"),
        )
    return by_people if facts.method == "human" else by_machine


def _day(moment: Any) -> str:
    return moment.text if moment else _("Not recorded")


def _languages(document: Mapping[str, Any], meta: PageMeta) -> Iterator[Line]:
    """This language and the others that can be read now, each in itself."""
    locale = document["locale"]
    found = [(language(locale, locale), document["title"], "")]
    found += [
        (language(other["locale"], locale), other["title"], other["html_url"])
        for other in meta["translations"]
        if other["status"] not in STOPPED
    ]
    for spoken, title, href in sorted(found, key=lambda each: each[0].own_name.casefold()):
        yield Line(isolated(f"{spoken.own_name}: {title}"), href=href, lang=spoken.code)


def left_out(document: Mapping[str, Any], withheld: tuple[Withheld, ...]) -> tuple[str, ...]:
    """
    What is not in this copy and why, in words. Of a leaflet that is held or gone nothing is said
    here: its state says it.
    """
    photos = [each for each in withheld if each.part != TEXT]
    # All are gone when none is left, and one reason tells of all of them when it is the only one.
    everyone = not document["images"] and len(photos) == 1
    said = [_missing(each, every=everyone or not each.images) for each in withheld]
    return tuple(filter(None, said))


def _missing(withheld: Withheld, *, every: bool) -> str:
    if withheld.reason in _SAID_BY_THE_STATE:
        return ""
    if withheld.part == TEXT:
        return _("The text: it may be shown only with permission.")
    unlicensed = _("The pictures: they may be shown only with permission.")
    of_all, of_some = {
        Reason.PHOTO_NOT_SUBLICENSABLE: (
            _("The pictures: their owners have not allowed that they are passed on."),
            _("Some pictures: their owners have not allowed that they are passed on."),
        ),
        Reason.CONSENT_ENDED: (
            _("The pictures: the consent of the people in them has ended."),
            _("Some pictures: the consent of the people in them has ended."),
        ),
    }.get(withheld.reason, (unlicensed, unlicensed))
    return of_all if every else of_some


def credit_of(document: Mapping[str, Any], licence: LicenceLine | None) -> str:
    """The credit line; of a copy under a licence the one that the licence names, and its number."""
    credit: str = document["rights"]["credit"]
    return f"{licence.credit or credit} ({licence.number})" if licence else credit


_SAID_BY_THE_STATE = {Reason.HELD, Reason.RECALLED, Reason.WITHDRAWN, Reason.REDACTED}


def _licence(licence: LicenceLine | None) -> Iterator[Row]:
    if licence:
        yield Row(_("Permission number"), (Line(licence.number, code=True),))
        yield Row(_("Reproduced by permission"), (Line(licence.credit),))
