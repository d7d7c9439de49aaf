"""After a crash between publishing and issuing, readers get what is live and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from patientinfo.editions import guardrails
from patientinfo.editions.models import CatalogueEntry, Edition, Withdrawal
from patientinfo.editions.reconcile import Finding, reconcile
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import Contact
from tests import bodies, builders
from tests.builders import Clinic


@contextmanager
def nobody_hears() -> Iterator[None]:
    """Pages change and our receivers are not called, as when the process dies before them."""
    signals: tuple[Any, ...] = (page_published, page_unpublished, post_delete)
    kept = [(signal, signal.receivers) for signal in signals]
    for signal in signals:
        own = [r for r in signal.receivers if not (r[0] and r[0][0] == "patientinfo")]
        signal.receivers = own
        signal.sender_receivers_cache.clear()
    try:
        yield
    finally:
        for signal, receivers in kept:
            signal.receivers = receivers
            signal.sender_receivers_cache.clear()


def run(**options: bool) -> list[tuple[str, str]]:
    return [(finding.done, finding.reason) for finding in reconcile(**options)]


def numbers() -> list[tuple[str, int]]:
    return list(Edition.objects.order_by("locale", "number").values_list("locale", "number"))


def test_nothing_is_done_where_nothing_is_missing(dutch: LeafletPage) -> None:
    assert run() == []
    assert numbers() == [("en", 1), ("nl", 1)]


def test_a_live_page_that_was_never_issued_is_issued(clinic: Clinic) -> None:
    with nobody_hears():
        page = builders.make_leaflet(clinic)
    assert numbers() == []
    (found,) = reconcile()
    assert found == Finding(
        "issued", f"Dry needling (en, page {page.pk})", "edition 1; it had none"
    )
    assert CatalogueEntry.objects.get().html_path == "/en/dry-needling/"
    assert run() == []


def test_a_translation_names_the_source_that_it_was_signed_beside(page: LeafletPage) -> None:
    """Both are missing, and the source has changed since."""
    with nobody_hears():
        dutch = builders.translate(page, "nl")
        builders.reword(page, {"cramps/text": "<p>Cramps go away within some hours.</p>"})
    assert [done for done, _ in run()] == ["issued", "issued"]
    edition = Edition.objects.get(locale="nl")
    assert (edition.source_edition, edition.key) == (1, dutch.translation_key)
    assert CatalogueEntry.objects.get(locale="nl").status == "behind"


def test_new_words_of_a_translation_are_issued(page: LeafletPage, dutch: LeafletPage) -> None:
    with nobody_hears():
        builders.translate(page, "nl", {"cramps/text": "Eenetnl anderenl zinnl hiernl."})
    (found,) = run()
    assert found == ("issued", "edition 2; edition 1 does not say what the page says")
    assert CatalogueEntry.objects.get(locale="nl").status == "current"


def test_a_rewording_that_was_not_heard_of_is_issued(page: LeafletPage) -> None:
    with nobody_hears():
        builders.reword(page, {"cramps/text": "<p>Cramps go away within some hours.</p>"})
    assert run() == [("issued", "edition 2; edition 1 does not say what the page says")]
    assert run() == []


def test_a_new_revision_of_the_same_words_issues_nothing(page: LeafletPage) -> None:
    with nobody_hears():
        builders.publish_page(page)
    assert run() == []
    assert numbers() == [("en", 1)]


@pytest.mark.parametrize(
    "rewordings",
    [
        [("It may cause small, temporary muscle cramps!", "cosmetic")],
        [
            ("Cramps go away within some hours.", "content"),
            ("It may cause small temporary muscle cramps.", "content"),
        ],
    ],
    ids=["cosmetic", "back"],
)
def test_a_source_that_changed_nothing_that_matters_issues_no_translation(
    page: LeafletPage, dutch: LeafletPage, rewordings: list[tuple[str, str]]
) -> None:
    dutch.save_revision().publish()
    for text, says in rewordings:
        builders.reword(builders.fresh(page), {"cramps/text": f"<p>{text}</p>"}, significance=says)
    assert run() == []
    assert [locale for locale, _number in numbers()].count("nl") == 1


def test_a_changed_snippet_is_an_editors_decision(page: LeafletPage) -> None:
    Contact.objects.filter(locale__language_code="en").update(phone="+1 555 0199")
    assert run() == []


def test_a_page_that_is_live_again_gets_a_new_number(page: LeafletPage) -> None:
    page.unpublish()
    with nobody_hears():
        builders.publish_page(builders.fresh(page))
    assert run() == [("issued", "edition 2; edition 1 was withdrawn")]


def test_what_is_not_live_any_more_is_withdrawn(page: LeafletPage, dutch: LeafletPage) -> None:
    with nobody_hears():
        dutch.unpublish()
    assert run() == [("withdrawn", "edition 1; the page is not live")]
    assert Withdrawal.objects.get().locale == "nl"
    assert CatalogueEntry.objects.get(locale="nl").status == "withdrawn"
    assert run() == []


def test_what_was_deleted_is_withdrawn(page: LeafletPage) -> None:
    with nobody_hears():
        Page.objects.get(pk=page.pk).delete()
    assert run() == [("withdrawn", "edition 1; the page is gone")]
    assert run() == []


def test_an_alias_is_no_leaflet(page: LeafletPage) -> None:
    page.create_alias(update_slug="mirror")
    assert run() == []
    assert numbers() == [("en", 1)]


def test_one_bad_page_stops_no_other(clinic: Clinic) -> None:
    with nobody_hears():
        image = builders.make_image()
        body = [bodies.section("Picture", bodies.picture(image, key="x"), key="one")]
        broken = builders.make_leaflet(clinic, title="Broken", sections=body)
        unfit = builders.make_leaflet(clinic, title="Unfit")
        builders.make_leaflet(clinic, title="Well")
    image.file.storage.delete(image.file.name)
    LeafletPage.objects.filter(pk=unfit.pk).update(summary="")
    found = list(reconcile())
    assert [(f.done, f.subject.partition(" ")[0]) for f in found] == [
        ("issued", "Well"),
        ("refused", "Broken"),
        ("refused", "Unfit"),
    ]
    assert "SourceImageIOError: [Errno 2] No such file" in found[1].reason
    assert "Write a summary" in found[2].reason
    assert str(broken.pk) in found[1].subject
    assert [edition.data["title"] for edition in Edition.objects.all()] == ["Well"]


def test_a_dry_run_says_the_same_and_does_nothing(clinic: Clinic, dutch: LeafletPage) -> None:
    with nobody_hears():
        builders.make_leaflet(clinic, title="New")
        dutch.unpublish()
    before = numbers()
    assert run(dry_run=True) == [
        ("withdrawn", "edition 1; the page is not live"),
        ("issued", "it had none"),
    ]
    assert (numbers(), Withdrawal.objects.count()) == (before, 0)
    assert run(dry_run=True) == run(dry_run=True)


def test_a_lost_or_wrong_entry_of_the_catalogue_is_made_again(dutch: LeafletPage) -> None:
    CatalogueEntry.objects.filter(locale="nl").delete()
    CatalogueEntry.objects.update(title="Wrong")
    assert run(dry_run=True) == [("refreshed", "its catalogue entries were out of date")]
    assert CatalogueEntry.objects.get().title == "Wrong"
    assert run() == [("refreshed", "its catalogue entries were out of date")]
    titles = CatalogueEntry.objects.order_by("locale").values_list("title", flat=True)
    assert list(titles) == ["Dry needling", "Drynl needlingnl"]
    assert run() == []


def test_one_damaged_edition_stops_no_other(clinic: Clinic) -> None:
    """Neither in the catalogue, nor when its page is gone."""
    bad, gone = (builders.make_leaflet(clinic, title=title) for title in ("Bad", "Gone"))
    builders.make_leaflet(clinic, title="Well")
    with nobody_hears():
        gone.delete()
    with guardrails.lifted(), connection.cursor() as cursor:
        damaged = list(Edition.objects.filter(key__in=[bad.translation_key, gone.translation_key]))
        for edition in damaged:
            cursor.execute(
                "UPDATE patientinfo_edition SET document = 'no JSON' WHERE id = %s", [edition.pk]
            )
    CatalogueEntry.objects.update(title="Wrong")
    found = run()
    assert sorted(done for done, _reason in found) == ["refreshed", "refused", "refused", "refused"]
    assert all("see verify_editions" in reason for done, reason in found if done == "refused")
