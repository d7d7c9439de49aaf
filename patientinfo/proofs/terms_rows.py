"""
The terms of a licence in words, as labelled lines: the same for the proof's page and the letter.

Whoever calls this has activated the language; names of languages, countries, days and lists come
from CLDR.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from patientinfo.channels.parts.record import Line, Row, isolated
from patientinfo.channels.parts.wording import babel_locale, language, moment, number
from patientinfo.licensing.terms import LICENSABLE, PARTS, PHOTOS, TEXT, LicenceTerms, Party, Use
from patientinfo.proofs.subjects import Subject


def public_rows(terms: LicenceTerms, subjects: Sequence[Subject], locale: str) -> list[Row]:
    """What anybody may know, in the order in which people ask for it."""
    return [
        Row(_("Granted to"), (Line(organisation(terms.licensee, locale)),)),
        Row(_("Granted by"), (Line(organisation(terms.licensor, locale)),)),
        Row(_("Leaflets"), tuple(_leaflets(terms, subjects, locale))),
        Row(pgettext("of a leaflet: text, photos", "Parts"), tuple(_parts(terms))),
        Row(_("Languages"), (Line(_languages(terms, locale)),)),
        Row(_("For use"), tuple(Line(words) for words in _uses(terms, locale))),
        Row(pgettext("where a permission holds", "Territory"), (Line(_territory(terms, locale)),)),
        Row(pgettext("of a permission", "Term"), tuple(_term(terms, locale))),
        Row(_("Edition"), tuple(_editions(terms, subjects, locale))),
        Row(_("Changes"), (Line(_changes(terms)),)),
        Row(_("Commercial use"), (Line(_commercial(terms)),)),
        *_credit(terms),
    ]


def organisation(party: Party, locale: str) -> str:
    """Its name and its country."""
    country = _country(party.country, locale) if party.country else ""
    return f"{isolated(party.name)} ({country})" if country else party.name


def _country(code: str, locale: str) -> str:
    return str(babel_locale(locale).territories.get(code, code))


def _listed(words: Iterable[str], locale: str) -> str:
    return str(format_list(list(words), locale=babel_locale(locale)))


def _leaflets(terms: LicenceTerms, subjects: Sequence[Subject], locale: str) -> Iterator[Line]:
    if terms.leaflets is None:
        yield Line(_("All leaflets of %(clinic)s") % {"clinic": isolated(terms.licensor.name)})
    for subject in subjects:
        title, spoken = subject.title_for(locale)
        yield Line(title, lang=spoken if spoken != locale else "", code=not spoken)


def _parts(terms: LicenceTerms) -> Iterator[Line]:
    names = {
        TEXT: pgettext("part of a leaflet", "Text"),
        PHOTOS: _("Pictures whose rights may be passed on"),
    }
    yield from (Line(names[part]) for part in PARTS if part in terms.parts)


def _languages(terms: LicenceTerms, locale: str) -> str:
    if terms.locales is None:
        return _("All languages in which they are issued")
    return _listed(sorted(language(code, locale).name for code in terms.locales), locale)


def _uses(terms: LicenceTerms, locale: str) -> Iterator[str]:
    names = use_names()
    for use in LICENSABLE:
        if use not in terms.uses:
            continue
        run = terms.uses[use].get("run")
        if run:
            limit = ngettext("at most %(number)s copy", "at most %(number)s copies", run) % {
                "number": number(run, locale)
            }
            yield _("%(use)s: %(limit)s") % {"use": names[use], "limit": limit}
        else:
            yield names[use]


def use_names() -> dict[Use, str]:
    """Each use that a licence can name."""
    return {
        Use.WEBSITE: _("On the website"),
        Use.PRINT: _("Printed on paper"),
        Use.PORTAL: _("In the patient portal"),
        Use.SCREEN: _("On screens at the clinic"),
        Use.SOCIAL: _("On social media"),
        Use.TRAINING: _("In the training of staff"),
        Use.EMAIL: _("In e-mails to patients"),
        Use.TRANSLATE: _("Translated into other languages"),
    }


def _territory(terms: LicenceTerms, locale: str) -> str:
    if terms.territory is None:
        return _("Everywhere")
    return _listed(sorted(_country(code, locale) for code in terms.territory), locale)


def _term(terms: LicenceTerms, locale: str) -> Iterator[Line]:
    start, end = moment(terms.starts, locale), moment(terms.ends, locale)
    days = {"start": start.text if start else "", "end": end.text if end else ""}
    if end:
        yield Line(_("From %(start)s to %(end)s, both days included") % days)
    else:
        yield Line(_("From %(start)s until it is revoked") % days)
    yield Line(_("Days are those of the time zone %(zone)s") % {"zone": isolated(terms.time_zone)})


def _editions(terms: LicenceTerms, subjects: Sequence[Subject], locale: str) -> Iterator[Line]:
    titles = {subject.key: subject.title_for(locale)[0] for subject in subjects}
    for (key, code), edition in sorted(terms.pinned.items()):
        yield Line(
            _("%(title)s, %(language)s: edition %(number)s and no other")
            % {
                "title": isolated(titles.get(key, key)),
                "language": language(code, locale).name,
                "number": number(edition, locale),
            }
        )
    if terms.pinned:
        yield Line(_("Of everything else the current edition"))
    else:
        yield Line(_("The current edition; an older one is replaced when a new one is issued"))


def _changes(terms: LicenceTerms) -> str:
    if terms.adaptation:
        return _("The text may be adapted; what it says about health stays as it is")
    return _("Not allowed: everything is shown as it was issued")


def _commercial(terms: LicenceTerms) -> str:
    return pgettext("commercial use", "Allowed") if terms.commercial else _("Not allowed")


def _credit(terms: LicenceTerms) -> list[Row]:
    lines = tuple(Line(text, lang=code) for code, text in sorted(terms.credit.items()))
    return [Row(_("Credit line"), lines)] if lines else []
