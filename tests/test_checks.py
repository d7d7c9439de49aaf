"""What is set wrongly is told at the start, and is not the default in silence."""

from __future__ import annotations

from typing import Any

import pytest

from patientinfo.checks import check_embed_origins, check_names_and_types


def test_what_the_project_sets_is_known_and_of_its_type() -> None:
    assert check_names_and_types(None) == []


@pytest.mark.parametrize(
    ("given", "number", "words"),
    [
        ({"PUBLIC_ACESS": "catalogue"}, "E006", "no setting 'PUBLIC_ACESS'"),
        ({"BEHIND_PROXY": "no"}, "E007", "True or False"),
        ({"BEHIND_PROXY": 0}, "E007", "True or False"),
        ({"EMBED_ORIGINS": "https://www.clinic.example"}, "E007", "a list"),
        ({"REQUEST_TARGET_DAYS": "14"}, "E007", "a number"),
        ({"REQUEST_TARGET_DAYS": True}, "E007", "a number"),
        ({"THROTTLE_KEY": None}, "E007", "a text"),
        ({"LICENSOR": "Uplands"}, "E007", "a dict"),
    ],
)
def test_what_is_not_is_named(
    settings: Any, given: dict[str, Any], number: str, words: str
) -> None:
    settings.PATIENTINFO = given
    (error,) = check_names_and_types(None)
    assert error.id == f"patientinfo.{number}"
    assert words in error.msg


def test_a_misspelt_name_is_told_with_the_right_one(settings: Any) -> None:
    settings.PATIENTINFO = {"PUBLIC_ACESS": "catalogue"}
    assert check_names_and_types(None)[0].hint == "Is PUBLIC_ACCESS meant?"


def test_what_serves_as_well_is_taken(settings: Any) -> None:
    settings.PATIENTINFO = {
        "EMBED_ORIGINS": ("https://www.clinic.example",),
        "USAGE_FLUSH_SECONDS": 0.5,
        "MACHINE_TRANSLATOR": {"CLASS": "a.b.C"},
    }
    assert check_names_and_types(None) == []


def test_what_is_no_origin_of_a_page_is_told(settings: Any) -> None:
    settings.PATIENTINFO = {"EMBED_ORIGINS": ["https://www.clinic.example", "www.clinic.example"]}
    (error,) = check_embed_origins(None)
    assert error.msg == "EMBED_ORIGINS: 'www.clinic.example' is no origin of a page."
