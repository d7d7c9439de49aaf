"""What the library says of a picture holds for readers when its Editions are issued again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.messages import get_messages
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.models import Collection, GroupCollectionPermission

from patientinfo.editions.actions import last_edition
from patientinfo.editions.reissue import outdated_by, reissue
from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.leaflet_page import LeafletPage

WORLD = "dutch"


@pytest.fixture
def image(page: LeafletPage, dutch: LeafletPage) -> LeafletImage:
    """Shown in English and in Dutch."""
    return LeafletImage.objects.get()


def url_of(image: LeafletImage) -> str:
    return reverse("patientinfo_reissue", args=["leafletimage", image.pk])


def edit(client: Client, image: LeafletImage, **changes: str) -> Any:
    form = {name: value or "" for name, value in model_to_dict(image).items() if name != "file"}
    address = reverse("wagtailimages:edit", args=[image.pk])
    return client.post(address, {**form, "tags": "", "may_sublicense": "", **changes})


def rights(page: LeafletPage) -> dict[str, object]:
    found = last_edition(page.translation_key, page.locale.language_code)
    assert found is not None
    member: dict[str, object] = found.data["images"][0]["rights"]
    return member


def test_a_consent_that_ends_is_told_and_issued(
    client: Client, image: LeafletImage, page: LeafletPage, dutch: LeafletPage
) -> None:
    client.force_login(User.objects.create_superuser("admin"))
    assert outdated_by(image) == []
    today = timezone.localdate().isoformat()
    response = edit(client, image, consent_until=today)
    told = " ".join(str(m) for m in get_messages(response.wsgi_request))
    assert "2 editions show the old words" in told
    assert url_of(image) in told
    assert client.post(url_of(image)).status_code == 302
    assert [rights(shown)["consent_until"] for shown in (page, dutch)] == [today, today]
    assert outdated_by(image) == []


def test_one_that_has_ended_is_told_with_what_to_do(image: LeafletImage) -> None:
    image.consent_until = timezone.localdate() - timedelta(days=1)
    image.save()
    done = reissue(image)
    assert not done.editions
    assert all("has ended: replace it" in " ".join(why) for _page, why in done.refused)
    assert len(done.refused) == 2


def test_whoever_may_change_it_in_its_collection_reissues(
    client: Client, image: LeafletImage, page: LeafletPage
) -> None:
    user = User.objects.create_user("librarian")
    group = Group.objects.create(name="Librarians")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client.force_login(user)
    image.may_sublicense = True
    image.save()
    assert client.post(url_of(image)).status_code in (302, 403)
    assert not rights(page)["sublicensable"]
    GroupCollectionPermission.objects.create(
        group=group,
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(
            content_type__app_label=Image._meta.app_label, codename="change_image"
        ),
    )
    assert client.post(url_of(image)).status_code == 302
    assert rights(page)["sublicensable"]
