"""
Uses, parts, states and terms in words, for pages and for mails.

Everything is said in the language that is active; `lines_of` serves a wish and frozen terms alike,
so that what was asked and what was offered can be read side by side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.lists import format_list
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from patientinfo.channels.parts.wording import Moment, babel_locale, language, moment, number
from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing.models import Licence
from patientinfo.licensing.terms import PHOTOS, TEXT, LicenceTerms, Use
from patientinfo.licensing.wishes import Wish
from patientinfo.partners import choices

PARTS: dict[str, tuple[str | Promise, str | Promise]] = {
    TEXT: (gettext_lazy("Text"), gettext_lazy("Titles, headings, paragraphs, lists and tables.")),
    PHOTOS: (
        gettext_lazy("Photos and drawings"),
        gettext_lazy("Only those whose owner lets us pass them on; we will say which."),
    ),
}
USES: dict[str, tuple[str | Promise, str | Promise]] = {
    Use.WEBSITE: (gettext_lazy("Website"), gettext_lazy("Pages that anybody can read.")),
    Use.PRINT: (gettext_lazy("Print"), gettext_lazy("Leaflets, letters or posters on paper.")),
    Use.PORTAL: (
        gettext_lazy("Patient portal or app"),
        gettext_lazy("Only for patients who are signed in."),
    ),
    Use.SCREEN: (gettext_lazy("Screens"), gettext_lazy("In waiting rooms and treatment rooms.")),
    Use.SOCIAL: (
        gettext_lazy("Social media"),
        gettext_lazy("Posts and stories in your own channels."),
    ),
    Use.TRAINING: (
        gettext_lazy("Training"),
        gettext_lazy("Lessons and courses for professionals."),
    ),
    Use.EMAIL: (gettext_lazy("E-mail"), gettext_lazy("Sent to your own patients.")),
    Use.TRANSLATE: (
        gettext_lazy("Translation"),
        gettext_lazy("Making a version in a language that we do not have."),
    ),
}
ALL = gettext_lazy("All leaflets")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of terms: what it is about, and what is said of it, in one or more sentences."""

    label: str
    values: tuple[str, ...]


def part_name(part: str) -> str:
    return str(PARTS[part][0]) if part in PARTS else part


def use_name(use: str, limits: Any = None) -> str:
    """`Print (up to 500 copies)`"""
    name = str(USES[use][0]) if use in USES else use
    run = (limits or {}).get("run")
    if not run:
        return name
    copies = ngettext("up to %(count)s copy", "up to %(count)s copies", run)
    return f"{name} ({copies % {'count': number(run, _here())}})"


def joined(items: Iterable[str]) -> str:
    """`Dutch, English and German`, as the language says it."""
    return str(format_list(list(items), locale=babel_locale(_here())))


def day(value: date | None) -> str:
    found = moment(value, _here())
    return found.text if found else ""


def when(at: datetime | None) -> Moment | None:
    """The day of a moment, for a `<time>`."""
    return moment(at, _here())


def on(value: date | None) -> Moment | None:
    """A day, for a `<time>`."""
    return moment(value, _here())


def last_day(licence: Licence) -> str:
    """The last day of a licence's term; empty when it has no fixed end."""
    return day(licence.terms.ends)


def lines_of(terms: Wish | LicenceTerms) -> list[Line]:
    """A wish or terms, line by line; what was left open is left out."""
    made: list[tuple[str, Iterable[str]]] = [
        (_("Leaflets"), _leaflets(terms)),
        (_("Languages"), _languages(terms)),
        (_("Editions"), _editions(terms)),
        (_("Parts"), [joined(part_name(part) for part in sorted(terms.parts, reverse=True))]),
        (_("Uses"), [use_name(use, terms.uses[use]) for use in Use if use in terms.uses]),
        (_("Adaptation"), [_adaptation(terms.adaptation)]),
        (_("Where"), [_territory(terms)]),
        (_("Term"), [_term(terms.starts, terms.ends)]),
        (_("Commercial use"), [_("Yes") if terms.commercial else _("No")]),
        (_("Price to the reader"), [terms.price or _("Free of charge")]),
        (_("Credit line"), _credit(terms)),
        (_("Conditions"), [getattr(terms, "conditions", "")]),
    ]
    lines = (Line(label, tuple(value for value in values if value)) for label, values in made)
    return [line for line in lines if line.values]


def _here() -> str:
    return get_language() or "en"


def _leaflets(terms: Wish | LicenceTerms) -> list[str]:
    if terms.leaflets is None:
        return [str(ALL)]
    entries = CatalogueEntry.objects.filter(key__in=list(terms.leaflets))
    titles = [choice.label for choice in choices.named_leaflets(_here(), entries)]
    asked: frozenset[str] = getattr(terms, "topics", frozenset())
    names = {choice.value: choice.label for choice in choices.topics(_here())}
    collections = sorted(names.get(topic, topic) for topic in asked)
    return [*titles, *(_("Collection: %(topic)s") % {"topic": name} for name in collections)]


def _editions(terms: Wish | LicenceTerms) -> list[str]:
    """Which edition may be used: a wish does not say, terms always do."""
    if isinstance(terms, Wish):
        return []
    if not terms.pinned:
        return [_("Always the current edition")]
    return [_("A fixed edition where the letter names one, otherwise the current one")]


def _languages(terms: Wish | LicenceTerms) -> list[str]:
    if terms.locales is None:
        return [_("All languages")]
    names = sorted(language(code, _here()).name for code in terms.locales)
    return [joined(names)] if names else []


def _adaptation(allowed: bool) -> str:
    return _("With changes to the text") if allowed else _("Word for word, without changes")


def _territory(terms: Wish | LicenceTerms) -> str:
    if terms.territory is None:
        return _("Worldwide")
    return joined(sorted(choices.country_name(code, _here()) for code in terms.territory))


def _term(starts: date | None, ends: date | None) -> str:
    if starts is None:
        return ""
    if ends is None:
        return _("From %(start)s, without a fixed end") % {"start": day(starts)}
    return _("From %(start)s to %(end)s, both days included") % {
        "start": day(starts),
        "end": day(ends),
    }


def _credit(terms: Wish | LicenceTerms) -> list[str]:
    if isinstance(terms, Wish):
        return [terms.credit]
    distinct = set(terms.credit.values())
    if len(distinct) == 1:
        return list(distinct)
    return [
        f"{language(code, _here()).name}: {line}" for code, line in sorted(terms.credit.items())
    ]
