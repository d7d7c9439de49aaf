"""Pages that somebody has locked in Wagtail: nobody else publishes them, from the desk neither."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import BasicLock

from patientinfo.leaflets.leaflet_page import LeafletPage


def why_locked(page: LeafletPage, user: Any) -> str:
    """What `user` is told about a page that is locked for them; empty where it is not."""
    if not page.locked or not BasicLock(page).for_user(user):
        return ""
    return _("Somebody has locked this page in the page editor: it has to be unlocked first.")
