"""Two publishers at once: no number twice, no error, and a catalogue that knows both."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from patientinfo.editions.actions import Issued, issue_edition
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def numbers(locale: str = "en") -> list[int]:
    found = Edition.objects.filter(locale=locale).order_by("number")
    return list(found.values_list("number", flat=True))


@pytest.fixture
def page(caplog: pytest.LogCaptureFixture) -> LeafletPage:
    return builders.make_leaflet(builders.make_site())


def live_but_not_issued(page: LeafletPage) -> None:
    """New words are live, and their publisher has not come to issuing them yet."""
    builders.reword(
        page, {"cramps/text": "<p>Cramps go away within some hours.</p>"}, publish=False
    )
    draft = page.get_latest_revision_as_object()
    builders.approval.approve(draft, builders.approver())
    LeafletPage.objects.filter(pk=page.pk).update(body=draft.body)


def test_the_same_words_are_issued_once(page: LeafletPage) -> None:
    live_but_not_issued(page)
    outcomes = at_once(*[lambda: issue_edition(page.pk)] * 4)
    assert [o for o in outcomes if isinstance(o, Exception)] == []
    assert sum(isinstance(outcome, Issued) for outcome in outcomes) == 1
    assert numbers() == [1, 2]


def test_two_editors_publish_one_page(page: LeafletPage, caplog: pytest.LogCaptureFixture) -> None:
    def publish(text: str) -> Callable[[], object]:
        return lambda: builders.reword(builders.fresh(page), {"cramps/text": f"<p>{text}</p>"})

    outcomes = at_once(publish("Cramps go away within hours."), publish("Cramps hurt for a day."))
    assert [o for o in outcomes if isinstance(o, Exception)] == []
    assert caplog.records == []
    assert numbers() in ([1, 2], [1, 2, 3])
    newest = Edition.objects.get(locale="en", number=numbers()[-1])
    live = builders.fresh(page)
    assert "".join(str(live.body)).count("Cramps") == 1
    assert newest.data["sections"][0]["blocks"][1]["text"] in str(live.body)
    assert CatalogueEntry.objects.get().number == newest.number


def test_the_catalogue_knows_every_language_published_at_once(
    page: LeafletPage, caplog: pytest.LogCaptureFixture
) -> None:
    drafts = [builders.translate(page, locale, publish=False) for locale in ("nl", "de", "es")]
    drafts = [draft.get_latest_revision_as_object() for draft in drafts]
    outcomes = at_once(*[lambda d=d: builders.publish_page(d) for d in drafts])
    assert [o for o in outcomes if isinstance(o, Exception)] == []
    assert caplog.records == []
    entries = CatalogueEntry.objects.order_by("locale")
    assert {e.locale: len(e.translations) for e in entries} == {"de": 3, "en": 3, "es": 3, "nl": 3}
    assert {entry.status for entry in entries} == {"current"}
