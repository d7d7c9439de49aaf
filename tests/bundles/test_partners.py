"""A partner's bundle: exactly what its licence covers, and its papers."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from patientinfo.bundles.recipients import NotInForce
from patientinfo.channels.models import KeptRendition
from patientinfo.editions.actions import withdraw_leaflet
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.editions.redaction import redact_edition
from patientinfo.licensing.access_keys import issue_key
from patientinfo.licensing.actions import revoke_licence
from patientinfo.licensing.models import UsageCount
from tests import bodies, builders
from tests.bundles.conftest import manifest_of, opened
from tests.licences import make_licence

WORLD = "dutch"


def paths(archive):
    return [name for name in archive.namelist() if name.startswith("files/")]


def test_it_has_what_the_licence_names_and_nothing_else(for_partner, page, clinic):
    builders.make_leaflet(clinic, title="Not theirs")
    licence = make_licence(leaflets=frozenset({str(page.translation_key)}), locales={"nl"})
    archive = opened(for_partner(licence, "text"))
    assert paths(archive) == ["files/nl/dry-needling.nl.txt"]
    manifest = manifest_of(archive)
    assert manifest["licence"]["number"] == licence.number
    assert manifest["licence"]["terms_digest"] == licence.terms_digest
    assert licence.number in archive.read(paths(archive)[0]).decode()
    assert manifest["left_out"] == []


def test_what_is_open_to_all_is_not_in_it_unless_licensed(for_partner, page, clinic):
    """The public level of the tests is `full`: it gives a partner's bundle nothing."""
    builders.make_leaflet(clinic, title="Not theirs")
    licence = make_licence(leaflets=frozenset({str(page.translation_key)}))
    archive = opened(for_partner(licence, "text", leaflets=["not-theirs"]))
    assert paths(archive) == []
    (left,) = manifest_of(archive)["left_out"]
    assert (left["title"], left["reason"]) == ("Not theirs", "not_licensed")


def test_a_form_that_serves_none_of_its_uses_is_left_out(for_partner):
    licence = make_licence(uses={"screen": {}}, locales={"en"})
    archive = opened(for_partner(licence, "text", "pdf"))
    assert paths(archive) == ["files/en/dry-needling.en.txt"]
    (left,) = manifest_of(archive)["left_out"]
    assert (left["channel"], left["reason"]) == ("pdf", "use_not_licensed")
    shown = archive.read("index.en.html").decode()
    assert "The permission does not cover this form." in shown


def test_pictures_that_are_not_licensed_are_withheld(for_partner, clinic):
    image = builders.make_image(clinic.locales)
    builders.make_leaflet(
        clinic, title="Pictured", sections=[bodies.section("A needle", bodies.picture(image))]
    )
    licence = make_licence(parts=frozenset({"text"}), locales={"en"})
    archive = opened(for_partner(licence, "markdown", leaflets=["pictured"]))
    (row,) = [r for r in manifest_of(archive)["files"] if "channel" in r]
    assert row["withheld"] == [{"part": "photos", "reason": "part_not_licensed", "images": []}]
    assert row["rights"]["photos"] == []
    assert "held above a muscle" not in archive.read(row["path"]).decode()


def test_text_that_is_not_licensed_gives_no_words(for_partner):
    archive = opened(for_partner(make_licence(parts=frozenset({"photos"})), "text"))
    assert paths(archive) == []
    reasons = {left["reason"] for left in manifest_of(archive)["left_out"]}
    assert reasons == {"part_not_licensed"}


def test_each_file_of_it_is_counted(for_partner, for_editors):
    licence = make_licence(locales={"en"}, uses={"screen": {}})
    opened(for_editors("text"))
    opened(for_partner(licence, "text", "speech", "pdf"))
    names = ("licence", "locale", "edition", "channel", "count")
    counted = sorted(UsageCount.objects.values_list(*names))
    assert counted == [(licence.pk, "en", 1, "speech", 1), (licence.pk, "en", 1, "text", 1)]


def test_the_letter_and_the_policy_are_in_it(for_partner):
    licence = make_licence()
    archive = opened(for_partner(licence, "text"))
    assert archive.read("licence/letter.pdf").startswith(b"%PDF-")
    assert json.loads(archive.read("licence/licence.jsonld"))["dct:identifier"] == licence.number
    listed = {row["path"] for row in manifest_of(archive)["files"]}
    assert {"licence/letter.pdf", "licence/licence.jsonld"} <= listed
    assert licence.number in archive.read("index.en.html").decode()


def test_the_same_bundle_is_the_same_file_with_its_letter(for_partner):
    licence = make_licence()
    first, second = (b"".join(for_partner(licence, "text").chunks()) for _ in range(2))
    assert first == second


def test_it_still_is_when_old_renditions_were_thrown_away(for_partner):
    licence = make_licence()
    first = b"".join(for_partner(licence, "text").chunks())
    KeptRendition.objects.update(made_at=timezone.now() - timedelta(days=400))
    call_command("clear_renditions")
    assert b"".join(for_partner(licence, "text").chunks()) == first


def test_a_letter_that_says_something_else_is_another(for_partner, page, settings):
    licence = make_licence(leaflets=frozenset({str(page.translation_key)}))

    def letter():
        return opened(for_partner(licence, "text")).read("licence/letter.pdf")

    first = letter()
    builders.reword(page, {}, title="Another title")
    second = letter()
    settings.PATIENTINFO = {**settings.PATIENTINFO, "PUBLIC_URL": "https://moved.example"}
    assert len({first, second, letter()}) == 3


