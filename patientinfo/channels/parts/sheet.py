"""
Everything that a rendition prints around the words of a leaflet, as plain values.

A channel gets a Document and its Sheet and needs nothing else: no catalog of words, no database, no
request. Two equal Sheets print the same, so a kept rendition is known by its Document's digest and
its Sheet, and can never be out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from patientinfo.channels.parts.facts import Contact, Facts, contact_of, facts_of
from patientinfo.channels.parts.notices import Notice, notices_of, said_of
from patientinfo.channels.parts.record import (
    LicenceLine,
    Line,
    Row,
    edition_line,
    isolated,
    left_to_right,
    method_of,
    original_of,
    record_of,
)
from patientinfo.channels.parts.standing import STOPPED, PageMeta, Standing, standing_of
from patientinfo.channels.parts.wording import Language, digits_of, language, listed
from patientinfo.formats.inline import safe_href
from patientinfo.licensing.cutting import Withheld


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where this copy is made and for whom. Addresses are absolute; `links` gives other leaflets' by
    their keys, `withheld` is what the guard kept back of the Document, and below `renditions` is
    the same in every form: this edition where it was asked for by its number, else today's.
    """

    site_name: str
    origin: str
    permission_url: str = ""
    links: tuple[tuple[str, str], ...] = ()
    withheld: tuple[Withheld, ...] = ()
    licence: LicenceLine | None = None
    draft: bool = False
    renditions: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """How to ask for something: a heading, a sentence, and where."""

    heading: str
    text: str
    where: Line


@dataclass(frozen=True, slots=True)
class Other:
    """The same leaflet in another language."""

    locale: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    `words` are the interface's, by short names; `digits` from nought to nine. `original` says what
    a translation was made from.
    """

    language: Language
    site_name: str
    url: str
    renditions: str
    status: str
    draft: bool
    edition: str
    issued_at: str
    digest: str
    digits: str
    tags: tuple[str, ...]
    original: str
    method: str
    original_title: Row | None
    notices: tuple[Notice, ...]
    glance: tuple[Row, ...]
    contact_name: str
    contact: tuple[Row, ...]
    record: tuple[Row, ...]
    asking: tuple[Asking, ...]
    licence: LicenceLine | None
    others: tuple[Other, ...]
    links: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]

    @property
    def rtl(self) -> bool:
        return self.language.direction == "rtl"

    def word(self, name: str) -> str:
        return dict(self.words)[name]

    def number(self, count: int) -> str:
        """A whole number as the leaflet's language writes it."""
        return "".join(self.digits[int(digit)] for digit in str(count))

    def listed(self, items: Iterable[str]) -> str:
        """Several things in one sentence of the leaflet's language."""
        return listed(items, self.language.code)

    def said(self, notice: Notice) -> str:
        """A notice on one line, with the parts that it is about."""
        return said_of(notice, self.language.code)

    def link_to(self, href: str) -> str:
        """An address of a block's link: another leaflet's page, or an outer one that is safe."""
        if href.lower().startswith("urn:uuid:"):
            return dict(self.links).get(href[len("urn:uuid:") :].lower(), "")
        return safe_href(href)


def sheet_of(document: Mapping[str, Any], meta: PageMeta, place: Place) -> Sheet:
    """What stands around a Document, in its own language whoever asks."""
    locale = document["locale"]
    meta = _absolute(meta, place.origin)
    with translation.override(locale):
        standing = standing_of(document, meta)
        facts = facts_of(document, meta)
        contact = contact_of(document["contact"])
        return Sheet(
            language=language(locale, locale),
            site_name=place.site_name,
            url=meta["html_url"],
            renditions=place.renditions,
            status=meta["status"],
            draft=place.draft,
            edition=_("Edition") + " " + edition_line(facts) if facts.edition else _("Draft"),
            issued_at=document.get("issued_at") or "",
            digest=meta["digest"],
            digits=digits_of(locale),
            tags=_tags(document),
            original=original_of(standing),
            method=method_of(facts, standing),
            original_title=_original_title(document, standing),
            notices=notices_of(standing, draft=place.draft),
            glance=_glance(facts),
            contact_name=contact.name if contact else "",
            contact=_contact_rows(contact),
            record=record_of(document, meta, facts, standing, place.licence, place.withheld),
            asking=_asking(document, contact, place),
            licence=place.licence,
            others=tuple(
                Other(other["locale"], other["title"], other["html_url"])
                for other in meta["translations"]
                if other["status"] not in STOPPED
            ),
            links=place.links,
            words=tuple(_words().items()),
        )


