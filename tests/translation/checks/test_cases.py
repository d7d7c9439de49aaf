"""Every check finds what it is for, and leaves good translations alone, in many scripts."""

from __future__ import annotations

import pytest

from patientinfo.formats.numbers import script_of
from patientinfo.translation.checks import CHECKS, run_checks
from tests.translation.checks import (
    cases_doses,
    cases_language,
    cases_negation,
    cases_numbers,
    cases_style,
    cases_texts,
)
from tests.translation.checks.cases import Case

ALL = [
    *cases_numbers.CASES,
    *cases_doses.CASES,
    *cases_texts.CASES,
    *cases_language.CASES,
    *cases_negation.CASES,
    *cases_style.CASES,
]
SCRIPTS = 5


@pytest.mark.parametrize("case", ALL, ids=str)
def test_a_check_finds_what_is_wrong_and_nothing_else(case: Case) -> None:
    found = run_checks(case.context, {case.check})
    assert bool(found) is case.found, [str(finding.message) for finding in found]
    assert {finding.check for finding in found} <= {case.check}


@pytest.mark.parametrize("case", [case for case in ALL if case.found], ids=str)
def test_spans_lie_in_the_texts_and_messages_are_whole(case: Case) -> None:
    for finding in run_checks(case.context):
        for span, text in ((finding.source_span, case.source), (finding.target_span, case.target)):
            assert span is None or 0 <= span[0] <= span[1] <= len(text)
        message = str(finding.message)
        assert message
        assert "{" not in message or "{" in case.source + case.target


@pytest.mark.parametrize("found", [True, False])
@pytest.mark.parametrize("check", CHECKS)
def test_every_check_has_cases_in_five_scripts(check: str, found: bool) -> None:
    locales = {case.locale for case in ALL if case.check == check and case.found is found}
    assert len({script_of(locale) for locale in locales}) >= SCRIPTS
