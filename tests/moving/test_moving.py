"""Moving house: the sample out of one installation and into an empty one, nothing lost."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Page, Revision, Site

from patientinfo.editions import guardrails
from patientinfo.editions.actions import withdraw_leaflet
from patientinfo.editions.models import CatalogueEntry, Edition, Withdrawal
from patientinfo.editions.verify import Verification
from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.management.catalogs import compile_catalogs
from patientinfo.management.commands.messages import project_catalogs
from patientinfo.moving.tables import moved_models, rows_of
from patientinfo.translation.glossary_models import GlossaryTerm
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.release_models import ReleasedDraft
from tests import builders
from tests.fixtures_guardrails import put_back

pytestmark = pytest.mark.django_db(transaction=True)


def said(command: str, *args: str) -> str:
    out = io.StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue()


def everything_here() -> dict[str, list[dict[str, object]]]:
    """Every row that moves, but for accounts, which nobody is after a move."""
    return {model._meta.label: list(rows_of(model)) for model in moved_models()}


def empty_installation() -> None:
    """As `migrate` leaves it."""
    with guardrails.lifted(connection.alias):
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    put_back(connection)
    Site.clear_site_root_paths_cache()


def test_the_sample_moves_with_all_that_it_is(tmp_path):
    compile_catalogs(project_catalogs())
    with override_settings(MEDIA_ROOT=str(tmp_path / "old"), DEBUG=True):
        call_command("load_sample", stdout=io.StringIO())
        leaflet = LeafletPage.objects.get(slug="dry-needling", locale__language_code="en")
        withdraw_leaflet(leaflet.translation_key, "ar", "For a test.")
        before = everything_here()
        editions = set(Edition.objects.values_list("key", "locale", "number", "digest"))
        path = tmp_path / "house.zip"
        said("export", "--format", "bundle", "--everything", "--output", str(path))
        first = hashlib.sha256(path.read_bytes()).hexdigest()
        said("export", "--format", "bundle", "--everything", "--output", str(path))
        assert hashlib.sha256(path.read_bytes()).hexdigest() == first
        with pytest.raises(CommandError, match="into an empty one"):
            said("import_bundle", str(path))
    empty_installation()
    with override_settings(MEDIA_ROOT=str(tmp_path / "new"), DEBUG=True):
        assert "10 editions" in said("import_bundle", str(path))
        assert_same_house(before, editions)
        assert_alive(leaflet)


def assert_same_house(before, editions):
    assert everything_here() == before
    assert set(Edition.objects.values_list("key", "locale", "number", "digest")) == editions
    assert {locale for _key, locale, _number, _digest in editions} == {"en", "nl", "de", "es", "ar"}
    assert Withdrawal.objects.count() == 1
    assert SegmentTranslation.objects.exists()
    assert GlossaryTerm.objects.exists() == bool(before["patientinfo.GlossaryTerm"])
    assert list(Verification().differences()) == []
    assert all(image.file.storage.exists(image.file.name) for image in LeafletImage.objects.all())
    assert Page.find_problems() == ([], [], [], [], [])


def assert_alive(leaflet):
    """Pages are shown and edited, and publishing what has not changed issues nothing."""
    page = LeafletPage.objects.get(pk=leaflet.pk)
    assert Client().get(page.get_url()).status_code == 200
    number = Edition.objects.count()
    page.save_revision().publish()
    assert Edition.objects.count() == number
    draft = page.get_latest_revision_as_object()
    draft.summary = "Other words for the same."
    draft.save_revision()
    assert LeafletPage.objects.get(pk=page.pk).has_unpublished_changes
    entry = CatalogueEntry.objects.get(key=page.translation_key, locale="ar")
    assert entry.status == "withdrawn"


def test_drafts_move_that_translators_have_or_that_are_planned(tmp_path):
    """Also where somebody has written a newer one since."""
    leaflet = builders.make_leaflet(builders.make_site())
    given, planned = leaflet.save_revision(), leaflet.save_revision()
    ReleasedDraft.objects.create(page=leaflet, revision=given)
    later = timezone.now() + timedelta(days=9)
    Revision.objects.filter(pk=planned.pk).update(approved_go_live_at=later)
    leaflet.save_revision()
    path = tmp_path / "house.zip"
    said("export", "--format", "bundle", "--everything", "--output", str(path))
    empty_installation()
    with override_settings(MEDIA_ROOT=str(tmp_path / "new")):
        said("import_bundle", str(path))
    assert ReleasedDraft.objects.get().revision_id == given.pk
    assert Revision.objects.get(approved_go_live_at=later).pk == planned.pk
