"""Who grants: the clinic, as its letters and licences name it."""

from __future__ import annotations

from django.conf import settings

from patientinfo.conf import get_setting
from patientinfo.licensing.terms import Party


def licensor() -> Party:
    """The clinic: the setting LICENSOR, and where that says no name, the name of the site."""
    given = get_setting("LICENSOR")
    name = given.get("name") or getattr(settings, "WAGTAIL_SITE_NAME", "")
    return Party(**{**given, "name": name})
