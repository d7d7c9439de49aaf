"""Problems about leaflets: each says what there is instead, so that a client can go on."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from patientinfo.api import rendering
from patientinfo.api.errors import Problem
from patientinfo.api.rows import Row
from patientinfo.editions.models import Status, Withdrawal


def no_such_leaflet(key: uuid.UUID) -> Problem:
    return Problem("no-such-leaflet", f"No leaflet has the key {key}.")


def not_in_language(key: uuid.UUID, locale: str, there: Sequence[Row]) -> Problem:
    """`there` are the leaflet's rows; without any there is no leaflet."""
    if not there:
        return no_such_leaflet(key)
    return Problem(
        "no-such-language",
        f"This leaflet is not there in {locale[:40]!r}.",
        locales=[row.locale for row in there if row.available],
    )


def not_acceptable(wished: str, locales: Sequence[str]) -> Problem:
    return Problem(
        "no-such-language",
        f"This leaflet is in none of the languages of Accept-Language: {wished[:100]}.",
        headers={"Vary": "Accept-Language"},
        locales=list(locales),
    )


def nothing_at(html_path: str) -> Problem:
    return Problem("no-such-leaflet", f"No leaflet stands at the path {html_path[:200]!r}.")


def gone(row: Row) -> Problem:
    """The current Edition was withdrawn or recalled. `row` is typed."""
    withdrawal = Withdrawal.objects.filter(
        key=row.key, locale=row.locale, edition=row.number
    ).first()
    at = rendering.moment(withdrawal.at) if withdrawal else None
    origin = rendering.place().origin
    return Problem(
        "recalled" if row.status == Status.RECALLED else "withdrawn",
        f"Edition {row.number} was {row.status} and there is no later one in {row.locale!r}.",
        edition=row.number,
        withdrawn_at=at,
        editions_url=f"{origin}{rendering.detail_path(row.key, row.locale)}editions/",
        locales=[
            other["locale"]
            for other in row.translations
            if other["status"] not in {Status.WITHDRAWN, Status.RECALLED}
        ],
    )


def not_readable(row: Row, number: int, status: str) -> Problem:
    """An Edition at its own number is not shown; `row` is typed, and may replace it."""
    origin = rendering.place().origin
    replaced = row.number != number and row.available
    own = {Status.RECALLED, Status.REDACTED, Status.WITHDRAWN}
    return Problem(
        str(status) if status in own else "held",
        f"Edition {number} is {status} and is not shown.",
        edition=number,
        editions_url=f"{origin}{rendering.detail_path(row.key, row.locale)}editions/",
        replacement_url=origin + rendering.detail_path(row.key, row.locale) if replaced else None,
    )


def no_such_edition(row: Row, number: int) -> Problem:
    """`row` is typed."""
    origin = rendering.place().origin
    return Problem(
        "no-such-edition",
        f"There is no edition {number}; the newest is {row.number}.",
        newest=row.number,
        editions_url=f"{origin}{rendering.detail_path(row.key, row.locale)}editions/",
    )
