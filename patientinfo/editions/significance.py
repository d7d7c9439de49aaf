"""
How much an Edition's change matters, and what follows for translations.

An editor says it once, for the next Edition of the source: *cosmetic* makes nothing stale,
*content* leaves translations behind, *safety* holds them back until they are signed off again.
Publishing by schedule, in bulk or over an API asks nobody, so what is not said counts as content.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet
from wagtail.log_actions import log
from wagtail.models import Revision

from patientinfo.conf import get_setting
from patientinfo.editions.compose import compose
from patientinfo.editions.models import Edition, Status
from patientinfo.formats.inline import plain_text
from patientinfo.formats.segments import segments_of
from patientinfo.leaflets.content import fingerprint
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.checks.reading import EMAIL, WEB
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.staleness import shapes_of

COSMETIC, CONTENT, SAFETY = "cosmetic", "content", "safety"
#: What a Document says beside its words and pictures that an approval covers too.
FACTS = ("audience", "codes", "references")
RAISED = "patientinfo.significance_raised"
LOOKED_AT = 50  # Editions of a translation looked at for one that went ahead of its source
_LINKS = re.compile(r'href="[^"]*"')  # no words, and still no cosmetics
#: What raises and lowers figures, as characters that stand where the codes stood.
_RAISED = {"<sup>": "\ue000", "</sup>": "\ue001", "<sub>": "\ue002", "</sub>": "\ue003"}
_RAISING = re.compile("|".join(_RAISED))
_GAP = re.compile(r"[\W_]+")  # what stands between two words or figures
_SPACE = re.compile(r"\s+")
_DASH = re.compile(r"\s*[-‐‑‒–—]\s*$")  # before a figure: of a range, or a minus
_OF_SENTENCES = frozenset(";:!?…¿¡،؛؟")
#: What may stand within a word: hyphens, apostrophes, what is not seen.
_WITHIN = frozenset("-‐‑'’ʼ\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_OVER = frozenset({"Mn", "Mc", "Me"})  # what is written over a letter, or beside it
_PARTING = frozenset({"Pd", "Ps", "Pe", "Pi", "Pf"})  # dashes, brackets and quotation marks


def significance_of(
    page: LeafletPage, last: Edition | None, document: Mapping[str, Any], *, translated: bool
) -> str | None:
    """
    The member `significance` of the next Edition, `document`; None for a first, which changes
    nothing. A source that was called cosmetic and says something else counts as content: readers of
    the translations must not be told that those are current.
    """
    if last is None:
        return None
    if translated:
        return page.significance or None
    if page.significance == COSMETIC and proposed(last.data, document) == CONTENT:
        log(instance=page, action=RAISED, data={"edition": last.number + 1})
        return CONTENT
    return page.significance or CONTENT


def propose(page: LeafletPage) -> str:
    """
    What `page`, as it is before it is saved, changes in the last Edition; see `proposed`. Empty for
    a page that has none. *Content* where the library has lost a picture: its leaflet has to open,
    or nobody can choose another.
    """
    last = Edition.objects.filter(key=page.translation_key, locale=page.locale.language_code)
    newest = last.order_by("-number").first()
    try:
        return proposed(newest.data, compose(page)) if newest is not None else ""
    except (OSError, ValueError):
        return CONTENT


def counts_as_content(page: LeafletPage) -> bool:
    """
    Whether `page` is called cosmetic and changes more: in the Edition that was just made of it, or
    in the next.
    """
    if page.significance != COSMETIC or page.source_locale:
        return False
    made = Edition.objects.filter(
        key=page.translation_key,
        locale=page.locale.language_code,
        revision_id=page.latest_revision_id,
    ).first()
    return made.data["significance"] == CONTENT if made else propose(page) == CONTENT


def clear_choice(page: LeafletPage) -> None:
    """
    The choice was for one Edition: empties it in the page, in the published draft and in every
    newer one that has it still. What a newer draft says otherwise was said of that draft, and so
    may be what is said alike of a draft that says more: there only *cosmetic* is emptied.
    """
    used = {"significance": page.significance, "change_note": page.change_note}
    if not any(used.values()):
        return
    LeafletPage.objects.filter(pk=page.pk).update(significance="", change_note="")
    if page.live_revision_id is None:
        return
    said = fingerprint(page)
    for revision in page.revisions.filter(pk__gte=page.live_revision_id):
        same = {name: "" for name, value in used.items() if revision.content.get(name) == value}
        if same and not _has_own_choice(revision, page, said):
            revision.content = {**revision.content, **same}
            revision.save(update_fields=["content"])


def _has_own_choice(revision: Revision, page: LeafletPage, said: str) -> bool:
    """
    Whether the choice in a draft newer than the published one is kept for an Edition of its own.
    Nobody can tell one that was made from one that was taken along: to warn once too often does no
    harm, to call too much cosmetic would. `said` is the fingerprint of `page`.
    """
    if revision.pk == page.live_revision_id:
        return False
    if revision.content.get("significance") not in (CONTENT, SAFETY):
        return False
    return fingerprint(revision.as_object()) != said


def proposed(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """
    `cosmetic` when the two Documents differ in punctuation, spacing and case only, else `content`:
    another word, number, address, picture, or another order; or words and facts (`FACTS`) together.
    Empty when no word and none of this differs.
    """
    old = {segment.path: segment.text for segment in segments_of(before)}
    new = {segment.path: segment.text for segment in segments_of(after)}
    shapes = [list(shapes_of(document).items()) for document in (before, after)]
    if shapes[0] != shapes[1] or old.keys() != new.keys():
        return CONTENT
    changed = [path for path in new if new[path] != old[path]]
    if not changed:
        return ""
    same = all(_letters(old[path]) == _letters(new[path]) for path in changed)
    same = same and all(before.get(name) == after.get(name) for name in FACTS)
    return COSMETIC if same else CONTENT


def _letters(text: str) -> tuple[list[str], str]:
    """
    Addresses as they are; then letters and digits in one case, with what matters of the signs
    between them. A minus, a decimal point, a per cent sign, a slash, a "less than" or a raised
    figure that moves is no cosmetic change.
    """
    plain = plain_text(_RAISING.sub(lambda code: _RAISED[code[0]], text))
    addresses = [*_LINKS.findall(text), *EMAIL.findall(plain), *WEB.findall(plain)]
    said = plain.lower()  # not `casefold`: Massen are no Maßen
    kept = "/&@%+-−.," if any(_is_figure(c) for c in said) else "/&@"
    return addresses, _GAP.sub(lambda gap: _between(gap, kept), said)


def _between(gap: re.Match[str], kept: str) -> str:
    """
    What matters of a gap between words or figures. Two figures stay two whatever parts them, so
    there all of it does: 9:30 is not 930, nor are the days 3; 4 day 34. Beside one figure all does
    that is no mark of a sentence: a foot, a minute and a per mille are no punctuation. Two words
    stay two, whatever parts them: "not able" is not "notable", nor is "rest—not", while "e-mail" is
    "email".
    """
    start, end = gap.span()
    before, after = gap.string[start - 1 : start], gap.string[end : end + 1]
    signs = _DASH.sub("-", gap[0]) if _is_figure(after) else gap[0]
    if _is_figure(before) and _is_figure(after):
        return _SPACE.sub(" ", signs)
    beside = _is_figure(before) or _is_figure(after)
    said = [c for c in signs if c in kept or _is_sign(c) or (beside and not _is_mark(c))]
    parting = {c for c in gap[0] if unicodedata.category(c) not in _OVER} - _WITHIN
    apart = any(map(str.isspace, parting)) if beside else bool(parting)
    return "".join(said) + " " * (apart and bool(before and after))


def _is_figure(character: str) -> bool:
    """Also a half, or a raised two; not where a text begins or ends."""
    return bool(character) and unicodedata.category(character)[0] == "N"


def _is_sign(character: str) -> bool:
    """
    Of mathematics, money, pictures of a tick or a cross, what is written over a letter, and what
    raises or lowers one.
    """
    category = unicodedata.category(character)
    return category in {"Sm", "Sc", "So", "Co"} or category in _OVER


def _is_mark(character: str) -> bool:
    """Whether it does no more than part words: a space, a bracket, a quotation mark, a colon."""
    category = unicodedata.category(character)
    return category in _PARTING or category[0] in "ZC" or character in _OF_SENTENCES


def rebase_translations(before: Mapping[str, Any], after: Mapping[str, Any]) -> int:
    """
    After a cosmetic Edition: translations made from the old words count as made from the new ones.
    Returns how many rows that were; two queries a changed segment.
    """
    old = {segment.path: segment for segment in segments_of(before)}
    moved = 0
    for segment in segments_of(after):
        earlier = old.get(segment.path)
        if earlier is None or earlier.hash == segment.hash:
            continue
        moved += SegmentTranslation.objects.filter(
            key=after["key"], path=segment.path, source_hash=earlier.hash
        ).update(source_hash=segment.hash, source_text=segment.text)
    return moved


def source_hashes(edition: Edition) -> dict[str, str]:
    """
    For each path of a translation's Edition the hash of the source text that it is right for: the
    one that it was signed beside, as cosmetic Editions of the source since have it. One query, and
    one more where there are such.
    """
    hashes = dict(edition.made_from)
    cosmetic = set(_newer_sources(edition, COSMETIC).values_list("number", flat=True))
    if not cosmetic:
        return hashes
    sources = Edition.objects.filter(
        key=edition.key,
        locale=edition.source_locale,
        number__in=cosmetic | {number - 1 for number in cosmetic},
    ).order_by("number")
    for before, after in pairwise(sources.iterator(chunk_size=2)):
        if after.number not in cosmetic or after.number != before.number + 1:
            continue
        if proposed(before.data, after.data) != COSMETIC:
            continue
        old = {segment.path: segment.hash for segment in segments_of(before.data)}
        for segment in segments_of(after.data):
            if segment.path in old and hashes.get(segment.path) == old[segment.path]:
                hashes[segment.path] = segment.hash
    return hashes


def _newer_sources(edition: Edition, significance: str) -> QuerySet[Edition]:
    """Of the source Editions since the one that a translation names, those that matter so much."""
    found: QuerySet[Edition] = Edition.objects.filter(
        key=edition.key,
        locale=edition.source_locale,
        number__gt=edition.source_edition or 0,
        # A Document is canonical JSON, and quotes within its texts are escaped.
        document__contains=f'"significance":"{significance}"',
    )
    return found.order_by("number")


def standing_of(edition: Edition, source: Edition | None, stale: list[str]) -> str:
    """How a translation's Edition stands beside the newest Edition of its source."""
    if source is None:
        return Status.CURRENT
    if _newer_sources(edition, SAFETY).exists():
        # Also where no word of it is stale: a change of the audience may matter for safety too.
        return Status.HELD if get_setting("SAFETY_HOLDS") else Status.BEHIND
    if stale or _is_for_others(edition, source):
        return Status.BEHIND
    return Status.AHEAD if _went_ahead(edition) else Status.CURRENT


def _is_for_others(edition: Edition, source: Edition) -> bool:
    """Whether the source is for somebody else by now, and was not said to change no content."""
    if edition.data["audience"] == source.data["audience"]:
        return False
    return bool(_newer_sources(edition, CONTENT).exists())


def _went_ahead(edition: Edition) -> bool:
    """
    Whether somebody changed the meaning of a translation while its source stayed, or was issued as
    cosmetic, in this Edition or in an earlier one whose words stand in it.
    """
    before = Edition.objects.filter(
        key=edition.key, locale=edition.locale, number__lt=edition.number
    ).order_by("-number")[:LOOKED_AT]
    said, newer, own = False, edition, source_hashes(edition)
    for found in before.iterator(chunk_size=2):
        moved = found.made_from != newer.made_from
        if moved and source_hashes(found) != own:
            break
        said = said or newer.data["significance"] in (CONTENT, SAFETY)
        newer = found
    return said and bool(proposed(newer.data, edition.data))
