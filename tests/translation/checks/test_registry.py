"""The registry as a whole: the sample, the documentation, any text at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from patientinfo.formats.segments import segments_of
from patientinfo.translation.checks import (
    CHECKS,
    Check,
    Context,
    Finding,
    docs_table,
    plain_of,
    run_checks,
)

SLUGS = ("dry-needling", "dry-needling-and-acupuncture-compared")
LANGUAGES = ("nl", "de", "es", "ar")
BLOCKING = {
    "untranslated", "numbers", "units", "percentages", "telephone", "email", "web_address",
    "inline_codes", "placeholders", "do_not_translate", "script", "left_words", "language",
    "forbidden_characters",
}  # fmt: skip


def load(root: Path, name: str) -> Any:
    return json.loads((root / "home" / "sample" / f"{name}.json").read_text(encoding="utf-8"))


def sample(root: Path, slug: str, locale: str) -> Iterator[Context]:
    """Every segment of a leaflet of the sample with its translation."""
    images = [{**image, "id": image["ref"]} for image in load(root, "images")["images"]]
    targets = load(root, f"{slug}.{locale}")["segments"]
    for segment in segments_of({**load(root, slug), "images": images}):
        yield Context(segment.text, targets[segment.path], "en", locale, segment.inline)


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_the_sample_has_no_blocking_finding(root: Path, slug: str, locale: str) -> None:
    found = [finding for context in sample(root, slug, locale) for finding in run_checks(context)]
    assert [f for f in found if CHECKS[f.check].blocking_default] == []
    assert len(found) <= 1, [(f.check, str(f.message)) for f in found]


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_wrong_number_in_the_sample_is_found(root: Path, locale: str) -> None:
    """The seed's "1 to 2 days", with another number in the source only."""
    contexts = [c for c in sample(root, SLUGS[0], locale) if "1 to 2 days" in c.source]
    assert len(contexts) == 2
    for context in contexts:
        changed = Context(
            context.source.replace("1 to 2", "1 to 3"), context.target, "en", locale, context.inline
        )
        assert {finding.check for finding in run_checks(changed)} == {"numbers"}


def test_what_blocks_by_default() -> None:
    assert {name for name, check in CHECKS.items() if check.blocking_default} == BLOCKING


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_a_check_finds_something_in_its_own_example(check: Check) -> None:
    assert {finding.check for finding in run_checks(check.example, {check.name})} == {check.name}


def test_only_the_named_checks_are_run() -> None:
    context = Context("1 day", "2 dagen.", "en", "nl", inline=False)
    assert {f.check for f in run_checks(context)} == {"numbers", "end_punctuation"}
    assert {f.check for f in run_checks(context, ["numbers"])} == {"numbers"}
    assert run_checks(context, []) == []


def test_of_a_missing_translation_nothing_else_is_said() -> None:
    context = Context("Call +1 202-555-0142?", " ", "en", "nl", inline=True)
    assert [finding.check for finding in run_checks(context)] == ["untranslated"]


def test_a_finding_says_what_and_where() -> None:
    source, target = "Take <b>5&nbsp;mg</b> now", "Neem nu <b>6 mg</b>"
    (finding,) = run_checks(Context(source, target, "en", "nl", inline=True), ["numbers"])
    assert str(finding.message) == "The source says “5\u00a0mg”, the translation “6 mg”."
    assert finding.source_span is not None
    assert finding.target_span is not None
    assert plain_of(source, True)[slice(*finding.source_span)] == "5\u00a0mg"
    assert plain_of(target, True)[slice(*finding.target_span)] == "6 mg"


def test_findings_speak_the_language_of_the_reader() -> None:
    (finding,) = run_checks(Context("x", "", "en", "nl", inline=False))
    with override("en"):
        assert str(finding.message) == "There is no translation."


def test_the_documentation_has_the_table_of_the_registry(root: Path) -> None:
    text = (root / "docs" / "checks.md").read_text(encoding="utf-8")
    assert docs_table() in text, "docs/checks.md: put in the output of docs_table()"


@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from(["nl", "ar", "hi", "el", "zh-hans", "tr", "ka", "xx", ""]),
    st.booleans(),
)
def test_no_text_breaks_a_check(source: str, target: str, locale: str, inline: bool) -> None:
    for finding in run_checks(Context(source, target, "en", locale, inline)):
        assert isinstance(finding, Finding)
        assert str(finding.message)
        for span, text in ((finding.source_span, source), (finding.target_span, target)):
            assert span is None or 0 <= span[0] <= span[1] <= len(plain_of(text, inline))


@given(st.text(alphabet="<>/abr strong&;#x=\"'", max_size=60))
def test_no_markup_breaks_a_check(markup: str) -> None:
    assert isinstance(run_checks(Context("<b>x</b>", markup, "en", "nl", inline=True)), list)


@pytest.mark.parametrize("text", ["1 " * 3000, "two " * 3000, "<a" * 3000, "\u202a" * 3000])
def test_a_very_long_text_is_checked_too(text: str) -> None:
    context = Context(text, f"{text} 9", "en", "de", inline=True, do_not_translate=("a",))
    assert "numbers" in {finding.check for finding in run_checks(context)}


@given(st.text(alphabet="0123456789٠١٢٣%.,:/-+ mgdays½", max_size=40))
def test_a_text_agrees_with_itself_in_numbers(text: str) -> None:
    numeric = {"numbers", "units", "percentages", "telephone"}
    assert run_checks(Context(text, text, "en", "en-gb", inline=False), numeric) == []
