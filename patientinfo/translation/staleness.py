"""
Which parts of a translation were made from words that have changed since.

Works on Documents and hashes of the source, so it needs no page and no store: a translation stays
behind its source whatever lies in drafts, also when somebody publishes it again unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from patientinfo.formats.segments import OUTSIDE, segments_of


def stale_sections(
    translation: Mapping[str, Any], source: Mapping[str, Any], made_from: Mapping[str, str]
) -> list[str]:
    """
    Ids of the sections in which `translation` does not say what `source` says, in reading order.

    A section is stale when a source segment was added or changed since its translation was made,
    when the translation still has a segment that the source dropped, or when what is no text says
    something else: the order of sections or steps, do or don't, the kind of a call-out, another
    picture. Ids are section ids, or `title`, `summary` and `short_text`.
    """
    wanted = segments_of(source)
    own = segments_of(translation)
    present = {segment.path for segment in own}
    wanted_paths = {segment.path for segment in wanted}
    stale = [
        segment.section
        for segment in wanted
        if segment.path not in present or made_from.get(segment.path) != segment.hash
    ]
    stale += _reshaped(translation, source)
    captions = {f"{image['id']}/caption" for image in _own_pictures(translation)}
    stale += [segment.section for segment in own if segment.path not in wanted_paths | captions]
    order = [*OUTSIDE, *(section["id"] for section in source["sections"])]
    known = [place for place in order if place in stale]
    return known + [place for place in dict.fromkeys(stale) if place not in order]


def _own_pictures(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Pictures of its own; they may have a caption where the source's has none."""
    return [image for image in document.get("images", []) if "in_place_of" in image]


def _reshaped(translation: Mapping[str, Any], source: Mapping[str, Any]) -> list[str]:
    """
    Ids of the sections that are made of other blocks, or of the same in another order, and of those
    that stand in another place among the others.
    """
    mine, theirs = shapes_of(translation), shapes_of(source)
    reshaped = [key for key in {**theirs, **mine} if mine.get(key) != theirs.get(key)]
    return reshaped + moved(list(mine), list(theirs))


def moved(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Of the ids that both have the fewest that are in another place among them."""
    old = [one for one in before if one in after]
    new = [one for one in after if one in before]
    if old == new:
        return []
    kept = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    still = {one for match in kept for one in new[match.b : match.b + match.size]}
    return [one for one in new if one not in still]


def shapes_of(document: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """
    Each section's blocks without their words; a picture is what its file is, or the file of the
    source's that it stands in place of.
    """
    files = {
        image["id"]: image.get("in_place_of", image.get("digest"))
        for image in document.get("images", [])
    }
    return {
        section["id"]: [_shape(block, files) for block in section["blocks"]]
        for section in document["sections"]
    }


def _shape(block: Mapping[str, Any], files: Mapping[str, Any]) -> dict[str, Any]:
    shape = {name: block.get(name) for name in ("type", "id", "kind", "key")}
    for name in ("items", "columns", "rows"):
        shape[name] = [part["id"] for part in block.get(name, [])]
    return {**shape, "file": files.get(block.get("image", ""))}
