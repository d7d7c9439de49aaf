"""
Access keys for reads with a key: the clinic's own, and one of each of many licences.

Run by `installation` in a process of its own, as `python -m bench.licences COUNT FILE`; writes to
FILE a JSON object: `channel`, the key of a channel of the clinic's own, and `licences`, as many
keys of as many licences. Each licence is for text and photos of everything, to a partner of its
own, so no two have the same terms. The first is granted by the real path, the others are its rows
over again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

BATCH = 1_000


def main(count: int, output: Path) -> None:
    django.setup()
    from django.db import connection, transaction

    from bench.fill import gather_statistics
    from patientinfo.licensing.access_keys import issue_channel_key

    with transaction.atomic():
        _key, channel = issue_channel_key("benchmark", by="benchmark")
        licences = [text for start in range(0, count, BATCH) for text in granted(start, count)]
    gather_statistics(connection)
    output.write_text(json.dumps({"channel": channel, "licences": licences}))


def granted(start: int, count: int) -> Iterator[str]:
    """A batch of licences, from number `start` on; the texts of their keys."""
    from patientinfo.licensing.guard import Kind
    from patientinfo.licensing.keys import make_key
    from patientinfo.licensing.models import AccessKey, Licence, LicenceVersion
    from patientinfo.licensing.numbers import new_number

    first = _first()
    numbers = range(start, min(start + BATCH, count))
    terms = [_terms(f"Partner {number} (fictional)") for number in numbers]
    rows = [
        Licence(**{**_columns(first), "number": new_number(2026), "terms_digest": own.digest})
        for own in terms
    ]
    rows = Licence.objects.bulk_create(rows)
    LicenceVersion.objects.bulk_create(
        LicenceVersion(
            licence=row, version=1, data=own.as_json(), digest=own.digest, frozen_at=row.granted_at
        )
        for row, own in zip(rows, terms, strict=True)
    )
    keys = [make_key(Kind.LICENCE) for _row in rows]
    AccessKey.objects.bulk_create(
        AccessKey(kind=Kind.LICENCE, licence=row, label="bench", name=key.name, hash=key.hash)
        for row, key in zip(rows, keys, strict=True)
    )
    return (key.text for key in keys)


def _first() -> Any:
    """The licence that the others are copies of."""
    from patientinfo.licensing.actions import grant_licence
    from patientinfo.licensing.models import Licensee

    name = "Benchmark (fictional)"
    there = Licensee.objects.filter(name=name).first()
    if there is not None:
        return there.licences.order_by("pk")[0]
    partner = Licensee.objects.create(name=name, country="NL", email="bench@partner.example")
    return grant_licence(partner, _terms(name), by="benchmark")


def _columns(licence: Any) -> dict[str, Any]:
    fields = [field for field in licence._meta.concrete_fields if not field.primary_key]
    return {field.attname: getattr(licence, field.attname) for field in fields}


def _terms(name: str) -> Any:
    """Text and photos of everything, for websites, for a year."""
    from django.utils import timezone

    from patientinfo.licensing.terms import LicenceTerms, Party

    today = timezone.localdate()
    return LicenceTerms(
        licensee=Party(name, "NL", "A. Partner", "bench@partner.example"),
        licensor=Party("Uplands Physio Clinic"),
        starts=today - timedelta(days=1),
        ends=today + timedelta(days=364),
        parts=frozenset({"text", "photos"}),
        uses={"website": {}},
        leaflets=None,
        locales=None,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
