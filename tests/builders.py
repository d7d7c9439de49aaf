"""
Small clinics and leaflets for tests: real pages, real editions, fake words.

    site = make_site()
    page = make_leaflet(site, title="Dry needling")   # live, edition 1 in English
    dutch = translate(page, "nl")                     # live, edition 1 in Dutch
    reword(page, {"trigger/text": "<p>New words for this point.</p>"})   # edition 2

Every function works on an empty database too, because the flush after a transactional test takes
the root page and the languages with it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.images import ImageFile
from django.utils.text import slugify
from PIL import Image
from wagtail.blocks import StreamValue
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from patientinfo.leaflets import approval
from patientinfo.leaflets.blocks import LeafletBody
from patientinfo.leaflets.content import raw_body
from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.leaflet_parts import ClinicalCode, Contributor, Reference
from patientinfo.leaflets.slots import slots
from patientinfo.leaflets.snippets import Contact, Person, RightsHolder, Topic
from patientinfo.translation.actions import put_translations
from patientinfo.translation.board import load_board
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.pages import segments_of_page, source_page
from patientinfo.translation.states import State, Stored
from tests.bodies import Raw, sample_sections

LOCALES = ("en", "nl", "de", "es", "ar")

# -- words ------------------------------------------------------------------------------------

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ARABIC = str.maketrans(
    _LATIN + _LATIN.upper(), "ابتثجحخدذرزسشصضطظعغفقكلمنه" + "ابتثجحخدذرزسشصضطظعغفقكلمنه"
)
_KEPT_OR_WORD = re.compile(r"<[^>]*>|&#?\w+;|[^\W\d_]+")


def fake(text: str, locale: str) -> str:
    """
    `text` as if translated: each word another word, the same word each time, tags left alone.
    Arabic is in Arabic letters. No sentence of it is a sentence of `text`.
    """

    def word(match: re.Match[str]) -> str:
        found = match.group()
        if found.startswith(("<", "&")):
            return found
        return found.translate(_ARABIC) if locale == "ar" else f"{found}{locale}"

    return text if locale == "en" else _KEPT_OR_WORD.sub(word, text)


# -- the clinic ---------------------------------------------------------------------------------


@dataclass
class Clinic:
    """A site with a front page in each language, and the snippets in all of them."""

    site: Site
    homes: dict[str, HomePage]
    rights_holder: RightsHolder
    contact: Contact
    topic: Topic
    locales: tuple[str, ...] = field(default=LOCALES)


def make_site(locales: Iterable[str] = LOCALES) -> Clinic:
    """The clinic; the first language is the one that leaflets are written in. Only one a test."""
    codes = tuple(locales)
    known = {code: Locale.objects.get_or_create(language_code=code)[0] for code in codes}
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    homes: dict[str, HomePage] = {}
    for code in codes:
        home = HomePage(title=fake("Uplands Physio Clinic", code), slug=code, locale=known[code])
        if homes:
            home.translation_key = homes[codes[0]].translation_key
        homes[code] = root.add_child(instance=home)
    Site.objects.all().delete()
    site = Site.objects.create(
        hostname="testserver", root_page=homes[codes[0]], is_default_site=True
    )
    Page.objects.child_of(root).exact_type(Page).delete()  # Wagtail's welcome page
    return Clinic(
        site=site,
        homes=homes,
        rights_holder=make_rights_holder(codes),
        contact=in_languages(
            codes,
            Contact(name="Uplands Physio Clinic", email="ask@clinic.example", phone="+1 555 0100"),
        ),
        topic=in_languages(codes, Topic(name="Pain")),
        locales=codes,
    )


def in_languages(locales: Iterable[str], snippet: Any) -> Any:
    """Saves `snippet` in the first of `locales` and its fake translations in the others."""
    first: Any = None
    for code in locales:
        values = {
            f.name: getattr(snippet, f.name)
            for f in snippet._meta.concrete_fields
            if f.name not in ("id", "locale", "translation_key")
        }
        for name in ("name", "statement", "credit_line"):
            if name in values:
                values[name] = fake(values[name], code)
        row = type(snippet)(**values, locale=Locale.objects.get(language_code=code))
        if first is not None:
            row.translation_key = first.translation_key
        row.save()
        first = first or row
    return first


def make_rights_holder(
    locales: Iterable[str] = LOCALES, name: str = "Uplands Physio Clinic"
) -> RightsHolder:
    """A rights holder in every language."""
    holder: RightsHolder = in_languages(
        locales,
        RightsHolder(
            name=name,
            statement=f"{name}. All rights reserved; copy only with written permission.",
            credit_line=f"Information for Patients by {name}",
            url="https://clinic.example/permissions",
        ),
    )
    return holder


def make_person(name: str, *, consent: date | None = date(2026, 1, 5)) -> Person:
    """Somebody who may be named; `consent=None` for one who may not. One person a name."""
    person, _made = Person.objects.get_or_create(name=name, defaults={"consent_on": consent})
    return person


def approver() -> Person:
    """The clinician who vouches for leaflets."""
    return make_person("Dr. A. Prover (fictional)")


def make_image(
    locales: Iterable[str] = LOCALES,
    *,
    title: str = "A needle",
    rights_holder: RightsHolder | None = None,
    size: tuple[int, int] = (900, 600),
    colour: str = "teal",
) -> LeafletImage:
    """A drawn PNG with its own description and, unless given, an owner of its own."""
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, format="PNG")
    data.seek(0)
    return LeafletImage.objects.create(
        title=title,
        file=ImageFile(data, name=f"{slugify(title)}.png"),
        alt_text=f"Drawing: {title}, held above a muscle",
        caption=f"{title}, ten times its size",
        credit="I. Llustrator (fictional)",
        rights_holder=rights_holder or make_rights_holder(locales, "Drawing Office (fictional)"),
    )


# -- leaflets -------------------------------------------------------------------------------------


def make_leaflet(
    clinic: Clinic,
    *,
    title: str = "Dry needling",
    sections: list[Raw] | None = None,
    publish: bool = True,
    locale: str = "",
    parent: Page | None = None,
    **fields: Any,
) -> LeafletPage:
    """A leaflet that lacks nothing, live with its first Edition unless `publish` is False."""
    home = clinic.homes[locale or clinic.locales[0]]
    body = sample_sections() if sections is None else sections
    values: dict[str, Any] = {
        "title": title,
        "slug": slugify(title),
        "summary": f"{title} in a few short and plain sentences.",
        "reviewed_on": date(2026, 3, 1),
        "review_due": date(2036, 3, 1),
        "contact": clinic.contact,
        "rights_holder": clinic.rights_holder,
        "live": False,
        **fields,
    }
    page = LeafletPage(
        **values, body=StreamValue(LeafletBody(), body, is_lazy=True), locale=home.locale
    )
    page.topics = [clinic.topic]
    page.codes = [
        ClinicalCode(system="http://snomed.info/sct", code="44868003", display="Needling")
    ]
    page.references = [Reference(text="A. Uthor, Needles (fictional), 2025")]
    page.contributors = [
        Contributor(
            role="authors", person=make_person("W. Riter (fictional)"), done_on=date(2026, 2, 1)
        )
    ]
    (parent or home).add_child(instance=page)
    if publish:
        return publish_page(page)
    page.save_revision()
    return fresh(page)


def fresh(page: LeafletPage) -> LeafletPage:
    """The page as the database has it."""
    found: LeafletPage = LeafletPage.objects.get(pk=page.pk)
    return found


def publish_page(page: LeafletPage, *, by: Person | None = None, **kwargs: Any) -> LeafletPage:
    """
    Approves what `page` says and publishes it; `kwargs` go to Wagtail's `publish`. What is approved
    already is not approved again: under a translation that would say that it is right beside the
    newest source. One with words that nobody has checked beside that source is refused, as it is by
    every way of signing that people have; only what the checks say of fake words is not asked.
    """
    revision = page.save_revision()
    shown = revision.as_object()
    if by or not approval.approvals_of(shown):
        unchecked = source_page(shown) and [
            line.path for line in load_board(shown) if line.state != State.CHECKED
        ]
        assert not unchecked, unchecked
        approval.approve(shown, by or approver())
    revision.publish(**kwargs)
    return fresh(page)


def publish_approved(page: LeafletPage) -> LeafletPage:
    """Publishes what somebody approved against all rules: what does the rest of the gate say?"""
    revision = page.save_revision()
    approval.approve(revision.as_object(), approver())
    revision.publish()
    return fresh(page)


def reword(
    page: LeafletPage, texts: Mapping[str, str], *, publish: bool = True, **fields: Any
) -> LeafletPage:
    """
    Changes stored texts by path (rich ones as `<p>…</p>`) and columns by name, as an editor would.
    `KeyError` for a path that the page does not have.
    """
    draft: LeafletPage = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    body = raw_body(draft)
    places = {slot.path: slot for slot in slots(body)}
    for path, text in texts.items():
        places[path].fill(text)
    draft.body = StreamValue(LeafletBody(), body, is_lazy=True)
    if publish:
        return publish_page(draft)
    draft.save_revision()
    return fresh(page)


def fake_texts(page: LeafletPage, locale: str) -> dict[str, str]:
    """A fake translation of every segment of `page`."""
    return {path: fake(segment.text, locale) for path, segment in segments_of_page(page).items()}


def translate(
    page: LeafletPage,
    locale: str,
    texts: Mapping[str, str] | None = None,
    *,
    publish: bool = True,
) -> LeafletPage:
    """
    The page in `locale`, made if it is not there; `texts` by path (all of them, fake, when None)
    are put into it, checked.
    """
    target = LeafletPage.objects.filter(
        translation_key=page.translation_key, locale__language_code=locale
    ).first()
    if target is None:
        target = page.copy_for_translation(Locale.objects.get(language_code=locale))
    words = fake_texts(page, locale) if texts is None else texts
    draft = put_translations(target, words)
    # Fake words are nothing for the memory, which would get them from who checks them.
    stored = SegmentTranslation.objects.filter(key=page.translation_key, locale=locale)
    stored.filter(path__in=words).update(state=Stored.CHECKED)
    return publish_page(draft) if publish else fresh(draft)
