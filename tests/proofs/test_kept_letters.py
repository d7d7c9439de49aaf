"""A letter is set and signed once, and is the same file from then on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import Settings

from patientinfo.bundles.papers import LETTER, paper_of
from patientinfo.channels.models import SIGNED_LETTER, KeptRendition
from patientinfo.licensing.access_keys import issue_key
from patientinfo.licensing.actions import amend_licence
from patientinfo.licensing.models import Licence
from patientinfo.proofs import letter
from tests.proofs.samples import own_certificate


@pytest.fixture
def letter_for_key(client: Client, sample: Licence) -> Callable[[], bytes]:
    _key, text = issue_key(sample, "web", by="t")

    def ask() -> bytes:
        response = client.get(
            f"/permissions/{sample.number}/letter.pdf", headers={"Authorization": f"Bearer {text}"}
        )
        assert response.status_code == 200
        return response.content

    return ask


def test_a_letter_is_signed_once(letter_for_key: Callable[[], bytes], sample: Licence) -> None:
    first = letter_for_key()
    assert first == letter_for_key() == paper_of(sample, LETTER)
    assert KeptRendition.objects.filter(channel=SIGNED_LETTER).count() == 1


def test_a_letter_that_was_kept_is_not_set_again(
    letter_for_key: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = letter_for_key()
    monkeypatch.delattr(letter, "typeset")
    assert letter_for_key() == first


def test_other_terms_words_or_certificates_give_another_letter(
    letter_for_key: Callable[[], bytes], sample: Licence, settings: Settings
) -> None:
    letters = [letter_for_key()]
    conditions = f"{sample.terms.conditions} Show the date."
    amend_licence(sample, replace(sample.terms, conditions=conditions), by="t", reason="r")
    letters.append(letter_for_key())
    settings.PATIENTINFO = {**settings.PATIENTINFO, "PUBLIC_URL": "https://moved.example"}
    letters.append(letter_for_key())
    certificate, key = own_certificate()
    own = {"LETTER_CERTIFICATE": certificate, "LETTER_KEY": key}
    settings.PATIENTINFO = {**settings.PATIENTINFO, **own}
    letters += [letter_for_key(), letter_for_key()]
    assert len(set(letters)) == 4
    assert letters[3] == letters[4]


def test_a_kept_letter_is_for_the_parties_too(
    client: Client, letter_for_key: Callable[[], bytes], sample: Licence
) -> None:
    letter_for_key()
    assert client.get(f"/permissions/{sample.number}/letter.pdf").status_code == 403
