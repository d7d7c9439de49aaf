"""A translator's file in a newer edition: what is the same is kept, what differs is marked."""

from dataclasses import replace

from patientinfo.formats.exchange import TranslationFile, Unit, target_digest
from patientinfo.formats.po import merge_files, read_po, write_po
from tests.formats.samples import LEAFLET

RUB = "Rub the sore place gently for ten minutes after the treatment."


def file(*units: Unit, edition: int = 1) -> TranslationFile:
    return replace(LEAFLET, units=units, source_edition=edition)


def unit(path: str, source: str, target: str = "", **more) -> Unit:
    state = "" if not target else "draft" if more.get("fuzzy") else "translated"
    return Unit(path, source, target, "", "", **{"state": state, **more})


def merged(theirs: TranslationFile, *units: Unit) -> dict[str, Unit]:
    found = merge_files(theirs, file(*units, edition=2))
    assert found.source_edition == 2
    assert [one.path for one in found.units] == [one.path for one in units]
    assert read_po(write_po(found), "a.po").units  # and it is a file that comes back
    return {one.path: one for one in found.units}


def test_words_of_the_same_source_are_kept() -> None:
    theirs = file(unit("a", "Ice helps.", "IJs helpt.", comments=("Really?",)))
    found = merged(theirs, unit("a", "Ice helps.", comments=("See 2.",)))["a"]
    assert (found.target, found.fuzzy, found.state) == ("IJs helpt.", False, "translated")
    assert found.comments == ("See 2.", "Really?")


def test_words_of_a_changed_source_are_fuzzy_and_say_what_they_were_made_from() -> None:
    theirs = file(unit("a", "Wait 1 day.", "Wacht 1 dag."), unit("b", "Wait 2 days.", "Wacht 2."))
    found = merged(theirs, unit("a", "Wait 2 hours."), unit("b", "Wait 2 days."))
    # The path says what it was, although another text is more alike.
    assert (found["a"].target, found["a"].fuzzy) == ("Wacht 1 dag.", True)
    assert found["a"].previous_source == "Wait 1 day."
    assert not found["b"].fuzzy


def test_words_that_are_two_editions_behind_say_what_they_were_made_from() -> None:
    behind = {"fuzzy": True, "previous_source": "Wait 1 day."}
    theirs = file(unit("a", "Wait 2 days.", "Wacht 1 dag.", **behind))
    found = merged(theirs, unit("a", "Wait 2 hours."))["a"]
    assert (found.target, found.fuzzy) == ("Wacht 1 dag.", True)
    assert found.previous_source == "Wait 1 day."


def test_a_text_that_moved_is_found_by_likeness() -> None:
    theirs = file(unit("old", RUB, "Wrijf zacht."))
    found = merged(theirs, unit("new", RUB.replace("ten", "five")))["new"]
    assert (found.target, found.fuzzy, found.previous_source) == ("Wrijf zacht.", True, RUB)


def test_what_is_gone_is_dropped_and_what_is_new_is_empty() -> None:
    theirs = file(unit("gone", "Quite another thing.", "Iets anders."))
    found = merged(theirs, unit("new", "0123"))
    assert (found["new"].target, found["new"].fuzzy) == ("", False)


def test_what_is_final_here_is_not_made_fuzzy() -> None:
    stored = unit("a", "Wait 2 days.", "Wacht 2 dagen.", state="checked")
    for theirs in (
        unit("a", "Wait 1 day.", "Wacht 1 dag."),
        unit("a", "Wait 2 days.", "Wacht.", fuzzy=True),
        unit("a", "Wait 2 days."),
    ):
        assert merged(file(theirs), stored)["a"] == stored
    same = unit("a", "Wait 2 days.", "Wacht 2 dagen.")
    assert merged(file(same), stored)["a"].state == "checked"
    better = unit("a", "Wait 2 days.", "Wacht twee dagen.")
    assert merged(file(better), stored)["a"].target == "Wacht twee dagen."


def test_words_that_look_like_formats_stay_words() -> None:
    theirs = file(unit("a", "20 % of people.", "20 % van de mensen."))
    assert not merged(theirs, unit("a", "20 % of people."))["a"].fuzzy


def test_words_that_nobody_changed_do_not_replace_newer_ones() -> None:
    old = unit("a", "Ice helps.", "IJs hielp.", exported=target_digest("IJs hielp."))
    new = unit("a", "Ice helps.", "IJs helpt.", exported=target_digest("IJs helpt."))
    assert merged(file(old), new)["a"] == new
    assert merged(file(replace(old, target="IJs doet goed.")), new)["a"].target == "IJs doet goed."
    assert merged(file(old), unit("a", "Ice helps."))["a"].target == "IJs hielp."


def test_a_draft_stays_one_and_goes_over_nothing_finished() -> None:
    draft = unit("a", "Ice helps.", "IJs helpt?", state="draft")
    found = merged(file(draft), unit("a", "Ice helps."))["a"]
    assert (found.target, found.fuzzy, found.state) == ("IJs helpt?", False, "draft")
    finished = unit("a", "Ice helps.", "IJs helpt.", state="checked")
    assert merged(file(draft), finished)["a"] == finished
    # Of the same words each side may say that they are finished.
    done = replace(draft, state="translated")
    assert merged(file(done), draft)["a"].state == "translated"
    assert merged(file(draft), done)["a"].state == "translated"
