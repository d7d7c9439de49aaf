"""The language a client gets that named none in the address."""

import pytest

from patientinfo.api.negotiation import negotiate


@pytest.mark.parametrize(
    ("wished", "available", "found"),
    [
        ("nl", ["en", "nl"], "nl"),
        ("nl-NL, nl;q=0.9", ["en", "nl"], "nl"),
        ("pt-br", ["en", "pt-br"], "pt-br"),
        ("PT-BR", ["en", "pt-br"], "pt-br"),
        ("zh-hans", ["en", "zh-Hans"], "zh-Hans"),
        ("fr", ["en"], None),
        ("fr, *;q=0.5", ["en", "fr-ca"], "en"),
        ("*, nl", ["en", "nl"], "en"),
        ("nl, *;q=0.1", ["en", "nl"], "nl"),
        ("", ["en"], "en"),
        (",;q", ["en"], "en"),
        ("nl", [], None),
        ("*", [], None),
        ("a" * 10_000, ["en"], "en"),
    ],
)
def test_negotiation(wished, available, found):
    assert negotiate(wished, available) == found
