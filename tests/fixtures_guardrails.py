"""
The flush after a transactional test, past the triggers that keep editions.

Django empties every table after such a test with DELETE (SQLite) or TRUNCATE (PostgreSQL), which
the triggers refuse. Here, and nowhere in the product, they are lifted for it. What migrations wrote
(root page, root collection, languages) is put back, so that the next test finds it.
"""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

from patientinfo.editions import guardrails


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Remembers what migrations wrote; without it a flush would leave no root page behind."""
    with django_db_blocker.unblock():
        for connection in connections.all():
            contents = connection.creation.serialize_db_to_string()
            connection._test_serialized_contents = contents


def put_back(connection: BaseDatabaseWrapper) -> None:
    """What migrations wrote into the emptied tables; the next row gets a number that none has."""
    connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
    statements = connection.ops.sequence_reset_sql(no_style(), apps.get_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture(autouse=True, scope="session")
def lift_guardrails() -> Iterator[None]:
    """Makes transactional tests work; nothing to ask for."""
    flush = TransactionTestCase._fixture_teardown

    def flush_past_triggers(case: TransactionTestCase) -> None:
        aliases = case._databases_names(include_mirrors=False)
        with ExitStack() as stack:
            for alias in aliases:
                stack.enter_context(guardrails.lifted(alias))
            case.serialized_rollback = True  # no post_migrate: what it makes is in the contents
            flush(case)
        for alias in aliases:
            put_back(connections[alias])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_past_triggers)
        yield
