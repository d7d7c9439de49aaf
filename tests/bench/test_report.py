"""The table, and its place in the page."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.report import BEGIN, END, NoMarkers, Results, among, missed, page_part, write
from bench.summary import Summary

RATES = {
    "ours/detail": 5_000.0,
    "ours/list": 900.0,
    "ours/unchanged": 6_000.0,
    "wagtail/detail": 200.0,
    "wagtail/list": 100.0,
    "wagtail-plain/detail": 250.0,
    "empty/empty": 20_000.0,
}


@pytest.fixture
def results() -> Results:
    summaries = {name: Summary(rate, 1.25, 9.5, 0.04) for name, rate in RATES.items()}
    return Results("SQLite 9.9", summaries, {"ours/detail": 12_345})


def test_a_row_gives_both_sides_their_ratio_and_the_target(results: Results) -> None:
    part = page_part({"Machine": "a small one"}, [results])
    assert "- Machine: a small one" in part
    assert (
        "| One leaflet, whole | 5,000 | 1.25 | 9.50 | 200 | 1.25 | 9.50 | **25.0 ×** | ≥ 20 × |"
        in part
    )
    assert "| One leaflet, unchanged (304) | 6,000 | 1.25 | 9.50 | – | – | – | – | – |" in part
    assert "One leaflet is 25% of that" in part
    assert "ours/detail 12,345" in part


def test_every_row_has_as_many_cells_as_the_head(results: Results) -> None:
    rows = [line for line in page_part({}, [results]).splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in rows}) == 1


def test_a_missed_target_is_named(results: Results) -> None:
    assert missed([results]) == ["SQLite 9.9: List of 20: 9.0 ×, and 10 × is the target"]
    faster = {**results.summaries, "ours/list": Summary(1_000.0, 1, 1, 0)}
    assert missed([replace(results, summaries=faster)]) == []


def test_reads_with_a_key_stand_beside_the_same_by_anybody(results: Results) -> None:
    rates = {"public": 1_000.0, "own key": 900.0, "licence": 500.0, "each licence": 800.0}
    keyed = {
        f"ours/{read}{among(licences)}": Summary(rate, 1, 1, 0)
        for read, rate in rates.items()
        for licences in (1, 10_000)
        if (read, licences) != ("each licence", 1)
    }
    found = replace(results, summaries={**results.summaries, **keyed}, licences=(1, 10_000))
    part = page_part({}, [found])
    own, few = "900 | **1.11 ×**", "500 | **2.00 ×**"
    assert f"| 1 | 1,000 | {own} | {few} | – | – | ≤ 1.3 × |" in part
    assert f"| 10,000 | 1,000 | {own} | {few} | 800 | **1.25 ×** | ≤ 1.3 × |" in part
    assert [sentence for sentence in missed([found]) if "key" in sentence] == [
        f"SQLite 9.9: with a few licences' keys, among {licences} licences: "
        "2.00 times a public read, and 1.3 is the target"
        for licences in ("1", "10,000")
    ]


def test_runs_far_apart_are_not_to_be_trusted(results: Results) -> None:
    assert "measure again" not in page_part({}, [results])
    uneven = {**results.summaries, "empty/empty": Summary(20_000.0, 1, 1, 0.5)}
    assert "50% of its median. The machine was busy: measure again." in page_part(
        {}, [replace(results, summaries=uneven)]
    )


def test_what_a_person_wrote_around_the_table_is_kept(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Above\n\n{BEGIN}\nold numbers\n{END}\n\nBelow\n", encoding="utf-8")
    write(page, "new numbers × 2\n")
    write(page, "newer numbers × 3\n")
    text = page.read_text(encoding="utf-8")
    assert text == f"# Above\n\n{BEGIN}\n\nnewer numbers × 3\n\n{END}\n\nBelow\n"


def test_a_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Only words\n", encoding="utf-8")
    with pytest.raises(NoMarkers):
        write(page, "numbers")
    assert page.read_text(encoding="utf-8") == "# Only words\n"


def test_the_project_page_has_its_marks(root: Path) -> None:
    text = (root / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert text.index(BEGIN) < text.index(END)
