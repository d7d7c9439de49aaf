"""A language may have a picture or an address of its own in place of its source's."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import Locale, PageLogEntry

from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.editions.reissue import reissue
from patientinfo.exchange.catalogs import translation_file
from patientinfo.exchange.importing import import_file
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import Contact
from patientinfo.translation.actions import filled_draft
from patientinfo.translation.board import load_board
from patientinfo.translation.desk_models import TranslationProgress
from patientinfo.translation.editing import Declined, Edit, check_segment, save_segment
from patientinfo.translation.memory_models import MemoryEntry
from patientinfo.translation.override_models import PartOverride
from patientinfo.translation.overriding import (
    Done,
    override_link,
    override_picture,
    take_picture_back,
)
from patientinfo.translation.pages import segments_of_page
from patientinfo.translation.sending import send_for_translation
from patientinfo.translation.sign_off import sign_off
from tests import bodies, builders
from tests.builders import Clinic
from tests.fixtures_desk import Team, finish, row, segment

LINKED = "intro/text"
SOURCE_LINK = "https://clinic.example/needles"
OWN_LINK = "https://kliniek.example/naalden?a=1&b=2"


def make_page(clinic: Clinic) -> LeafletPage:
    """A leaflet with a picture that has a description here and no caption anywhere."""
    image = builders.make_image()
    LeafletImage.objects.update(caption="")
    picture = bodies.picture(image, key="needle", alt="A needle of ours in a muscle")
    sections = [*bodies.sample_sections(), bodies.section("A look", picture, key="look")]
    return builders.make_leaflet(clinic, sections=sections)


@pytest.fixture
def image(page: LeafletPage) -> LeafletImage:
    return LeafletImage.objects.get()


@pytest.fixture
def own_image(image: LeafletImage) -> LeafletImage:
    return builders.make_image(title="Naald", colour="navy")


def lead_elsewhere(page: LeafletPage, dutch: LeafletPage, user: Any, href: str = OWN_LINK) -> Any:
    return override_link(dutch, segment(page, LINKED), SOURCE_LINK, href, user)


def publish(page: LeafletPage, dutch: LeafletPage, team: Team) -> dict[str, Any]:
    finish(page, dutch, team)
    sign_off(dutch, team.signer)
    document: dict[str, Any] = Edition.objects.get(locale="nl").data
    return document


# -- links --------------------------------------------------------------------------------------


def test_a_link_leads_elsewhere_in_the_edition(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    assert lead_elsewhere(page, dutch, team.admin) == Done()
    document = publish(page, dutch, team)
    text = document["sections"][0]["blocks"][0]["text"]
    assert '<a href="https://kliniek.example/naalden?a=1&amp;b=2">' in text
    assert SOURCE_LINK not in str(document["sections"])
    assert CatalogueEntry.objects.get(locale="nl").status == "current"


def test_it_is_no_finding_and_any_other_address_is(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    lead_elsewhere(page, dutch, team.admin)
    words = builders.fake_texts(page, "nl")[LINKED]
    save_segment(dutch, segment(page, LINKED), Edit(words, 0), team.translator)
    assert OWN_LINK.replace("&", "&amp;") in row(LINKED).text
    assert not load_board(dutch).lines[LINKED].blocked
    other = words.replace(SOURCE_LINK, "https://elsewhere.example/")
    save_segment(dutch, segment(page, LINKED), Edit(other, row(LINKED).version), team.translator)
    found = {result.finding.check for result in load_board(dutch).lines[LINKED].results}
    assert "inline_codes" in found


def test_it_survives_rewording_and_the_next_source(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    lead_elsewhere(page, dutch, team.translator)
    link = f'<a href="{SOURCE_LINK}">our page</a>'
    page = builders.reword(page, {LINKED: f"<p>Needles are thin; see {link}.</p>"})
    new = f'Naalden zijn dun; zie <a href="{SOURCE_LINK}">onze bladzijde</a>.'
    save_segment(dutch, segment(page, LINKED), Edit(new, row(LINKED).version), team.translator)
    assert "kliniek.example" in segments_of_page(filled_draft(dutch))[LINKED].text


def test_it_opens_a_checked_segment_again(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    version = row(LINKED).version
    lead_elsewhere(page, dutch, team.admin)
    assert (row(LINKED).state, row(LINKED).checked_by) == ("translated", None)
    assert row(LINKED).version == version + 1
    refused = check_segment(dutch, segment(page, LINKED), version + 1, team.admin)
    assert refused == Declined("You chose its picture or its link: somebody else must check it.")
    check_segment(dutch, segment(page, LINKED), version + 1, team.checker)
    assert row(LINKED).state == "checked"


def test_it_can_be_taken_back(page: LeafletPage, dutch: LeafletPage, team: Team) -> None:
    finish(page, dutch, team)
    before = row(LINKED).text
    lead_elsewhere(page, dutch, team.translator)
    assert lead_elsewhere(page, dutch, team.translator, "") == Done()
    assert row(LINKED).text == before
    assert not PartOverride.objects.exists()
    again = lead_elsewhere(page, dutch, team.translator, " ")
    assert again == Declined("This link is the source's already.")


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "/nl/naalden/", "urn:uuid:0", f"https://x.example/{'a' * 500}"]
)
def test_an_address_must_be_one(
    page: LeafletPage, dutch: LeafletPage, team: Team, href: str
) -> None:
    assert isinstance(lead_elsewhere(page, dutch, team.translator, href), Declined)
    assert not PartOverride.objects.exists()


def test_the_memory_and_files_keep_the_addresses_of_the_source(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    lead_elsewhere(page, dutch, team.admin)
    finish(page, dutch, team)
    assert SOURCE_LINK in MemoryEntry.objects.get(text__contains="<a ").text
    file = translation_file(Edition.objects.get(locale="en"), "nl")
    (unit,) = [unit for unit in file.units if unit.path == LINKED]
    assert SOURCE_LINK in unit.target
    result = import_file(file, "dry-needling.nl.po", user=team.translator)
    assert (result.stored, result.refused) == (0, ())
    assert "kliniek.example" in row(LINKED).text


def test_links_to_leaflets_follow_the_language_by_themselves(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    refused = override_link(dutch, segment(page, LINKED), "urn:uuid:1", OWN_LINK, team.admin)
    assert refused == Declined("The source has no such link any more.")


# -- pictures -----------------------------------------------------------------------------------


def test_a_picture_of_its_own_is_in_the_edition(
    page: LeafletPage, dutch: LeafletPage, team: Team, image: LeafletImage, own_image: LeafletImage
) -> None:
    own = "Tekening voor het Nederlands"
    assert override_picture(load_board(dutch), "needle", own_image, own, team.admin) == Done()
    document = publish(page, dutch, team)
    (shown,) = document["images"]
    assert (shown["digest"], shown["caption"]) == (own_image.file_digest, own)
    assert shown["in_place_of"] == image.file_digest
    assert CatalogueEntry.objects.get(locale="nl").status == "current"


def test_its_description_is_compared_with_nothing(
    page: LeafletPage, dutch: LeafletPage, team: Team, own_image: LeafletImage
) -> None:
    words = Edit("Een spier met een naald van 5 mm", 0)
    save_segment(dutch, segment(page, "needle/alt"), words, team.translator)
    assert load_board(dutch).lines["needle/alt"].blocked
    override_picture(load_board(dutch), "needle", own_image, "", team.translator)
    assert not load_board(dutch).lines["needle/alt"].blocked


def test_it_stays_when_the_source_is_copied_again_and_goes_when_taken_back(
    page: LeafletPage, dutch: LeafletPage, team: Team, image: LeafletImage, own_image: LeafletImage
) -> None:
    finish(page, dutch, team)
    override_picture(load_board(dutch), "needle", own_image, "", team.translator)
    assert row("needle/alt").state == "translated"
    builders.reword(page, {"needle/alt": "A thin needle"})

    def pictures() -> list[int]:
        return [b.value["image"].pk for s in filled_draft(dutch).body for b in s.value["blocks"]
                if b.block_type == "image"]  # fmt: skip

    assert pictures() == [own_image.pk]
    assert take_picture_back(load_board(dutch), "needle", team.translator) == Done()
    assert pictures() == [image.pk]
    assert isinstance(take_picture_back(load_board(dutch), "needle", team.translator), Declined)


def test_words_of_a_picture_that_the_library_lost_are_checked_again(
    page: LeafletPage, dutch: LeafletPage, team: Team, own_image: LeafletImage
) -> None:
    """The source's picture comes back, and nobody has seen these words beside it."""
    override_picture(load_board(dutch), "needle", own_image, "", team.admin)
    publish(page, dutch, team)
    own_image.delete()
    assert row("needle/alt").state == "translated"
    with pytest.raises(NotReadyToPublish):
        sign_off(dutch, team.signer)
    progress = TranslationProgress.objects.get(key=page.translation_key, locale="nl")
    assert (progress.translated, progress.signed_off) == (1, False)


