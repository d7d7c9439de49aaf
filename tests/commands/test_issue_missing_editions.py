"""`manage.py issue_missing_editions` names what it did, and fails when something is left."""

import io

import pytest
from django.core.management import CommandError, call_command

from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders


@pytest.mark.django_db
def test_it_names_what_it_did_and_what_it_would_do() -> None:
    page = builders.make_leaflet(builders.make_site(), publish=False)
    LeafletPage.objects.filter(pk=page.pk).update(live=True)
    builders.approval.approve(builders.fresh(page), builders.approver())
    line = f"issued: Dry needling (en, page {page.pk}): "
    out = io.StringIO()
    call_command("issue_missing_editions", dry_run=True, stdout=out)
    assert out.getvalue() == f"would be {line}it had none\n"
    assert not Edition.objects.exists()
    call_command("issue_missing_editions", stdout=out)
    assert out.getvalue().endswith(f"\n{line}edition 1; it had none\n")
    assert CatalogueEntry.objects.get().number == 1
    call_command("issue_missing_editions", stdout=out)
    assert out.getvalue().endswith("\nNothing is missing.\n")


@pytest.mark.django_db
def test_it_fails_and_says_why() -> None:
    page = builders.make_leaflet(builders.make_site(), publish=False)
    LeafletPage.objects.filter(pk=page.pk).update(live=True)
    err = io.StringIO()
    with pytest.raises(CommandError, match="1 of 1 could not be issued"):
        call_command("issue_missing_editions", stderr=err)
    assert err.getvalue().startswith(f"NOT issued: Dry needling (en, page {page.pk}): Nobody has")
