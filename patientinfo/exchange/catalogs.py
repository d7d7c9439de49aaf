"""What a translator gets: a source Edition's words, and what we have of them in the language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from patientinfo.exchange.next_edition import Original
from patientinfo.formats.exchange import TranslationFile, Unit, one_line, target_mark
from patientinfo.formats.inline import sayable
from patientinfo.formats.segments import Segment, segments_of
from patientinfo.translation.desk_models import SegmentComment
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.overrides import Overrides
from patientinfo.translation.states import Stored


def translation_file(edition: Original, locale: str) -> TranslationFile:
    """
    The words of a source Edition, or of the next one, with their stored translations into `locale`.

    A translation that was made from other words than the Edition has is fuzzy, and says from which.
    Links are those of the source: where they lead in this language is not the file's to say. Three
    queries, whatever the number of segments.
    """
    stored = SegmentTranslation.objects.filter(key=edition.key, locale=locale)
    rows = {row.path: row for row in stored}
    overrides = Overrides.load(edition.key, locale)
    for row in rows.values():
        row.text = overrides.source_links(row.path, row.text)
    remarks = _open_comments(edition, locale)
    headings = {section["id"]: section["heading"] for section in edition.data["sections"]}
    return TranslationFile(
        key=str(edition.key),
        source_locale=edition.locale,
        locale=locale,
        source_edition=edition.number,
        source_digest=edition.digest,
        title=edition.data["title"],
        units=tuple(
            replace(
                _unit(segment, headings.get(segment.section, ""), rows.get(segment.path)),
                comments=tuple(remarks.get(segment.path, ())),
            )
            for segment in segments_of(edition.data)
        ),
        issued_at=edition.data["issued_at"],
    )


def _open_comments(edition: Original, locale: str) -> dict[str, list[str]]:
    """
    What people have remarked on each segment and nobody has settled; each remark one line, without
    characters that no file can hold, which were stored once.
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    comments = SegmentComment.objects.filter(key=edition.key, locale=locale, resolved_at=None)
    for path, text in comments.order_by("pk").values_list("path", "text"):
        words = one_line(sayable(text))
        if words:
            found[path][words] = None
    return {path: list(said) for path, said in found.items()}


def _unit(segment: Segment, heading: str, row: SegmentTranslation | None) -> Unit:
    """A fuzzy row counts as a draft, whatever was once said of it."""
    fuzzy = row is not None and row.source_hash != segment.hash
    state = "" if row is None else Stored.DRAFT.value if fuzzy else row.state
    return Unit(
        path=segment.path,
        source=segment.text,
        target=row.text if row else "",
        section=heading,
        note=segment.note,
        fuzzy=fuzzy,
        previous_source=row.source_text if row and fuzzy else "",
        state=state,
        inline=segment.inline,
        exported=target_mark(row.text, finished=state != Stored.DRAFT) if row else "",
    )
