"""Compose: a page at this moment → a Document. Plain data; no address of a file, no page id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel import Locale as BabelLocale
from django.utils import timezone

from patientinfo.editions.image_files import mime_of
from patientinfo.editions.models import Edition
from patientinfo.formats.document_schema import SCHEMA_NAME
from patientinfo.formats.segments import segments_of
from patientinfo.leaflets.approval import approvals_of
from patientinfo.leaflets.content import fingerprint, fingerprint_of_document, read_content
from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import RightsHolder, in_language
from patientinfo.translation.glossary import terms_for_readers
from patientinfo.translation.overrides import Overrides
from patientinfo.translation.pages import source_page
from patientinfo.translation.people import Makers, makers_of

Document = dict[str, Any]
MACHINE_CHECKED = "machine-checked"


def direction_of(locale: str) -> str:
    """`ltr` or `rtl`, as CLDR says for the language."""
    return str(BabelLocale.parse(locale, sep="-").text_direction)


def compose(page: LeafletPage) -> Document:
    """
    Everything that the page says, without the members that issuing adds (`edition`, `issued_at`,
    `source`). A bounded number of queries, whatever the length.
    """
    content, images = read_content(page)
    source = source_page(page)
    files = dict(images)
    locale = page.locale.language_code
    said = {segment.path: segment.text for segment in segments_of(content)}
    makers = makers_of(page.translation_key, locale, said)
    document = {
        "schema": SCHEMA_NAME,
        "type": "leaflet",
        "key": str(page.translation_key),
        "locale": locale,
        "direction": direction_of(locale),
        "title": content["title"],
        "source_title": source.title if source else None,
        "slug": page.slug,
        "summary": content["summary"],
        "audience": sorted(page.audience),
        "topics": _topics(page),
        "codes": [
            {"system": code.system, "code": code.code, "display": code.display}
            for code in page.codes.all()
        ],
        "sections": content["sections"],
        "images": _images(page, content["images"], files),
        "references": [{"text": r.text, "url": r.url} for r in page.references.all()],
        "people": _people(page, makers),
        "reviewed_on": page.reviewed_on.isoformat() if page.reviewed_on else None,
        "review_due": page.review_due.isoformat() if page.review_due else None,
        "method": _method(page, makers, translated=source is not None),
        "contact": _contact(page),
        "rights": _rights(in_language(page.rights_holder, page.locale)),
        "source": None,
        "significance": None,
        "note": "",
    }
    optional = {
        "short_text": content.get("short_text"),
        "definitions": _definitions(content, locale),
    }
    return {**document, **{name: value for name, value in optional.items() if value}}


def _definitions(content: dict[str, Any], locale: str) -> list[dict[str, Any]]:
    """Words of the leaflet that the glossary explains to patients, in the order of the text."""
    texts = (s.text for s in segments_of(content) if not s.path.endswith("/alt"))
    return [
        {
            "id": str(explained.term.translation_key),
            "term": explained.term.term,
            "text": explained.term.definition,
            "forms": list(explained.forms),
        }
        for explained in terms_for_readers(texts, locale)
    ]


def compose_draft(page: LeafletPage) -> Document:
    """A Document for a preview: whatever is there, numbered 0, not fit to be issued."""
    now = timezone.now().replace(microsecond=0)
    return {**compose(page), "edition": 0, "issued_at": format_moment(now)}


def format_moment(moment: Any) -> str:
    """RFC 3339 in UTC, to the second, with `Z`."""
    return moment.astimezone(timezone.get_fixed_timezone(0)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _topics(page: LeafletPage) -> list[dict[str, str]]:
    rows = [in_language(topic, page.locale) for topic in page.topics.all()]
    named = [{"id": str(row.translation_key), "name": row.name} for row in rows if row]
    return sorted(named, key=lambda topic: topic["id"])


def _method(page: LeafletPage, makers: Makers, *, translated: bool) -> str:
    """
    How the words were made. Of those that the desk has emptied or written anew since, the last
    Edition knows it.
    """
    if makers.machine:
        return MACHINE_CHECKED
    if translated and not makers.whole:
        editions = Edition.objects.filter(
            key=page.translation_key, locale=page.locale.language_code
        )
        last = editions.order_by("-number").first()
        if last is not None and fingerprint_of_document(last.data) == fingerprint(page):
            return str(last.data["method"])
    return page.writing_method


def _people(page: LeafletPage, makers: Makers) -> dict[str, list[dict[str, Any]]]:
    people: dict[str, list[dict[str, Any]]] = {
        role: [] for role in ("authors", "translators", "checkers", "approvers")
    }
    for contributor in page.contributors.select_related("person").all():
        people[contributor.role].append(contributor.person.as_member(contributor.done_on))
    for role, acts in (("translators", makers.translators), ("checkers", makers.checkers)):
        named = {member["id"] for member in people[role]}
        people[role] += [p.as_member(on) for p, on in acts if str(p.uid) not in named]
    for approval in approvals_of(page):
        on = timezone.localdate(approval.approved_at)
        people["approvers"].append(approval.person.as_member(on))
    return people


def _rights(holder: RightsHolder | None) -> dict[str, str]:
    return {
        "holder": holder.name if holder else "",
        "statement": holder.statement if holder else "",
        "credit": holder.credit_line if holder else "",
        "url": holder.url if holder else "",
    }


def _images(
    page: LeafletPage, entries: list[dict[str, str]], files: Mapping[str, LeafletImage]
) -> list[dict[str, Any]]:
    """The pictures; one that a language has of its own says which of the source's it stands for."""
    found = [_image(page, entry, files[entry["id"]]) for entry in entries]
    if found and page.source_locale:
        own = Overrides.load(page.translation_key, page.locale.language_code).pictures
        for image in found:
            override = own.get(image["id"])
            if override is not None and override.image_id == files[image["id"]].pk:
                image["in_place_of"] = override.replaces
    return found


def _image(page: LeafletPage, entry: dict[str, str], image: LeafletImage) -> dict[str, Any]:
    rights = _rights(in_language(image.rights_holder, page.locale))
    return {
        **entry,
        "credit": image.credit or rights["credit"],
        "rights": {
            "holder": rights["holder"],
            "statement": image.rights_statement or rights["statement"],
            "url": rights["url"],
            "sublicensable": image.is_sublicensable,
            "consent_until": image.consent_until.isoformat() if image.consent_until else None,
        },
        "width": image.width,
        "height": image.height,
        "mime": mime_of(image),
        "digest": image.file_digest,
    }


def _contact(page: LeafletPage) -> dict[str, str] | None:
    contact = in_language(page.contact, page.locale)
    if contact is None:
        return None
    return {name: getattr(contact, name) for name in ("name", "email", "phone", "url", "address")}
