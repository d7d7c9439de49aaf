"""The section on channels: what it says, and what counts as missed."""

from __future__ import annotations

from dataclasses import replace

from bench.channels.report import MARKS, Bundle, Forms, missed, page_part

SMALL = Bundle(leaflets=100, files=1500, seconds=10, mib=2.5, peak_mib=100)
FORMS = Forms(
    channels={"pdf": {"en": 50, "ar": 20}, "text": {"en": 900, "ar": 800}},
    weasyprint={"en": 2, "ar": 1},
    bundles=(SMALL, replace(SMALL, leaflets=1000, files=15_000, peak_mib=104)),
)


def test_every_number_is_in_its_place():
    part = page_part({"Measured": "today"}, FORMS)
    assert "| text | 900 | 800 |" in part
    assert "| English | 20 | 500 | **25.0 ×** | ≥ 10 × |" in part
    assert "| 1,000 leaflets | 15,000 | 10.0 | 2.5 | 104 |" in part
    assert missed(FORMS) == []


def test_what_was_promised_and_not_reached_is_said():
    slow = replace(FORMS, weasyprint={"en": 6, "ar": 1})
    assert missed(slow) == ["PDF in en: 8.3 ×, and 10 × is the target"]
    growing = replace(FORMS, bundles=(SMALL, replace(SMALL, leaflets=1000, peak_mib=200)))
    assert "200 MiB for 1,000 leaflets" in missed(growing)[0]


def test_the_page_has_a_place_for_it(root):
    page = (root / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert all(page.count(mark) == 1 for mark in MARKS)
