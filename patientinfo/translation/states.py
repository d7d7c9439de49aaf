"""
The state of a segment as people see it.

Stored rows know three states; two more follow from where the words came from and whether the
source has changed since. A row made from older words is *fuzzy* and counts as a draft, whatever
somebody once said of it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stored(models.TextChoices):
    """What somebody has said of the words of one row."""

    DRAFT = "draft", _("Draft")
    TRANSLATED = "translated", _("Translated")
    CHECKED = "checked", _("Checked")


class Origin(models.TextChoices):
    """Where the words of a row came from."""

    HUMAN = "human", _("Written by a person")
    MACHINE = "machine", _("Machine-made")
    MEMORY = "memory", _("From the translation memory")
    IMPORT = "import", _("From a file")


class State(models.TextChoices):
    """What the desk shows, from least to most finished."""

    EMPTY = "empty", _("Empty")
    FUZZY = "fuzzy", _("Source has changed")
    MACHINE = "machine", _("Machine-made")
    DRAFT = "draft", _("Draft")
    TRANSLATED = "translated", _("Translated")
    CHECKED = "checked", _("Checked")


def state_of(stored: str | None, origin: str, made_from: str, current: str) -> State:
    """
    The state of one segment. `stored` is None where there is no row; `made_from` and `current` are
    the hashes of the source text then and now.
    """
    if stored is None:
        return State.EMPTY
    if made_from != current:
        return State.FUZZY
    if stored == Stored.DRAFT:
        return State.MACHINE if origin == Origin.MACHINE else State.DRAFT
    return State(stored)