def change_picture(page: LeafletPage) -> None:
    """The source gets another picture, and is published."""
    newer = builders.make_image(title="Another", colour="red")
    LeafletImage.objects.update(caption="")
    body = page.body.get_prep_value()
    body[-1]["value"]["blocks"][0]["value"]["image"] = newer.pk
    draft = page.get_latest_revision_as_object()
    draft.body = body
    builders.publish_page(draft)


def reissue_in_dutch() -> dict[str, Any]:
    """A new telephone number makes an edition that nobody signs."""
    contact = Contact.objects.get(locale__language_code="nl")
    contact.phone = "+31 555 0199"
    contact.save()
    (edition,) = reissue(contact).editions
    document: dict[str, Any] = edition.data
    return document


def test_another_picture_in_the_source_leaves_the_translation_behind(
    page: LeafletPage, dutch: LeafletPage, team: Team, own_image: LeafletImage
) -> None:
    override_picture(load_board(dutch), "needle", own_image, "", team.admin)
    publish(page, dutch, team)
    change_picture(page)
    entry = CatalogueEntry.objects.get(locale="nl")
    assert (entry.status, entry.behind) == ("behind", ["look"])
    override_picture(load_board(dutch), "needle", own_image, "", team.admin)
    check_segment(dutch, segment(page, "needle/alt"), row("needle/alt").version, team.checker)
    sign_off(dutch, team.signer)
    assert CatalogueEntry.objects.get(locale="nl").status == "current"


