"""What the servers' connections know of the tables."""

import pytest
from django.db import connection

from bench.fill import gather_statistics


@pytest.mark.django_db
def test_sqlite_keeps_the_plans_of_a_site() -> None:
    """A site gathers no statistics there, and old ones are worse than none."""
    gather_statistics(connection)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE name = 'sqlite_stat1'")
            assert cursor.fetchall() == []
