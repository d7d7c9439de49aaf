"""
The clinic that the walk goes through: leaflets, translations and licences full of canaries.

    knee      en editions 1 and 2, nl, an unpublished translation into de, a draft that is newer
    hip       en editions 1 and 2, nl held back
    shelf, page, open   en, each with a public level of its own: catalogue, read, full
    gone      en editions 1 and 2, withdrawn
    secret    en, never published
"""

from __future__ import annotations

import io
import random
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import time_machine
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image

from patientinfo.editions.image_files import file_name, widths_of
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.formats.canonical import digest_bytes
from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.licensing.models import Licensee
from patientinfo.licensing.request_models import PermissionRequest, RequestEvent
from patientinfo.translation.glossary_models import GlossaryTerm
from patientinfo.translation.pages import segments_of_page
from tests import bodies, builders
from tests.builders import Clinic
from tests.leaks.canaries import (
    CATALOGUE,
    DRAFT,
    GLOSSARY,
    PHOTO,
    REQUEST,
    STORE,
    TEXT,
    WORD,
    Canary,
    Register,
)

#: Title of a photo → may be passed on, days until its people no longer agree.
PHOTOS: dict[str, tuple[bool, int | None, str]] = {
    "ours": (True, None, "JPEG"),
    "theirs": (False, None, "PNG"),
    "lapsed": (True, -1, "JPEG"),
}
LEVELS = {"shelf": "catalogue", "page": "read", "open": "full"}
#: When everything was written: before the consent of one photo ended.
_DAYS_AGO = 10


@dataclass
class Planted:
    """What was built, by the names that tests use."""

    register: Register
    clinic: Clinic
    images: dict[str, LeafletImage] = field(default_factory=dict)
    pages: dict[str, LeafletPage] = field(default_factory=dict)

    def key(self, leaflet: str) -> str:
        return str(self.pages[leaflet].translation_key)

    @property
    def leaflets(self) -> dict[str, str]:
        """Key → name."""
        return {str(page.translation_key): name for name, page in self.pages.items()}


def build_clinic(register: Register) -> Planted:
    """Everything but the licences."""
    with time_machine.travel(timezone.now() - timedelta(days=_DAYS_AGO)):
        planted = Planted(register, builders.make_site(("en", "nl", "de")))
        _explain_words(register, planted.clinic)
        for title in PHOTOS:
            planted.images[title] = _photo(planted, title)
        for name in ("knee", "hip", *LEVELS, "gone", "secret"):
            planted.pages[name] = _leaflet(planted, name)
        _translate(planted)
        planted.pages["gone"].unpublish()
    for edition in Edition.objects.all():
        _plant_files(planted, edition)
    _ask_for_permission(register)
    assert CatalogueEntry.objects.get(key=planted.key("hip"), locale="nl").status == "held"
    assert CatalogueEntry.objects.get(key=planted.key("gone")).status == "withdrawn"
    return planted


def _explain_words(register: Register, clinic: Clinic) -> None:
    """One word that readers are told, which is text of the leaflets that use it; one of editors."""
    locale = clinic.homes["en"].locale
    shown = register.word(TEXT, leaflet="*", locale="en", editions=(1, 2), what="definition")
    hidden = register.word(GLOSSARY)
    GlossaryTerm.objects.create(
        term="meniscus", definition=f"A cushion {shown}.", show_to_readers=True, locale=locale
    )
    GlossaryTerm.objects.create(term="tendon", definition=f"A rope {hidden}.", locale=locale)


def _photo(planted: Planted, title: str) -> LeafletImage:
    """A picture of noise: no two share a row of pixels."""
    may, days, kind = PHOTOS[title]
    word = planted.register.word
    data, size = io.BytesIO(), (420, 30)
    noise = random.Random(title).randbytes(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, noise).save(data, format=kind)
    where = {"leaflet": "*", "editions": (1, 2), "photo": title}
    return LeafletImage.objects.create(
        title=title,
        file=ImageFile(io.BytesIO(data.getvalue()), name=f"{title}.{kind.lower()}"),
        alt_text=f"Somebody {word(PHOTO, locale='*', what='default alt', **where)}",
        caption=f"A photo {word(PHOTO, locale='*', what='default caption', **where)}",
        credit=f"By {word(PHOTO, locale='*', what='credit', **where)}",
        rights_holder=builders.make_rights_holder(planted.clinic.locales, f"Studio {title}"),
        may_sublicense=may,
        consent_until=None
        if days is None
        else timezone.localdate() + timedelta(days=_DAYS_AGO + days),
    )