def test_a_choice_that_nobody_has_signed_frees_no_translation(
    page: LeafletPage, dutch: LeafletPage, team: Team, image: LeafletImage, own_image: LeafletImage
) -> None:
    override_picture(load_board(dutch), "needle", own_image, "", team.admin)
    publish(page, dutch, team)
    change_picture(page)
    override_picture(load_board(dutch), "needle", own_image, "", team.admin)
    assert reissue_in_dutch()["images"][0]["in_place_of"] == image.file_digest
    entry = CatalogueEntry.objects.get(locale="nl")
    assert (entry.status, entry.behind) == ("behind", ["look"])


def test_what_was_signed_stays_current_while_the_desk_takes_its_picture_back(
    page: LeafletPage, dutch: LeafletPage, team: Team, own_image: LeafletImage
) -> None:
    override_picture(load_board(dutch), "needle", own_image, "", team.admin)
    publish(page, dutch, team)
    take_picture_back(load_board(dutch), "needle", team.admin)
    reissue_in_dutch()
    assert CatalogueEntry.objects.get(locale="nl").status == "current"


def test_whoever_chose_a_part_does_not_sign_it_off(
    page: LeafletPage, dutch: LeafletPage, team: Team, own_image: LeafletImage
) -> None:
    from patientinfo.translation.sign_off import missing_for_sign_off, signer

    override_picture(load_board(dutch), "needle", own_image, "", team.admin)
    finish(page, dutch, team)
    PartOverride.objects.update(user=team.signer)
    words = [problem.message for problem in missing_for_sign_off(load_board(dutch), team.signer)]
    assert words == ["You translated this: somebody else must sign it off."]
    assert signer(dutch, team.signer) is None


def test_a_signature_is_for_the_parts_that_were_seen(
    page: LeafletPage, dutch: LeafletPage, team: Team, own_image: LeafletImage
) -> None:
    finish(page, dutch, team)
    before = load_board(dutch).stamp
    override_picture(load_board(dutch), "needle", own_image, "", team.admin)
    assert load_board(dutch).stamp != before


# -- people -------------------------------------------------------------------------------------


def test_nobody_changes_the_parts_of_another_language(
    page: LeafletPage, team: Team, own_image: LeafletImage
) -> None:
    german = send_for_translation(page, Locale.objects.get(language_code="de"), team.admin)
    for user in (team.translator, team.checker, team.nobody):
        with pytest.raises(PermissionDenied):
            lead_elsewhere(page, german, user)
        with pytest.raises(PermissionDenied):
            override_picture(load_board(german), "needle", own_image, "", user)
        with pytest.raises(PermissionDenied):
            take_picture_back(load_board(german), "needle", user)
    assert not PartOverride.objects.exists()


def test_the_audit_log_names_each_act(
    page: LeafletPage, dutch: LeafletPage, team: Team, own_image: LeafletImage
) -> None:
    lead_elsewhere(page, dutch, team.translator)
    lead_elsewhere(page, dutch, team.translator, "")
    override_picture(load_board(dutch), "needle", own_image, "", team.translator)
    take_picture_back(load_board(dutch), "needle", team.translator)
    entries = PageLogEntry.objects.filter(page=dutch, user=team.translator).order_by("pk")
    assert [entry.action.removeprefix("patientinfo.") for entry in entries] == [
        "part_overridden", "part_taken_back", "part_overridden", "part_taken_back",
    ]  # fmt: skip
    assert entries[0].data == {"path": LINKED, "link": SOURCE_LINK, "href": OWN_LINK}
