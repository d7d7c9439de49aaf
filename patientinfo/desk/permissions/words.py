"""Wishes and terms in words: the same lines for both, so that they can be read side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from babel import Locale as Languages
from babel.lists import format_list
from django.contrib.auth import get_user_model
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext, to_locale
from django.utils.translation import gettext as _

from patientinfo.editions.models import CatalogueTerm
from patientinfo.licensing import availability
from patientinfo.licensing.moves import Move, Role
from patientinfo.licensing.terms import LICENSABLE, PHOTOS, TEXT, LicenceTerms, Use
from patientinfo.licensing.wishes import Wish

PARTS: dict[str, Any] = {TEXT: gettext_lazy("Text"), PHOTOS: gettext_lazy("Photos and drawings")}
USES: dict[str, Any] = {
    Use.WEBSITE: gettext_lazy("Website"),
    Use.PRINT: gettext_lazy("Print"),
    Use.PORTAL: gettext_lazy("Patient portal or app"),
    Use.SCREEN: gettext_lazy("Screens"),
    Use.SOCIAL: gettext_lazy("Social media"),
    Use.TRAINING: gettext_lazy("Training"),
    Use.EMAIL: gettext_lazy("E-mail"),
    Use.TRANSLATE: gettext_lazy("Translation"),
}
MOVES: dict[str, Any] = {
    Move.SUBMIT: gettext_lazy("Handed in"),
    Move.ASK_BACK: gettext_lazy("Asked back"),
    Move.ANSWER: gettext_lazy("Answered"),
    Move.OFFER: gettext_lazy("Terms offered"),
    Move.AGREE: gettext_lazy("Agreed as second officer"),
    Move.ACCEPT: gettext_lazy("Accepted"),
    Move.DECLINE: gettext_lazy("Declined"),
    Move.WITHDRAW: gettext_lazy("Withdrawn"),
    Move.REOPEN: gettext_lazy("Opened again"),
    "note": gettext_lazy("Note among officers"),
}
ACTS: dict[str, Any] = {
    "granted": gettext_lazy("Granted"),
    "amended": gettext_lazy("Amended"),
    "active": gettext_lazy("Resumed"),
    "suspended": gettext_lazy("Suspended"),
    "revoked": gettext_lazy("Revoked"),
    "renewed": gettext_lazy("Renewed"),
    "reminded": gettext_lazy("Reminded of its end"),
    "key issued": gettext_lazy("Key made"),
    "key revoked": gettext_lazy("Key revoked"),
    "key taken over": gettext_lazy("Key taken over"),
}
_MOST_TITLES = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is asked for or granted. `name` is the same in a wish and in its offer."""

    name: str
    label: str
    values: tuple[str, ...]
    changed: bool = False


def lines(said: Wish | LicenceTerms) -> list[Line]:
    """What a wish or terms say, line by line; every line is there, so that none is overlooked."""
    made: list[tuple[str, str, Iterable[str]]] = [
        ("leaflets", _("Leaflets"), _leaflets(said)),
        ("locales", _("Languages"), _languages(said.locales)),
        ("parts", _("Parts"), [str(PARTS[part]) for part in PARTS if part in said.parts]),
        (
            "uses",
            _("Uses"),
            [use_name(use, said.uses[use]) for use in LICENSABLE if use in said.uses],
        ),
        ("adaptation", _("Adaptation"), [_adaptation(said.adaptation)]),
        ("territory", _("Where"), _territory(said.territory)),
        ("term", _("Term"), [_term(said.starts, said.ends)]),
        ("commercial", _("Commercial use"), [_("Yes") if said.commercial else _("No")]),
        ("price", _("Price to the reader"), [said.price or _("Free of charge")]),
        ("credit", _("Credit line"), _credit(said)),
    ]
    if isinstance(said, LicenceTerms):
        made += [
            ("editions", _("Editions"), _editions(said)),
            ("conditions", _("Conditions"), [said.conditions] if said.conditions else []),
        ]
    return [
        Line(name, label, tuple(filter(None, values)) or ("–",)) for name, label, values in made
    ]


def compared(offered: LicenceTerms, wish: Wish) -> list[Line]:
    """The lines of an offer, those marked that say something else than was asked for."""
    asked = {line.name: line.values for line in lines(wish)}
    asked["credit"] = ()
    return [
        replace(line, changed=asked.get(line.name, ()) not in {(), line.values})
        for line in lines(offered)
    ]


