"""What translators send back: a whole file into the store, or nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from wagtail.models import Page, PageLogEntry, Revision

from patientinfo.editions.models import Edition
from patientinfo.exchange.catalogs import translation_file
from patientinfo.exchange.importing import IMPORTED, import_file
from patientinfo.exchange.kinds import KINDS, read_file
from patientinfo.exchange.results import Imported
from patientinfo.formats.exchange import FileRefused, TranslationFile, Unit
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation import shelf
from patientinfo.translation.actions import filled_draft
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.pages import segments_of_page
from patientinfo.translation.shelf_rows import insert_rows
from tests import builders
from tests.builders import Clinic


def exported(locale: str = "nl", number: int = 1) -> TranslationFile:
    """The catalog as a translator gets it, each unit with a line as if read from a file."""
    file = translation_file(Edition.objects.get(locale="en", number=number), locale)
    units = tuple(replace(unit, line=10 * n) for n, unit in enumerate(file.units, start=1))
    return replace(file, units=units)


def translated(file: TranslationFile) -> TranslationFile:
    """All of it translated."""
    done = [
        replace(u, target=builders.fake(u.source, file.locale), fuzzy=False) for u in file.units
    ]
    return replace(file, units=tuple(done))


def with_unit(file: TranslationFile, at: str, /, **members: Any) -> TranslationFile:
    """`file` with members of one unit changed."""
    (found,) = [unit for unit in file.units if unit.path == at]
    return replace(
        file, units=tuple(replace(u, **members) if u is found else u for u in file.units)
    )


def refusal(file: TranslationFile, name: str = "a.po") -> list[tuple[int, str]]:
    """The problems by line; nothing was stored, no page was made, no revision."""
    before = state()
    with pytest.raises(FileRefused) as refused:
        import_file(file, name)
    assert state() == before
    assert {problem.file for problem in refused.value.problems} == {name}
    return [(problem.line, problem.reason) for problem in refused.value.problems]


def state() -> tuple[Any, ...]:
    rows = SegmentTranslation.objects.order_by("pk").values_list("path", "text", "updated_at")
    return list(rows), Page.objects.count(), Revision.objects.count(), Edition.objects.count()


def draft(locale: str = "nl") -> LeafletPage:
    """The page with the stored words, as a preview shows it and signing off writes it."""
    return filled_draft(LeafletPage.objects.get(locale__language_code=locale))


def text_of(path: str, locale: str = "nl") -> str:
    return segments_of_page(draft(locale))[path].text


# -- taken ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_a_new_language_becomes_a_draft(page: LeafletPage, locale: str) -> None:
    file = translated(exported(locale))
    count = len(file.units)
    assert import_file(file, "a.po") == Imported(
        title="Dry needling", locale=locale, stored=count, new_page=True
    )
    made = draft(locale)
    assert (made.live, made.source_locale, made.get_parent().slug) == (False, "en", locale)
    assert {p: s.text for p, s in segments_of_page(made).items()} == {
        unit.path: unit.target for unit in file.units
    }
    assert not Edition.objects.filter(locale=locale).exists()
    builders.publish_approved(made)
    assert Edition.objects.get(locale=locale).source_edition == 1


def test_the_second_time_nothing_changes(page: LeafletPage) -> None:
    file = translated(exported())
    import_file(file, "a.po")
    before = state()
    assert import_file(file, "a.po") == Imported(
        title="Dry needling", locale="nl", unchanged=len(file.units)
    )
    assert state() == before
    builders.publish_approved(draft())
    before = state()
    import_file(file, "a.po")
    assert state() == before


def test_a_live_page_and_its_draft_stay_as_they_are(dutch: LeafletPage) -> None:
    revisions = Revision.objects.count()
    file = with_unit(exported(), "cramps/text", target="Een nieuwe zin over kramp.")
    result = import_file(file, "a.po")
    assert (result.stored, result.unchanged) == (1, len(file.units) - 1)
    assert text_of("cramps/text") == "Een nieuwe zin over kramp."
    live = builders.fresh(dutch)
    assert live.live
    assert "nieuwe zin" not in str(live.body)
    assert Revision.objects.count() == revisions
    assert Edition.objects.filter(locale="nl").count() == 1


def test_fuzzy_texts_are_drafts_and_empty_ones_are_left_alone(page: LeafletPage) -> None:
    file = with_unit(translated(exported()), "cramps/text", fuzzy=True)
    file = with_unit(file, "trigger/text", target="")
    file = with_unit(file, "title", target=" \n ")
    result = import_file(file, "a.po")
    assert (result.stored, result.drafts, result.untranslated) == (len(file.units) - 2, 1, 2)
    states = dict(SegmentTranslation.objects.values_list("path", "state"))
    assert states.keys().isdisjoint({"trigger/text", "title"})
    assert (states["cramps/text"], states["intro/text"]) == ("draft", "translated")


def test_fuzzy_words_replace_no_finished_ones(dutch: LeafletPage) -> None:
    words = {"target": "Misschien krampnl", "fuzzy": True}
    file = with_unit(exported(), "cramps/text", **words)
    before = state()
    result = import_file(file, "a.po")
    assert (result.stored, result.outdated) == (0, 1)
    assert "newer or finished" in result.left_out[0].reason
    assert state() == before
    SegmentTranslation.objects.filter(path="cramps/text").update(state="draft")
    assert import_file(file, "a.po").drafts == 1
    assert text_of("cramps/text") == "Misschien krampnl"


def test_fuzzy_words_of_an_older_source_stay_so(page: LeafletPage, dutch: LeafletPage) -> None:
    builders.reword(page, {"cramps/text": "<p>Cramps pass.</p>"})
    before = state()
    assert import_file(exported(number=2), "a.po").stored == 0
    assert state() == before
    import_file(with_unit(exported(number=2), "cramps/text", target="Krampnl gaat."), "a.po")
    row = SegmentTranslation.objects.get(path="cramps/text")
    assert (row.text, row.state) == ("Krampnl gaat.", "draft")
    assert row.source_text == "It may cause small temporary muscle cramps."
    (unit,) = [unit for unit in exported(number=2).units if unit.path == "cramps/text"]
    assert (unit.fuzzy, unit.previous_source) == (True, row.source_text)


def test_a_file_without_a_final_text_makes_no_page(page: LeafletPage) -> None:
    before = state()
    result = import_file(exported(), "a.po")
    assert result == Imported(title="Dry needling", locale="nl", untranslated=len(exported().units))
    assert state() == before


def test_a_dry_run_tells_the_same_and_stores_nothing(page: LeafletPage) -> None:
    file = translated(exported())
    before = state()
    result = import_file(file, "a.po", dry_run=True)
    assert state() == before
    assert import_file(file, "a.po") == result


def test_the_case_of_a_language_does_not_matter(page: LeafletPage) -> None:
    back = replace(translated(exported()), source_locale="EN", locale="NL")
    assert import_file(back, "a.po").locale == "nl"


def test_words_that_are_no_markup_are_kept(page: LeafletPage) -> None:
    file = with_unit(exported(), "cramps/text", target="Kramp & pijn > kracht &lt;b&gt;")
    import_file(file, "a.po")
    assert text_of("cramps/text") == "Kramp &amp; pijn &gt; kracht &lt;b&gt;"


# -- the source has changed meanwhile -------------------------------------------------------------


def test_a_file_from_an_older_edition_counts_as_made_from_it(page: LeafletPage) -> None:
    file = translated(exported())
    builders.reword(page, {"cramps/text": "<p>Cramps go away within some hours.</p>"})
    assert import_file(file, "a.po").stored == len(file.units)
    row = SegmentTranslation.objects.get(path="cramps/text")
    assert row.source_text == "It may cause small temporary muscle cramps."
    back = {unit.path: unit for unit in exported(number=2).units}
    assert [path for path, unit in back.items() if unit.fuzzy] == ["cramps/text"]


def test_an_older_file_does_not_replace_a_newer_translation(page: LeafletPage) -> None:
    old = translated(exported())
    builders.reword(page, {"cramps/text": "<p>Cramps go away within some hours.</p>"})
    new = translated(exported(number=2))
    import_file(new, "new.po")
    before = state()
    result = import_file(old, "old.po")
    assert (result.outdated, result.unchanged, result.stored) == (1, len(old.units) - 1, 0)
    assert state() == before
    builders.reword(page, {"cramps/text": "<p>Cramps go away within two days.</p>"})
    assert import_file(old, "old.po").outdated == 1


def test_words_that_came_back_are_not_old(page: LeafletPage) -> None:
    old = translated(exported())
    words = "It may cause small temporary muscle cramps."
    builders.reword(page, {"cramps/text": "<p>Cramps go away within some hours.</p>"})
    import_file(translated(exported(number=2)), "new.po")
    builders.reword(page, {"cramps/text": f"<p>{words}</p>"})
    result = import_file(old, "old.po")
    assert (result.outdated, result.stored) == (0, 1)


# -- refused --------------------------------------------------------------------------------------


def test_an_unknown_leaflet(page: LeafletPage) -> None:
    key = "0b7f6a52-8a1e-4d7c-9b55-0f6a1c2d3e4f"
    assert refusal(replace(translated(exported()), key=key)) == [
        (1, f"there is no leaflet with the key {key}")
    ]


def test_an_edition_that_is_not_there(page: LeafletPage) -> None:
    assert refusal(replace(translated(exported()), source_edition=7)) == [
        (1, "“Dry needling” has no edition 7 in en; the last one is 1")
    ]
    assert refusal(replace(translated(exported()), source_locale="de")) == [
        (1, f"the leaflet {page.translation_key} has no edition in de")
    ]


def test_an_edition_with_another_digest(page: LeafletPage) -> None:
    ((line, reason),) = refusal(replace(translated(exported()), source_digest="sha256:0"))
    assert line == 1
    assert Edition.objects.get().digest in reason
    assert "sha256:0 in the header" in reason


def test_a_translation_is_no_source(dutch: LeafletPage) -> None:
    edition = Edition.objects.get(locale="nl")
    file = translated(translation_file(edition, "de"))
    assert refusal(file) == [(1, "“Drynl needlingnl” is translated from en, not from nl")]


def test_another_language(page: LeafletPage) -> None:
    file = translated(exported())
    assert refusal(replace(file, locale="fr")) == [
        (1, "there is no language “fr”; there are: ar, de, en, es, nl")
    ]
    assert refusal(replace(file, locale="en")) == [
        (1, "Language is en, the language that the leaflet is written in")
    ]
    assert refusal(file, "some/dry-needling.de.po") == [
        (1, "Language is nl, and the file's name says de")
    ]


def test_everything_wrong_is_told_by_line(page: LeafletPage) -> None:
    file = translated(exported())
    file = with_unit(file, "cramps/text", path="gone/text")
    file = with_unit(file, "trigger/text", source="A trigger point is something else.")
    file = with_unit(file, "effects-1/text", target="pijn op andere plaatsen")
    lines = {unit.path: unit.line for unit in file.units}
    assert refusal(file) == [
        (lines["gone/text"], "edition 1 of the leaflet has no text at 'gone/text' (msgctxt)"),
        (
            lines["trigger/text"],
            "msgid is “A trigger point is something else.”, and edition 1 says “A trigger point "
            "is a knot in a muscle that causes pain.” at 'trigger/text'; keep msgid as it was "
            "exported",
        ),
        (
            lines["effects-1/text"],
            "msgstr lacks </em> <em>; tags and links must be those of msgid",
        ),
    ]


def test_broken_tags_of_a_fuzzy_text_are_the_translators_business(page: LeafletPage) -> None:
    file = with_unit(translated(exported()), "effects-1/text", target="<em>pijn", fuzzy=True)
    assert import_file(file, "a.po").fuzzy == 1


def test_remarks_on_a_page_to_come_are_in_the_audit_log_of_the_source(page: LeafletPage) -> None:
    assert import_file(with_unit(exported(), "title", comments=("Naald?",)), "a.po").comments == 1
    entry = PageLogEntry.objects.get(action=IMPORTED)
    assert (entry.page_id, entry.data["comments"]) == (page.pk, 1)


def test_more_remarks_than_anybody_reads(dutch: LeafletPage) -> None:
    said = tuple(f"Remark {number}" for number in range(1001))
    assert refusal(with_unit(exported(), "title", comments=said)) == [
        (1, "there are 1001 new remarks in it; at most 1000 are taken")
    ]
    assert (
        import_file(with_unit(exported(), "title", comments=said[:1000]), "a.po").comments == 1000
    )
    assert import_file(with_unit(exported(), "title", comments=said), "a.po").comments == 1


def test_a_page_above_that_is_not_translated(clinic: Clinic, page: LeafletPage) -> None:
    clinic.homes["nl"].delete()
    assert refusal(translated(exported())) == [
        (
            1,
            "the page above it, “Uplands Physio Clinic” (/en/), is not there in nl yet; "
            "make it first",
        )
    ]


def test_a_source_page_that_is_gone(page: LeafletPage) -> None:
    file = translated(exported())
    Page.objects.get(pk=page.pk).delete()
    assert refusal(file) == [(1, "the page of “Dry needling” is gone")]


def test_a_source_page_that_is_gone_from_beside_its_translation(dutch: LeafletPage) -> None:
    file = with_unit(exported(), "title", target="Naaldennl")
    Page.objects.get(locale__language_code="en", slug="dry-needling").delete()
    assert refusal(file) == [(1, "the page of “Dry needling” is gone")]


def test_a_page_that_mirrors_another(clinic: Clinic, page: LeafletPage) -> None:
    page.copy_for_translation(clinic.homes["nl"].locale, alias=True)
    assert refusal(translated(exported())) == [(1, "the page in nl mirrors another page")]


def test_units_need_no_line(page: LeafletPage) -> None:
    """A format that knows no lines tells problems at the top."""
    unit = Unit(path="x", source="x", target="x", section="", note="")
    ((line, _reason),) = refusal(replace(exported(), units=(unit,)))
    assert line == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_to_the_page_of_its_own_language_comes_back(page: LeafletPage, kind: str) -> None:
    """The desk takes such a link, so a file that has it is no other than what is stored."""
    english, dutch = (f'<a href="https://clinic.example/{code}/pain">' for code in ("en", "nl"))
    builders.reword(page, {"trigger/text": f"<p>See {english}our page</a>.</p>"})
    file = with_unit(
        translated(exported(number=2)), "trigger/text", target=f"Zie {dutch}onze bladzijde</a>."
    )
    name = f"a.nl{KINDS[kind].suffix}"
    first = import_file(read_file(KINDS[kind].write(file), name), name)
    assert first.stored == len(file.units)
    assert dutch in text_of("trigger/text")
    again = KINDS[kind].write(translation_file(Edition.objects.get(number=2), "nl"))
    second = import_file(read_file(again, name), name)
    assert (second.stored, second.unchanged) == (0, first.stored)
    elsewhere = with_unit(
        file, "trigger/text", target=f"Zie {dutch.replace('/nl/', '/de/')}onze bladzijde</a>."
    )
    with pytest.raises(FileRefused, match="/de/"):
        import_file(read_file(KINDS[kind].write(elsewhere), name), name)


def test_new_words_that_somebody_else_stores_at_the_same_moment(
    page: LeafletPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They looked for words there when these did, and found none either."""
    file = translated(exported())

    def meanwhile(rows: Sequence[SegmentTranslation]) -> None:
        of = {"key": page.translation_key, "locale": "nl", "path": "title"}
        SegmentTranslation.objects.create(**of, source_text="", text="Van een ander")
        insert_rows(rows)

    monkeypatch.setattr(shelf, "insert_rows", meanwhile)
    reason = "somebody else stored words of this leaflet at the same moment; import the file again"
    assert refusal(file) == [(1, reason)]
    monkeypatch.undo()
    assert import_file(file, "a.po").stored == len(file.units)
