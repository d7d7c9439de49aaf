"""Two at once: one of them grants, declines or agrees, and the other is told."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from patientinfo.licensing import decisions, requests
from patientinfo.licensing.actions import NotPossible
from patientinfo.licensing.models import Licence
from patientinfo.licensing.request_models import Offer, OfferConsent, PermissionRequest
from patientinfo.licensing.requests import AlreadyDone
from tests.licensing.asking import make_offer, make_request
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_double_click_grants_one_licence() -> None:
    offer = make_offer(make_request())
    outcomes = at_once(*[lambda: requests.accept(Offer.objects.get(pk=offer.pk))] * 4)
    assert sum(isinstance(outcome, Licence) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, AlreadyDone) for outcome in outcomes) == 3
    assert Licence.objects.count() == 1


def test_what_is_accepted_is_not_declined_at_the_same_time() -> None:
    offer = make_offer(make_request())
    request = PermissionRequest.objects.get()
    outcomes = at_once(
        lambda: requests.accept(offer),
        lambda: decisions.decline(request, "We may not.", by="user:1"),
    )
    assert sum(isinstance(outcome, NotPossible) for outcome in outcomes) == 1
    request.refresh_from_db()
    assert (request.state == "granted") == Licence.objects.exists()


def test_two_second_officers_are_one_consent(settings: Settings) -> None:
    settings.PATIENTINFO = {**settings.PATIENTINFO, "TWO_OFFICERS": True}
    offer = make_offer(make_request())
    outcomes = at_once(
        lambda: decisions.agree(offer, by="user:2"), lambda: decisions.agree(offer, by="user:3")
    )
    assert sum(isinstance(outcome, OfferConsent) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, AlreadyDone) for outcome in outcomes) == 1
