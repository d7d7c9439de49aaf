"""The bytes of an error for programs."""

from __future__ import annotations

from patientinfo.formats.problem import problem_bytes


def test_a_problem_has_its_members_in_order() -> None:
    assert problem_bytes("too-many", 429, "Too many", "Wait.", policy="key") == (
        b'{"type":"urn:problem:patientinfo:too-many","title":"Too many","status":429,'
        b'"detail":"Wait.","policy":"key"}'
    )


def test_what_has_nothing_to_add_has_no_detail() -> None:
    assert problem_bytes("gone", 410, "Gone") == (
        b'{"type":"urn:problem:patientinfo:gone","title":"Gone","status":410}'
    )
