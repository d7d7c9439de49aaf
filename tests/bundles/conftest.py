"""Interface words, and an issued leaflet in two languages."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from patientinfo.bundles.making import Bundle
from patientinfo.bundles.orders import editors_bundle, partner_bundle
from patientinfo.exchange.selection import select
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.licensing.models import Licence
from tests.channels.conftest import compiled_catalogs
from tests.fixtures_leaflet import clinic, page, world

__all__ = ["clinic", "compiled_catalogs", "page", "world"]


def opened(bundle: Bundle) -> zipfile.ZipFile:
    """The ZIP as a reader opens it; every member's checksum is right."""
    archive = zipfile.ZipFile(io.BytesIO(b"".join(bundle.chunks())))
    assert archive.testzip() is None
    return archive


def manifest_of(archive: zipfile.ZipFile) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(archive.read("manifest.json"))
    return found


@pytest.fixture
def for_editors(page: LeafletPage) -> Callable[..., Bundle]:
    """`for_editors("text", "markdown", locales=["nl"])`."""

    def make(*channels: str, leaflets: Any = (), locales: Any = ()) -> Bundle:
        return editors_bundle(select(leaflets, locales), channels, timezone.now())

    return make


@pytest.fixture
def for_partner(page: LeafletPage) -> Callable[..., Bundle]:
    """`for_partner(licence, "text", locales=["nl"])`."""

    def make(licence: Licence, *channels: str, leaflets: Any = (), locales: Any = ()) -> Bundle:
        return partner_bundle(licence, select(leaflets, locales), channels, timezone.now())

    return make