def _leaflet(planted: Planted, name: str) -> LeafletPage:
    """A leaflet in English and, of the first two, a second edition."""
    secret, twice = name == "secret", name in {"knee", "hip", "gone"}
    both = (1, 2) if twice else (1,)

    def word(kind: str, editions: tuple[int, ...] = both, what: str = "words", **more: str) -> str:
        kind = DRAFT if secret else kind
        return planted.register.word(
            kind, leaflet=name, locale="en", editions=editions, what=what, **more
        )

    page = builders.make_leaflet(
        planted.clinic,
        title=f"{name.title()} {word(CATALOGUE, what='title')}",
        slug=name,
        summary=f"About it {word(CATALOGUE, what='summary')}.",
        access_level=LEVELS.get(name, ""),
        change_note=f"We said {word(TEXT, (1,), 'note')}.",
        sections=[
            bodies.section(
                f"What {word(CATALOGUE, what='heading')}",
                bodies.paragraph(f"First <b>{word(TEXT, both[:1])}</b> of all.", key="changing"),
                bodies.paragraph(f"The meniscus {word(TEXT)} moves.", key="staying"),
                bodies.listing(f"Then {word(TEXT)}:", f"one {word(TEXT)}", key="items"),
                bodies.callout("urgent", f"Help {word(TEXT)}", f"Call {word(TEXT)}", key="alarm"),
                bodies.table(
                    f"Odds {word(TEXT)}", [f"What {word(TEXT)}"], [f"cell {word(TEXT)}"], key="odds"
                ),
                key="what",
            ),
            bodies.section(
                "Pictures",
                *(
                    bodies.picture(
                        image,
                        f"photo-{title}",
                        alt=f"Seen {word(PHOTO, what='alt', photo=title)}",
                        caption=f"Under it {word(PHOTO, what='caption', photo=title)}",
                    )
                    for title, image in planted.images.items()
                ),
                key="pictures",
            ),
        ],
        publish=not secret,
    )
    if twice:
        page = _again(planted, page, name) if name != "hip" else page
    return page


def _again(planted: Planted, page: LeafletPage, name: str, **fields: Any) -> LeafletPage:
    """The second edition; of `knee` also a draft that is newer than it."""
    word = planted.register.word
    text = word(TEXT, leaflet=name, locale="en", editions=(2,))
    note = word(TEXT, leaflet=name, locale="en", editions=(2,), what="note")
    page = builders.reword(
        page,
        {"changing/text": f"<p>Now otherwise {text} it is.</p>"},
        change_note=f"It says {note}.",
        **fields,
    )
    if name == "knee":
        draft = word(DRAFT, leaflet=name, locale="en")
        summary = f"Newer {word(DRAFT, leaflet=name, locale='en')}."
        builders.reword(
            page, {"changing/text": f"<p>Not yet {draft}.</p>"}, publish=False, summary=summary
        )
    return builders.fresh(page)


def _translate(planted: Planted) -> None:
    knee, hip = planted.pages["knee"], planted.pages["hip"]
    published = knee.get_latest_revision_as_object()
    assert published.pk == knee.pk
    builders.translate(knee, "nl", _texts(planted, knee, "nl"))
    builders.translate(knee, "de", _texts(planted, knee, "de", kind=STORE), publish=False)
    builders.translate(hip, "nl", _texts(planted, hip, "nl"))
    planted.pages["hip"] = _again(planted, hip, "hip", significance="safety")


def _texts(planted: Planted, page: LeafletPage, locale: str, kind: str = "") -> dict[str, str]:
    """A fake translation in which each canary has become another."""
    register = planted.register

    def twin(match: re.Match[str]) -> str:
        old = register.words[match[0].encode()]
        return register.word(
            kind or old.kind,
            leaflet=old.leaflet,
            locale=locale,
            editions=(1,),
            photo=old.photo,
            what=old.what,
        )

    planting = re.compile(WORD.pattern.decode())
    return {
        path: builders.fake(planting.sub(twin, segment.text), locale)
        for path, segment in segments_of_page(page).items()
    }


def _plant_files(planted: Planted, edition: Edition) -> None:
    """The files of an Edition's photos in all sizes, and the digests of the originals."""
    for member in edition.data["images"]:
        title = next(t for t in PHOTOS if planted.images[t].sha256 == member["digest"])
        canary = Canary(PHOTO, "*", "*", frozenset({1, 2}), title, what="file")
        for width in widths_of(member):
            with planted.images[title].file.storage.open(file_name(member, width)) as file:
                data = file.read()
            planted.register.plant_file(data, canary)
            digest = digest_bytes(data).removeprefix("sha256:").encode()
            planted.register.files[digest] = Canary(
                PHOTO, "*", "*", frozenset({1, 2}), title, what="digest"
            )


def _ask_for_permission(register: Register) -> None:
    """A request with a message, and what an officer noted for other officers."""
    asked = PermissionRequest.objects.create(
        state="submitted",
        licensee=Licensee.objects.create(name="Asker", email="asker@asker.example"),
        organisation=f"Asking Clinic {register.word(REQUEST)}",
        contact=f"A. Sker {register.word(REQUEST)}",
        email=f"{register.word(REQUEST)}@asker.example",
        wish={"credit": register.word(REQUEST)},
        message=f"Please {register.word(REQUEST)}",
        submitted_at=timezone.now(),
        confirmed_at=timezone.now(),
    )
    RequestEvent.objects.create(
        request=asked,
        at=timezone.now(),
        move="note",
        state="submitted",
        by="asker",
        note=register.word(REQUEST, what="note"),
        internal=True,
    )
