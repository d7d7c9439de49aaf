"""
A bundle for people: `index.html`, and a page in each language with the leaflets in it.

The pages are made row by row while the bundle is, and stand by themselves: no script, no style
sheet, nothing from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from patientinfo.bundles.archive import Member, Spool
from patientinfo.bundles.ledger import LeftOut
from patientinfo.bundles.recipients import Recipient
from patientinfo.channels.parts.wording import language
from patientinfo.channels.renditions import Order
from patientinfo.licensing.guard import Reason

TEMPLATES = "patientinfo/bundles/"
FRONT = "index.html"
#: Where the rows of a page go, between what stands before and behind them.
_ROWS = "<!-- rows -->"

_REASONS: Mapping[str, Any] = {
    Reason.NOT_LICENSED: _("The permission does not cover it."),
    Reason.PART_NOT_LICENSED: _("The permission does not cover this part."),
    Reason.USE_NOT_LICENSED: _("The permission does not cover this form."),
    Reason.HELD: _("It is held back at the moment."),
    Reason.WITHDRAWN: _("It was withdrawn."),
    Reason.RECALLED: _("It was recalled."),
    Reason.REDACTED: _("A part of it was removed, and it is not given out any more."),
}
_FAILED = _("It could not be made in this form.")


def name_of(locale: str) -> str:
    return f"index.{locale}.html"


@dataclass(slots=True)
class Shelf:
    """One leaflet on its page: its forms that are there, and those that are not."""

    title: str
    order: Order | None = None
    files: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[dict[str, Any]] = field(default_factory=list)

    def add(self, order: Order, path: str, size: int) -> None:
        self.order = order
        self.files.append({"path": path, "label": order.channel.label, "size": size})

    def leave_out(self, label: Any, why: LeftOut) -> None:
        self.left_out.append({"label": label, "reason": _REASONS.get(why.reason, _FAILED)})


class Index:
    """The pages of a bundle, a spool for each language."""

    def __init__(self, locales: Iterable[str], recipient: Recipient, clinic: str) -> None:
        self._rows = {locale: Spool() for locale in locales}
        self._recipient, self._clinic = recipient, clinic

    def add(self, locale: str, shelf: Shelf) -> None:
        """A leaflet, in the order in which it shall stand."""
        with translation.override(locale):
            row = render_to_string(f"{TEMPLATES}row.html", {"shelf": shelf})
        self._rows[locale].write(row.encode())

    def pages(self) -> Iterator[Member]:
        """A page for each language, and the front; in the order of their names."""
        members = {name_of(locale): rows for locale, rows in self._rows.items()}
        for name in sorted({*members, FRONT}):
            if name == FRONT:
                yield Member(FRONT, self._front())
            else:
                yield Member(name, self._page(name, members[name]))

    def _page(self, name: str, rows: Spool) -> Spool:
        locale = name.removeprefix("index.").removesuffix(".html")
        before, _marker, behind = self._rendered("index.html", locale).partition(_ROWS)
        whole = Spool()
        whole.write(before.encode())
        for chunk in rows.chunks():
            whole.write(chunk)
        whole.write(behind.encode())
        return whole

    def _front(self) -> bytes:
        """All languages, each by its own name; in the licence's language whoever asks."""
        terms = self._recipient.terms
        locale = terms.language if terms else settings.LANGUAGE_CODE
        return self._rendered("front.html", locale).encode()

    def _rendered(self, template: str, locale: str) -> str:
        licence = self._recipient.licence
        context = {
            "clinic": self._clinic,
            "here": language(locale, locale),
            "languages": [
                {"language": language(code, code), "href": name_of(code)} for code in self._rows
            ],
            "licence": licence,
            "terms": self._recipient.terms,
            "rows": _ROWS,
        }
        with translation.override(locale):
            return render_to_string(f"{TEMPLATES}{template}", context)

    def close(self) -> None:
        for spool in self._rows.values():
            spool.close()
