"""Sending for translation: pages, parents, and what the memory knows."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import Locale, Page

from patientinfo.leaflets.index_page import LeafletIndexPage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.board import Line, load_board
from patientinfo.translation.desk_models import TranslationProgress
from patientinfo.translation.editing import Declined, Edit, check_segment, save_segment
from patientinfo.translation.memory import import_units
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.rights import LanguageRight
from patientinfo.translation.sending import AliasInUse, send_for_translation
from patientinfo.translation.sending_all import send_tree
from patientinfo.translation.states import Origin, State
from tests import builders
from tests.builders import Clinic
from tests.fixtures_desk import Team, finish, row, segment


@pytest.fixture
def nl(clinic: Clinic) -> Locale:
    return Locale.objects.get(language_code="nl")


def test_the_page_comes_as_an_empty_draft_and_only_once(
    page: LeafletPage, nl: Locale, team: Team
) -> None:
    made = send_for_translation(page, nl, team.translator)
    assert not made.live
    assert made.summary == ""
    assert load_board(made).counts["empty"] == len(load_board(made).lines)
    assert send_for_translation(page, nl, team.translator) == made
    assert TranslationProgress.objects.get(locale="nl").empty


def test_an_alias_becomes_the_draft_where_it_stands(
    clinic: Clinic, page: LeafletPage, nl: Locale, team: Team, client: Client
) -> None:
    alias = page.copy_for_translation(nl, copy_parents=True, alias=True)
    address = alias.get_url()
    assert client.get(address).status_code == 302  # to the source
    with pytest.raises(AliasInUse):
        send_for_translation(page, nl, team.translator)
    assert client.get(address).status_code == 302
    made = send_for_translation(page, nl, team.admin)
    assert (made.pk, made.get_parent().locale, made.get_url()) == (alias.pk, nl, address)
    stored = LeafletPage.objects.get(pk=made.pk)
    assert (stored.live, stored.alias_of_id, stored.source_locale) == (False, None, "en")
    assert stored.summary == ""
    assert [c.code for c in stored.codes.all()] == [c.code for c in page.codes.all()]
    assert stored.contributors.count() == page.contributors.count()
    assert client.get(address).status_code == 404
    finish(page, stored, team)
    assert load_board(stored).complete
    assert send_for_translation(page, nl, team.translator) == made
    assert Page.objects.get(pk=made.pk).get_parent().numchild == 1
    assert Page.find_problems() == ([], [], [], [], [])


def test_everything_that_is_sent_takes_aliases_along(
    page: LeafletPage, nl: Locale, team: Team
) -> None:
    alias = page.copy_for_translation(nl, copy_parents=True, alias=True)
    sent = send_tree(nl, team.translator)
    assert (sent.leaflets, sent.shelves, len(sent.refused)) == (0, 0, 1)
    sent = send_tree(nl, team.admin)
    assert (sent.leaflets, sent.shelves, sent.refused) == (1, 0, [])
    assert LeafletPage.objects.get(pk=alias.pk).alias_of_id is None
    assert send_tree(nl, team.admin).leaflets == 0


def test_parents_come_along_as_drafts(clinic: Clinic, nl: Locale, team: Team) -> None:
    outer = LeafletIndexPage(title="Outer", slug="outer")
    clinic.homes["en"].add_child(instance=outer)
    inner = LeafletIndexPage(title="Inner", slug="inner")
    outer.add_child(instance=inner)
    page = builders.make_leaflet(clinic, parent=inner)
    made = send_for_translation(page, nl, team.admin)
    parents = [parent.specific for parent in made.get_ancestors().filter(depth__gt=2)]
    assert [parent.locale.language_code for parent in parents] == ["nl", "nl"]
    assert [(parent.live, parent.alias_of_id) for parent in parents] == [(False, None)] * 2
    assert made.get_ancestors().filter(pk=clinic.homes["nl"].pk).exists()


def test_nobody_sends_into_a_language_that_is_not_theirs(
    page: LeafletPage, nl: Locale, team: Team
) -> None:
    for user in (team.arabic, team.checker, team.nobody):
        with pytest.raises(PermissionDenied):
            send_for_translation(page, nl, user)
    assert not LeafletPage.objects.filter(locale=nl).exists()


def test_what_was_checked_before_is_filled_in_as_its_makers_and_checked_again(
    clinic: Clinic, page: LeafletPage, dutch: LeafletPage, nl: Locale, team: Team
) -> None:
    finish(page, dutch, team)
    other = builders.make_leaflet(clinic, title="Another leaflet")
    made = send_for_translation(other, nl, team.admin)
    counts = load_board(made).counts
    assert counts["translated"] == len(load_board(made).lines) - 2  # but title and summary
    assert counts["checked"] == 0
    known = load_board(made).lines["trigger/text"].row
    assert known is not None
    assert (known.origin, known.translated_by) == ("memory", team.translator)
    assert known.text == builders.fake_texts(page, "nl")["trigger/text"]


def send_again(clinic: Clinic, nl: Locale, team: Team, title: str) -> Line:
    """A new leaflet with the same words, sent; one line of it."""
    made = send_for_translation(builders.make_leaflet(clinic, title=title), nl, team.admin)
    return load_board(made).lines["trigger/text"]


def test_who_fills_the_memory_by_a_file_may_not_check_its_words(
    clinic: Clinic, page: LeafletPage, nl: Locale, team: Team
) -> None:
    LanguageRight.objects.filter(group__user=team.checker).update(may_translate=True)
    text = builders.fake_texts(page, "nl")["trigger/text"]
    import_units([("en", "nl", segment(page, "trigger/text").text, text, None)], user=team.checker)
    made = send_for_translation(page, nl, team.checker)
    found = row("trigger/text")
    assert (found.state, found.translated_by) == ("translated", team.checker)
    answer = check_segment(made, segment(page, "trigger/text"), found.version, team.checker)
    assert isinstance(answer, Declined)


def test_words_that_nobody_is_known_to_have_made_come_as_a_draft(
    clinic: Clinic, page: LeafletPage, nl: Locale, team: Team
) -> None:
    text = builders.fake_texts(page, "nl")["trigger/text"]
    import_units([("en", "nl", segment(page, "trigger/text").text, text, None)])
    line = send_again(clinic, nl, team, "Another leaflet")
    assert (line.text, line.state) == (text, State.DRAFT)


def test_a_machines_words_stay_marked_in_the_memory(
    clinic: Clinic, page: LeafletPage, dutch: LeafletPage, nl: Locale, team: Team
) -> None:
    finish(page, dutch, team, but=("trigger/text",))
    text, at = builders.fake_texts(page, "nl")["trigger/text"], segment(page, "trigger/text")
    save_segment(dutch, at, Edit(text, 0, origin=Origin.MACHINE), team.translator)
    check_segment(dutch, at, row("trigger/text").version, team.checker)
    line = send_again(clinic, nl, team, "Another leaflet")
    assert line.row is not None
    assert (line.row.origin, line.row.translated_by) == ("machine", team.translator)
    SegmentTranslation.objects.filter(key=line.row.key).delete()
    target = LeafletPage.objects.get(translation_key=line.row.key, locale=nl)
    save_segment(target, at, Edit(text, 0), team.translator)
    taken = SegmentTranslation.objects.get(key=line.row.key, path="trigger/text")
    assert taken.origin == "machine"


@pytest.mark.parametrize("way", ["send", "copy"])
def test_a_translation_is_made_from_the_source_and_from_no_translation(
    page: LeafletPage, nl: Locale, team: Team, way: str
) -> None:
    german = Locale.objects.get(language_code="de")
    dutch = send_for_translation(page, nl, team.admin)
    made = (
        send_for_translation(dutch, german, team.admin)
        if way == "send"
        else dutch.copy_for_translation(german)
    )
    assert LeafletPage.objects.get(pk=made.pk).source_locale == "en"


def test_nothing_is_sent_into_the_language_of_a_source_that_is_gone(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    english, german = (Locale.objects.get(language_code=code) for code in ("en", "de"))
    page.delete()
    dutch = builders.fresh(dutch)
    with pytest.raises(ValueError, match="is translated from en itself"):
        send_for_translation(dutch, english, team.admin)
    made = send_for_translation(dutch, german, team.admin)
    assert builders.fresh(made).source_locale == "nl"
