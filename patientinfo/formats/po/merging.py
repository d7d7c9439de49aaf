"""
A translator's file and a newer edition's → the translator's words in the newer file.

The merge is Babel's `Catalog.update`, as `pybabel update` and `msgmerge` do it: words whose source
is the same are kept, words of a similar source are kept as fuzzy with the source that they were
made from, and what the new edition has no more is dropped. Babel compares texts and lets the
context go when they differ; here the path says better than likeness what a text was before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from babel.messages.catalog import Catalog, Message

from patientinfo.formats.exchange import TranslationFile, Unit, remarks, target_digest


@dataclass(frozen=True, slots=True)
class Since:
    """
    What happened where the files come from and stands in none of them: the `target_digest` of the
    last words that a file brought to each path, and the paths whose words were taken away.
    """

    imported: Mapping[str, str] = field(default_factory=dict)
    emptied: Collection[str] = ()


NOTHING_SINCE = Since()


def merge_files(
    theirs: TranslationFile, current: TranslationFile, since: Since = NOTHING_SINCE
) -> TranslationFile:
    """
    `current` with the words of `theirs`, which is the same leaflet and language in the same or an
    older edition. Where `theirs` says nothing final or nothing new, the words of `current` stay.
    """
    catalog = _catalog(theirs, words=True)
    catalog.update(_catalog(current, words=False), keep_user_comments=True)
    before = {unit.path: unit for unit in theirs.units}
    units = []
    for unit in current.units:
        old = before.get(unit.path)
        stays = old is not None and _is_newer(unit, old, since)
        merged = unit if stays else _merged(unit, old, _found(catalog, unit))
        comments = remarks((*unit.comments, *(old.comments if old else ())))
        units.append(replace(merged, comments=comments))
    return replace(current, units=tuple(units))


def _catalog(file: TranslationFile, *, words: bool) -> Catalog:
    catalog = Catalog(locale=file.locale.replace("-", "_"))
    for unit in file.units:
        message = catalog.add(
            unit.source,
            unit.target if words else "",
            context=unit.path,
            user_comments=unit.comments if words else (),
            flags=["fuzzy"] if words and unit.fuzzy else [],
            previous_id=unit.previous_source if words else "",
        )
        # Words are never format strings here, whatever they look like.
        message.flags -= {"python-format", "python-brace-format"}
    return catalog


def _found(catalog: Catalog, unit: Unit) -> Message:
    message = catalog.get(unit.source, unit.path)
    if message is None:
        raise KeyError(unit.path)
    return message


def _is_newer(unit: Unit, before: Unit, since: Since) -> bool:
    """
    Whether the file's words are those that went out or were sent in already, and somebody changed,
    doubted or emptied the stored ones.
    """
    if not unit.target:
        return before.is_as_exported and unit.path in since.emptied
    if before.clean_target == unit.target:
        return before.is_untouched
    if before.is_as_exported:
        return True
    sent_before = since.imported.get(unit.path) == target_digest(before.clean_target)
    return sent_before and before.exported_digest != unit.exported_digest


def _merged(unit: Unit, before: Unit | None, message: Message) -> Unit:
    if before is not None and before.source != unit.source:
        older = before.previous_source if before.fuzzy else ""
        target, fuzzy, previous = before.target, True, older or before.source
    elif before is not None:
        target, fuzzy, previous = before.target, before.fuzzy, before.previous_source
    else:
        target, fuzzy = str(message.string), message.fuzzy
        previous = message.previous_id[0] if message.previous_id else ""
    unfinished = fuzzy or (before is not None and before.state == "draft")
    unfinished_here = unit.fuzzy or unit.state == "draft"
    if not target or (unfinished and unit.target and not unfinished_here):
        return unit
    same = (target, fuzzy, unfinished) == (unit.target, unit.fuzzy, unfinished_here)
    state = unit.state if same else "draft" if unfinished else "translated"
    return replace(unit, target=target, fuzzy=fuzzy, previous_source=previous, state=state)
