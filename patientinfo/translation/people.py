"""Who made a translation, as the store remembers it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from patientinfo.leaflets.snippets import Person
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.states import Origin, Stored


@dataclass(slots=True)
class Makers:
    """
    People who agreed to be named, each with the day of the last act; was a machine used? `whole`:
    the store says all of the words still.
    """

    translators: list[tuple[Person, date]] = field(default_factory=list)
    checkers: list[tuple[Person, date]] = field(default_factory=list)
    machine: bool = False
    whole: bool = False


def makers_of(key: uuid.UUID, locale: str, said: Mapping[str, str]) -> Makers:
    """
    Who made the words `said` (by path). Words that wait in the store are not in the Document, nor
    are those named who wrote them; but what a machine began stays marked. Two queries. A source has
    no rows, and so no makers.
    """
    stored = list(SegmentTranslation.objects.filter(key=key, locale=locale))
    rows = [
        (row.translated_by_id, row.translated_at, row.checked_by_id, row.checked_at)
        for row in stored
        if row.state == Stored.CHECKED and said.get(row.path) == row.text
    ]
    users = {user for row in rows for user in (row[0], row[2])} - {None}
    people = {
        person.user_id: person
        for person in Person.objects.filter(user__in=users, consent_on__isnull=False)
    }
    return Makers(
        translators=_last_acts(people, ((row[0], row[1]) for row in rows)),
        checkers=_last_acts(people, ((row[2], row[3]) for row in rows)),
        machine=any(row.origin == Origin.MACHINE for row in stored),
        whole=said.items() <= {row.path: row.text for row in stored}.items(),
    )


def _last_acts(
    people: dict[Any, Person], acts: Iterable[tuple[Any, datetime | None]]
) -> list[tuple[Person, date]]:
    last: dict[Any, date] = {}
    for user, at in acts:
        if user in people and at is not None:
            on = timezone.localdate(at)
            last[user] = max(last.get(user, on), on)
    return sorted(((people[user], on) for user, on in last.items()), key=lambda act: act[0].name)
