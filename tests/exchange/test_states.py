"""What a file says of its words beside the words: state, remarks, rights, checks, editions."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from wagtail.models import Locale, Revision

from patientinfo.exchange import importing, judging
from patientinfo.exchange.importing import import_file
from patientinfo.exchange.kinds import KINDS, read_file
from patientinfo.exchange.results import Merge
from patientinfo.formats.exchange import FileRefused, TranslationFile, target_mark
from patientinfo.formats.inline import clean_words
from patientinfo.formats.segments import Segment, source_hash
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation import shelf
from patientinfo.translation.desk_models import (
    FindingDismissal,
    SegmentComment,
    TranslationProgress,
)
from patientinfo.translation.editing import Edit, Saved, save_segment
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.rights import LanguageRight
from tests import builders
from tests.exchange.files import changed, exported, unit

NUMBERED = "Exercise for 3 days."


def row(path: str) -> SegmentTranslation:
    return SegmentTranslation.objects.get(locale="nl", path=path)


def set_row(path: str, **members: Any) -> None:
    SegmentTranslation.objects.filter(locale="nl", path=path).update(**members)


# -- states ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "translated", "checked"])
def test_a_file_says_how_finished_words_are(dutch: LeafletPage, state: str) -> None:
    set_row("title", state=state)
    assert unit("title").state == state
    assert (unit("title").inline, unit("cramps/text").inline) == (False, True)


def test_what_is_stale_is_a_draft_with_its_old_source(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    set_row("cramps/text", state="checked")
    builders.reword(page, {"cramps/text": "<p>Cramps pass.</p>"})
    found = unit("cramps/text", exported(2))
    assert (found.state, found.fuzzy) == ("draft", True)
    assert found.previous_source == "It may cause small temporary muscle cramps."


def test_a_file_cannot_say_that_words_are_checked(dutch: LeafletPage) -> None:
    set_row("trigger/text", state="translated")
    file = changed(exported(), "title", target="Droognaaldennl")
    file = changed(file, "trigger/text", state="checked")
    import_file(file, "a.xliff")
    assert (row("title").state, row("title").origin) == ("translated", "import")
    assert row("cramps/text").state == "checked"
    assert row("trigger/text").state == "translated"


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_file_from_before_a_correction_does_not_undo_it(dutch: LeafletPage, kind: str) -> None:
    wrong = unit("cramps/text").target
    assert unit("cramps/text").exported == target_mark(wrong, finished=True)
    name = f"a.nl{KINDS[kind].suffix}"
    file = read_file(KINDS[kind].write(exported()), name)
    set_row("cramps/text", text="Juistnl", state="checked", version=7)
    result = import_file(file, name)
    assert (result.stored, result.outdated) == (0, 1)
    assert "as it was exported" in result.left_out[0].reason
    found = row("cramps/text")
    assert (found.text, found.state, found.version) == ("Juistnl", "checked", 7)
    # What a translator did change is taken, also back to what was there once.
    result = import_file(changed(file, "cramps/text", target="Andersnl"), name)
    assert (result.stored, row("cramps/text").text) == (1, "Andersnl")
    assert [change.of_checked for change in result.changes] == [True]
    told = {outcome.path: outcome.reason for outcome in result.outcomes if outcome.reason}
    assert told == {"cramps/text": "replaces a checked translation"}
    corrected = changed(exported(), "cramps/text", target=wrong)
    result = import_file(corrected, name)
    assert (result.stored, result.changes[0].of_checked) == (1, False)


def test_words_as_they_were_exported_fill_what_is_empty_here(dutch: LeafletPage) -> None:
    file = exported()
    SegmentTranslation.objects.all().delete()
    assert import_file(file, "a.po").stored == len(file.units)


def test_a_translator_can_confirm_words_without_changing_them(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    builders.reword(page, {"cramps/text": "<p>It may cause small passing muscle cramps.</p>"})
    file = exported(2)
    kept = unit("cramps/text", file)
    assert kept.fuzzy
    assert kept.is_as_exported
    result = import_file(changed(file, "cramps/text", fuzzy=False, state="translated"), "a.po")
    assert (result.stored, result.outdated) == (1, 0)
    assert row("cramps/text").source_text == "It may cause small passing muscle cramps."


def test_a_draft_comes_in_as_a_draft_and_can_be_finished(dutch: LeafletPage) -> None:
    set_row("cramps/text", state="draft")
    file = changed(exported(), "cramps/text", target="Misschien krampnl", state="draft")
    result = import_file(file, "a.xliff")
    assert (result.stored, result.drafts) == (1, 1)
    assert (row("cramps/text").state, row("cramps/text").version) == ("draft", 2)
    set_row("cramps/text", origin="machine")
    result = import_file(changed(exported(), "cramps/text", state="translated"), "a.xliff")
    assert (result.stored, result.drafts) == (1, 0)
    done = row("cramps/text")
    assert (done.state, done.origin, done.version) == ("translated", "machine", 3)
    result = import_file(changed(exported(), "cramps/text", state="draft"), "a.xliff")
    assert result.stored == 0
    assert row("cramps/text").state == "translated"


@pytest.mark.parametrize("state", ["translated", "checked"])
def test_a_draft_replaces_no_finished_translation(dutch: LeafletPage, state: str) -> None:
    set_row("cramps/text", state=state)
    before = row("cramps/text").text
    file = changed(exported(), "cramps/text", target="Misschien krampnl", state="draft")
    result = import_file(file, "a.xliff")
    assert (result.stored, result.outdated) == (0, 1)
    assert "is a draft, and what is stored is newer or finished" in result.left_out[0].reason
    assert (row("cramps/text").text, row("cramps/text").state) == (before, state)


def test_a_machines_words_stay_marked_whatever_a_file_mends(dutch: LeafletPage) -> None:
    set_row("cramps/text", state="draft", origin="machine")
    import_file(changed(exported(), "cramps/text", target="Misschien krampnl!"), "a.xliff")
    assert (row("cramps/text").text, row("cramps/text").origin) == ("Misschien krampnl!", "machine")


def test_words_typed_into_a_page_are_their_typists_when_a_file_comes(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    typist, other = User.objects.create_user("tine"), User.objects.create_user("otto")
    for user, path in ((typist, "cramps/text"), (other, "trigger/text")):
        builders.reword(dutch, {path: "<p>Getypt doornl.</p>"}, publish=False)
        latest = builders.fresh(dutch).latest_revision
        Revision.objects.filter(pk=latest.pk).update(user=user)
    import_file(changed(exported(), "title", target="Droognaaldennl"), "a.po")
    found = {path: row(path).translated_by for path in ("cramps/text", "trigger/text")}
    assert found == {"cramps/text": typist, "trigger/text": other}


def test_a_draft_is_fuzzy_in_po_and_final_without_the_flag(dutch: LeafletPage) -> None:
    set_row("cramps/text", state="draft")
    data = KINDS["po"].write(exported())
    assert import_file(read_file(data, "a.po"), "a.po").unchanged == len(exported().units)
    assert data.count(b"#, fuzzy\n") == 1
    import_file(read_file(data.replace(b"#, fuzzy\n", b""), "a.po"), "a.po")
    assert row("cramps/text").state == "translated"


@pytest.mark.parametrize("kind", KINDS)
def test_a_round_trip_of_mixed_states_changes_nothing(
    page: LeafletPage, dutch: LeafletPage, kind: str
) -> None:
    set_row("title", state="checked")
    set_row("trigger/text", state="draft", origin="machine")
    SegmentTranslation.objects.filter(path="intro/text").delete()
    SegmentComment.objects.create(
        key=page.translation_key, locale="nl", path="title", text="Is this\nthe term?"
    )
    builders.reword(page, {"cramps/text": "<p>Cramps &amp; pain <b>pass</b>.</p>"})
    before = list(SegmentTranslation.objects.order_by("pk").values())
    file = exported(2)
    data = KINDS[kind].write(file)
    name = f"dry-needling.nl{KINDS[kind].suffix}"
    result = import_file(read_file(data, name), name)
    assert (result.stored, result.comments) == (0, 0)
    assert list(SegmentTranslation.objects.order_by("pk").values()) == before
    assert KINDS[kind].write(exported(2)) == data


def test_remarks_come_back_once(page: LeafletPage) -> None:
    file = changed(exported(), "title", comments=("Is there a Dutch word?",))
    assert import_file(file, "a.po").comments == 1
    assert import_file(file, "a.po").comments == 0
    assert unit("title").comments == ("Is there a Dutch word?",)


def test_a_remark_in_another_spelling_comes_in_once(dutch: LeafletPage) -> None:
    file = changed(exported(), "title", comments=(unicodedata.normalize("NFD", "Één naald?"),))
    assert import_file(file, "a.po").comments == 1
    assert import_file(file, "a.po").comments == 0
    assert unit("title").comments == ("Één naald?",)


def test_the_remark_on_a_refused_text_is_kept_with_the_rest(numbered: TranslationFile) -> None:
    wrong = {"target": "Oefen 4 dagen.", "fuzzy": False, "state": "translated"}
    file = changed(numbered, "cramps/text", **wrong, comments=("Is it 3 or 4?",))
    result = import_file(file, "a.xliff", keep_rest=True)
    assert (len(result.refused), result.comments) == (1, 1)
    assert unit("cramps/text", exported(2)).comments == ("Is it 3 or 4?",)


def test_no_word_of_a_long_remark_is_lost(dutch: LeafletPage) -> None:
    long = "words and more words " * 120 + "to the END"
    file = changed(exported(), "title", comments=(long,))
    assert import_file(file, "a.po").comments == 2
    texts = SegmentComment.objects.order_by("pk").values_list("text", flat=True)
    assert " ".join(texts) == long
    assert max(map(len, texts)) <= 2000
    assert import_file(file, "a.po").comments == 0


def test_the_matrix_knows_at_once(dutch: LeafletPage) -> None:
    TranslationProgress.objects.all().delete()
    import_file(changed(exported(), "title", target="Droognaaldennl"), "a.po")
    progress = TranslationProgress.objects.get(locale="nl")
    assert progress.total == len(exported().units)
    assert (progress.translated, progress.checked) == (1, progress.total - 1)


def test_words_of_the_desk_are_not_replaced_by_an_older_draft(dutch: LeafletPage) -> None:
    user = User.objects.create_superuser("anna")
    stored = row("cramps/text")
    segment = Segment("cramps/text", stored.source_text, "risks", "paragraph")
    edit = Edit("Van het bureau.", stored.version)
    assert isinstance(save_segment(dutch, segment, edit, user), Saved)
    import_file(changed(exported(), "title", target="Droognaaldennl"), "a.po")
    assert (row("cramps/text").text, row("title").text) == ("Van het bureau.", "Droognaaldennl")


def test_words_typed_into_the_page_since_are_kept(dutch: LeafletPage) -> None:
    builders.reword(dutch, {"cramps/text": "<p>In de pagina getypt.</p>"}, publish=False)
    import_file(changed(exported(), "title", target="Droognaaldennl"), "a.po")
    assert row("cramps/text").text == "In de pagina getypt."


# -- checks ---------------------------------------------------------------------------------------


@pytest.fixture
def numbered(page: LeafletPage, dutch: LeafletPage) -> TranslationFile:
    """Edition 2, in which a number stands."""
    builders.reword(page, {"cramps/text": f"<p>{NUMBERED}</p>"})
    return exported(2)


def test_a_wrong_number_is_refused_by_name(numbered: TranslationFile) -> None:
    wrong = {"target": "Oefen 4 dagen.", "fuzzy": False, "state": "translated", "line": 7}
    file = changed(numbered, "cramps/text", **wrong)
    with pytest.raises(FileRefused) as refused:
        import_file(file, "a.xliff")
    (problem,) = refused.value.problems
    assert (problem.line, problem.file) == (7, "a.xliff")
    assert problem.reason.startswith("fails the check “numbers”: ")
    assert row("cramps/text").text != "Oefen 4 dagen."
    file = changed(file, "title", target="Droognaaldennl")
    result = import_file(file, "a.xliff", keep_rest=True)
    assert result.refused == (problem,)
    assert (result.stored, row("title").text) == (1, "Droognaaldennl")
    assert row("cramps/text").text != "Oefen 4 dagen."


@pytest.mark.parametrize("fuzzy", [False, True])
def test_a_file_brings_no_more_words_than_the_desk_takes(dutch: LeafletPage, fuzzy: bool) -> None:
    most = changed(exported(), "cramps/text", target=("woord " * 3334)[:20_000], fuzzy=fuzzy)
    assert import_file(most, "a.po").refused == ()
    long = changed(exported(), "cramps/text", target="woord " * 3334, fuzzy=fuzzy, line=7)
    with pytest.raises(FileRefused) as refused:
        import_file(long, "a.po")
    (problem,) = refused.value.problems
    assert (problem.line, problem.unit) == (7, "cramps/text")
    assert problem.reason == "the translation has 20004 characters; at most 20000 are taken"


@pytest.mark.parametrize("what", ["translation", "earlier source"])
def test_words_that_are_too_long_are_not_looked_at(
    dutch: LeafletPage, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    lengths: list[int] = []

    def cleaned(text: str, *, inline: bool) -> str:
        lengths.append(len(text))
        return clean_words(text, inline=inline)

    for module in (importing, judging, shelf):
        monkeypatch.setattr(module, "clean_words", cleaned)
    texts = {"translation": "target", "earlier source": "previous_source"}
    long = {"fuzzy": True, "target": "Krampnl", texts[what]: "<em>" * 5001}
    file = changed(exported(), "cramps/text", **long)
    result = import_file(changed(file, "title", target="Naaldnl"), "a.po", keep_rest=True)
    assert result.stored == 1
    assert result.refused[0].reason.startswith(f"the {what} has 20004 characters")
    assert max(lengths) < 20_000


def test_marks_that_nobody_sees_are_no_translation(dutch: LeafletPage) -> None:
    result = import_file(changed(exported(), "cramps/text", target="\u200f"), "a.po")
    assert (result.stored, result.untranslated) == (0, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_the_source_in_the_place_of_a_translation_is_none(page: LeafletPage, kind: str) -> None:
    name = f"a.nl{KINDS[kind].suffix}"
    file = exported()
    draft = [replace(unit, target=unit.source, state="draft") for unit in file.units]
    filled = read_file(KINDS[kind].write(replace(file, units=tuple(draft))), name)
    result = import_file(filled, name)
    assert (result.stored, result.left_out, result.new_page) == (0, (), False)
    assert result.fuzzy + result.untranslated == len(file.units)
    # What somebody says is done is judged by the checks, names for one.
    done = changed(filled, "title", fuzzy=False, state="translated")
    assert import_file(done, name).stored == 1


def test_words_of_another_language_refuse_the_rest_with_them(dutch: LeafletPage) -> None:
    german = "Die Nadel ist sehr dünn, und Sie sollten sie nicht spüren."
    file, short = exported(), "Erschöpfung"
    long = [unit.path for unit in file.units if unit.path not in ("title", "what/heading")]
    words = {"fuzzy": False, "state": "translated"}
    for path in long:
        file = changed(file, path, target=german, **words)
    file = changed(file, "title", target=short, **words)
    with pytest.raises(FileRefused) as refused:
        import_file(file, "a.xliff", keep_rest=True)
    assert "Language is nl, and the words are of another language" in str(refused.value.problems[0])
    assert len(refused.value.problems) == len(long) + 1
    assert row("title").text != short
    few = replace(file, units=tuple(u for u in file.units if u.path in ("title", long[0])))
    assert import_file(few, "a.xliff", keep_rest=True).stored == 1  # a quotation, perhaps


def test_a_draft_may_fail_and_what_a_checker_dismissed_does_not(
    page: LeafletPage, numbered: TranslationFile
) -> None:
    words = {"target": "Oefen 4 dagen.", "fuzzy": False, "state": "draft"}
    file = changed(numbered, "cramps/text", **words)
    assert import_file(file, "a.xliff").drafts == 1
    done = changed(file, "cramps/text", state="translated")
    with pytest.raises(FileRefused):
        import_file(done, "a.xliff")
    stored = row("cramps/text")
    FindingDismissal.objects.create(
        key=page.translation_key,
        locale="nl",
        path="cramps/text",
        check_name="numbers",
        source_hash=stored.source_hash,
        target_hash=source_hash(stored.text),
        reason="so it is here",
    )
    assert import_file(done, "a.xliff").stored == 1


# -- editions and rights --------------------------------------------------------------------------


def test_a_file_of_an_older_edition_is_a_merge(page: LeafletPage, dutch: LeafletPage) -> None:
    old = changed(exported(), "title", target="Droognaaldennl")
    assert import_file(old, "a.po", dry_run=True).merge is None
    builders.reword(page, {"cramps/text": "<p>Cramps pass.</p>"})
    result = import_file(old, "a.po")
    assert result.merge == Merge(edition=1, current=2, changed=1)
    assert [change.path for change in result.changes] == ["title"]
    assert result.changes[0].after == "Droognaaldennl"


def test_only_who_may_translate_the_language_may_import(dutch: LeafletPage) -> None:
    group = Group.objects.create(name="German translators")
    user = User.objects.create_user("anna")
    user.groups.add(group)
    for code, act in (("de", "may_translate"), ("nl", "may_check")):
        rights = {"may_translate": False, act: True}
        locale = Locale.objects.get(language_code=code)
        LanguageRight.objects.create(group=group, locale=locale, **rights)
    file = changed(exported(), "title", target="Droognaaldennl")
    with pytest.raises(PermissionDenied, match="nl"):
        import_file(file, "a.po", user=user)
    assert row("title").text != "Droognaaldennl"
    LanguageRight.objects.update(may_translate=True)
    import_file(file, "a.po", user=user)
    assert row("title").translated_by == user
