"""What a reader is told at the top: a draft, a translation that is behind, an earlier edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from patientinfo.channels.parts.record import state_of
from patientinfo.channels.parts.standing import ChangedPart, Standing
from patientinfo.channels.parts.wording import listed


@dataclass(frozen=True, slots=True)
class Notice:
    """`kind` is `draft` or a status; `items` are the parts that it is about."""

    kind: str
    title: str
    text: str
    items: tuple[str, ...] = ()


def notices_of(standing: Standing, *, draft: bool = False) -> tuple[Notice, ...]:
    """All that has to be said before the first word of the leaflet; often nothing."""
    return tuple(_notices(standing, draft))


def said_of(notice: Notice, locale: str) -> str:
    """A notice on one line, with the parts that it is about."""
    parts = (f"{notice.title}.", notice.text, listed(notice.items, locale))
    return " ".join(filter(None, parts))


def _notices(standing: Standing, draft: bool) -> Iterator[Notice]:
    if draft:
        yield Notice(
            "draft", _("Draft"), _("This text has not been issued. Patients cannot see it.")
        )
    if standing.status == "behind" and standing.source:
        text = _(
            "It was made from edition %(made)s of the original (%(language)s). Edition %(now)s is "
            "now current. These parts have changed since:"
        ) % {
            "made": standing.source_edition,
            "language": standing.source.name,
            "now": standing.source_current_edition,
        }
        items = tuple(_changed(part) for part in standing.changed)
        if not items:  # for safety, and not in the words
            text = f"{state_of(standing)}."
        yield Notice("behind", _("This translation is older than the original"), text, items)
    elif standing.status == "ahead" and standing.source:
        text = _(
            "Its meaning was changed after it was made from edition %(made)s of the original "
            "(%(language)s). The original does not say so yet."
        ) % {"made": standing.source_edition, "language": standing.source.name}
        yield Notice("ahead", _("This translation is newer than the original"), text)
    elif standing.status == "superseded":
        text = _(
            "A later edition of this leaflet has been issued. Permission to use this copy was "
            "given for this edition."
        )
        yield Notice("superseded", _("This is an earlier edition"), text)


def _changed(part: ChangedPart) -> str:
    if part.kind == "section":
        return part.heading
    if part.kind == "title":
        return _("The title")
    if part.kind == "summary":
        return _("The summary")
    if part.kind == "short_text":
        return _("The text message")
    return _("A section that is not in this translation")
