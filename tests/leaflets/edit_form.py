"""What a browser sends when the edit form of a leaflet is saved as it was opened."""

from __future__ import annotations

from typing import Any

from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from patientinfo.leaflets.blocks import INLINE_FEATURES
from patientinfo.leaflets.content import raw_body
from patientinfo.leaflets.leaflet_page import LeafletPage

Raw = dict[str, Any]
RICH = {"text", "lead_in"}


def _rich(stored: str) -> str:
    """Stored rich text as Draftail's field holds it."""
    widget = get_rich_text_editor_widget("default", features=INLINE_FEATURES)
    value: str = widget.format_value(stored)
    return value


def _list(values: list[Any]) -> Raw:
    members = {
        str(n): {"value": value, "order": str(n), "deleted": "", "id": "", "type": "item"}
        for n, value in enumerate(values)
    }
    return {"count": str(len(values)), **members}


def _stream(blocks: list[Raw]) -> Raw:
    members = {
        str(n): {
            "value": _struct(block["value"], block["type"]),
            "order": str(n),
            "deleted": "",
            "id": block.get("id") or "",
            "type": block["type"],
        }
        for n, block in enumerate(blocks)
    }
    return {"count": str(len(blocks)), **members}


def _struct(value: Raw, kind: str = "") -> Raw:
    made: Raw = {}
    for name, member in value.items():
        if name == "blocks":
            made[name] = _stream(member)
        elif name in ("items", "columns", "rows"):
            made[name] = _list([_struct(item["value"]) for item in member])
        elif name == "cells":
            made[name] = _list([_rich(cell["value"]) for cell in member])
        elif name in RICH and kind != "leaflet_link":
            made[name] = _rich(member)
        else:
            made[name] = "" if member is None else str(member)
    return made


def _inline(rows: Any, *fields: str) -> Raw:
    values = [
        {**{f: getattr(row, f) or "" for f in fields}, "id": row.pk, "ORDER": n, "DELETE": ""}
        for n, row in enumerate(rows, start=1)
    ]
    formset: Raw = inline_formset(values, initial=len(values))
    return formset


def form_of(page: LeafletPage, **changes: Any) -> Raw:
    """Form fields of `page` as it is in its newest draft; `changes` by field name."""
    draft: LeafletPage = page.get_latest_revision_as_object()
    sent = nested_form_data(
        {
            "title": draft.title,
            "slug": draft.slug,
            "summary": draft.summary,
            "short_text": draft.short_text,
            "seo_title": "",
            "search_description": "",
            "go_live_at": "",
            "expire_at": "",
            "body": _stream(raw_body(draft)),
            "reviewed_on": draft.reviewed_on or "",
            "review_due": draft.review_due or "",
            "contact": draft.contact_id or "",
            "rights_holder": draft.rights_holder_id or "",
            "writing_method": draft.writing_method,
            "access_level": draft.access_level,
            "codes": _inline(draft.codes.all(), "system", "code", "display"),
            "references": _inline(draft.references.all(), "text", "url"),
            "contributors": _inline(draft.contributors.all(), "role", "person_id", "done_on"),
            "comments": inline_formset([]),
        }
    )
    sent = {name.replace("-person_id", "-person"): value for name, value in sent.items()}
    return {
        **sent,
        "audience": draft.audience,
        "topics": [topic.pk for topic in draft.topics.all()],
        **changes,
    }
