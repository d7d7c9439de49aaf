"""Everything into a ZIP, as a stream; in memory there are a few rows, or one file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import PurePath
from typing import Any

import orjson
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from patientinfo import __version__
from patientinfo.bundles.archive import Member, Spool, zip_stream
from patientinfo.editions.image_files import MissingFile, file_name, widths_of
from patientinfo.editions.models import Edition
from patientinfo.leaflets.images import LeafletImage
from patientinfo.moving.tables import CHUNK, line_of, moved_models, rows_of

SCHEMA = "patientinfo/moving/1"
MANIFEST = "moving.json"
TABLES, EDITIONS, PICTURES, UPLOADS = "tables/", "editions/", "pictures/", "uploads/"


def table_path(label: str) -> str:
    return f"{TABLES}{label}.jsonl"


def edition_path(edition: Any) -> str:
    return f"{EDITIONS}{edition.key}/{edition.locale}/{edition.number}.json"


def picture_path(image: Any) -> str:
    """Of an Edition's picture, by the digest that the Document names."""
    return PICTURES + str(image["digest"]).removeprefix("sha256:")


def upload_path(image: LeafletImage) -> str:
    return f"{UPLOADS}{image.pk}{PurePath(image.file.name).suffix}"


def everything() -> Iterator[bytes]:
    """The bytes of the ZIP. `MissingFile` when a picture is gone: half a house does not move."""
    yield from zip_stream(_listed())


def structure() -> list[str]:
    """The migrations that made the tables that move: they have to be the same at the other end."""
    apps = {model._meta.app_label for model in moved_models()}
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app in apps)


def _listed() -> Iterator[Member]:
    """Every member, and last the list of them with their digests."""
    listed = Spool()
    for member in _members():
        row = {"path": member.path, "digest": member.digest, "size": member.size}
        listed.write((b",\n    " if listed.size else b"\n    ") + orjson.dumps(row))
        yield member
    about = {"schema": SCHEMA, "version": __version__, "structure": structure()}
    head = orjson.dumps(about, option=orjson.OPT_INDENT_2).removesuffix(b"\n}")
    whole = Spool()
    for chunk in (head, b',\n  "files": [', *listed.chunks(), b"\n  ]\n}\n"):
        whole.write(chunk)
    listed.close()
    yield Member(MANIFEST, whole)


def _members() -> Iterator[Member]:
    yield from _editions()
    yield from _pictures()
    with ExitStack() as stack:
        for model in moved_models():
            rows = Spool()
            stack.callback(rows.close)
            for row in rows_of(model):
                rows.write(line_of(row))
            yield Member(table_path(model._meta.label_lower), rows)
            stack.close()
    for image in LeafletImage.objects.order_by("pk").iterator(chunk_size=CHUNK):
        yield Member(upload_path(image), _read(image.file.name), packed=True)


def _editions() -> Iterator[Member]:
    rows = Edition.objects.order_by("key", "locale", "number").iterator(chunk_size=CHUNK)
    for edition in rows:
        yield Member(edition_path(edition), edition.document.encode())


def _pictures() -> Iterator[Member]:
    """The original of each picture of an Edition, once."""
    known: set[str] = set()
    for edition in Edition.objects.order_by("pk").iterator(chunk_size=CHUNK):
        for image in edition.data["images"]:
            path = picture_path(image)
            if path not in known:
                known.add(path)
                yield Member(path, _read(file_name(image, widths_of(image)[-1])), packed=True)


def _read(name: str) -> bytes:
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except OSError as error:
        raise MissingFile(f"{name} is not in storage") from error
