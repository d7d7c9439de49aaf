"""
Shared snippets and the Editions that they stand in.

A contact, rights holder, topic, person, glossary term or picture of the library is made once and
shown in many leaflets, and an issued Edition never changes. So editing a snippet changes nothing
that readers see until somebody looks at the list of Editions it would change and reissues them.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Page, ReferenceIndex

from patientinfo.editions.actions import Issued, issue_edition, last_edition
from patientinfo.editions.compose import Document, compose
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.leaflets.content import images_of
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import Contact, Person, RightsHolder, Topic
from patientinfo.translation.glossary_models import GlossaryTerm

logger = logging.getLogger(__name__)

_WORDS = re.compile(r"\w+")
SHARED = (Contact, RightsHolder, Topic, Person, GlossaryTerm, LeafletImage)


@dataclass(frozen=True, slots=True)
class Outdated:
    """A live page whose current Edition would say something else if it were issued now."""

    page: LeafletPage
    edition: Edition


@dataclass(slots=True)
class Reissued:
    """What one reissue did: the new Editions, and the pages that could not be issued and why."""

    editions: list[Edition] = field(default_factory=list)
    refused: list[tuple[LeafletPage, list[str]]] = field(default_factory=list)


def pages_showing(snippet: Any) -> QuerySet[LeafletPage]:
    """Live leaflets that show this row: same language where the snippet is translatable."""
    live = LeafletPage.objects.live().filter(alias_of__isnull=True).select_related("locale")
    return live.filter(_shown_by(snippet)).distinct().order_by("pk")


def _shown_by(snippet: Any) -> Q:
    if isinstance(snippet, Person):
        named = CatalogueEntry.objects.filter(edition__document__contains=str(snippet.uid))
        return Q(contributors__person=snippet) | Q(translation_key__in=named.values("key"))
    if isinstance(snippet, LeafletImage):
        return _picturing(LeafletImage.objects.filter(pk=snippet.pk))
    own = Q(locale=snippet.locale)
    key = snippet.translation_key
    if isinstance(snippet, Topic):
        return own & Q(topics__translation_key=key)
    if isinstance(snippet, Contact):
        return own & Q(contact__translation_key=key)
    if isinstance(snippet, GlossaryTerm):
        return own & Q(translation_key__in=_explaining(snippet).values("key"))
    images = LeafletImage.objects.filter(rights_holder__translation_key=key)
    return own & (Q(rights_holder__translation_key=key) | _picturing(images))


def _picturing(images: QuerySet[LeafletImage]) -> Q:
    pictured = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(LeafletImage),
        to_object_id__in=[str(pk) for pk in images.values_list("pk", flat=True)],
        base_content_type=ContentType.objects.get_for_model(Page),
    ).values_list("object_id", flat=True)
    return Q(pk__in=[int(pk) for pk in pictured])


def _explaining(term: GlossaryTerm) -> QuerySet[CatalogueEntry]:
    """Entries that explain the term, and those that may say it: they have its first word."""
    said = Q(edition__document__contains=str(term.translation_key))
    if term.show_to_readers and term.definition:
        for form in term.forms:
            words = _WORDS.findall(form)
            said |= Q(full_text__icontains=words[0] if words else form)
    entries: QuerySet[CatalogueEntry] = CatalogueEntry.objects.filter(
        said, locale=term.locale.language_code
    )
    return entries


def _shown(snippet: Any, page: LeafletPage, document: Document) -> Any:
    """What a Document of `page` shows of this snippet, and of no other."""
    if isinstance(snippet, Contact):
        return document["contact"]
    if isinstance(snippet, Topic):
        key = str(snippet.translation_key)
        return [topic for topic in document["topics"] if topic["id"] == key]
    if isinstance(snippet, GlossaryTerm):
        key = str(snippet.translation_key)
        return [d for d in document.get("definitions", []) if d["id"] == key]
    if isinstance(snippet, Person):
        return [
            (role, person)
            for role, people in document["people"].items()
            for person in people
            if person["id"] == str(snippet.uid)
        ]
    if isinstance(snippet, LeafletImage):
        shown = {key for key, image in images_of(page).items() if image.pk == snippet.pk}
        return [
            {**picture, "in_place_of": ""}  # a choice of the language, and not the picture's
            for picture in document["images"]
            if picture["id"] in shown
        ]
    owned = {
        picture_id
        for picture_id, image in images_of(page).items()
        if image.rights_holder and image.rights_holder.translation_key == snippet.translation_key
    }
    holder = page.rights_holder
    words = holder is not None and holder.translation_key == snippet.translation_key
    pictures = [(i["id"], i["credit"], i["rights"]) for i in document["images"] if i["id"] in owned]
    return document["rights"] if words else None, pictures


def outdated_by(snippet: Any) -> list[Outdated]:
    """The Editions that `snippet`, as it is now, would change."""
    found = []
    for page in pages_showing(snippet):
        edition = last_edition(page.translation_key, page.locale.language_code)
        if edition and _is_outdated(snippet, page, edition):
            found.append(Outdated(page, edition))
    return found


def _is_outdated(snippet: Any, page: LeafletPage, edition: Edition) -> bool:
    """A page that cannot be composed (the library lost a picture) counts: reissuing says why."""
    try:
        composed = compose(page)
    except (OSError, ValueError):
        logger.exception("Page %s could not be composed.", page.pk)
        return True
    return bool(_shown(snippet, page, composed) != _shown(snippet, page, edition.data))


def reissue(snippet: Any) -> Reissued:
    """Issues every Edition that `snippet` changes; one that is refused does not stop the others."""
    done = Reissued()
    # Sources first: a translation's Edition names the source Edition it was made from.
    for outdated in sorted(outdated_by(snippet), key=lambda o: bool(o.edition.source_locale)):
        try:
            outcome = issue_edition(outdated.page.pk)
        except NotReadyToPublish as refused:
            done.refused.append((outdated.page, list(refused.messages)))
            continue
        except (OSError, ValueError) as error:
            done.refused.append((outdated.page, [str(error)]))
            continue
        if isinstance(outcome, Issued):
            done.editions.append(outcome.edition)
    return done
