"""Publishing issues the next Edition, once; nothing else does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.signals import page_published

from patientinfo.editions import catalogue
from patientinfo.editions.actions import (
    Issued,
    Unchanged,
    is_withdrawn,
    issue_edition,
    last_edition,
    withdraw_leaflet,
)
from patientinfo.editions.models import CatalogueEntry, Edition, Withdrawal
from patientinfo.formats.canonical import canonical_bytes, digest_bytes
from patientinfo.formats.document_schema import schema_problems
from patientinfo.leaflets import approval
from patientinfo.leaflets.approval import approve
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.signals import edition_issued, leaflet_withdrawn
from tests import builders
from tests.builders import Clinic, fresh, reword
from tests.editions.scheduling import schedule, scheduler_runs_after

WORLD = "page"
NEW = {"cramps/text": "<p>Cramps go away within some hours.</p>"}


def numbers(page: LeafletPage, locale: str = "en") -> list[int]:
    editions = Edition.objects.filter(key=page.translation_key, locale=locale)
    return list(editions.order_by("number").values_list("number", flat=True))


def current(page: LeafletPage, locale: str = "en") -> Edition:
    found = last_edition(page.translation_key, locale)
    assert found is not None
    return found


def withdrawn(page: LeafletPage) -> list[tuple[str, int]]:
    rows = Withdrawal.objects.filter(key=page.translation_key).order_by("locale", "edition")
    return list(rows.values_list("locale", "edition"))


# -- what is issued -------------------------------------------------------------------------------


def test_an_edition_is_its_document_and_its_digest(page: LeafletPage) -> None:
    edition = current(page)
    assert edition.digest == digest_bytes(edition.document.encode())
    assert canonical_bytes(edition.data) == edition.document.encode()
    assert (edition.number, edition.data["edition"]) == (1, 1)
    assert edition.data["issued_at"] == edition.issued_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert edition.revision_id == page.live_revision_id
    assert edition.data["key"] == str(page.translation_key)


@pytest.mark.parametrize("locale", builders.LOCALES)
def test_every_issued_document_is_valid(page: LeafletPage, locale: str) -> None:
    if locale != "en":
        builders.translate(page, locale)
    edition = current(page, locale)
    assert schema_problems(edition.data) == []
    assert edition.data["direction"] == ("rtl" if locale == "ar" else "ltr")


def test_an_edition_tells_who_listens(page: LeafletPage) -> None:
    heard: list[Edition] = []

    def listen(edition: Edition, **_kwargs: Any) -> None:
        heard.append(edition)

    edition_issued.connect(listen)
    try:
        reword(page, NEW)
        issue_edition(page.pk)
    finally:
        edition_issued.disconnect(listen)
    assert heard == [current(page)]


# -- how often ------------------------------------------------------------------------------------


def test_a_changed_page_issues_the_next_number(page: LeafletPage) -> None:
    first = current(page).document
    reword(page, NEW)
    assert numbers(page) == [1, 2]
    assert Edition.objects.get(key=page.translation_key, number=1).document == first
    assert "some hours" in current(page).document


def test_issuing_is_idempotent(page: LeafletPage) -> None:
    for _time in range(3):
        assert isinstance(issue_edition(page.pk), Unchanged)
        page_published.send(sender=LeafletPage, instance=page, revision=page.live_revision)
    assert numbers(page) == [1]


def test_an_equal_document_issues_nothing(page: LeafletPage) -> None:
    builders.publish_page(page.get_latest_revision_as_object())
    assert numbers(page) == [1]


def test_a_draft_issues_nothing(page: LeafletPage) -> None:
    reword(page, NEW, publish=False)
    assert numbers(page) == [1]
    assert isinstance(issue_edition(page.pk), Unchanged)


def test_going_back_to_an_earlier_text_is_a_new_edition(page: LeafletPage) -> None:
    first = page.live_revision
    reword(page, NEW)
    approve(first.as_object(), builders.approver())
    first.publish()
    assert numbers(page) == [1, 2, 3]
    assert current(page).content_digest == Edition.objects.get(number=1).content_digest


def test_a_changed_fact_is_a_change(page: LeafletPage) -> None:
    reword(page, {}, review_due=page.review_due + timedelta(days=30))
    assert numbers(page) == [1, 2]


def test_what_was_withdrawn_is_issued_again_under_the_next_number(page: LeafletPage) -> None:
    page.unpublish()
    assert withdrawn(page) == [("en", 1)]
    builders.publish_page(fresh(page))
    assert numbers(page) == [1, 2]
    assert not is_withdrawn(current(page))
    assert CatalogueEntry.objects.get(locale="en").status == "current"


def test_nothing_is_issued_that_lacks_something(page: LeafletPage) -> None:
    LeafletPage.objects.filter(pk=page.pk).update(summary="")
    with pytest.raises(NotReadyToPublish, match="Write a summary"):
        issue_edition(page.pk)
    assert numbers(page) == [1]


def test_one_number_is_issued_once(page: LeafletPage) -> None:
    values = {
        field.attname: getattr(current(page), field.attname)
        for field in Edition._meta.concrete_fields
        if field.name != "id"
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(**values)


def test_a_page_that_is_gone_issues_nothing(page: LeafletPage) -> None:
    pk = page.pk
    page.delete()
    assert isinstance(issue_edition(pk), Unchanged)


# -- scheduling -----------------------------------------------------------------------------------


def test_a_scheduled_page_is_issued_when_it_goes_live(clinic: Clinic) -> None:
    page = builders.make_leaflet(clinic, title="Another leaflet", publish=False)
    approval.approve(page, builders.approver())
    schedule(page, days=1)
    assert numbers(page) == []
    scheduler_runs_after(page)
    assert fresh(page).live
    assert numbers(page) == [1]


def test_scheduled_words_of_a_live_page_wait_for_their_moment(page: LeafletPage) -> None:
    draft = reword(page, NEW, publish=False)
    approval.approve(draft.get_latest_revision_as_object(), builders.approver())
    schedule(draft, days=1)
    assert numbers(page) == [1]
    scheduler_runs_after(page)
    assert numbers(page) == [1, 2]
    assert "some hours" in current(page).document


def test_expiry_withdraws(page: LeafletPage) -> None:
    LeafletPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    call_command("publish_scheduled")
    assert withdrawn(page) == [("en", 1)]


# -- withdrawing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["page", "home", "base", "queryset"])
def test_deleting_withdraws(page: LeafletPage, which: str) -> None:
    if which == "page":
        page.delete()
    elif which == "home":
        page.get_parent().specific.delete()
    elif which == "base":
        Page.objects.get(pk=page.pk).delete()
    else:
        LeafletPage.objects.filter(pk=page.pk).delete()
    assert withdrawn(page) == [("en", 1)]
    assert numbers(page) == [1]
    assert not LeafletPage.objects.filter(pk=page.pk).exists()


def test_withdrawing_twice_is_withdrawing_once(page: LeafletPage) -> None:
    heard: list[Withdrawal] = []

    def listen(withdrawal: Withdrawal, **_kwargs: Any) -> None:
        heard.append(withdrawal)

    leaflet_withdrawn.connect(listen)
    try:
        first = withdraw_leaflet(page.translation_key, "en", "wrong dose")
        assert withdraw_leaflet(page.translation_key, "en", "again") is None
    finally:
        leaflet_withdrawn.disconnect(listen)
    assert heard == [first]
    assert first is not None
    assert first.reason == "wrong dose"


def test_what_was_never_issued_is_not_withdrawn(clinic: Clinic) -> None:
    page = builders.make_leaflet(clinic, title="Another leaflet", publish=False)
    page.delete()
    assert not Withdrawal.objects.exists()


# -- aliases and copies ---------------------------------------------------------------------------


def test_an_alias_issues_and_withdraws_nothing(page: LeafletPage, clinic: Clinic) -> None:
    alias = page.create_alias(update_slug="alias")
    foreign = page.copy_for_translation(Locale.objects.get(language_code="nl"), alias=True)
    reword(page, NEW)
    assert isinstance(issue_edition(alias.pk), Unchanged)
    assert Edition.objects.filter(key=page.translation_key).count() == Edition.objects.count() == 2
    alias.delete()
    fresh(foreign).delete()
    assert withdrawn(page) == []


def test_a_copy_is_issued_under_its_own_key(page: LeafletPage) -> None:
    copied = page.copy(update_attrs={"slug": "a-copy"})
    assert copied.translation_key != page.translation_key
    assert numbers(copied) == [1]
    assert numbers(page) == [1]
    copied.unpublish()
    assert withdrawn(page) == []


def test_a_draft_copy_is_not_issued(page: LeafletPage) -> None:
    copied = page.copy(update_attrs={"slug": "a-copy"}, keep_live=False)
    assert numbers(copied) == []


def test_a_copied_branch_issues_all_its_leaflets(page: LeafletPage) -> None:
    page.get_parent().specific.copy(recursive=True, update_attrs={"slug": "branch"})
    copied = LeafletPage.objects.exclude(translation_key=page.translation_key).get()
    assert copied.live
    assert numbers(copied) == [1]


# -- failures -------------------------------------------------------------------------------------


def test_a_failure_leaves_the_edition_before_and_is_mended(
    page: LeafletPage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_key: Any) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(catalogue, "refresh", fail)
        reword(page, NEW)
    assert fresh(page).live
    assert numbers(page) == [1]
    assert CatalogueEntry.objects.get(locale="en").number == 1
    assert "issue_missing_editions" in caplog.text
    call_command("issue_missing_editions")
    assert numbers(page) == [1, 2]
    assert CatalogueEntry.objects.get(locale="en").number == 2


def test_outcomes_are_values(page: LeafletPage) -> None:
    LeafletPage.objects.filter(pk=page.pk).update(slug="another-slug")
    outcome = issue_edition(page.pk)
    assert isinstance(outcome, Issued)
    assert outcome.edition.number == 2
    assert issue_edition(page.pk) == Unchanged("edition 2 says the same")
