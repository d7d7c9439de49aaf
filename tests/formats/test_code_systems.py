"""Code systems by both of their names."""

from __future__ import annotations

import doctest

from patientinfo.formats import code_systems
from patientinfo.formats.code_systems import ICD_10, ICD_10_CM, LOINC, meanings_of, system_of


def test_a_system_goes_by_either_name():
    for oid, uri in code_systems.URI_OF_OID.items():
        assert {system_of(oid), system_of(f"urn:oid:{oid}"), system_of(uri)} == {uri}
    assert system_of("1.2.3") is None


def test_a_code_of_letters_is_a_kind_of_a_shorter_one():
    assert list(meanings_of(ICD_10_CM, "M79.1")) == [
        (ICD_10_CM, "M79.1"),
        (ICD_10, "M79.1"),
        (ICD_10_CM, "M79"),
        (ICD_10, "M79"),
    ]
    assert list(meanings_of(LOINC, "1234-5")) == [(LOINC, "1234-5")]
    assert list(meanings_of(ICD_10, "")) == [(ICD_10, "")]


def test_the_examples_hold():
    assert doctest.testmod(code_systems).failed == 0
