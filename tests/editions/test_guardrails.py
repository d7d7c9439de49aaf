"""Editions and withdrawals are append-only: in the models, in querysets and in the database."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from patientinfo import checks as product_checks
from patientinfo.editions import guardrails
from patientinfo.editions.models import Edition, Immutable, Withdrawal

KEY = uuid.UUID("0b7f6a52-8a1e-4d7c-9b55-0f6a1c2d3e4f")
#: Those of this stage; the others are tried in tests/licensing.
TABLES = ["patientinfo_edition", "patientinfo_withdrawal"]


def an_edition(number: int = 1) -> Edition:
    return Edition(
        key=KEY,
        locale="en",
        number=number,
        digest="sha256:" + "0" * 64,
        content_digest="sha256:" + "0" * 64,
        part_digests={},
        document="{}",
        issued_at=timezone.now(),
    )


def a_withdrawal() -> Withdrawal:
    return Withdrawal(key=KEY, locale="en", edition=1, at=timezone.now(), reason="a test")


@pytest.fixture
def edition(db: None) -> Edition:
    made = an_edition()
    made.save()
    a_withdrawal().save()
    return made


def rows(table: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY id')
        return cursor.fetchall()


def assert_refused(sql: str, table: str) -> None:
    """The database says no in our words, and every row is as it was."""
    before = rows(table)
    assert before
    with (
        pytest.raises(DatabaseError, match=guardrails.MESSAGE),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert rows(table) == before


def columns(table: str) -> str:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return ", ".join(f'"{column.name}"' for column in found if column.name != "id")


# -- SQL ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("sql", ["UPDATE {0} SET locale = 'nl'", "DELETE FROM {0}"])
def test_sql_cannot_change_or_delete_a_row(edition: Edition, table: str, sql: str) -> None:
    assert_refused(sql.format(table), table)


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_sqlite_cannot_replace_a_row(edition: Edition, table: str, verb: str) -> None:
    """By its id, and by its key, language and number under another id."""
    assert_refused(f"{verb} INTO {table} SELECT * FROM {table}", table)
    names = columns(table)
    assert_refused(f"{verb} INTO {table} ({names}) SELECT {names} FROM {table}", table)


@pytest.mark.parametrize("table", TABLES)
def test_an_upsert_cannot_change_a_row(edition: Edition, table: str) -> None:
    names = columns(table)
    unique = ", ".join(guardrails.TABLES[table])
    assert_refused(
        f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} WHERE true "
        f"ON CONFLICT ({unique}) DO UPDATE SET locale = 'nl'",
        table,
    )


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("how", [" CASCADE", " RESTART IDENTITY CASCADE"])
def test_postgresql_cannot_truncate(edition: Edition, table: str, how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert_refused(f"TRUNCATE {table}{how}", table)


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("table", TABLES)
def test_postgresql_cannot_merge_into_a_row(edition: Edition, table: str) -> None:
    assert_refused(
        f"MERGE INTO {table} a USING {table} b ON a.id = b.id "
        "WHEN MATCHED THEN UPDATE SET locale = 'nl'",
        table,
    )


def test_a_second_row_of_one_number_is_refused(edition: Edition) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        an_edition().save()
    assert Edition.objects.count() == 1


def test_the_next_number_is_taken(edition: Edition) -> None:
    an_edition(2).save()
    Edition.objects.bulk_create([an_edition(3), an_edition(4)])
    assert [e.number for e in Edition.objects.all()] == [4, 3, 2, 1]


# -- the ORM --------------------------------------------------------------------------------------

ORM: dict[str, Callable[[models.Model], object]] = {
    "save": lambda row: row.save(),
    "save some columns": lambda row: row.save(update_fields=["locale"]),
    "delete": lambda row: row.delete(),
    "update": lambda row: type(row).objects.update(locale="nl"),
    "filter and update": lambda row: type(row).objects.filter(pk=row.pk).update(locale="nl"),
    "queryset delete": lambda row: type(row).objects.all().delete(),
    "bulk_update": lambda row: type(row).objects.bulk_update([row], ["locale"]),
    "update_or_create": lambda row: type(row).objects.update_or_create(pk=row.pk),
    "bulk_create and update": lambda row: type(row).objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["id"], update_fields=["locale"]
    ),
    "bulk_create and ignore": lambda row: type(row).objects.bulk_create(
        [row], ignore_conflicts=True
    ),
}


@pytest.mark.parametrize("model", [Edition, Withdrawal])
@pytest.mark.parametrize("act", ORM.values(), ids=ORM)
def test_the_orm_says_what_to_do_instead(
    edition: Edition, model: type[models.Model], act: Callable[[models.Model], object]
) -> None:
    row = model._default_manager.get()
    with pytest.raises(Immutable, match=r"never (changed|deleted)"):
        act(row)
    assert model._default_manager.filter(locale="en").count() == 1


ROUNDABOUT: dict[str, Callable[[models.Model], object]] = {
    "base manager, update": lambda row: type(row)._base_manager.update(locale="nl"),
    "base manager, delete": lambda row: type(row)._base_manager.all().delete(),
    "save_base": lambda row: row.save_base(raw=True),
    "raw delete": lambda row: type(row).objects.all()._raw_delete(using="default"),
}


@pytest.mark.parametrize("model", [Edition, Withdrawal])
@pytest.mark.parametrize("act", ROUNDABOUT.values(), ids=ROUNDABOUT)
def test_what_goes_round_the_model_meets_the_triggers(
    edition: Edition, model: type[models.Model], act: Callable[[models.Model], object]
) -> None:
    row = model._default_manager.get()
    with pytest.raises(DatabaseError, match=guardrails.MESSAGE), transaction.atomic():
        act(row)
    assert model._default_manager.filter(locale="en").count() == 1


# -- triggers stay --------------------------------------------------------------------------------


def drop(name: str, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(guardrails._drop(connection, name, table))


@pytest.mark.django_db
def test_every_trigger_is_there_after_migrate() -> None:
    assert guardrails.missing() == []
    each = 3 if connection.vendor == "sqlite" else 2
    assert len(guardrails.wanted(connection.vendor)) == each * len(guardrails.TABLES)


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(guardrails.TABLES))
def test_each_trigger_is_missed(table: str) -> None:
    for name, (own, _body) in guardrails.wanted(connection.vendor).items():
        if own == table:
            drop(name, table)
            assert guardrails.missing() == [name]
            guardrails.install()
    assert guardrails.missing() == []


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db
def test_a_trigger_of_our_name_that_does_nothing_is_missed() -> None:
    name, table = f"{TABLES[0]}_no_update", TABLES[0]
    drop(name, table)
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" BEGIN SELECT 1; END')
    assert guardrails.missing() == [name]


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db
def test_a_trigger_that_is_switched_off_is_missed() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLES[0]} DISABLE TRIGGER {TABLES[0]}_no_change")
    assert guardrails.missing() == [f"{TABLES[0]}_no_change"]


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db
def test_a_function_that_does_nothing_is_missed() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {guardrails.FUNCTION}() RETURNS trigger "
            "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        )
    assert guardrails.missing() == sorted(guardrails.wanted("postgresql"))


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db(transaction=True)
def test_triggers_are_back_after_django_remakes_the_table() -> None:
    """On SQLite Django changes a column by copying the table; its triggers go with the old one."""
    an_edition().save()
    old = Edition._meta.get_field("locale")
    new = models.CharField(max_length=101)
    new.set_attributes_from_name("locale")
    new.model = Edition
    with connection.schema_editor() as editor:
        editor._remake_table(Edition, alter_fields=[(old, new)])
    assert len(guardrails.missing()) == 3
    call_command("migrate", verbosity=0, interactive=False)
    assert guardrails.missing() == []
    assert_refused("DELETE FROM patientinfo_edition", "patientinfo_edition")
    with guardrails.lifted(), connection.schema_editor() as editor:
        editor._remake_table(Edition, alter_fields=[(new, old)])


@pytest.mark.django_db(transaction=True)
def test_migrate_mends_what_the_check_warns_of() -> None:
    """`migrate` runs the check first, so the check must not be what stops it."""
    guardrails.remove()
    call_command("migrate", verbosity=0, interactive=False)
    assert guardrails.missing() == []


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_can_be_flushed(number: int) -> None:
    """Twice, so that the second run sees what the first has left: nothing, and the triggers."""
    assert Edition.objects.count() == 0
    assert guardrails.missing() == []
    an_edition().save()
    assert_refused("DELETE FROM patientinfo_edition", "patientinfo_edition")


# -- the checks -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_check_names_the_trigger_and_the_cure() -> None:
    name = next(iter(guardrails.wanted(connection.vendor)))
    assert product_checks.check_guardrails(None, databases=["default"]) == []
    drop(name, guardrails.wanted(connection.vendor)[name][0])
    (found,) = product_checks.check_guardrails(None, databases=["default"])
    assert found.id == "patientinfo.W001"
    assert name in found.msg
    assert "migrate" in str(found.hint)


@pytest.mark.django_db
def test_the_check_runs_where_databases_are_checked() -> None:
    guardrails.remove()
    found = checks.run_checks(databases=["default"])
    assert [message.id for message in found] == ["patientinfo.W001"]
    with pytest.raises(SystemCheckError, match=r"patientinfo\.W001"):
        call_command("check", databases=["default"], fail_level="WARNING")


@pytest.mark.django_db(transaction=True)
def test_a_server_does_not_start_when_editions_could_be_changed() -> None:
    product_checks.prove_guardrails()
    name, (table, _body) = next(iter(guardrails.wanted(connection.vendor).items()))
    drop(name, table)
    with pytest.raises(ImproperlyConfigured, match=rf"{name} missing.*migrate"):
        product_checks.prove_guardrails()


def test_another_database_engine_is_refused() -> None:
    with pytest.raises(guardrails.UnsupportedDatabaseError, match="mysql"):
        guardrails.wanted("mysql")
