"""What was agreed and what was done is written once, in the database too."""

from __future__ import annotations

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from patientinfo.editions import guardrails
from patientinfo.editions.models import Redaction
from patientinfo.licensing.models import Licence
from patientinfo.licensing.request_models import (
    Offer,
    OfferConsent,
    PermissionRequest,
    RequestEvent,
)
from tests.licences import make_licence, make_terms

TABLES = sorted(set(guardrails.TABLES) - {"patientinfo_edition", "patientinfo_withdrawal"})


@pytest.fixture
def rows(db: None) -> None:
    """One row in each of the tables."""
    now = timezone.now()
    make_licence()
    asked = PermissionRequest.objects.create()
    RequestEvent.objects.create(request=asked, at=now, move="submit", state="submitted", by="asker")
    offer = Offer.objects.create(
        request=asked,
        number=1,
        data=make_terms().as_json(),
        digest="",
        made_at=now,
        made_by="user:1",
    )
    OfferConsent.objects.create(offer=offer, at=now, by="user:2")
    Redaction.objects.create(
        key=uuid.uuid4(),
        locale="en",
        edition=1,
        parts=[],
        document_digest="",
        at=now,
        by="",
        reason="",
    )


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "sql", ["UPDATE {0} SET id = id + 1", "DELETE FROM {0}"], ids=["update", "delete"]
)
def test_sql_cannot_change_a_row(rows: None, table: str, sql: str) -> None:
    with (
        pytest.raises(DatabaseError, match=guardrails.MESSAGE),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(table))


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("table", TABLES)
def test_sqlite_cannot_replace_a_row(rows: None, table: str) -> None:
    with (
        pytest.raises(DatabaseError, match=guardrails.MESSAGE),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"REPLACE INTO {table} SELECT * FROM {table}")


def test_a_licence_with_a_history_cannot_be_deleted(licence: Licence) -> None:
    with pytest.raises(Exception, match="protected"):
        licence.delete()
