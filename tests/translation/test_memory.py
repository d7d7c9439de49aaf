"""What has been checked once is found again, and nothing else is said to be the same."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patientinfo.formats.segments import source_hash
from patientinfo.translation import memory_words
from patientinfo.translation.memory import (
    Suggestion,
    export_units,
    import_units,
    is_machine_made,
    remember,
    remember_many,
    suggest,
    suggest_many,
)
from patientinfo.translation.memory_models import (
    MemoryEntry,
    MemoryPosting,
    MemoryUse,
    MemoryWord,
)
from patientinfo.translation.models import SegmentTranslation

KEY, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
SOURCE = "Rest the treated muscle for <strong>2 days</strong>."
DUTCH = "Laat de behandelde spier <strong>2 dagen</strong> rusten."

pytestmark = pytest.mark.django_db


def row(
    source: str, text: str, path: str = "rest/text", key: uuid.UUID = KEY, locale: str = "nl"
) -> SegmentTranslation:
    return SegmentTranslation(
        key=key,
        locale=locale,
        path=path,
        source_text=source,
        source_hash=source_hash(source),
        text=text,
    )


def texts_of(found: list[Suggestion]) -> list[tuple[str, int]]:
    return [(suggestion.text, suggestion.score) for suggestion in found]


def test_a_remembered_text_is_suggested_with_where_it_was_confirmed() -> None:
    remember(row(SOURCE, DUTCH), source_locale="en")
    assert suggest(SOURCE, "en", "nl") == [Suggestion(DUTCH, SOURCE, 100, KEY, "rest/text")]


def test_the_same_place_counts_for_more_than_the_same_text() -> None:
    remember(row("Pain", "Pijn", "pain/heading"), source_locale="en")
    remember(row("Pain", "Zeer", "table/c1", OTHER), source_locale="en")
    assert texts_of(suggest("Pain", "en", "nl", path="pain/heading")) == [
        ("Pijn", 101),
        ("Zeer", 100),
    ]


def test_of_two_as_good_the_one_confirmed_last_comes_first() -> None:
    moments = [datetime(2026, month, 1, tzinfo=UTC) for month in (3, 1, 2)]
    import_units(("en", "nl", "Pain", text, at) for text, at in zip("abc", moments, strict=True))
    assert texts_of(suggest("Pain", "en", "nl")) == [("a", 100), ("c", 100), ("b", 100)]


def test_memory_is_of_one_pair_of_languages() -> None:
    remember(row(SOURCE, DUTCH), source_locale="en")
    assert suggest(SOURCE, "en", "de") == []
    assert suggest(SOURCE, "de", "nl") == []
    assert suggest(SOURCE.replace("Rest", "Ease"), "en", "de") == []


def test_other_words_at_the_same_place_replace_the_older_ones() -> None:
    remember(row(SOURCE, DUTCH), source_locale="en")
    remember(row(SOURCE, "Beter."), source_locale="en")
    assert texts_of(suggest(SOURCE, "en", "nl")) == [("Beter.", 100)]
    assert MemoryEntry.objects.count() == MemoryUse.objects.count() == 1
    assert set(MemoryWord.objects.values_list("count", flat=True)) == {1}


def test_words_that_another_leaflet_still_has_are_kept() -> None:
    remember(row("Pain", "Pijn"), source_locale="en")
    remember(row("Pain", "Pijn", key=OTHER), source_locale="en")
    remember(row("Pain", "Zeer", key=OTHER), source_locale="en")
    assert {text for text, _score in texts_of(suggest("Pain", "en", "nl"))} == {"Pijn", "Zeer"}
    remember(row("Pain", "Zeer"), source_locale="en")
    assert texts_of(suggest("Pain", "en", "nl")) == [("Zeer", 100)]


def test_the_words_for_an_older_source_are_kept() -> None:
    remember(row(SOURCE, DUTCH), source_locale="en")
    newer = SOURCE.replace("2", "3")
    remember(row(newer, DUTCH.replace("2", "3")), source_locale="en")
    assert texts_of(suggest(SOURCE, "en", "nl")) == [(DUTCH, 100), (DUTCH.replace("2", "3"), 92)]


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        ("Rest the treated muscle for <strong>3 days</strong>.", 85, 94),  # another dose
        ("Rest the treated muscle for <strong>٣ days</strong>.", 85, 94),
        ("Rest the treated muscle for 2 days.", 97, 98),  # other codes
        ("Rest the Treated Muscle for <strong>2 days</strong>.", 99, 99),  # case alone
        ("Rest your treated muscles for <strong>2 days</strong>!", 85, 98),
    ],
)
def test_a_similar_text_never_counts_as_the_same(asked: str, least: int, most: int) -> None:
    remember(row(SOURCE, DUTCH), source_locale="en")
    ((text, found),) = texts_of(suggest(asked, "en", "nl"))
    assert text == DUTCH
    assert least <= found <= most


def test_a_differing_number_costs_in_a_long_text_too() -> None:
    long = "Take the tablet with a glass of water after your meal. " * 10
    remember(row(f"{long}At most 2 a day.", "Lang."), source_locale="en")
    assert texts_of(suggest(f"{long}At most 4 a day.", "en", "nl")) == [("Lang.", 94)]


def test_what_is_less_alike_than_the_setting_says_is_not_suggested(settings) -> None:
    remember(row("Drink a glass of water", "Drink een glas water"), source_locale="en")
    asked = "Drink a small glass of water"
    assert 70 <= suggest(asked, "en", "nl")[0].score < 90
    settings.PATIENTINFO = {**settings.PATIENTINFO, "MEMORY_MINIMUM": 90}
    assert suggest(asked, "en", "nl") == []


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("آرِحِ العضلة المعالَجة لمدة يومين", "أرح العضلة المعالجة لمدة يوم"),
        ("治疗后请让肌肉休息两天。", "治疗后请让肌肉休息三天。"),
        ("หลังการรักษาให้พักกล้ามเนื้อสองวัน", "หลังการรักษาให้พักกล้ามเนื้อสามวัน"),
        ("उपचार के बाद दो दिन आराम करें", "उपचार के बाद तीन दिन आराम करें"),
        ("Отдыхайте два дня после лечения", "Отдыхайте три дня после лечения"),
    ],
)
def test_similar_texts_are_found_in_every_script(known: str, asked: str) -> None:
    import_units([("xx", "nl", known, "Rust.", None)])
    ((text, found),) = texts_of(suggest(asked, "xx", "nl"))
    assert text == "Rust."
    assert found < 100


def test_a_plain_segment_gets_plain_words() -> None:
    import_units([("en", "nl", "Rest <em>now</em>", "Rust <em>nu</em> &amp; hier", None)])
    assert suggest("Rest now", "en", "nl", inline=False)[0].text == "Rust nu & hier"
    assert suggest("Rest now", "en", "nl")[0].text == "Rust <em>nu</em> &amp; hier"
    found = suggest_many({"title": "Rest now"}, "en", "nl", plain={"title"})
    assert found["title"][0].text == "Rust nu & hier"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Do not use if glucose <low or high>.", "Niet als glucose <laag of hoog> is."),
        ("Take < 5 mg & rest", "Neem < 5 mg & rust"),
        ("Say <strong>no</strong> &amp; go", "Zeg <strong>nee</strong> &amp; ga"),
        ("a <![b <!-- c", "d <![e <!-- f"),
    ],
)
def test_plain_words_come_back_word_for_word(source: str, text: str) -> None:
    remember(row(source, text, "summary"), source_locale="en", inline=False)
    assert suggest(source, "en", "nl", inline=False) == [
        Suggestion(text, source, 100, KEY, "summary")
    ]
    assert is_machine_made(text, source, "en", "nl", inline=False) is False
    MemoryEntry.objects.update(origin="machine")
    assert is_machine_made(text, source, "en", "nl", inline=False) is True


def test_what_says_the_same_is_the_same_in_both_kinds_of_segment() -> None:
    remember(row("Take < 5 mg", "Neem < 5 mg", "title"), source_locale="en", inline=False)
    remember(row("Rest &amp; drink", "Rust &amp; drink"), source_locale="en")
    assert texts_of(suggest("Take &lt; 5 mg", "en", "nl")) == [("Neem &lt; 5 mg", 100)]
    assert texts_of(suggest("Rest & drink", "en", "nl", inline=False)) == [("Rust & drink", 100)]
    assert texts_of(suggest("Rest &amp; drink", "en", "nl", inline=False))[0][1] < 100


def test_an_inline_segment_gets_words_that_are_safe_in_it() -> None:
    import_units([("en", "nl", "Rest now", "Rust <script>alert(1)</script>& slaap", None)])
    assert texts_of(suggest("Rest now", "en", "nl")) == [("Rust &amp; slaap", 100)]


def test_a_translation_is_suggested_once_and_five_at_most() -> None:
    import_units(("en", "nl", f"Rest the muscle {n} days", "Rust.", None) for n in range(3))
    import_units(("en", "nl", f"Rest the muscle {n} days", f"Rust {n}.", None) for n in range(9))
    found = texts_of(suggest("Rest the muscle 1 days", "en", "nl"))
    assert len(found) == 5
    assert [score == 100 for _text, score in found] == [True, True, False, False, False]
    assert len({text for text, _score in found}) == 5
    assert len(suggest("Rest the muscle 1 days", "en", "nl", limit=1)) == 1


def test_a_second_leaflet_with_the_same_words_is_known_whole() -> None:
    sources = {f"b{n}/text": f"Sentence {n} of a <em>leaflet</em>." for n in range(60)}
    rows = [row(text, text.upper(), path) for path, text in sources.items()]
    remember_many(rows, "en")
    moved = {f"x{path}": text for path, text in sources.items()}
    with CaptureQueriesContext(
        connection,
    ) as captured:
        found = suggest_many(moved, "en", "nl", limit=1)
    assert {path: texts_of(found[path])[0][1] for path in moved} == dict.fromkeys(moved, 100)
    assert len(captured) <= 2
    assert suggest_many(sources, "en", "nl", limit=1)["b0/text"][0].score == 101


def test_queries_do_not_grow_with_the_segments() -> None:
    def queries(number: int, key: uuid.UUID) -> tuple[int, int]:
        rows = [row(f"Sentence {key} {n}", f"Zin {n}", f"b{n}/text", key) for n in range(number)]
        with CaptureQueriesContext(connection) as storing:
            remember_many(rows, "en")
        asked = {f"b{n}/text": f"A sentence {n} of this" for n in range(number)}
        with CaptureQueriesContext(connection) as asking:
            suggest_many(asked, "en", "nl")
        return len(storing), len(asking)

    few, many = queries(2, KEY), queries(90, OTHER)
    assert few == many
    assert few[0] <= 12
    assert few[1] <= 5


def test_a_look_up_reads_no_more_of_a_larger_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_words, "COMMON", 20)
    monkeypatch.setattr(memory_words, "ENOUGH", 20)
    import_units(("en", "nl", f"Rest the muscle well {n}", f"{n}", None) for n in range(300))
    import_units([("en", "nl", "Rest the muscle after the acupuncture", "hier", None)])
    assert max(MemoryWord.objects.values_list("count", flat=True)) == 20
    assert MemoryPosting.objects.filter(word__name="en nl muscle").count() == 20
    ids = memory_words.candidates({"": "Rest the muscle well"}, "en", "nl")[""]
    assert 0 < len(ids) <= 40
    # A text is found by its rare words, whatever came before it.
    assert suggest("Rest this muscle after acupuncture", "en", "nl")[0].text == "hier"


def test_units_come_out_as_they_went_in_and_are_known_then() -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    units = [
        ("en", "nl", SOURCE, DUTCH, at),
        ("en", "ar", "Pain", "ألم", at),
        ("de", "nl", "Schmerz", "Pijn", at),
    ]
    assert import_units(units, dry_run=True) == 3
    assert list(export_units()) == []
    assert import_units(units) == 3
    assert import_units(units) == 0
    assert sorted(export_units()) == sorted(units)
    assert sorted(export_units("en")) == sorted(units[:2])
    assert list(export_units("en", "ar")) == units[1:2]


def test_an_import_leaves_what_people_confirmed_as_it_is() -> None:
    remember(row(SOURCE, DUTCH), source_locale="en")
    import_units([("en", "nl", SOURCE, DUTCH, datetime(2000, 1, 1, tzinfo=UTC))])
    entry = MemoryEntry.objects.get()
    assert (entry.key, entry.path, entry.updated_at.year > 2000) == (KEY, "rest/text", True)


def test_a_date_to_come_puts_no_words_before_those_of_people() -> None:
    import_units([("en", "nl", SOURCE, "Ooit.", datetime(2099, 1, 1, tzinfo=UTC))])
    remember(row(SOURCE, DUTCH), source_locale="en")
    assert [one.text for one in suggest(SOURCE, "en", "nl")] == [DUTCH, "Ooit."]


def test_nothing_is_kept_or_said_of_empty_texts() -> None:
    remember_many([row("", "Pijn"), row("Pain", "")], "en")
    assert import_units([("en", "nl", " ", "x", None), ("en", "nl", "x", "", None)]) == 0
    assert not MemoryEntry.objects.exists()
    assert suggest_many({"a": ""}, "en", "nl") == {"a": []}
    assert suggest_many({}, "en", "nl") == {}
    remember_many([], "en")


def test_entries_of_before_get_their_makers_and_machines_from_the_segments() -> None:
    user = User.objects.create_user("joost")
    for path, origin in (("a/text", "machine"), ("b/text", "human")):
        words = SegmentTranslation(key=KEY, locale="nl", path=path, origin=origin, state="checked")
        words.set(f"Rest {path}", f"Rust {path}")
        words.translated_by = user
        words.save()
        remember(words, source_locale="en")
    import_units([("en", "nl", "Pain", "Pijn", None)])
    MemoryEntry.objects.update(origin="human", made_by=None)
    migration = import_module("patientinfo.migrations.0011_memory_makers")
    migration.fill(apps, None)
    found = {e.text: (e.origin, e.made_by) for e in MemoryEntry.objects.all()}
    assert found == {
        "Rust a/text": ("machine", user),
        "Rust b/text": ("human", user),
        "Pijn": ("human", None),
    }


def test_entries_of_before_are_inline_afterwards() -> None:
    plain = "Do not use if glucose <low or high>.", "Niet als glucose <laag of hoog> is."
    remember(row(*plain, "summary"), source_locale="en")  # as if it were inline: so it was stored
    remember(row("Q & A", "V & A", "title"), source_locale="en")
    remember(row("Q &amp; A", "V &amp; A", "a/text"), source_locale="en")
    remember(row(SOURCE, DUTCH), source_locale="en")
    import_module("patientinfo.migrations.0014_memory_inline").escape(apps, None)
    assert texts_of(suggest(plain[0], "en", "nl", inline=False)) == [(plain[1], 100)]
    assert texts_of(suggest("Q & A", "en", "nl", path="title", inline=False)) == [("V & A", 101)]
    assert texts_of(suggest(SOURCE, "en", "nl")) == [(DUTCH, 100)]
    assert MemoryEntry.objects.count() == 3
    assert set(MemoryWord.objects.values_list("count", flat=True)) == {1}