def glance(wish: Wish) -> str:
    """`Text · Dutch and English · Website`: what the queue shows of a wish, without a query."""
    uses = [use_name(use, wish.uses[use]) for use in LICENSABLE if use in wish.uses]
    parts = [str(PARTS[part]) for part in PARTS if part in wish.parts]
    listed = (parts, _languages(wish.locales), uses)
    return " · ".join(str(format_list(items, "unit-short", _here())) for items in listed)


def use_name(use: str, limits: Any) -> str:
    """`Print (up to 500 copies)`"""
    run = (limits or {}).get("run")
    if not run:
        return str(USES[use])
    copies = ngettext("up to %(count)d copy", "up to %(count)d copies", run) % {"count": run}
    return f"{USES[use]} ({copies})"


def move_name(move: str) -> str:
    """What was done with a request, in words."""
    return str(MOVES.get(move, move))


def act_name(act: str) -> str:
    """What was done with a licence, in words."""
    return str(ACTS.get(act, act))


def language_name(code: str) -> str:
    """In the language of whoever reads; the code for one that is not known."""
    return str(Languages.parse(code, sep="-").get_display_name(_here()) or code)


def country_name(code: str) -> str:
    return str(_here().territories.get(code, code))


def joined(items: Iterable[str]) -> str:
    return str(format_list(list(items), locale=_here()))


def person(by: str, partner: str, accounts: Iterable[int | None] = ()) -> str:
    """
    Who acted, as the log has it. A partner, and who signs in with one of `accounts`, is called by
    its organisation; officers by name, because they work together and know one another.
    """
    if by == Role.ASKER:
        return partner
    prefix, _colon, number = by.partition(":")
    if prefix != "user" or not number.isdecimal():
        return by
    if int(number) in accounts:
        return partner
    user = get_user_model().objects.filter(pk=int(number)).first()
    return (user.get_full_name() or user.get_username()) if user else by


def _here() -> Languages:
    return Languages.parse(to_locale(get_language() or "en"))


def _leaflets(said: Wish | LicenceTerms) -> list[str]:
    if said.leaflets is None:
        return [_("All leaflets")]
    known = availability.titles(said.leaflets)
    named = sorted(known.get(key, key) for key in said.leaflets)
    if len(named) > _MOST_TITLES:
        more = len(named) - _MOST_TITLES
        named = [
            *named[:_MOST_TITLES],
            ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more},
        ]
    return named + [
        _("Collection: %(topic)s") % {"topic": name}
        for name in _topics(getattr(said, "topics", ()))
    ]


def _topics(ids: Iterable[str]) -> list[str]:
    rows = CatalogueTerm.objects.filter(kind="topic", value__in=list(ids))
    names = dict(rows.order_by("-entry__is_source").values_list("value", "label"))
    return sorted(names.get(value, value) for value in ids)


def _languages(codes: frozenset[str] | None) -> list[str]:
    return [_("All languages")] if codes is None else sorted(map(language_name, codes))


def _editions(terms: LicenceTerms) -> list[str]:
    if not terms.pinned:
        return [_("Always the current edition")]
    known = availability.titles(key for key, _locale in terms.pinned)
    return [
        _("%(title)s, %(language)s: edition %(number)d only")
        % {"title": known.get(key, key), "language": language_name(locale), "number": number}
        for (key, locale), number in sorted(terms.pinned.items())
    ]


def _adaptation(allowed: bool) -> str:
    return _("With changes to the text") if allowed else _("Word for word, without changes")


def _territory(codes: frozenset[str] | None) -> list[str]:
    return [_("Worldwide")] if codes is None else [joined(sorted(map(country_name, codes)))]


def _term(starts: date | None, ends: date | None) -> str:
    if starts is None:
        return ""
    if ends is None:
        return _("From %(start)s, without a fixed end") % {"start": date_format(starts)}
    return _("From %(start)s to %(end)s, both days included") % {
        "start": date_format(starts),
        "end": date_format(ends),
    }


def _credit(said: Wish | LicenceTerms) -> list[str]:
    if isinstance(said, Wish):
        return [said.credit]
    return [f"{language_name(code)}: {line}" for code, line in sorted(said.credit.items())]
