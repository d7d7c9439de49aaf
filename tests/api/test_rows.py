"""Compiled queries give what Django gives."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from patientinfo.api import rows
from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing import credentials
from patientinfo.licensing.access_keys import issue_channel_key, issue_key
from tests.api.shelf import key_of, put, set_row
from tests.licences import make_licence


def test_a_typed_row_is_what_the_orm_reads():
    put("knee", "en")
    put("knee", "nl")
    put("back", "nl")
    set_row("knee", "nl", status="behind", behind=["what-is-it"])
    row = rows.typed(rows.row_of(key_of("knee"), "nl"))
    entry = CatalogueEntry.objects.select_related("edition").get(key=key_of("knee"), locale="nl")
    for name in rows.Row._fields:
        held_by = entry.edition if name in {"digest", "part_digests"} else entry
        assert getattr(row, name) == getattr(held_by, name), name
    assert row.leaflet == entry.key
    assert rows.row_of(key_of("knee"), "nl").leaflet == entry.key


def test_values_change_and_the_query_stays():
    put("knee", "en")
    put("back", "nl")
    assert rows.row_of(key_of("knee"), "en").leaflet == key_of("knee")
    assert rows.row_of(key_of("back"), "nl").leaflet == key_of("back")
    assert rows.row_of(key_of("back"), "en") is None


def test_the_source_language_comes_first():
    for locale in ("ar", "de", "en"):
        put("knee", locale)
    assert [row.locale for row in rows.rows_of(key_of("knee"))] == ["en", "ar", "de"]
    assert rows.rows_of(uuid.uuid4()) == []


@pytest.mark.parametrize("text", ["'; DROP TABLE x; --", "%s", "%(p0)s", "%%", "\x00", "ü"])
def test_a_value_is_never_sql(text):
    put("knee", "en")
    assert rows.row_of(key_of("knee"), text) is None
    assert rows.row_at(text) is None


@pytest.mark.parametrize("kind", ["licence", "channel"])
def test_a_row_comes_with_the_record_of_a_key(queries, kind):
    put("knee", "nl")
    if kind == "licence":
        key, text = issue_key(make_licence(), "Website", by="a test")
    else:
        key, text = issue_channel_key("Website", by="a test")
    with queries() as asked:
        row, record = rows.row_with_key(key_of("knee"), "nl", key.name)
    assert len(asked) == 1
    assert row == rows.row_of(key_of("knee"), "nl")
    holder = credentials.judge(text, record, timezone.now())
    assert holder == credentials.holder_of(text, timezone.now())
    assert (holder.key_id, holder.kind, holder.licence_id) == (key.pk, kind, key.licence_id)


@pytest.mark.parametrize("name", ["nobodysnames", "'; DROP -- %s", "\x00"])
def test_a_row_comes_without_the_record_of_no_key(name):
    put("knee", "nl")
    assert rows.row_with_key(key_of("knee"), "nl", name) == (
        rows.row_of(key_of("knee"), "nl"),
        None,
    )
    assert rows.row_with_key(key_of("knee"), "en", name) == (None, None)


def test_literal_percent_signs_stay_themselves():
    put("knee", title="100% sure")
    put("back", title="100 sure")
    query = rows.compiled(CatalogueEntry.objects.filter(title__contains="0% s").order_by("pk"))
    assert [rows.Row._make(found).leaflet for found in query.run()] == [key_of("knee")]
    assert query.count() == 1
    assert [*query.run(limit=1, offset=1)] == []


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_lost_is_made_again():
    put("knee", "en")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])
    other.close()
    assert rows.row_of(key_of("knee"), "en").leaflet == key_of("knee")


def test_a_connection_that_is_there_is_not_proved_first(queries):
    put("knee", "en")
    connection.health_check_done = False
    with queries() as asked:
        rows.row_of(key_of("knee"), "en")
    assert len(asked) == 1
    assert connection.health_check_done


def test_a_query_that_fails_is_not_asked_again():
    query = rows.compiled(CatalogueEntry.objects.all())
    query.sql = query.sql.replace("level", "no_such_column")
    with pytest.raises(DatabaseError), transaction.atomic():
        query.run()


def test_a_query_that_cannot_match_asks_nobody(queries):
    query = rows.compiled(CatalogueEntry.objects.none())
    with queries() as asked:
        assert (query.run(limit=1), query.count()) == ([], 0)
    assert len(asked) == 0
