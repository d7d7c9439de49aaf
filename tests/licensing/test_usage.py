"""What is counted, that nothing of it is lost, and what the counts tell."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from patientinfo.licensing import usage, usage_reports, usage_rows
from patientinfo.licensing.access_keys import issue_key
from patientinfo.licensing.actions import revoke_licence
from patientinfo.licensing.models import AccessKey, Licence, UsageCount
from patientinfo.licensing.usage import Meter, Read
from tests.api.shelf import key_of, put
from tests.licences import make_licence, make_licensee

KNEE = key_of("knee")


@pytest.fixture
def today():
    return timezone.now().date()


@pytest.fixture
def waiting(settings):
    """Counts are kept until somebody writes them."""
    settings.PATIENTINFO = {**settings.PATIENTINFO, "USAGE_FLUSH_SECONDS": 3600}


@pytest.fixture
def read(licence, today):
    """`read(edition=2)`: a reading of the knee leaflet in Dutch, today, as JSON."""

    def make(of=None, *, day=today, key=KNEE, locale="nl", edition=1, channel="json"):
        return Read((of or licence).pk, day, key, locale, edition, channel)

    return make


def rows():
    names = ("edition", "channel", "count")
    return sorted(UsageCount.objects.values_list(*names))


def test_readings_of_one_day_are_one_row(read, waiting):
    meter = Meter()
    for _ in range(3):
        meter.count(read())
    meter.count(read(edition=2))
    meter.count(read(channel="pdf"))
    assert rows() == []
    assert meter.flush()
    assert rows() == [(1, "json", 3), (1, "pdf", 1), (2, "json", 1)]
    meter.count(read())
    assert meter.flush()
    assert rows()[0] == (1, "json", 4)


def test_a_key_from_the_driver_is_the_same_leaflet(read, waiting):
    meter = Meter()
    meter.count(read())
    meter.count(read(key=KNEE.hex))
    assert meter.flush()
    assert rows() == [(1, "json", 2)]


def test_a_batch_is_one_statement(read, waiting, django_assert_num_queries):
    meter = Meter()
    for number in range(usage_rows.ROWS):
        meter.count(read(edition=number))
    with django_assert_num_queries(3):  # and the savepoint around it
        meter.flush()
    assert UsageCount.objects.count() == usage_rows.ROWS


def test_more_than_one_batch_is_written(read, waiting):
    meter = Meter()
    for number in range(2 * usage_rows.ROWS + 1):
        meter.count(read(edition=number))
    assert meter.flush()
    assert UsageCount.objects.count() == 2 * usage_rows.ROWS + 1


def test_what_fails_is_kept_said_once_and_written_later(read, waiting, monkeypatch, caplog):
    meter = Meter()
    meter.count(read())

    def fail(*args):
        raise DatabaseError("away")

    with monkeypatch.context() as broken:
        broken.setattr(usage, "write", fail)
        assert not meter.flush()
        meter.count(read())
        assert not meter.flush()
    assert caplog.text.count("could not be counted") == 1
    assert rows() == []
    assert meter.flush()
    assert rows() == [(1, "json", 2)]


def test_what_is_kept_is_bounded(read, waiting, monkeypatch, caplog):
    monkeypatch.setattr(usage, "MOST", 2)
    meter = Meter()
    for edition in (1, 2, 3, 1):
        meter.count(read(edition=edition))
    meter.flush()
    assert rows() == [(1, "json", 2), (2, "json", 1)]


def test_the_day_of_a_key_only_moves_on(licence, today, waiting):
    key, _text = issue_key(licence, "Website", by="a test")
    meter = Meter()
    for day, known in ((today, today), (today - timedelta(days=1), today)):
        meter.note_use(key.pk, day)
        assert meter.flush()
        assert AccessKey.objects.get(pk=key.pk).last_used_on == known


@pytest.mark.django_db(transaction=True)
def test_counts_arrive_when_nobody_reads_any_more(settings, today):
    settings.PATIENTINFO = {**settings.PATIENTINFO, "USAGE_FLUSH_SECONDS": 0.05}
    meter = Meter()
    meter.count(Read(make_licence().pk, today, KNEE, "nl", 1, "json"))
    end = time.monotonic() + 10
    while not rows() and time.monotonic() < end:
        time.sleep(0.02)
    assert rows() == [(1, "json", 1)]
    settings.PATIENTINFO = {**settings.PATIENTINFO, "USAGE_FLUSH_SECONDS": 3600}


@pytest.mark.django_db(transaction=True)
def test_processes_that_write_at_once_lose_nothing(today, waiting):
    licence = make_licence()

    def write():
        meter = Meter()
        for edition in range(1, 6):
            meter.count(Read(licence.pk, today, KNEE, "nl", edition, "json"))
        assert meter.flush()
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows() == [(edition, "json", 4) for edition in range(1, 6)]


@pytest.mark.django_db(transaction=True)
def test_a_licence_that_is_gone_stops_no_other(today, waiting):
    licence = make_licence()
    meter = Meter()
    meter.count(Read(licence.pk, today, KNEE, "nl", 1, "json"))
    meter.count(Read(licence.pk + 1000, today, KNEE, "nl", 1, "json"))
    assert meter.flush()
    assert rows() == [(1, "json", 1)]


# What the counts tell


def count(*reads):
    usage_rows.write(dict.fromkeys(reads, 2), {})


def test_use_of_a_licence_between_two_days(licence, read, today):
    week = today - timedelta(days=7)
    other = make_licence(make_licensee(name="Other"))
    count(read(), read(channel="pdf"), read(day=week), read(other))
    found = {
        row.pk: (row.reads, row.last_read_on)
        for row in usage_reports.with_use(Licence.objects.all())
    }
    assert found == {licence.pk: (6, today), other.pk: (2, today)}
    since = usage_reports.with_use(Licence.objects.all(), since=today).get(pk=licence.pk)
    assert since.reads == 4
    until = usage_reports.with_use(Licence.objects.all(), until=week).get(pk=other.pk)
    assert (until.reads, until.last_read_on) == (0, None)
    assert [row.day for row in usage_reports.counts_of(licence)] == [today, today, week]
    assert usage_reports.counts_of(licence, since=today).count() == 2


def test_who_holds_which_edition_is_the_last_one_read(licence, read, today):
    for _ in range(3):
        put("knee", "nl")
    earlier = today - timedelta(days=1)
    other = make_licence(make_licensee(name="Another"))
    count(
        read(day=earlier, edition=3), read(edition=1), read(edition=2), read(edition=2, channel="t")
    )
    count(read(other, edition=3), read(locale="de", edition=1))
    found = [
        (h.licensee, h.locale, h.edition, h.current, h.behind) for h in usage_reports.holdings()
    ]
    assert found == [
        ("Another", "nl", 3, 3, False),
        (licence.licensee.name, "de", 1, None, False),
        (licence.licensee.name, "nl", 2, 3, True),
    ]


def test_who_still_serves_an_old_edition(licence, read, today):
    put("knee", "nl")
    put("knee", "nl")
    pinned = make_licence(make_licensee(name="Pinned"), pinned={(str(KNEE), "nl"): 1})
    ended = make_licence(make_licensee(name="Ended"))
    newest = make_licence(make_licensee(name="Newest"))
    count(read(), read(pinned), read(ended), read(newest), read(newest, edition=2))
    revoke_licence(ended, by="a test", reason="over")
    found = usage_reports.holdings_behind(timezone.now())
    assert [(held.licence, held.title) for held in found] == [(licence.number, "Knee")]


def test_a_picture_of_an_old_edition_shows_that_it_is_still_served(licence, read, today):
    put("knee", "nl")
    put("knee", "nl")
    count(read(day=today - timedelta(days=1), edition=2), read(edition=1, channel=usage.PICTURE))
    assert [held.edition for held in usage_reports.holdings_behind(timezone.now())] == [1]


def test_what_runs_out_soon(db, today):
    def ending(days, name):
        return make_licence(make_licensee(name=name), ends=today + timedelta(days=days))

    later, soon, _far = ending(50, "Later"), ending(3, "Soon"), ending(200, "Far")
    make_licence(make_licensee(name="For ever"), ends=None)
    assert list(usage_reports.ending_soon(timezone.now())) == [soon, later]
    few = usage_reports.ending_soon(timezone.now(), within=timedelta(days=10))
    assert list(few) == [soon]
    assert usage_reports.with_use(few).get().reads == 0
