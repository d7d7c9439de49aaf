"""What is done before a file is taken in, by the process whose memory is then measured."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from bench.translation.exchange import make_different
from patientinfo.translation.memory import import_units
from patientinfo.translation.memory_models import MemoryEntry, MemoryPosting, MemoryUse, MemoryWord


@pytest.mark.django_db
def test_the_memory_is_emptied_without_a_row_of_it_being_read() -> None:
    import_units(("en", "nl", f"Needle {n}", f"Naald {n}", None) for n in range(3))
    MemoryUse.objects.create(
        entry=MemoryEntry.objects.get(text="Naald 1"), locale="nl", key="0" * 32, path="title"
    )
    with CaptureQueriesContext(connection) as asked:
        make_different([], "tmx")
    tables = [MemoryPosting, MemoryUse, MemoryEntry, MemoryWord]
    assert [model for model in tables if QuerySet(model).exists()] == []
    assert not [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
