"""What nobody confirmed is forgotten; what somebody goes on with stays."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from patientinfo.licensing.request_models import PermissionRequest
from patientinfo.licensing.requests import Asker, confirm_email, create_draft

pytestmark = pytest.mark.django_db


def test_old_drafts_of_unconfirmed_addresses_are_deleted():
    asker = Asker("Harbour Rehab (fictional)", "NL", "M. Aker", "m.aker@harbour.example")
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        create_draft(asker)
        confirmed = confirm_email(create_draft(asker))
    fresh = create_draft(asker)
    said = io.StringIO()
    call_command("clear_drafts", stdout=said)
    assert said.getvalue() == "1 unconfirmed drafts deleted\n"
    assert set(PermissionRequest.objects.all()) == {confirmed, fresh}
