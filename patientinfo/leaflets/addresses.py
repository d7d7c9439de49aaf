"""Addresses that pages cannot have, because another part of the site answers there."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from django.urls import Resolver404, get_script_prefix, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from patientinfo.leaflets.gate import Problem

SERVED = "wagtail_serve"  # Wagtail's name for the address of any page


def address_problems(page: Page) -> Iterator[Problem]:
    """
    For the gate: who types the address of `page`, or scans it on paper, has to get that page. What
    stands on no site has no address.
    """
    parts = page.get_url_parts()
    path = unquote(parts[2] or "") if parts else ""
    if path and _answered_by(path, page.locale.language_code) != SERVED:
        message = _("Another part of the site has this address already: choose another slug.")
        yield Problem("slug", message)


def _answered_by(path: str, locale: str) -> str:
    """The name of the address; of one that nothing answers at, that of pages."""
    try:
        with translation.override(locale):
            return resolve("/" + path.removeprefix(get_script_prefix())).url_name or ""
    except Resolver404:
        return SERVED
