"""
The gate: what a leaflet still lacks before patients may see it.

Asked in the model's `clean()` when a page goes live and again when its Edition is issued, so no way
of publishing goes round it. Later stages add their own checks with `register` (translations must be
complete); this stage does not know them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from patientinfo.formats.document_schema import AUDIENCES
from patientinfo.formats.inline import clean_text
from patientinfo.leaflets.approval import approvals_of, approver_of, was_approved
from patientinfo.leaflets.completeness import body_gaps
from patientinfo.leaflets.content import read_content
from patientinfo.leaflets.short_text import short_text_advice
from patientinfo.leaflets.snippets import in_language

if TYPE_CHECKING:
    from patientinfo.leaflets.leaflet_page import LeafletPage


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is missing: the form field it belongs to (or ``__all__``) and what to do."""

    field: str
    message: str


Check = Callable[["LeafletPage"], Iterable[Problem]]
_later_checks: list[Check] = []


class NotReadyToPublish(ValidationError):
    """Publishing was refused; `problems` says what is missing."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        by_field: dict[str, list[Any]] = {}
        for problem in problems:
            by_field.setdefault(problem.field, []).append(problem.message)
        super().__init__(by_field)


def register(check: Check) -> None:
    """Adds a check of a later stage; a second registration of the same function is ignored."""
    if check not in _later_checks:
        _later_checks.append(check)


def problems_of(
    page: LeafletPage, publisher: Any = None, *, approval: bool = True
) -> list[Problem]:
    """
    Everything that keeps `page` from being published, in the order of the edit form.

    `publisher` is the user who publishes now: one who may approve does so by publishing. Without
    `approval` the page is only asked whether it is ready to be approved.
    """
    found = [*_words(page), *_pictures(page), *_classification(page)]
    found += [*_dates(page), *_rights_and_contact(page), *_people(page)]
    for check in _later_checks:
        found += check(page)
    if approval and not found and not approvals_of(page) and not approver_of(publisher, page):
        found.append(Problem(NON_FIELD_ERRORS, _not_approved(page)))
    return list(dict.fromkeys(found))


def _not_approved(page: LeafletPage) -> str:
    """What to do about words under which no approval counts."""
    if was_approved(page):
        return _(
            "A later edition has replaced these words since they were approved. Submit the page "
            "for clinical approval again, or publish as a person who may approve."
        )
    return _(
        "Nobody has approved these words. Submit the page for clinical approval, or publish as a "
        "person who may approve."
    )


def advice_on(page: LeafletPage) -> list[Problem]:
    """What an editor is told and may leave as it is: none of it keeps a page from patients."""
    return [Problem("short_text", said) for said in short_text_advice(page)]


def _words(page: LeafletPage) -> Iterator[Problem]:
    if not clean_text(page.title):
        yield Problem("title", _("Write a title: it is how patients find the leaflet."))
    if not clean_text(page.summary):
        yield Problem("summary", _("Write a summary: patients and search results see it first."))
    for gap in body_gaps(page):
        yield Problem("body", gap)


def _pictures(page: LeafletPage) -> Iterator[Problem]:
    content, images = read_content(page)
    alts = {entry["id"]: entry["alt"] for entry in content["images"]}
    for key, image in images:
        if not alts[key]:
            yield Problem(
                "body",
                _("Describe the picture “%(title)s” for people who do not see it.")
                % {"title": image.title},
            )
        if image.consent_until and image.consent_until < timezone.localdate():
            yield Problem(
                "body",
                _("The consent of the people in the picture “%(title)s” has ended: replace it.")
                % {"title": image.title},
            )
        if image.rights_holder is None:
            yield Problem(
                "body",
                _("Say who owns the picture “%(title)s” (edit the image).")
                % {"title": image.title},
            )
        elif in_language(image.rights_holder, page.locale) is None:
            yield _untranslated("body", image.rights_holder, page)


def _classification(page: LeafletPage) -> Iterator[Problem]:
    if not page.audience or not set(page.audience) <= set(AUDIENCES):
        yield Problem("audience", _("Say for whom the leaflet is written."))
    if not all(code.system and code.code for code in page.codes.all()):
        yield Problem(NON_FIELD_ERRORS, _("Give every clinical code its system and its code."))
    if not all(reference.text for reference in page.references.all()):
        yield Problem(NON_FIELD_ERRORS, _("Write the text of every reference."))


def _dates(page: LeafletPage) -> Iterator[Problem]:
    if page.reviewed_on is None:
        yield Problem("reviewed_on", _("Say when the content was last reviewed."))
    if page.review_due is None:
        yield Problem("review_due", _("Say when the next review is due."))
    elif page.reviewed_on is not None and page.review_due <= page.reviewed_on:
        yield Problem("review_due", _("The next review must be after the last one."))
    elif page.review_due < timezone.localdate():
        yield Problem(
            "review_due", _("The review date has passed. Review the leaflet and set a new date.")
        )
    if page.expire_at is not None and page.expire_at <= timezone.now():
        message = _(
            "The moment for which it was planned to go offline has passed: set another, or none."
        )
        yield Problem(NON_FIELD_ERRORS, message)


def _rights_and_contact(page: LeafletPage) -> Iterator[Problem]:
    if page.rights_holder is None:
        yield Problem("rights_holder", _("Say who owns the words of this leaflet."))
    if page.contact is None and "contact" in page.gone:
        message = _("The contact that this draft names was deleted: choose another, or save it so.")
        yield Problem("contact", message)
    for field in ("rights_holder", "contact"):
        snippet = getattr(page, field)
        if snippet is not None and in_language(snippet, page.locale) is None:
            yield _untranslated(field, snippet, page)
    for topic in page.topics.all():
        if in_language(topic, page.locale) is None:
            yield _untranslated("topics", topic, page)


def _untranslated(field: str, snippet: Any, page: LeafletPage) -> Problem:
    return Problem(
        field,
        _("“%(name)s” has no text in %(language)s yet: translate it under Directory.")
        % {"name": snippet, "language": page.locale.get_display_name()},
    )


def _people(page: LeafletPage) -> Iterator[Problem]:
    for contributor in page.contributors.all():
        if contributor.person.consent_on is None:
            yield Problem(
                NON_FIELD_ERRORS,
                _("%(name)s has not agreed to be named: record the consent under People.")
                % {"name": contributor.person},
            )
