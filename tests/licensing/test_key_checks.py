"""What a process remembers of keys, and of which it never lets go."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils.crypto import salted_hmac

from patientinfo.licensing.guard import Kind
from patientinfo.licensing.key_checks import Check, KnownKeys, check_key
from patientinfo.licensing.keys import hash_key, make_key
from patientinfo.licensing.seals import keyed_digest

FIRST, SECOND = make_key(Kind.LICENCE), make_key(Kind.LICENCE)


@pytest.fixture
def known() -> KnownKeys[str]:
    keys: KnownKeys[str] = KnownKeys(2)
    keys.keep(FIRST.name, FIRST.text, "record", "found")
    return keys


def test_the_same_key_and_record_are_known(known: KnownKeys[str]) -> None:
    assert known.get(FIRST.name, FIRST.text, "record") == "found"


def test_another_record_has_to_be_judged_anew(known: KnownKeys[str]) -> None:
    assert known.get(FIRST.name, FIRST.text, "revoked") is None
    known.keep(FIRST.name, FIRST.text, "revoked", "nothing")
    assert known.get(FIRST.name, FIRST.text, "record") is None
    assert len(known) == 1


def test_another_key_of_the_same_name_is_not_known(known: KnownKeys[str]) -> None:
    assert known.get(FIRST.name, SECOND.text, "record") is None


def test_a_secret_that_was_taken_away_opens_nothing(known: KnownKeys[str]) -> None:
    with override_settings(SECRET_KEY="another " * 8):
        assert known.get(FIRST.name, FIRST.text, "record") is None


def test_the_text_of_a_key_is_kept_nowhere(known: KnownKeys[str]) -> None:
    assert FIRST.text not in repr(vars(known))


def test_no_more_keys_are_remembered_than_there_is_room_for(known: KnownKeys[str]) -> None:
    for number in range(5):
        known.keep(f"name {number}", SECOND.text, "record", "found")
    assert len(known) == 2
    assert known.get(FIRST.name, FIRST.text, "record") is None
    assert known.get("name 4", SECOND.text, "record") == "found"


def test_a_key_is_right_wrong_or_outdated() -> None:
    assert check_key(FIRST.text, FIRST.hash) is Check.RIGHT
    assert check_key(SECOND.text, FIRST.hash) is Check.WRONG
    earlier = hash_key(FIRST.text, "earlier " * 8)
    assert check_key(FIRST.text, earlier) is Check.WRONG
    with override_settings(SECRET_KEY_FALLBACKS=["earlier " * 8]):
        assert check_key(FIRST.text, earlier) is Check.OUTDATED


@pytest.mark.parametrize("secret", [None, "another", b"bytes"])
def test_a_seal_is_what_django_makes(secret: str | bytes | None) -> None:
    """Stored hashes and addresses of pictures were made by that."""
    theirs = salted_hmac("a salt", "a text é", secret or settings.SECRET_KEY, algorithm="sha256")
    assert keyed_digest("a salt", "a text é", secret) == theirs.digest()
