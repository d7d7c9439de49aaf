"""
Which tables move, and how a row is said in JSON.

Rows keep their primary keys: in an empty installation they are free, and stored bodies and
revisions refer to pages and pictures by them. What refers to somebody's account refers to nobody
afterwards. Content types, whose numbers are each installation's own, go by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Collection, Locale, Page, Revision, Site

from patientinfo.editions.models import Edition
from patientinfo.leaflets.approval_task import ClinicalApprovalTask
from patientinfo.leaflets.images import LeafletRendition
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.release_models import ReleasedDraft
from patientinfo.translation.rights import LanguageRight

Model = type[models.Model]
Json = dict[str, Any]

CHUNK = 200
#: The stages whose tables hold what was written, translated and issued.
_STAGES = ("patientinfo.leaflets.", "patientinfo.translation.", "patientinfo.editions.")
#: Made again when they are needed, or an installation's own.
_LEFT_BEHIND: set[Model] = {
    LeafletRendition,
    LanguageRight,
    ClinicalApprovalTask,
    ClinicalApprovalTask.groups.through,
}
#: Wagtail's tables that an empty installation has rows in already.
OURS_ALREADY: tuple[Model, ...] = (Locale, Collection, Page, Site)


def moved_models() -> tuple[Model, ...]:
    """Every table that moves, in the order of the members of the ZIP."""
    pages = [m for m in apps.get_models() if issubclass(m, Page) and m is not Page]
    ours = [
        model
        for model in apps.get_models(include_auto_created=True)
        if f"{model.__module__}.".startswith(_STAGES) and model not in _LEFT_BEHIND
    ]
    found = {*OURS_ALREADY, Revision, *pages, *ours, *_old_addresses()}
    return tuple(sorted(found, key=lambda model: model._meta.label_lower))


def _old_addresses() -> Iterator[Model]:
    """Wagtail's redirects, where a site has them: what stands on paper leads to its page still."""
    if apps.is_installed("wagtail.contrib.redirects"):
        yield apps.get_model("wagtailredirects", "Redirect")


def rows_of(model: Model) -> Iterator[Json]:
    """The rows of one table alone, a few at a time, in the order of their keys."""
    rows: models.QuerySet[Any] = models.QuerySet(model).order_by("pk")
    if model is Revision:
        rows = rows.filter(pk__in=_needed_revisions())
    for row in rows.iterator(chunk_size=CHUNK):
        yield as_json(row)


def _needed_revisions() -> models.QuerySet[Any]:
    """
    What is live, what is being worked on, here or by translators, and what is planned; the steps
    between stay behind.
    """
    pages = Page.objects.order_by()
    live = pages.exclude(live_revision=None).values_list("live_revision_id", flat=True)
    latest = pages.exclude(latest_revision=None).values_list("latest_revision_id", flat=True)
    given = ReleasedDraft.objects.order_by().values_list("revision_id", flat=True)
    planned = Revision.page_revisions.exclude(approved_go_live_at=None).order_by()
    needed: models.QuerySet[Any] = live.union(latest, given, planned.values_list("pk", flat=True))
    return Revision.objects.filter(pk__in=list(needed)).values("pk")


def columns(model: Model) -> list[Any]:
    """The columns of the table alone; an Edition's Document is a member of its own."""
    found = [field for field in model._meta.local_concrete_fields]  # noqa: C416 - of a tuple
    return [field for field in found if not (model is Edition and field.name == "document")]


def as_json(row: models.Model) -> Json:
    """A row by its columns."""
    return {field.attname: _said(field, row) for field in columns(type(row))}


def _said(field: Any, row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if value is None or _is_account(field):
        return None
    if field.model is SegmentTranslation and field.name == "helpers":
        return []
    if field.related_model is ContentType:
        kind = ContentType.objects.get_for_id(value)
        return f"{kind.app_label}.{kind.model}"
    if isinstance(field, StreamField):
        return field.get_prep_value(value)
    if isinstance(field, models.FileField):
        return str(value)
    return value


def _is_account(field: Any) -> bool:
    model = field.related_model
    return (
        model is not None
        and model is not ContentType
        and (model._meta.label == settings.AUTH_USER_MODEL)
    )


def line_of(row: Json) -> bytes:
    """A row as a line; moments keep their microseconds, which Django's own encoder cuts off."""
    return orjson.dumps(row, default=str, option=orjson.OPT_APPEND_NEWLINE)


def row_from(model: Model, line: bytes, **more: Any) -> models.Model:
    """The row that a line says, not stored; `ValueError` when it is not one of this table."""
    data = orjson.loads(line)
    expected = {field.attname: field for field in columns(model)}
    if not isinstance(data, dict) or set(data) != set(expected):
        raise ValueError(f"a row of {model._meta.label} has other columns")
    values = {name: _meant(expected[name], value) for name, value in data.items()}
    return model(**values, **more)


def _meant(field: Any, value: Any) -> Any:
    if value is None:
        return None
    if field.related_model is ContentType:
        app_label, _dot, name = str(value).partition(".")
        return ContentType.objects.get_by_natural_key(app_label, name).pk
    if isinstance(field, models.JSONField | StreamField | models.FileField):
        return value
    return field.target_field.to_python(value) if field.related_model else field.to_python(value)


def store(model: Model, rows: list[models.Model]) -> None:
    """
    Rows as they are, into one table alone: no signal is sent, no moment set, no parent row made.
    """
    rows_of_table: Any = models.QuerySet(model)
    rows_of_table._insert(rows, fields=model._meta.local_concrete_fields, raw=True)  # noqa: SLF001
