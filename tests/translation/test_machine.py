"""Machine translators: wagtail-localize's and our own, and what becomes of what they make."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import override_settings
from wagtail.models import Locale, PageLogEntry

from patientinfo.checks import check_machine_translator
from patientinfo.editions.models import Edition
from patientinfo.editions.reissue import reissue
from patientinfo.formats.inline import links_of
from patientinfo.formats.segments import Segment
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import Contact
from patientinfo.translation.board import load_board
from patientinfo.translation.editing import (
    MOST_CHARACTERS,
    Declined,
    Edit,
    check_segment,
    save_segment,
)
from patientinfo.translation.machine import (
    MachineTranslator,
    Outgoing,
    StringValue,
    configured,
    string_class,
    translate_segments,
)
from patientinfo.translation.machine_filling import Filled, fill_by_machine
from patientinfo.translation.memory import remember
from patientinfo.translation.memory_models import MemoryEntry
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.override_models import PartOverride
from patientinfo.translation.sign_off import missing_for_sign_off, sign_off
from patientinfo.translation.states import Origin, State
from tests import builders
from tests.fixtures_desk import Team, finish, row, segment

DUMMY = "wagtail_localize.machine_translators.dummy.DummyTranslator"
INLINE = (
    'One &amp; <strong>two</strong><br><a href="tel:112">call</a> or <a href="tel:113">this</a>'
)


class Faking(MachineTranslator):
    """Ours: fake words, tags left alone; loses the tags of what `breaks` says."""

    display_name = "The fake machine"

    def can_translate(self, source_locale: Locale, target_locale: Locale) -> bool:
        if self.options.get("is_away"):
            raise ConnectionError("no languages")
        return target_locale.language_code != self.options.get("not_into")

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: Iterable[StringValue]
    ) -> dict[StringValue, StringValue]:
        if self.options.get("fails"):
            raise ConnectionError("no answer")
        code = target_locale.language_code
        return {
            string: StringValue(
                string.render_text()
                if self.options.get("breaks")
                else builders.fake(string.data, code) + self.options.get("repeats", "")
            )
            for string in strings
        }


def using(name: str = f"{__name__}.Faking", **options: Any) -> Any:
    sys.modules.setdefault(__name__, sys.modules[Faking.__module__])
    return override_settings(
        PATIENTINFO={"MACHINE_TRANSLATOR": {"CLASS": name, "OPTIONS": options}}
    )


@pytest.fixture
def machine() -> Iterator[None]:
    with using():
        yield


def inline(text: str = INLINE) -> Segment:
    return Segment("a/text", text, "a", "paragraph")


# -- what goes out and comes back -----------------------------------------------------------------


def test_addresses_stay_here() -> None:
    data = Outgoing(inline()).data
    assert data == ('One &amp; <strong>two</strong><br/><a id="a1">call</a> or <a id="a2">this</a>')
    assert Outgoing(inline()).text_from(data) == INLINE


def test_links_come_back_in_the_order_of_the_language() -> None:
    back = Outgoing(inline()).text_from(
        "<a id=\"a2\">dit</a> of <a id='a1'>bel</a><br/><strong>twee</strong>"
    )
    assert links_of(back) == ["tel:113", "tel:112"]


@pytest.mark.parametrize(
    "data",
    [
        "One two call",
        '<strong>two</strong><br/><a id="a1">call</a>',
        '<strong>two</strong><br/><a id="a1">call</a> <a id="a7">this</a>',
        '<strong></strong><br/><a id="a1"></a><a id="a2"></a>',
    ],
)
def test_a_text_that_lost_its_codes_is_left_out(data: str) -> None:
    assert Outgoing(inline()).text_from(data) == ""


def test_plain_text_goes_out_as_html_and_comes_back_plain() -> None:
    plain = Segment("title", "Needles < 3 & more", "title", "title", inline=False)
    assert Outgoing(plain).data == "Needles &lt; 3 &amp; more"
    assert Outgoing(plain).text_from("Naalden &lt; 3 &amp; meer") == "Naalden < 3 & meer"


@pytest.mark.django_db
def test_the_translators_of_wagtail_localize_work_as_they_are() -> None:
    with using(DUMMY):
        translator = configured()
    assert string_class(type(translator)).__module__ == "wagtail_localize.strings"
    locales = Locale(language_code="en"), Locale(language_code="nl")
    found = translate_segments(translator, [inline("a <em>b</em> c")], *locales)
    assert "".join(found["a/text"].split()) == "c<em>b</em>a"


def test_a_translator_of_ones_own_needs_nothing_else() -> None:
    assert string_class(Faking) is StringValue


# -- only when it is wanted -----------------------------------------------------------------------


def test_none_is_called_unless_configured(dutch: LeafletPage, team: Team) -> None:
    assert configured() is None
    assert isinstance(fill_by_machine(dutch, team.translator), Declined)


def test_only_for_pairs_of_languages_that_it_knows(dutch: LeafletPage, team: Team) -> None:
    with using(not_into="nl"):
        assert isinstance(fill_by_machine(dutch, team.translator), Declined)


def test_only_by_those_who_may_translate(dutch: LeafletPage, team: Team, machine: None) -> None:
    for user in (team.checker, team.arabic, team.nobody):
        with pytest.raises(PermissionDenied):
            fill_by_machine(dutch, user)


def test_a_translator_that_cannot_be_loaded_stops_the_start() -> None:
    assert check_machine_translator(None) == []
    with using("clinic.gone.Translator"):
        assert [error.id for error in check_machine_translator(None)] == ["patientinfo.E004"]


# -- what is stored -------------------------------------------------------------------------------


def test_every_empty_segment_gets_a_marked_draft(
    page: LeafletPage, dutch: LeafletPage, team: Team, machine: None
) -> None:
    save_segment(dutch, segment(page, "title"), Edit("Droge naalden", 0), team.translator)
    total = len(load_board(dutch).lines)
    assert fill_by_machine(dutch, team.translator) == Filled(total - 1, 0)
    board = load_board(dutch)
    assert row("title").text == "Droge naalden"
    assert board.counts[State.MACHINE] == total - 1
    assert links_of(row("intro/text").text) == links_of(segment(page, "intro/text").text)
    assert row("intro/text").translated_by is None
    assert any("machine-made" in p.message for p in missing_for_sign_off(board, team.signer))
    entry = PageLogEntry.objects.get(action="patientinfo.machine_translated")
    assert (entry.user, entry.data["translator"]) == (team.translator, "The fake machine")
    assert isinstance(fill_by_machine(dutch, team.translator), Declined)


def test_codes_that_are_lost_leave_the_segment_empty(dutch: LeafletPage, team: Team) -> None:
    with using(breaks=True):
        filled = fill_by_machine(dutch, team.translator)
    assert isinstance(filled, Filled)
    assert filled.left == load_board(dutch).counts[State.EMPTY] == 2


def test_a_failure_stores_nothing(dutch: LeafletPage, team: Team) -> None:
    with using(fails=True):
        answer = fill_by_machine(dutch, team.translator)
    assert isinstance(answer, Declined)
    assert "failed" in answer.reason
    assert load_board(dutch).counts[State.MACHINE] == 0


def test_what_is_too_long_for_the_desk_is_left_out(dutch: LeafletPage, team: Team) -> None:
    with using(repeats=" en zo" * MOST_CHARACTERS):
        assert isinstance(fill_by_machine(dutch, team.translator), Declined)
    assert load_board(dutch).counts[State.MACHINE] == 0


def test_people_must_go_through_it_and_the_edition_says_so(
    page: LeafletPage, dutch: LeafletPage, team: Team, machine: None
) -> None:
    fill_by_machine(dutch, team.translator)
    path = "trigger/text"
    refused = check_segment(dutch, segment(page, path), row(path).version, team.checker)
    assert refused == Declined("This is a draft: save it as translated first.")
    for line in load_board(dutch):
        edit = Edit(line.text, line.version)
        saved: Any = save_segment(dutch, line.segment, edit, team.translator)
        check_segment(dutch, line.segment, saved.row.version, team.checker)
    sign_off(dutch, team.signer)
    assert Edition.objects.get(locale="nl").data["method"] == "machine-checked"


# -- what is taken over from the memory -----------------------------------------------------------

KNOT = "A trigger point is a tight and painful knot in one of the muscles of the back."
LIKE = "A trigger point is a tight and painful knot in one of the muscles of the neck."
WORDS = "Een triggerpoint is een strakke en pijnlijke knoop in een van de rugspieren."


def known(text: str = WORDS, source: str = KNOT, origin: str = Origin.MACHINE) -> None:
    """As if it had been checked in another leaflet."""
    words = SegmentTranslation(key=uuid.uuid4(), locale="nl", path="x/text", origin=origin)
    words.set(source, text)
    remember(words, source_locale="en")


def like(text: str = LIKE, path: str = "trigger/text", inline: bool = True) -> Segment:
    return Segment(path, text, "trigger-point", "paragraph", inline)


def origin_of(target: LeafletPage, at: Segment, text: str, team: Team, version: int = 0) -> str:
    saved: Any = save_segment(target, at, Edit(text, version), team.translator)
    return str(saved.row.origin)


@pytest.mark.parametrize("source", [KNOT, LIKE])
def test_a_suggestion_of_a_machine_taken_over_whole_stays_marked(
    dutch: LeafletPage, team: Team, source: str
) -> None:
    known()
    assert origin_of(dutch, like(source), f" {WORDS} ", team) == "machine"


def test_words_that_a_person_has_changed_are_a_persons(dutch: LeafletPage, team: Team) -> None:
    known()
    assert origin_of(dutch, like(), WORDS.replace("rugspieren", "nekspieren"), team) == "human"


def test_words_of_a_text_that_is_not_similar_are_a_persons(dutch: LeafletPage, team: Team) -> None:
    known()
    assert origin_of(dutch, like("Drink plenty of water today."), WORDS, team) == "human"


def test_a_person_who_made_the_same_words_of_this_text_made_them(
    dutch: LeafletPage, team: Team
) -> None:
    known()
    known(source=LIKE, origin=Origin.HUMAN)
    assert origin_of(dutch, like(), WORDS, team) == "human"


def test_a_plain_segment_takes_them_without_their_codes(dutch: LeafletPage, team: Team) -> None:
    known(f"<strong>{WORDS}</strong>", f"<strong>{KNOT}</strong>")
    assert origin_of(dutch, like(KNOT, inline=False), WORDS, team) == "machine"


def test_a_link_of_the_languages_own_hides_no_machine(dutch: LeafletPage, team: Team) -> None:
    source, own = "https://clinic.example/pain", "https://clinic.example/pijn"
    link = '<a href="{}">{}</a>'
    known(link.format(source, WORDS), link.format(source, KNOT))
    of = {"key": dutch.translation_key, "locale": "nl", "path": "trigger/text"}
    PartOverride.objects.create(**of, link=source, href=own)
    at = like(link.format(source, LIKE))
    assert origin_of(dutch, at, link.format(source, WORDS), team) == "machine"
    assert row("trigger/text").text == link.format(own, WORDS)


def test_the_document_says_so_after_people_have_checked_it(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    """And the memory keeps the mark for the text that it was taken over for."""
    source = segment(page, "trigger/text")
    similar = source.text.replace(".", " indeed.", 1)
    text = builders.fake_texts(page, "nl")["trigger/text"]
    known(text, similar)
    finish(page, dutch, team)
    assert row("trigger/text").origin == "machine"
    sign_off(dutch, team.signer)
    assert Edition.objects.get(locale="nl").data["method"] == "machine-checked"
    assert MemoryEntry.objects.get(source_text=source.text, locale="nl").origin == "machine"


@pytest.mark.parametrize("instead", ["", "Een knoop."])
def test_the_mark_stays_with_the_words_that_patients_have(
    page: LeafletPage, dutch: LeafletPage, team: Team, instead: str
) -> None:
    """Whatever the desk says since: a telephone number is issued with the words of before."""
    path = "trigger/text"
    known(builders.fake_texts(page, "nl")[path], segment(page, path).text)
    finish(page, dutch, team)
    sign_off(dutch, team.signer)
    save_segment(dutch, segment(page, path), Edit("", row(path).version), team.translator)
    if instead:
        save_segment(dutch, segment(page, path), Edit(instead, 0), team.translator)
    contact = Contact.objects.get(locale__language_code="nl")
    contact.phone = "+31 20 555 0199"
    contact.save()
    assert [edition.data["method"] for edition in reissue(contact).editions] == ["machine-checked"]
