"""
What a draft names that is gone by now.

The database keeps what a page points at from being deleted (`PROTECT`), but not what a draft of it
does, and modelcluster refuses to read such a draft at all: nobody could open the page any more.
"""

from __future__ import annotations

from typing import Any

from django.db.models import PROTECT, ForeignKey, Model
from modelcluster.models import get_all_child_relations


def without_gone(model: type[Model], data: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """
    `data` of a draft (as Wagtail stores it) without what is gone, and the names of the columns that
    are empty for it. A row of the page that rests on something that is gone is left out.
    """
    columns = _gone(model, data)
    kept = {**data, **dict.fromkeys(columns)}
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        rows = data.get(name) or []
        kept[name] = [row for row in rows if not _gone(relation.related_model, row)]
    return kept, columns


def _gone(model: type[Model], row: dict[str, Any]) -> list[str]:
    guarded: dict[str, Any] = {
        field.name: field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.remote_field.on_delete is PROTECT
    }
    return [
        name
        for name, other in guarded.items()
        if row.get(name) is not None and not other.objects.filter(pk=row[name]).exists()
    ]