def test_a_licence_that_is_not_in_force_gives_no_bundle(for_partner):
    today = timezone.localdate()
    revoked = revoke_licence(make_licence(), reason="Not paid.", by="a test")
    to_come = make_licence(starts=today + timedelta(days=5), ends=today + timedelta(days=50))
    for licence in (revoked, to_come):
        with pytest.raises(NotInForce):
            for_partner(licence, "text")


def test_translators_files_need_a_licence_for_both_languages(for_partner):
    both = make_licence(uses={"translate": {}})
    assert paths(opened(for_partner(both, "po"))) == [
        "files/en/dry-needling.en.po",
        "files/nl/dry-needling.nl.po",
    ]
    one = make_licence(both.licensee, uses={"translate": {}}, locales={"nl"})
    archive = opened(for_partner(one, "po"))
    assert paths(archive) == []
    assert manifest_of(archive)["left_out"][0]["reason"] == "not_licensed"


# An edition that the licence pins


OLD, NEW = "These are the words of old.", "These are new words."


@pytest.fixture
def pinning(page):
    """A licence for the first edition in both languages; the English one has a second since."""
    builders.reword(page, {"trigger/text": f"<p>{OLD}</p>"}, title="Needles of old")
    key = str(page.translation_key)
    first = CatalogueEntry.objects.get(key=key, locale="en").number
    builders.reword(page, {"trigger/text": f"<p>{NEW}</p>"}, title="New needles")
    return make_licence(
        uses={"website": {}, "translate": {}}, pinned={(key, "en"): first, (key, "nl"): 1}
    )


def pinned_edition(licence):
    ((key, _locale), number) = min(licence.terms.pinned.items())
    return Edition.objects.get(key=key, locale="en", number=number)


def test_the_edition_that_a_licence_pins_is_in_it(for_partner, page, pinning):
    archive = opened(for_partner(pinning, "text", "markdown", "po", locales=["en"]))
    manifest, pinned = manifest_of(archive), pinned_edition(pinning)
    assert manifest["left_out"] == []
    english = [row for row in manifest["files"] if row.get("locale") == "en"]
    assert [row["channel"] for row in english] == ["markdown", "po", "text"]
    for row in english:
        assert (row["edition"], row["edition_digest"]) == (pinned.number, pinned.digest)
        assert (row["title"], row["status"]) == ("Needles of old", "superseded")
        words = archive.read(row["path"]).decode()
        assert OLD in words
        assert NEW not in words
        assert "This is an earlier edition" in words
        assert "Withdrawn" not in words
    counted = UsageCount.objects.filter(licence=pinning, locale="en")
    assert set(counted.values_list("edition", flat=True)) == {pinned.number}
    index = archive.read("index.en.html").decode()
    assert "Needles of old" in index
    assert "This is an earlier edition" in index


def test_the_newest_edition_is_not_said_to_be_an_earlier_one(for_partner, pinning):
    manifest = manifest_of(opened(for_partner(pinning, "text", locales=["nl"])))
    assert [row["edition"] for row in manifest["files"] if row.get("locale") == "nl"] == [1]
    assert "superseded" not in str(manifest)


def test_a_pinned_edition_is_the_same_bytes_whatever_is_issued(for_partner, page, pinning):
    def made():
        archive = opened(for_partner(pinning, "text", "markdown", locales=["en"]))
        return [archive.read(path) for path in paths(archive)]

    before = made()
    builders.reword(page, {"trigger/text": "<p>Newer words still.</p>"})
    assert made() == before != []


@pytest.mark.parametrize("standing", ["held", "recalled", "withdrawn", "redacted"])
def test_what_nobody_is_shown_is_not_in_it_in_an_earlier_edition(for_partner, pinning, standing):
    CatalogueEntry.objects.filter(locale="en").update(status=standing)
    archive = opened(for_partner(pinning, "text", locales=["en"]))
    assert paths(archive) == []
    assert [left["reason"] for left in manifest_of(archive)["left_out"]] == [standing]


def test_a_pinned_edition_that_was_redacted_is_not_in_it(for_partner, pinning):
    redact_edition(pinned_edition(pinning), ["block:trigger"], by="a test", reason="A court")
    archive = opened(for_partner(pinning, "text", locales=["en"]))
    assert paths(archive) == []
    assert [left["reason"] for left in manifest_of(archive)["left_out"]] == ["redacted"]


def test_a_pinned_edition_that_was_withdrawn_is_not_in_it(for_partner, page, pinning):
    licence = make_licence(pinning.licensee, pinned={(str(page.translation_key), "en"): 3})
    withdraw_leaflet(page.translation_key, "en", "It was wrong.")
    builders.reword(page, {"trigger/text": "<p>Right at last.</p>"})
    archive = opened(for_partner(licence, "text", locales=["en"]))
    assert paths(archive) == []
    (left,) = manifest_of(archive)["left_out"]
    assert (left["edition"], left["reason"]) == (3, "withdrawn")


def test_slides_of_a_pinned_edition_can_be_asked_for_again(for_partner, page, pinning, client):
    licence = make_licence(pinning.licensee, uses={"screen": {}}, pinned=pinning.terms.pinned)
    archive = opened(for_partner(licence, "screen", locales=["en"]))
    slides = json.loads(archive.read(paths(archive)[0]))
    _key, text = issue_key(licence, "Screen", by="a test")
    answer = client.get(slides["refresh_url"], headers={"Authorization": f"Bearer {text}"})
    assert (answer.status_code, answer.json()) == (200, slides)