def _absolute(meta: PageMeta, origin: str) -> PageMeta:
    def whole(path: str) -> str:
        return origin + path if path.startswith("/") else path

    return {
        **meta,
        "html_url": whole(meta["html_url"]),
        "translations": [
            {**other, "html_url": whole(other["html_url"])} for other in meta["translations"]
        ],
    }


def _tags(document: Mapping[str, Any]) -> tuple[str, ...]:
    audiences = {
        "patients": _("For patients"),
        "carers": _("For carers"),
        "children": _("For children"),
        "professionals": _("For health professionals"),
    }
    names = [audiences[code] for code in document["audience"] if code in audiences]
    return (*names, *(topic["name"] for topic in document["topics"]))


def _original_title(document: Mapping[str, Any], standing: Standing) -> Row | None:
    if not document["source_title"]:
        return None
    label = _("Original title")
    if standing.source:
        label += f" ({standing.source.name})"
    lang = standing.source.code if standing.source else ""
    return Row(label, (Line(document["source_title"], lang=lang),))


def _glance(facts: Facts) -> tuple[Row, ...]:
    rows = [
        Row(_("Edition"), (Line(edition_line(facts)),)),
        Row(_("Reviewed"), (Line(facts.reviewed.text if facts.reviewed else ""),)),
        Row(_("Next review"), (Line(facts.review_due.text if facts.review_due else ""),)),
    ]
    return tuple(row for row in rows if row.lines[0].text)


def _contact_rows(contact: Contact | None) -> tuple[Row, ...]:
    if contact is None:
        return ()
    address = tuple(Line(isolated(line)) for line in contact.address.splitlines() if line.strip())
    phone = Line(left_to_right(contact.phone), href=contact.phone_href, code=True)
    rows = [
        Row(_("Telephone"), (phone,)),
        Row(_("E-mail"), (Line(contact.email, href=f"mailto:{contact.email}", code=True),)),
        Row(_("Website"), (Line(contact.href, href=contact.href, code=True),)),
        Row(_("Address"), address or (Line(""),), one=True),
    ]
    return tuple(row for row in rows if row.lines[0].text)


def _asking(
    document: Mapping[str, Any], contact: Contact | None, place: Place
) -> tuple[Asking, ...]:
    rights = document["rights"]
    permission = safe_href(place.permission_url) or safe_href(rights["url"])
    return (
        Asking(
            _("Another language or format"),
            _(
                "Do you need this leaflet in another language, in large print, read aloud or in "
                "another form? Ask the clinic."
            ),
            _where(contact, ""),
        ),
        Asking(
            _("Permission to reproduce"),
            _(
                "To use this text or its pictures on your own website, on paper or in a system, "
                "ask %(holder)s for permission in writing."
            )
            % {"holder": rights["holder"]},
            _where(contact, permission),
        ),
    )


def _where(contact: Contact | None, href: str) -> Line:
    if href:
        return Line(href, href=href, code=True)
    if contact and contact.email:
        return Line(contact.email, href=f"mailto:{contact.email}", code=True)
    if contact and contact.phone:
        return Line(left_to_right(contact.phone), href=contact.phone_href, code=True)
    if contact and contact.href:
        return Line(contact.href, href=contact.href, code=True)
    return Line(_("Ask at the clinic that gave you this leaflet."))


def _words() -> dict[str, str]:
    return {
        "leaflet": _("Leaflet"),
        "do": pgettext("advice to a patient", "Do"),
        "dont": pgettext("advice to a patient", "Do not"),
        "note": _("Note"),
        "warning": _("Warning"),
        "urgent": _("Get help now"),
        "read_also": _("Read also"),
        "picture": _("Picture"),
        "picture_holder": _("Rights holder of this picture:"),
        "picture_later": _("This picture is kept when the leaflet is issued."),
        "table": _("Table"),
        "contents": _("In this leaflet"),
        "words": _("Words explained"),
        "references": _("References"),
        "contact": _("Contact"),
        "about": _("About this leaflet"),
        "draft": _("Draft"),
        # Translators: in the footer of every sheet of paper; keep the placeholders
        "page": _("Page %(number)s of %(total)s"),
        "fingerprint": _("Fingerprint"),
        # Translators: beside a QR code on paper
        "scan": _("Scan for the current edition"),
        # Translators: what a screen reader says of the QR code; it stands for an address
        "code_for": _("QR code of the address %(address)s"),
    }
