"""An office of translators: who is there, what lies on the desk, and files for the post."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import APIToken, Locale

from patientinfo.editions.models import Edition
from patientinfo.exchange.catalogs import translation_file
from patientinfo.exchange.kinds import KINDS
from patientinfo.formats.tmx import MemoryUnit, write_tmx
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.sending import send_for_translation
from tests import builders
from tests.fixtures_desk import make_member

ROOT = "/api/v1/translations/"
TITLE = "Droge naalden in de spier"
PRIVATE = "private, no-store"

Ask = Callable[..., Any]


@dataclass
class Office:
    """Who and what is there before each test: an English leaflet, sent to the Dutch translators."""

    page: LeafletPage
    dutch: LeafletPage
    users: dict[str, int]


def build() -> Office:
    page = builders.make_leaflet(builders.make_site())
    admin = User.objects.create_superuser("root", "root@clinic.example", "a-password")
    people = {
        "translator": make_member("joost", "nl", "translate"),
        "checker": make_member("carla", "nl", "check"),
        "signer": make_member("signe", "nl", "sign_off"),
        "arabic": make_member("salma", "ar", "translate", "check", "sign_off"),
        "nobody": make_member("nemo", "nl"),
        "admin": admin,
    }
    dutch = send_for_translation(page, Locale.objects.get(language_code="nl"), admin)
    return Office(page, dutch, {name: user.pk for name, user in people.items()})


def token_of(user: Any) -> str:
    _token, secret = APIToken.create_token(user=user, name="a tool")
    return secret


def upload(kind: str = "po", locale: str = "nl", **targets: str) -> SimpleUploadedFile:
    """A file with these translations by path (`__` for `/`)."""
    file = translation_file(Edition.objects.get(locale="en", number=1), locale)
    texts = {path.replace("__", "/"): text for path, text in targets.items()}
    units = tuple(
        replace(u, target=texts[u.path], state="translated") if u.path in texts else u
        for u in file.units
    )
    data = KINDS[kind].write(replace(file, units=units))
    return SimpleUploadedFile(f"dry-needling.{locale}{KINDS[kind].suffix}", data)


def memory(*pairs: tuple[str, str, str]) -> SimpleUploadedFile:
    """A TMX file of (language, source, translation)."""
    out = io.BytesIO()
    write_tmx((MemoryUnit("en", code, source, text) for code, source, text in pairs), out)
    return SimpleUploadedFile("memory.tmx", out.getvalue())


def whole(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)
