"""
Identity of sections, paragraphs and list items.

A key is given once and kept in the stored value. An editor who duplicates a block in Wagtail
duplicates its key too, and a client that writes a page through an API may send none: so on every
save missing keys are found again by looking at what the page said before (the same words first, the
most alike words nearest to the same place next), and a second use of a key becomes a new one.
"""

from __future__ import annotations

import re
import secrets
import uuid
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from patientinfo.formats.inline import plain_text
from patientinfo.formats.segments import RESERVED_IDS
from patientinfo.leaflets.richtext import paragraphs
from patientinfo.leaflets.slots import Raw, items_of, keyed

ALIKE = 0.6  # share of common words from which two texts count as one text reworded
# A long leaflet whose keys are all lost must not cost a comparison of everything with everything:
# a text is compared with those that share one of its rarer words, and with its neighbours.
RARE = 20  # a word in more texts than this says nothing about which of them it is
NEAR = 3  # places before and after
_OWN_WORDS = ("heading", "lead_in", "text", "caption", "alt", "image", "page")
_KEY = re.compile(r"^[a-z0-9][a-z0-9-]{0,79}$")


def assign_keys(body: list[Raw], previous: list[Raw]) -> list[Raw]:
    """
    `body` (changed in place and returned) with every key present, valid and unique.

    `previous` is the body that the page had before; its keys are used again where `body` has none.
    """
    split_paragraphs(body)
    give_ids(body)
    before = _known(previous)
    _drop_repeats(body, before)
    _inherit(body, before)
    taken = {value["key"] for value, _kind in keyed(body) if value.get("key")}
    for value, kind in keyed(body):
        if not value.get("key"):
            value["key"] = _new_key(value, kind, taken)
            taken.add(value["key"])
    return body


def is_settled(body: list[Raw]) -> bool:
    """Whether every value has a key of its own, so that nobody need ask what was said before."""
    found = [value.get("key") or "" for value, _kind in keyed(body)]
    valid = all(_KEY.match(key) and key not in RESERVED_IDS for key in found)
    return valid and len(set(found)) == len(found)


def split_paragraphs(body: list[Raw]) -> None:
    """One paragraph, one text: a rich text of several becomes several blocks, or call-out items."""
    for section in body:
        blocks: list[Raw] = []
        for block in section["value"].get("blocks") or []:
            value = block["value"]
            blocks.append(block)
            if block["type"] == "paragraph":
                texts = _split(value)
                blocks += [{"type": "paragraph", "value": {"key": "", "text": t}} for t in texts]
            elif block["type"] == "callout":
                value["items"] = [
                    item
                    for first in value.get("items") or []
                    for item in (first, *map(_item, _split(first.get("value", first))))
                ]
        section["value"]["blocks"] = blocks


def _split(value: Raw) -> list[str]:
    """Leaves the first paragraph of a value's text in it and returns the others."""
    value["text"], *rest = paragraphs(value.get("text") or "")
    return rest


def _item(text: str) -> Raw:
    return _entry({"key": "", "text": text})


def give_ids(body: list[Raw]) -> None:
    """
    Wagtail's own ids, where they are missing. In its admin a block without one cannot be folded
    away, and an entry of a list without one is taken for old data, shown empty and saved so.
    """
    for section in body:
        for block in (section, *(section["value"].get("blocks") or [])):
            block["id"] = block.get("id") or str(uuid.uuid4())
    for value, _kind in keyed(body):
        for field in ("items", "columns", "rows", "cells"):
            if value.get(field):
                value[field] = [_entry(entry) for entry in value[field]]


def _entry(entry: Any) -> Raw:
    if not isinstance(entry, dict) or "value" not in entry:
        entry = {"value": entry}
    return {"type": "item", "value": entry["value"], "id": entry.get("id") or str(uuid.uuid4())}


# -- recognising --------------------------------------------------------------------------------


@dataclass(slots=True)
class _Known:
    """One keyed value: what it is, its words, what stands in it, its place among its kind."""

    value: Raw
    kind: str
    words: str
    inner: str
    place: int

    @property
    def key(self) -> str:
        return str(self.value.get("key") or "")

    def likeness(self, other: _Known) -> float:
        """The share of common words, 0 to 1; of a section, its heading or its content counts."""
        return max(_share(self.words, other.words), _share(self.inner, other.inner))


