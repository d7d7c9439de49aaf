"""Renditions are made once, kept by all that they were made from, and never half."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from patientinfo.channels.base import Channel, NotRenderable
from patientinfo.channels.models import SIGNED_LETTER, KeptRendition
from patientinfo.channels.registry import UnknownChannel, channel, channels
from patientinfo.channels.renditions import Order, order_of
from patientinfo.checks import check_channels
from patientinfo.editions.image_files import file_name
from patientinfo.editions.models import CatalogueEntry
from tests import bodies, builders
from tests.channels.rendering import licensed

pytestmark = pytest.mark.django_db
WORLD = "page"
BOTH = frozenset({"text", "photos"})


class Words(Channel):
    """Counts how often it is asked."""

    name = "words"
    label = "Words"
    media_type = "text/plain"
    extension = "txt"
    version = "1"
    made = 0

    def render(self, document, context) -> bytes:
        type(self).made += 1
        return document["title"].encode()


@pytest.fixture
def words() -> Words:
    Words.made = 0
    return Words()


def order(wanted: Channel, page, parts=BOTH, locale="en", **more) -> Order:
    entry = CatalogueEntry.objects.select_related("edition").get(
        key=page.translation_key, locale=locale
    )
    return order_of(wanted, entry, licensed(parts), **more)


def test_the_second_request_costs_a_look_up(words, page, django_assert_num_queries):
    first = order(words, page).rendition()
    with django_assert_num_queries(1):
        ordered = order(words, page)  # the entry and its Edition
    with django_assert_num_queries(1):
        again = ordered.rendition()
    assert (again.content, again.etag) == (first.content, first.etag)
    assert words.made == 1
    assert KeptRendition.objects.get().channel == "words"


def test_an_export_keeps_nothing(words, page):
    order(words, page).rendition(keep=False)
    assert not KeptRendition.objects.exists()


def test_another_edition_standing_or_version_is_another_rendition(words, page):
    seen = {order(words, page).etag}
    builders.translate(page, "nl")
    seen |= {order(words, page).etag, order(words, page, locale="nl").etag}
    builders.reword(page, {"trigger/text": "<p>A trigger point is a sore knot.</p>"})
    seen |= {order(words, page).etag, order(words, page, locale="nl").etag}
    words.version = "2"
    seen.add(order(words, page).etag)
    assert len(seen) == 6


def test_without_its_pictures_it_is_another_rendition(words, page, clinic):
    image = builders.make_image(("en", "nl"))
    section = bodies.section("A picture", bodies.picture(image, key="p"), key="with-picture")
    shown = builders.make_leaflet(clinic, title="Shown", sections=[section])
    assert order(words, shown).etag != order(words, shown, {"text"}).etag
    assert order(words, page).etag == order(words, page, {"text"}).etag


def test_a_picture_whose_file_is_gone_makes_nothing(clinic):
    image = builders.make_image(("en", "nl"))
    section = bodies.section("A picture", bodies.picture(image, key="p"), key="with-picture")
    shown = builders.make_leaflet(clinic, title="Shown", sections=[section])
    ordered = order(channel("pdf"), shown)
    member = ordered.document["images"][0]
    default_storage.delete(file_name(member, member["width"]))
    with pytest.raises(NotRenderable, match="is not there"):
        ordered.rendition()
    assert not KeptRendition.objects.exists()


def test_old_renditions_are_thrown_away(words, page, capsys):
    order(words, page).rendition()
    call_command("clear_renditions")
    assert KeptRendition.objects.count() == 1
    KeptRendition.objects.update(made_at=timezone.now() - timedelta(days=31))
    call_command("clear_renditions")
    assert not KeptRendition.objects.exists()
    assert "1 renditions were thrown away" in capsys.readouterr().out


def test_a_signed_letter_is_not_thrown_away_for_its_age(words, page):
    KeptRendition.objects.create(etag="a", channel=SIGNED_LETTER, edition_digest="", content=b"")
    KeptRendition.objects.update(made_at=timezone.now() - timedelta(days=31))
    call_command("clear_renditions")
    assert KeptRendition.objects.exists()
    call_command("clear_renditions", "--all")
    assert not KeptRendition.objects.exists()


def test_an_unknown_channel_is_told_which_there_are():
    with pytest.raises(UnknownChannel, match="no channel 'fax'"):
        channel("fax")


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        (["patientinfo.channels.fax.FaxChannel"], "is no channel"),
        (["patientinfo.conf.Setting"], "is no channel"),
        (["patientinfo.channels.pdf.PdfChannel"] * 2, "two channels are named 'pdf'"),
    ],
)
def test_a_wrong_setting_is_named(settings, names, complaint):
    settings.PATIENTINFO = {**settings.PATIENTINFO, "CHANNELS": names}
    with pytest.raises(ImproperlyConfigured, match=complaint):
        channels()
    assert [error.id for error in check_channels(None)] == ["patientinfo.E005"]


def test_a_font_that_is_not_installed_is_named(settings):
    settings.PATIENTINFO = {**settings.PATIENTINFO, "FONT_PACKAGES": ["fontpkg_of_nowhere"]}
    (error,) = check_channels(None)
    assert "'fontpkg_of_nowhere' is not installed" in error.msg


def test_the_sites_own_settings_are_right():
    assert check_channels(None) == []
