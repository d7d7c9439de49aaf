"""What people do to one segment."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import PageLogEntry

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation import editing
from patientinfo.translation.actions import store_translations
from patientinfo.translation.board import load_board
from patientinfo.translation.desk_models import FindingDismissal, SegmentComment
from patientinfo.translation.editing import (
    Conflict,
    Declined,
    Dismissal,
    Edit,
    Outcome,
    Saved,
    add_comment,
    check_segment,
    dismiss_finding,
    save_segment,
)
from patientinfo.translation.memory_models import MemoryEntry
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.sending import SENT
from patientinfo.translation.states import State
from tests import builders
from tests.fixtures_desk import Team, make_member, row, segment

PATH = "trigger/text"
WORDS = "Een triggerpoint is een knoop in een spier die pijn doet."


@pytest.fixture
def ours(settings: Any) -> Any:
    """The package's settings, to be changed for one test."""

    def change(**values: Any) -> None:
        settings.PATIENTINFO = {**settings.PATIENTINFO, **values}

    return change


@pytest.fixture
def save(page: LeafletPage, dutch: LeafletPage, team: Team) -> Any:
    def act(text: str = WORDS, version: int = 0, path: str = PATH, **more: Any) -> Outcome:
        user = more.pop("user", team.translator)
        return save_segment(dutch, segment(page, path), Edit(text, version, **more), user)

    return act


def state(dutch: LeafletPage, path: str = PATH) -> State:
    return load_board(dutch).lines[path].state


def test_words_that_are_too_long_are_not_looked_at(
    save: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "clean_inline", lambda text: pytest.fail(f"{len(text)} of them"))
    assert isinstance(save("<em>" * 5001), Declined)


# -- the way of a segment ---------------------------------------------------------------------


