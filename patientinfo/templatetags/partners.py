"""Template tags of the partners' forms: a control that is tied to its help and its error."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from patientinfo.partners import words

register = template.Library()


@register.simple_tag
def control(field: BoundField, hint: str = "") -> SafeString:
    """The control of a field, described by its help and its error, and said to be wrong."""
    attrs: dict[str, Any] = {}
    described_by = _ids(field, hint)
    if described_by:
        attrs["aria-describedby"] = described_by
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.simple_tag
def described(field: BoundField, hint: str = "") -> SafeString:
    """The same for a fieldset, as an attribute."""
    ids = _ids(field, hint)
    return format_html(' aria-describedby="{}"', ids) if ids else SafeString("")


@register.simple_tag
def option_hint(about: Sequence[tuple[str, Any, Any]], value: Any) -> str:
    """What stands beside an option: the help of `about` for its value."""
    return next((str(text) for name, _label, text in about or () if name == str(value)), "")


@register.simple_tag
def ticked(form: Any, name: str) -> list[str]:
    """What is ticked in a field as the page stands."""
    found: list[str] = form.ticked(name)
    return found


@register.simple_tag
def day_of(at: datetime | None) -> str:
    """The day of a moment in words."""
    found = words.when(at)
    return found.text if found else ""


@register.simple_tag
def site_name() -> str:
    """The clinic's name, as it stands over every page."""
    return str(getattr(settings, "WAGTAIL_SITE_NAME", ""))


def _ids(field: BoundField, hint: str) -> str:
    name = f"id_{field.name}"
    parts = [f"{name}_hint"] if hint else []
    parts += [f"{name}_error"] if field.errors else []
    return " ".join(parts)
