"""
Definitions that were made from another than their original is by now.

The original of a definition is the one in the site's own language, which leaflets are written in.
Each row remembers what that was when its own definition was written, and is *behind* when it is
another now. A row that remembers nothing (there was no original) is never behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery


def is_own(term: Any) -> bool:
    """Whether the row is in the site's own language."""
    return bool(term.locale.language_code == settings.LANGUAGE_CODE)


def original_of(term: Any) -> str | None:
    """The definition that the term has in the site's own language; None where it has no row."""
    return originals_of([term], type(term)).get(term.translation_key)


def originals_of(terms: Iterable[Any], model: Any) -> dict[Any, str]:
    """The definitions in the site's own language by `translation_key`; one query."""
    keys = {term.translation_key for term in terms}
    own = model.objects.filter(
        translation_key__in=keys, locale__language_code=settings.LANGUAGE_CODE
    )
    return dict(own.values_list("translation_key", "definition"))


def with_original(terms: QuerySet[Any]) -> QuerySet[Any]:
    """`terms`, each with the definition of its `original`; None where that has no row."""
    own = terms.model.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=settings.LANGUAGE_CODE
    ).order_by()
    return terms.annotate(original=Subquery(own.values("definition")[:1]))


def only_behind(terms: QuerySet[Any]) -> QuerySet[Any]:
    """Those of `terms` whose definition is behind its original."""
    known = with_original(terms).filter(original__isnull=False)
    return known.exclude(definition="").exclude(made_from="").exclude(original=F("made_from"))


def is_behind(term: Any, original: str | None) -> bool:
    """The same of one row beside its original as it is now."""
    remembers = bool(term.definition and term.made_from)
    return remembers and original is not None and original != term.made_from
