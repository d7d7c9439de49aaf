"""The section on translation work."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.report import write
from bench.translation.acts import Act
from bench.translation.report import MARKS, Passage, Side, Sides, View, Work, missed, page_part
from bench.translation.runs import sizes

OURS = {name: Act(10.0, 40, 41) for name in ("send", "export", "import", "store", "publish")}
THEIRS = {name: Act(75.0, 400, 800) for name in OURS}


@pytest.fixture
def work() -> Work:
    small = Passage("po", "export", leaflets=250, files=1000, seconds=10.0, peak_mib=120.0)
    large = replace(small, leaflets=1000, files=4000, seconds=50.0, peak_mib=126.0)
    views = (View("The desk of 60 segments", 81.4, 15),)
    sides = Sides("SQLite 3", Side(53, OURS), Side(50, THEIRS))
    return Work((sides, replace(sides, database="PostgreSQL 15")), views, (small, large))


def test_an_act_stands_beside_the_same_act_of_the_other_side(work: Work) -> None:
    part = page_part({"Machine": "a small one"}, work)
    assert "- Machine: a small one" in part
    assert "\nSQLite 3:\n" in part
    assert "\nPostgreSQL 15:\n" in part
    assert "One leaflet of 53 segments (theirs: 50)" in part
    assert (
        "| Sending one leaflet to three languages | 10.0 | 40 | 41 | 75.0 | 400 | 800 "
        "| **7.5 ×** | ≥ 5 × |" in part
    )
    assert "| The desk of 60 segments | 81 | 15 |" in part
    assert "| export po | 25.0 | 120 | 20.0 | 126 |" in part


def test_every_row_has_as_many_cells_as_its_head(work: Work) -> None:
    parts = page_part({}, work).split("\n\n")
    tables = [part.splitlines() for part in parts if part.startswith("|")]
    assert len(tables) == 4
    for rows in tables:
        assert len({row.count("|") for row in rows}) == 1


def test_what_was_promised_and_not_reached_is_named(work: Work) -> None:
    assert missed(work) == []
    lite, server = work.sides
    slower = replace(server, ours=Side(53, {**OURS, "import": Act(30.0, 40, 93)}))
    slow = replace(work, sides=(lite, slower))
    act = "PostgreSQL 15: PO import, three languages, every text checked"
    assert missed(slow) == [
        f"{act}: 2.5 ×, and 5 × is the target",
        f"{act}: 40 queries, and 93 for twice as long",
    ]
    small, large = work.passages
    heavy = replace(work, passages=(small, replace(large, peak_mib=300.0)))
    assert missed(heavy) == [
        "export po: 300 MiB for 1,000 leaflets, and 120 for 250",
    ]
    asking = replace(work, views=(View("The matrix", 9.0, 61),))
    assert missed(asking) == ["The matrix: 61 queries, and 60 are the most"]


def test_the_smaller_number_is_a_quarter() -> None:
    assert sizes(1000) == (250, 1000)
    assert sizes(20) == (5, 20)
    assert sizes(2) == (1, 2)


def test_the_project_page_has_a_place_for_it(root: Path, tmp_path: Path) -> None:
    text = (root / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    write(page, "measured\n", MARKS)
    assert page.read_text(encoding="utf-8").count("measured\n\n" + MARKS[1]) == 1
