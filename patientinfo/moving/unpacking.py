"""
Into an empty installation: all in one transaction, and what is issued is verified before it ends.

Files in storage know no transaction: those that were written are taken away again when it fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models, transaction
from wagtail.models import Page, Revision, Site

from patientinfo.editions.image_files import save_whole, store_original
from patientinfo.editions.models import Edition
from patientinfo.editions.verify import Verification
from patientinfo.leaflets.images import LeafletImage
from patientinfo.moving.opening import Refused, opened
from patientinfo.moving.packing import edition_path, picture_path, table_path, upload_path
from patientinfo.moving.tables import CHUNK, OURS_ALREADY, Model, moved_models, row_from, store

#: What `migrate` makes: the root of all pages, and Wagtail's page that says welcome.
_PAGES_OF_A_NEW_SITE = 2


@dataclass(slots=True)
class Moved:
    """What was moved in."""

    leaflets: int = 0
    editions: int = 0
    pictures: int = 0
    files: list[str] = field(default_factory=list, repr=False)


def move_in(path: Path) -> Moved:
    """Everything in the ZIP at `path`. `Refused`, and then nothing is changed."""
    prove_empty()
    moved = Moved()
    with opened(path) as archive:
        try:
            with transaction.atomic():
                _store(archive, moved)
                _prove_issued()
        except BaseException as error:
            for name in moved.files:
                default_storage.delete(name)
            if isinstance(error, IntegrityError | ValueError | KeyError | TypeError):
                raise Refused(f"Its rows do not fit together: {error}") from error
            raise
    Site.clear_site_root_paths_cache()
    # What is made from the rows, and not moved.
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
    return moved


def prove_empty() -> None:
    """`Refused` when anything was written here already."""
    pages = Page.objects.count()
    if pages > _PAGES_OF_A_NEW_SITE or Revision.objects.exists():
        raise Refused("This installation has pages already; move into an empty one.")
    for model in moved_models():
        if model not in OURS_ALREADY and models.QuerySet(model).exists():
            label = model._meta.verbose_name_plural
            raise Refused(f"This installation has {label} already; move into an empty one.")


def _store(archive: ZipFile, moved: Moved) -> None:
    for model in OURS_ALREADY:
        # Only the rows of a new site; what refers to them (who may edit below the root) stays and
        # refers to the rows that take their place, as constraints are looked at in the end.
        models.QuerySet(model)._raw_delete(connection.alias)  # noqa: SLF001
    for model in moved_models():
        rows = _rows(archive, model, moved)
        while batch := list(islice(rows, CHUNK)):
            store(model, batch)
    _reset_sequences()
    _store_pictures(archive, moved)
    moved.leaflets = Edition.objects.order_by().values("key").distinct().count()


def _rows(archive: ZipFile, model: Model, moved: Moved) -> Iterator[models.Model]:
    with archive.open(table_path(model._meta.label_lower)) as lines:
        for line in lines:
            row: Any = row_from(model, line)
            if isinstance(row, Edition):
                row.document = archive.read(edition_path(row)).decode()
                moved.editions += 1
            elif isinstance(row, LeafletImage):
                _store_upload(archive, row, moved)
            yield row


def _store_upload(archive: ZipFile, row: LeafletImage, moved: Moved) -> None:
    name = PurePosixPath(row.file.name)
    if name.is_absolute() or ".." in name.parts or not name.name:
        raise Refused(f"{str(name)[:200]!r} is no name of a picture.")
    saved = save_whole(str(name), archive.read(upload_path(row)))
    moved.files.append(saved)
    row.file = saved


def _store_pictures(archive: ZipFile, moved: Moved) -> None:
    """The files of Editions' pictures: the originals from the ZIP, smaller sizes made anew."""
    known: set[str] = set()
    for edition in Edition.objects.order_by("pk").iterator(chunk_size=CHUNK):
        for image in edition.data["images"]:
            path = picture_path(image)
            if path in known:
                continue
            known.add(path)
            moved.files.extend(store_original(archive.read(path), image))
            moved.pictures += 1


def _reset_sequences() -> None:
    """The next row of each table gets a number that none has."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(moved_models()))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _prove_issued() -> None:
    differences = list(islice(Verification().differences(), 3))
    if differences:
        raise Refused(f"What was issued is not what it was: {'; '.join(map(str, differences))}")
