"""A clinic with two leaflets, and somebody who asks it for permission."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from patientinfo.licensing.models import Licence
from patientinfo.partners import forms
from patientinfo.partners.accounts import account_for
from tests.api.shelf import put
from tests.licences import make_licence, make_licensee
from tests.partners.names import ADDRESS, KNEE

Answers = dict[str, Any]


@pytest.fixture(autouse=True)
def shelf(db: None) -> None:
    """Knee in three languages, Back in English."""
    for locale in ("en", "nl", "ar"):
        put("knee", locale)
    put("back", "en", topics=[])


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person takes longer than a test: no form is filled in too quickly here."""
    monkeypatch.setattr(forms, "QUICKEST", -1)


@pytest.fixture
def answers() -> Answers:
    """The form, filled in: the text of Knee in Dutch and English, for a website."""
    return {
        "action": "send",
        "stamp": forms.stamp(),
        "organisation": "Harbour Rehab (fictional)",
        "country": "NL",
        "contact": "M. Aker",
        "email": ADDRESS,
        "scope": "some",
        "leaflets": [KNEE],
        "locales": ["en", "nl"],
        "parts": ["text"],
        "uses": ["website"],
        "adaptation": "no",
        "area": "home",
        "starts": "2030-01-01",
        "ends": "2030-12-31",
        "commercial": "no",
        "message": "For our patients.",
    }


@pytest.fixture
def partner(db: None) -> Any:
    """The account of a confirmed address."""
    return account_for(ADDRESS)


@pytest.fixture
def signed_in(client: Client, partner: Any) -> Client:
    """The browser of that partner."""
    client.force_login(partner)
    return client


@pytest.fixture
def licence(partner: Any) -> Licence:
    """What this partner was granted."""
    licensee = make_licensee()
    licensee.members.add(partner)
    return make_licence(licensee)


@pytest.fixture
def stranger(db: None) -> Client:
    """The browser of another partner, who is signed in as well."""
    found = Client()
    found.force_login(account_for("other@hill.example"))  # type: ignore[arg-type]
    return found


@pytest.fixture
def send(
    client: Client, answers: Answers, django_capture_on_commit_callbacks: Any
) -> Callable[..., Any]:
    """Fills in the form with changes and sends it; mails go out."""

    def ask(path: str = "/en/partners/ask/", **changes: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, {**answers, **changes})

    return ask


@pytest.fixture
def link() -> Callable[[], str]:
    """The path of the link in the newest mail."""

    def newest() -> str:
        found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
        assert found is not None
        return found.group(1)

    return newest
