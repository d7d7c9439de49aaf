"""
What a search may look through: an answer to it tells what a text contains.

So only those words are searched that whoever asks may read; of the other leaflets the catalogue's
words are found, which are public.
"""

from __future__ import annotations

from django.db.models import Q

from patientinfo.editions.models import CatalogueQuerySet, Status
from patientinfo.formats.search_text import fold
from patientinfo.licensing.guard import LEVELS, Decision, Permitted, Use, decide, facts_of


def gives(decision: Decision, part: str) -> bool:
    """Whether a decision lets a part through."""
    return isinstance(decision, Permitted) and part in decision.parts


def publicly_searchable(use: Use, part: str) -> Q:
    """The entries of whose words of a part anybody may have all, for a use."""
    allowed = Q(pk__in=())
    for level in ("", *LEVELS):
        decisions = {status: decide(None, facts_of(level, status), use) for status in Status.values}
        statuses = [status for status, decision in decisions.items() if gives(decision, part)]
        if statuses:
            allowed |= Q(level=level, status__in=statuses)
    return allowed


def matching(entries: CatalogueQuerySet, search: str, text: Q, photos: Q) -> CatalogueQuerySet:
    """
    Entries with all the words; `text` and `photos` are those whose words of that part count.

    Parts of words count: Dutch and German write compounds as one word, Arabic writes the article
    onto the noun.
    """
    words = dict.fromkeys(fold(search).split())
    if not words:  # signs only: nothing contains them
        return entries.none()
    in_catalogue = Q()
    for word in words:
        text &= Q(full_text__contains=word)
        photos &= Q(photo_text__contains=word)
        in_catalogue &= Q(catalogue_text__contains=word)
    return entries.filter(text | photos | in_catalogue)