def test_from_empty_to_checked(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    assert state(dutch) is State.EMPTY
    assert save("Een knoop", state="draft").row.version == 1
    assert state(dutch) is State.DRAFT
    assert save(version=1).row.version == 2
    assert state(dutch) is State.TRANSLATED
    assert isinstance(check_segment(dutch, segment(page, PATH), 2, team.checker), Saved)
    assert state(dutch) is State.CHECKED
    found = row(PATH)
    assert (found.translated_by, found.checked_by) == (team.translator, team.checker)
    assert found.source_text == segment(page, PATH).text


def test_a_changed_source_makes_checked_words_fuzzy(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    check_segment(dutch, segment(page, PATH), save().row.version, team.checker)
    page = builders.reword(page, {PATH: "<p>A trigger point is a tight knot.</p>"})
    line = load_board(dutch).lines[PATH]
    assert line.state is State.FUZZY
    assert line.previous_source == "A trigger point is a knot in a muscle that causes pain."
    assert line.text == WORDS
    told = check_segment(dutch, segment(page, PATH), line.version, team.checker)
    assert isinstance(told, Declined)
    assert state(dutch) is State.FUZZY
    save(WORDS, version=line.version)  # they hold for the new source too: the translator says so
    assert state(dutch) is State.TRANSLATED


def test_somebody_elses_comma_leaves_the_translator_a_translator(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    both = make_member("bo", "nl", "translate", "check")
    save(user=both)
    version = save(f"{WORDS},", version=1, user=team.translator).row.version
    assert isinstance(check_segment(dutch, segment(page, PATH), version, both), Declined)
    assert isinstance(check_segment(dutch, segment(page, PATH), version, team.checker), Saved)
    version = save(WORDS, version=version + 1).row.version  # checked words are a new beginning
    assert row(PATH).makers == {team.translator.pk}
    assert isinstance(check_segment(dutch, segment(page, PATH), version, both), Saved)


def test_words_are_stored_in_the_closed_subset(save: Any) -> None:
    dirty = save('A <b>knot</b><script>alert(1)</script> <img src=x onerror="alert(1)">here')
    assert dirty.row.text == "A <strong>knot</strong> here"
    plain = save("<script>alert(1)</script>", path="title")
    assert plain.row.text == "<script>alert(1)</script>"  # plain text, escaped wherever it is shown


def test_empty_words_empty_the_segment(dutch: LeafletPage, save: Any) -> None:
    assert isinstance(save("  "), Declined)
    save()
    assert isinstance(save("", version=1), Saved)
    assert state(dutch) is State.EMPTY


def test_a_version_of_words_that_were_taken_away_is_never_another_ones(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    other = "Een triggerpoint is een knoop in een spier die geen pijn doet."
    save()
    save("", version=1)
    assert save(other).row.version == 2
    stale = check_segment(dutch, segment(page, PATH), 1, team.checker)
    assert isinstance(stale, Conflict)
    assert isinstance(save("Woorden van toen.", version=1), Conflict)
    asked = Dismissal("numbers", "It is right.", version=1)
    assert isinstance(dismiss_finding(dutch, segment(page, PATH), asked, team.checker), Conflict)
    assert (row(PATH).text, row(PATH).state) == (other, "translated")
    save(WORDS, version=2)
    save("", version=3)
    assert save().row.version == 4


def test_words_from_elsewhere_go_on_above_those_that_were_taken_away(
    page: LeafletPage, dutch: LeafletPage, save: Any
) -> None:
    save()
    save("", version=1)
    store_translations(dutch, {PATH: WORDS, "cramps/text": "Kramp."})
    assert (row(PATH).version, row("cramps/text").version) == (2, 1)


def test_too_long_words_are_declined_and_never_cut(save: Any) -> None:
    assert isinstance(save("a" * 20_001), Declined)
    assert not SegmentTranslation.objects.filter(path=PATH).exists()


@pytest.mark.parametrize("more", [{"state": "checked"}, {"state": ""}, {"origin": "x" * 20}])
def test_nobody_says_checked_by_saving(save: Any, more: dict[str, str]) -> None:
    assert isinstance(save(**more), Declined)
    assert not SegmentTranslation.objects.filter(path=PATH).exists()


def test_saving_what_is_there_undoes_nothing(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    check_segment(dutch, segment(page, PATH), save().row.version, team.checker)
    before = PageLogEntry.objects.count()
    assert save(WORDS, version=2, user=team.admin).row.version == 2
    found = row(PATH)
    assert (found.state, found.translated_by) == ("checked", team.translator)
    assert PageLogEntry.objects.count() == before
    save(WORDS, version=2, state="draft")  # but taking back is possible
    assert (row(PATH).state, row(PATH).checked_by) == ("draft", None)


def test_what_a_machine_began_stays_marked(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    save("Machine words", state="draft", origin="machine")
    assert state(dutch) is State.MACHINE
    save("Words that a person mended", version=1)
    assert row(PATH).origin == "machine"
    assert state(dutch) is State.TRANSLATED


# -- two people ---------------------------------------------------------------------------------


def test_the_second_of_two_is_told_and_loses_nothing(team: Team, save: Any) -> None:
    save("First words")
    told = save("Second words", user=team.admin)
    assert isinstance(told, Conflict)
    assert (told.text, told.row and told.row.text) == ("Second words", "First words")
    assert row(PATH).text == "First words"


def test_one_who_saves_over_an_emptied_segment_is_told(save: Any) -> None:
    save()
    save("", version=1)
    told = save("Other words", version=1)
    assert told == Conflict(None, "Other words")


def test_words_for_a_source_that_nobody_saw_are_not_taken(
    page: LeafletPage, dutch: LeafletPage, save: Any
) -> None:
    seen = segment(page, PATH).hash
    builders.reword(page, {PATH: "<p>A trigger point is a tight knot.</p>"})
    told = save_segment(
        dutch,
        segment(builders.fresh(page), PATH),
        Edit(WORDS, 0, made_from=seen),
        make_member("jan", "nl", "translate"),
    )
    assert told == Conflict(None, WORDS, source_changed=True)
    assert state(dutch) is State.EMPTY


# -- checking -----------------------------------------------------------------------------------


def test_nobody_checks_their_own_words(
    page: LeafletPage, dutch: LeafletPage, save: Any, ours: Any
) -> None:
    both = make_member("both", "nl", "translate", "check")
    version = save(user=both).row.version
    told = check_segment(dutch, segment(page, PATH), version, both)
    assert isinstance(told, Declined)
    assert "somebody else" in told.reason
    ours(SELF_CHECK=True)
    assert isinstance(check_segment(dutch, segment(page, PATH), version, both), Saved)


def test_what_is_not_finished_is_not_checked(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    assert isinstance(check_segment(dutch, segment(page, PATH), 0, team.checker), Declined)
    save(state="draft")
    assert isinstance(check_segment(dutch, segment(page, PATH), 1, team.checker), Declined)


def test_words_changed_under_the_checker_are_not_checked(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    save()
    save("Other words than the checker has read.", version=1)
    assert isinstance(check_segment(dutch, segment(page, PATH), 1, team.checker), Conflict)
    assert row(PATH).state == "translated"


def test_checked_words_are_remembered_and_others_are_not(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    save()
    assert not MemoryEntry.objects.exists()
    check_segment(dutch, segment(page, PATH), 1, team.checker)
    assert [entry.text for entry in MemoryEntry.objects.all()] == [WORDS]


def test_a_wrong_number_is_not_checked_until_it_is_dismissed(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    path = "odds-r-1/odds-c-2"
    save("bij 30 % van alle behandelde mensen", path=path)
    line = load_board(dutch).lines[path]
    assert line.blocked
    assert isinstance(check_segment(dutch, line.segment, 1, team.checker), Declined)
    assert not MemoryEntry.objects.exists()
    names = [result.finding.check for result in line.results if result.blocks]
    for name in names:
        dismiss_finding(
            dutch, line.segment, Dismissal(name, "The source is wrong.", 1), team.checker
        )
    assert isinstance(check_segment(dutch, line.segment, 1, team.checker), Saved)


# -- findings and remarks -------------------------------------------------------------------------


def test_a_dismissal_holds_for_these_words_only(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    path = "odds-r-1/odds-c-2"
    save("bij 30 % van alle mensen", path=path)
    line = load_board(dutch).lines[path]
    name = next(result.finding.check for result in line.results if result.blocks)
    dismiss_finding(dutch, line.segment, Dismissal(name, "So we count.", 1), team.checker)
    dismissed = {r.finding.check: r.dismissed for r in load_board(dutch).lines[path].results}
    assert dismissed[name] == "So we count."
    save("bij 30 % van de mensen", version=1, path=path)
    again = {r.finding.check: r.dismissed for r in load_board(dutch).lines[path].results}
    assert again[name] == ""
    save("bij 30 % van alle mensen", version=2, path=path)
    builders.reword(page, {path: "<p>in 25 % of all people treated</p>"})
    changed = {r.finding.check: r.dismissed for r in load_board(dutch).lines[path].results}
    assert changed[name] == ""


def test_what_was_overruled_beside_an_older_source_lets_no_wrong_words_be_checked(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    builders.reword(page, {PATH: "<p>Rest for 2 days.</p>"})
    seen = segment(builders.fresh(page), PATH)
    wrong: Any = save_segment(dutch, seen, Edit("Rustnl 3 dagennl.", 0), team.translator)
    builders.reword(builders.fresh(page), {PATH: "<p>Rest for 5 days.</p>"})
    now = segment(builders.fresh(page), PATH)
    asked = Dismissal("numbers", "agreed: 3", wrong.row.version, made_from=seen.hash)
    told = dismiss_finding(dutch, now, asked, team.checker)
    assert isinstance(told, Conflict)
    assert told.source_changed
    words = Edit("Rustnl 3 dagennl.", wrong.row.version)
    again: Any = save_segment(dutch, now, words, team.translator)
    assert isinstance(check_segment(dutch, now, again.row.version, team.checker), Declined)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Dismissal("numbers", " ", 1), Declined),
        (Dismissal("no such check", "Why not", 1), Declined),
        (Dismissal("numbers", "Right", 7), Conflict),
    ],
)
def test_dismissals_that_are_not_taken(
    dutch: LeafletPage, team: Team, save: Any, asked: Dismissal, expected: type
) -> None:
    save()
    segment_of = load_board(dutch).lines[PATH].segment
    assert isinstance(dismiss_finding(dutch, segment_of, asked, team.checker), expected)
    assert not FindingDismissal.objects.exists()


def test_comments_are_kept_whole_or_not_at_all(dutch: LeafletPage, team: Team) -> None:
    said = add_comment(dutch, PATH, "  Is a knot a lump?\n", team.checker)
    assert (said.text, said.user) == ("Is a knot a lump?", team.checker)
    assert isinstance(add_comment(dutch, PATH, " ", team.checker), Declined)
    assert isinstance(add_comment(dutch, PATH, "a" * 2001, team.checker), Declined)
    assert SegmentComment.objects.count() == 1


def test_what_is_pasted_with_characters_that_nothing_can_hold_is_kept_without_them(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    """They come from a PDF; PostgreSQL takes no NUL, and XML none of them."""
    said = add_comment(dutch, PATH, "Pasted\x02 from\r\na PDF\x00", team.translator)
    assert isinstance(said, SegmentComment)
    assert said.text == "Pasted from\na PDF"
    assert isinstance(add_comment(dutch, PATH, "\x02", team.translator), Declined)
    save()
    asked = Dismissal("numbers", "So it\x00 is", version=1)
    dismiss_finding(dutch, segment(page, PATH), asked, team.checker)
    assert FindingDismissal.objects.get().reason == "So it is"


# -- who, and what is written down -----------------------------------------------------------------


def test_every_act_asks_for_its_right(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    save()
    here = segment(page, PATH)
    for user in (team.arabic, team.nobody, team.checker):
        with pytest.raises(PermissionDenied):
            save("Other words", version=1, user=user)
    for user in (team.arabic, team.nobody, team.translator):
        with pytest.raises(PermissionDenied):
            check_segment(dutch, here, 1, user)
        with pytest.raises(PermissionDenied):
            dismiss_finding(dutch, here, Dismissal("numbers", "Right", 1), user)
    for user in (team.arabic, team.nobody):
        with pytest.raises(PermissionDenied):
            add_comment(dutch, PATH, "Hello", user)
    assert (row(PATH).text, row(PATH).state) == (WORDS, "translated")


def test_every_act_is_in_the_audit_log(
    page: LeafletPage, dutch: LeafletPage, team: Team, save: Any
) -> None:
    here = segment(page, PATH)
    save()
    dismiss_finding(dutch, here, Dismissal("numbers", "Right", 1), team.checker)
    check_segment(dutch, here, 1, team.checker)
    add_comment(dutch, PATH, "Well done", team.signer)
    entries = PageLogEntry.objects.filter(page=dutch, action__startswith="patientinfo.")
    entries = entries.exclude(action=SENT)
    assert [(e.action, e.user, e.data["path"]) for e in entries.order_by("timestamp", "pk")] == [
        ("patientinfo.segment_saved", team.translator, PATH),
        ("patientinfo.finding_dismissed", team.checker, PATH),
        ("patientinfo.segment_checked", team.checker, PATH),
        ("patientinfo.segment_commented", team.signer, PATH),
    ]
