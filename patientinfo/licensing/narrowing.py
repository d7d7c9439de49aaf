"""
Whether terms give more than others: what an officer may do alone, and what a partner has to accept.

Pure, and on the safe side: what cannot be compared (another credit line, another condition, another
edition) counts as more. A duty that is added takes away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patientinfo.licensing.terms import LicenceTerms

#: What terms can give more of, in the words of the pages that show them.
NAMES: dict[str, str | Promise] = {
    "licensee": _("Partner"),
    "leaflets": _("Leaflets"),
    "locales": _("Languages"),
    "parts": _("Parts"),
    "uses": _("Uses"),
    "editions": _("Editions"),
    "adaptation": _("Adaptation"),
    "territory": _("Where"),
    "term": _("Term"),
    "commercial": _("Commercial use"),
    "price": _("Price to the reader"),
    "credit": _("Credit line"),
    "conditions": _("Conditions"),
}


def widens(old: LicenceTerms, new: LicenceTerms) -> tuple[str, ...]:
    """What `new` gives more of than `old`, as keys of `NAMES`; empty when it only takes away."""
    return tuple(name for name in NAMES if _WIDER[name](old, new))


def _exceeds(old: frozenset[str] | None, new: frozenset[str] | None) -> bool:
    """None is everything."""
    return old is not None and (new is None or not new <= old)


def _uses(old: LicenceTerms, new: LicenceTerms) -> bool:
    """A use more, or one whose limit is higher or gone."""
    return any(
        use not in old.uses or _beyond(old.uses[use], limits) for use, limits in new.uses.items()
    )


def _beyond(old: Mapping[str, int], new: Mapping[str, int]) -> bool:
    return any(name not in new or new[name] > limit for name, limit in old.items())


def _editions(old: LicenceTerms, new: LicenceTerms) -> bool:
    """
    Another policy gives an edition that the old one did not, sooner or later: one that is pinned
    stays readable when a newer one comes, one that is not follows it.
    """
    return any(
        old.pinned.get(place) != new.pinned.get(place) and _covers(new, *place)
        for place in {*old.pinned, *new.pinned}
    )


def _covers(terms: LicenceTerms, key: str, locale: str) -> bool:
    leaflet = terms.leaflets is None or key in terms.leaflets
    return leaflet and (terms.locales is None or locale in terms.locales)


def _term(old: LicenceTerms, new: LicenceTerms) -> bool:
    if new.first_moment < old.first_moment:
        return True
    before, after = old.end_moment, new.end_moment
    return before is not None and (after is None or after > before)


def _price(old: LicenceTerms, new: LicenceTerms) -> bool:
    """Without a price the reader pays nothing, so that a price is something more."""
    return bool(new.price) and new.price != old.price


def _credit(old: LicenceTerms, new: LicenceTerms) -> bool:
    """A line that has to be shown is gone or another, in a language that is still granted."""
    kept = {code for code in old.credit if new.locales is None or code in new.locales}
    return any(new.credit.get(code) != old.credit[code] for code in kept)


def _conditions(old: LicenceTerms, new: LicenceTerms) -> bool:
    """Nothing that was to be kept to is gone or said otherwise; more can stand around it."""
    return " ".join(old.conditions.split()) not in " ".join(new.conditions.split())


_WIDER: dict[str, Callable[[LicenceTerms, LicenceTerms], bool]] = {
    "licensee": lambda old, new: old.licensee != new.licensee,
    "leaflets": lambda old, new: _exceeds(old.leaflets, new.leaflets),
    "locales": lambda old, new: _exceeds(old.locales, new.locales),
    "parts": lambda old, new: not new.parts <= old.parts,
    "uses": _uses,
    "editions": _editions,
    "adaptation": lambda old, new: new.adaptation and not old.adaptation,
    "territory": lambda old, new: _exceeds(old.territory, new.territory),
    "term": _term,
    "commercial": lambda old, new: new.commercial and not old.commercial,
    "price": _price,
    "credit": _credit,
    "conditions": _conditions,
}
