"""What the site adds to the checks: its clinics' names, its levels, its people's dismissals."""

from __future__ import annotations

import uuid

from django.test.utils import override_settings
from pytest_django import DjangoAssertNumQueries

from patientinfo.formats.segments import Segment, source_hash
from patientinfo.translation.desk_models import FindingDismissal
from patientinfo.translation.findings import Examiner, Result
from tests.builders import Clinic

KEY = uuid.uuid4()
ASK = Segment("p/text", "Ask Uplands Physio Clinic for water.", "p", "", inline=False)
LEFT = "اسأل Uplands Physio Clinic عن الـwater."


def left(*, locale: str = "ar", text: str = LEFT) -> dict[str, Result]:
    results = Examiner(KEY, "en", locale).examine(ASK, text)
    return {r.finding.check: r for r in results if r.finding.check.startswith("left_")}


def test_a_word_left_in_another_script_blocks_and_the_clinics_name_does_not(
    clinic: Clinic,
) -> None:
    found = left()
    assert set(found) == {"left_words"}
    assert found["left_words"].blocks
    assert str(found["left_words"].finding.message) == (
        "“water” is left in the letters of the source."
    )
    named = left(text="اسأل Uplands عن الماء.")
    assert [(name, result.blocks) for name, result in named.items()] == [("left_names", False)]


def test_a_checker_dismisses_it_with_a_reason(clinic: Clinic) -> None:
    FindingDismissal.objects.create(
        key=KEY, locale="ar", path=ASK.path, check_name="left_words", source_hash=ASK.hash,
        target_hash=source_hash(LEFT), reason="The name of a brand.",
    )  # fmt: skip
    found = left()["left_words"]
    assert (found.blocks, found.dismissed) == (False, "The name of a brand.")


def test_a_site_sets_its_level(clinic: Clinic) -> None:
    with override_settings(PATIENTINFO={"CHECK_LEVELS": {"left_words": "advisory"}}):
        assert not left()["left_words"].blocks


def test_languages_of_one_script_ask_for_no_names(
    clinic: Clinic, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        Examiner(KEY, "en", "nl")
    with django_assert_num_queries(4):
        Examiner(KEY, "en", "ar")