def _share(one: str, other: str) -> float:
    mine, theirs = Counter(one.split()), Counter(other.split())
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0


def _known(body: list[Raw]) -> list[_Known]:
    places: Counter[str] = Counter()
    found = []
    for value, kind in keyed(body):
        found.append(_Known(value, kind, words_of(value), _words_inside(value), places[kind]))
        places[kind] += 1
    return found


def words_of(value: Raw) -> str:
    """What a value is recognised by: its words, its picture or page, and its items and cells."""
    own = [str(value.get(f) or "") for f in _OWN_WORDS]
    inner = [words_of(item) for f in ("items", "columns") for item in items_of(value, f)]
    cells = [str(cell.get("value") or "") for cell in value.get("cells") or []]
    return plain_text(" ".join([*own, *inner, *cells])).casefold()


def _words_inside(value: Raw) -> str:
    return " ".join(words_of(block["value"]) for block in value.get("blocks") or [])


def _drop_repeats(body: list[Raw], before: list[_Known]) -> None:
    """
    Empties keys that are not valid, and second uses of one. Of a block and its duplicate, the key
    belongs to the one that says what was said under it before, else to the first.
    """
    said = {known.key: known.words for known in before}
    users: dict[str, list[Raw]] = defaultdict(list)
    for value, _kind in keyed(body):
        key = value.get("key") or ""
        if key in RESERVED_IDS or not _KEY.match(key):
            value["key"] = ""
        else:
            users[key].append(value)
    for key, values in users.items():
        if len(values) > 1:
            faithful = (v for v in values if words_of(v) == said.get(key))
            owner = next(faithful, values[0])
            for value in values:
                if value is not owner:
                    value["key"] = ""


def _inherit(body: list[Raw], before: list[_Known]) -> None:
    """Gives keyless values the keys of the values that they were, kind by kind."""
    if not before or all(value.get("key") for value, _kind in keyed(body)):
        return
    now = _known(body)
    used = {known.key for known in now}
    old = [known for known in before if known.key and known.key not in used]
    new = [known for known in now if not known.key]
    if not old or not new:
        return
    old = _inherit_same(new, old)
    for kind in {known.kind for known in old}:
        _inherit_alike(
            [known for known in new if known.kind == kind and not known.key],
            [known for known in old if known.kind == kind],
        )


def _inherit_same(new: Iterable[_Known], old: list[_Known]) -> list[_Known]:
    """Matches equal words, in reading order; returns what was not found again."""
    by_words: dict[tuple[str, str], deque[_Known]] = defaultdict(deque)
    for known in old:
        if known.words:
            by_words[known.kind, known.words].append(known)
    for known in new:
        if same := by_words.get((known.kind, known.words)):
            known.value["key"] = same.popleft().key
    left = {known.key for waiting in by_words.values() for known in waiting}
    return [known for known in old if not known.words or known.key in left]


def _inherit_alike(new: list[_Known], old: list[_Known]) -> None:
    """Matches values of one kind by the share of common words, nearest place first."""
    having: dict[str, set[int]] = defaultdict(set)
    for index, known in enumerate(old):
        for word in {*known.words.split(), *known.inner.split()}:
            having[word].add(index)
    places = {known.place: index for index, known in enumerate(old)}
    free = set(range(len(old)))
    for known in new:
        near = {places.get(known.place + step) for step in range(-NEAR, NEAR + 1)}
        for word in {*known.words.split(), *known.inner.split()}:
            if len(having.get(word, ())) <= RARE:
                near |= having.get(word, set())
        scores = [
            (old[i].likeness(known), -abs(old[i].place - known.place), -i)
            for i in near
            if i is not None and i in free
        ]
        likeness, _distance, index = max(scores, default=(0.0, 0, 0))
        if likeness >= ALIKE:
            known.value["key"] = old[-index].key
            free.remove(-index)


# -- new keys -----------------------------------------------------------------------------------


def _new_key(value: Raw, kind: str, taken: set[str]) -> str:
    """A section's key is readable, because it stands in addresses; the others are random."""
    if kind == "section":
        stem = slugify(str(value.get("heading") or ""))[:60].strip("-_") or "section"
        stem = re.sub(r"[^a-z0-9-]", "-", stem)
        key, number = stem, 2
        while key in taken or key in RESERVED_IDS:
            key, number = f"{stem}-{number}", number + 1
        return key
    while (key := secrets.token_hex(4)) in taken:
        pass
    return key
