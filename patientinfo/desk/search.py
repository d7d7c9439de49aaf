"""What somebody looks for in a list of the desk."""

from __future__ import annotations

from django.http import HttpRequest

from patientinfo.formats.inline import sayable

LONGEST = 100


def searched(request: HttpRequest) -> str:
    """The words of `?q=`; without characters that no database can look for."""
    return sayable(request.GET.get("q", "")).strip()[:LONGEST]
