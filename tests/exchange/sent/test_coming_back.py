"""Files that come back after the desk went on: what was decided there since is not undone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest

from patientinfo.exchange.importing import import_file
from patientinfo.exchange.kinds import KINDS, read_file
from patientinfo.formats.exchange import FileRefused
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.editing import Dismissal, check_segment, dismiss_finding
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.overriding import override_link
from tests import builders
from tests.builders import fresh
from tests.exchange.files import changed, exported, file_name, save, travelled, unit
from tests.fixtures_desk import Team, row, segment

PATH = "cramps/text"


@pytest.mark.parametrize("kind", KINDS)
def test_an_untouched_file_finishes_no_draft(
    page: LeafletPage, dutch: LeafletPage, team: Team, kind: str
) -> None:
    save(page, PATH, "Ietsnl.", team.translator)
    file = travelled(exported(), kind)
    save(page, PATH, "Ietsnl.", team.translator, state="draft")  # somebody doubts it
    import_file(file, file_name(kind))
    assert row(PATH).state == "draft"
    # A file that it went out in as a draft may say that it is none.
    done = changed(travelled(exported(), kind), PATH, fuzzy=False, state="translated")
    import_file(done, file_name(kind))
    assert row(PATH).state == "translated"


def test_a_file_of_before_whose_marks_do_not_say_finished_is_taken_at_its_word(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    save(page, PATH, "Ietsnl.", team.translator)
    file = changed(exported(), PATH, exported=unit(PATH).exported.removesuffix("+"))
    assert unit(PATH, file).is_as_exported
    save(page, PATH, "Ietsnl.", team.translator, state="draft")
    import_file(file, "a.po")
    assert row(PATH).state == "translated"


@pytest.mark.parametrize(
    "rewrite",
    [lambda text: f"{text} ", lambda text: f"{text}\n", lambda t: unicodedata.normalize("NFD", t)],
    ids=["space", "line", "NFD"],
)
def test_another_spelling_of_the_same_words_undoes_no_correction(
    page: LeafletPage, dutch: LeafletPage, team: Team, rewrite: Callable[[str], str]
) -> None:
    save(page, PATH, "Foutnl één.", team.translator)
    file = exported()
    file = changed(file, PATH, target=rewrite(unit(PATH, file).target))
    save(page, PATH, "Juistnl één.", team.translator)
    assert import_file(file, "a.po").outdated == 1
    assert row(PATH).text == "Juistnl één."


@pytest.fixture
def coded(page: LeafletPage, dutch: LeafletPage, team: Team) -> LeafletPage:
    """The leaflet with a tag in edition 2, which the words of the desk have not."""
    builders.reword(page, {PATH: "<p>Cramps may be <b>quite</b> bad.</p>"})
    save(page, PATH, "Krampnl kannl ergnl zijnnl.", team.translator)
    return page


@pytest.mark.parametrize("kind", KINDS)
def test_codes_that_a_checker_accepted_are_accepted_in_a_file(
    coded: LeafletPage, dutch: LeafletPage, team: Team, kind: str
) -> None:
    reason = Dismissal("inline_codes", "Dutch needs no emphasis", row(PATH).version)
    source = segment(fresh(coded), PATH)
    dismiss_finding(dutch, source, reason, team.checker)
    check_segment(dutch, source, row(PATH).version, team.checker)
    assert row(PATH).state == "checked"
    file = travelled(exported(2), kind)
    assert import_file(file, file_name(kind)).stored == 0
    SegmentTranslation.objects.all().delete()
    assert import_file(file, file_name(kind)).stored == 1
    other = changed(file, PATH, target="Krampnl kannl hevignl zijnnl.")
    with pytest.raises(FileRefused, match="lacks </strong> <strong>"):
        import_file(other, file_name(kind))


def test_codes_that_were_mended_at_the_desk_since_refuse_no_file(
    coded: LeafletPage, team: Team
) -> None:
    file = travelled(exported(2), "po")
    save(coded, PATH, "Krampnl kannl <b>ergnl</b> zijnnl.", team.translator)
    result = import_file(changed(file, "title", target="Droognaaldennl"), "a.nl.po")
    assert (result.stored, result.outdated) == (1, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_file_sent_again_undoes_no_correction(
    page: LeafletPage, dutch: LeafletPage, team: Team, kind: str
) -> None:
    words = {"target": "Foutnl krampnl", "state": "translated"}
    file = travelled(changed(exported(), PATH, **words), kind)
    import_file(file, file_name(kind))
    save(page, PATH, "Juistnl krampnl", team.translator)
    check_segment(dutch, segment(page, PATH), row(PATH).version, team.checker)
    more = changed(file, "trigger/text", target="Nog eennl", state="translated")
    result = import_file(more, file_name(kind))
    assert (result.stored, result.outdated) == (1, 1)
    assert "came in before" in result.left_out[0].reason
    assert (row(PATH).text, row(PATH).state) == ("Juistnl krampnl", "checked")
    # Who has seen the correction in a newer file may go back on it.
    assert import_file(changed(exported(), PATH, **words), file_name(kind)).stored == 1
    assert row(PATH).text == "Foutnl krampnl"


def test_words_that_were_emptied_at_the_desk_do_not_come_back_untouched(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    save(page, PATH, "Foutnl.", team.translator)
    file = travelled(exported(), "po")
    save(page, PATH, "", team.translator)
    result = import_file(file, "a.nl.po")
    assert "was emptied here since" in result.left_out[0].reason
    assert not SegmentTranslation.objects.exists()
    import_file(changed(file, PATH, target="Juistnl."), "a.nl.po")
    assert row(PATH).text == "Juistnl."


@pytest.mark.parametrize("kind", ["xliff", "xliff12"])
def test_words_of_an_older_source_stay_so_when_a_tool_drops_their_state(
    page: LeafletPage, dutch: LeafletPage, team: Team, kind: str
) -> None:
    save(page, PATH, "Magnl krampnl gevennl.", team.translator)
    builders.reword(page, {PATH: "<p>It may NOT cause cramps.</p>"})
    data = KINDS[kind].write(exported(2))
    dropped = re.sub(rb' (state|subState|state-qualifier)="[^"]*"', b"", data)
    assert dropped != data
    file = read_file(dropped, file_name(kind))
    import_file(file, file_name(kind))
    assert row(PATH).source_text != "It may NOT cause cramps."
    # What such a tool was used to write is a translation.
    import_file(changed(file, PATH, fuzzy=False, target="Nietnl."), file_name(kind))
    assert row(PATH).source_text == "It may NOT cause cramps."


def test_a_finding_that_a_checker_dismissed_is_none_beside_an_address_of_the_language(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    link = "https://clinic.example/needles"
    source = segment(page, "intro/text")
    override_link(dutch, source, link, "https://kliniek.example/naalden", team.admin)
    words = builders.fake_texts(page, "nl")[source.path] + " 7 dagen."
    save(page, source.path, words, team.translator, state="draft")
    reason = Dismissal("numbers", "so it is here", row(source.path).version)
    dismiss_finding(dutch, source, reason, team.checker)
    file = changed(exported(), source.path, fuzzy=False, state="translated")
    assert link in unit(source.path, file).target
    assert import_file(file, "a.xliff").stored == 1
    assert row(source.path).state == "translated"
