"""Many translations written at once, each as Django would have written it."""

import uuid
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.shelf_rows import insert_rows, store_changed
from patientinfo.translation.states import Origin, Stored

pytestmark = pytest.mark.django_db
KEY = uuid.UUID("7c0b9f7e-4c5c-4d55-9a43-0c6f6a2f1a10")
MANY = 150  # more than SQLite takes in one query


def row(number: int, **values: object) -> SegmentTranslation:
    made = SegmentTranslation(
        key=KEY, locale="ar", path=f"s/{number}", updated_at=timezone.now(), **values
    )
    made.set(f"Rest for {number} days.", f"استرح {number} أيام.")
    return made


def stored() -> list[tuple[object, ...]]:
    """Every column of every row but the id."""
    names = [f.attname for f in SegmentTranslation._meta.concrete_fields if not f.primary_key]
    return list(SegmentTranslation.objects.order_by("path").values_list(*names))


def with_everything(number: int, user: User) -> SegmentTranslation:
    made = row(number, state=Stored.CHECKED, origin=Origin.MACHINE, version=7)
    made.translated_by, made.translated_at, made.helpers = user, timezone.now(), [user.pk, 12]
    made.checked_by, made.checked_at = user, timezone.now()
    made.imported = "0123456789abcdef"
    return made


@pytest.mark.parametrize("make", [lambda number, user: row(number), with_everything])
def test_rows_are_stored_as_django_stores_them(
    make: Callable[[int, User], SegmentTranslation], django_user_model: type[User]
) -> None:
    user = django_user_model.objects.create(username="translator")
    rows = [make(number, user) for number in range(MANY)]
    insert_rows(rows)
    found = stored()
    assert len(found) == MANY
    assert [line[-1] for line in found] == [one.updated_at for one in sorted(rows, key=str)]
    SegmentTranslation.objects.all().delete()
    SegmentTranslation.objects.bulk_create(rows)
    # Django writes a time of its own into `updated_at`, the last column.
    assert [line[:-1] for line in found] == [line[:-1] for line in stored()]


def test_rows_that_are_there_are_changed_and_stay_the_same_rows() -> None:
    rows = [row(number) for number in range(MANY)]
    insert_rows(rows)
    ids = set(SegmentTranslation.objects.values_list("pk", flat=True))
    for one in rows:
        one.set(one.source_text, one.text + "!")
        one.version, one.state = 2, Stored.DRAFT
    store_changed(rows)
    assert set(SegmentTranslation.objects.values_list("pk", flat=True)) == ids
    assert set(SegmentTranslation.objects.values_list("version", "state")) == {(2, Stored.DRAFT)}
    assert SegmentTranslation.objects.filter(text__endswith="!").count() == MANY


def test_words_that_somebody_else_stored_first_are_not_written_over() -> None:
    insert_rows([row(1)])
    other = row(1)
    other.set("Rest.", "كلمات أخرى")
    with pytest.raises(IntegrityError):
        insert_rows([other])


def test_a_row_that_somebody_else_changed_first_is_not_written_over() -> None:
    insert_rows([row(number) for number in range(MANY)])
    mine = list(SegmentTranslation.objects.order_by("pk"))
    for one in mine:
        one.text, one.version = "مني", one.version + 1
    SegmentTranslation.objects.filter(path="s/7").update(text="كلمات أخرى", version=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        store_changed(mine)
    assert SegmentTranslation.objects.get(path="s/7").text == "كلمات أخرى"
    assert not SegmentTranslation.objects.filter(text="مني").exists()


def test_no_rows_are_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        insert_rows([])
        store_changed([])
