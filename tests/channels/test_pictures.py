"""Image files leave by signed addresses alone, with their owner's rights in them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from PIL import Image

from patientinfo.editions.image_files import file_name
from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing import pictures
from patientinfo.licensing.access_keys import issue_channel_key, issue_key, revoke_key
from patientinfo.licensing.actions import revoke_licence
from tests import bodies, builders
from tests.licences import make_licence


@pytest.fixture
def page(db: None):
    site = builders.make_site()
    shown = bodies.picture(builders.make_image(), key="shown")
    section = bodies.section("What is it?", bodies.paragraph("A muscle."), shown, key="what")
    return builders.make_leaflet(site, sections=[section])


@pytest.fixture
def level(settings):
    def set_level(value: str) -> None:
        settings.PATIENTINFO = {**settings.PATIENTINFO, "PUBLIC_ACCESS": value}

    return set_level


def document_of(page):
    return CatalogueEntry.objects.get(key=page.translation_key).edition.data


def urls(page, audience: str) -> list[str]:
    document = document_of(page)
    return list(pictures.picture_urls(document, audience, document["images"][0]).values())


def statuses(client: Client, addresses: list[str]) -> set[int]:
    return {client.get(address).status_code for address in addresses}


def media(client: Client, page, key: str) -> list[str]:
    answer = client.get(
        f"/api/v1/pages/{page.translation_key}/en/", headers={"authorization": f"Bearer {key}"}
    ).json()
    return [
        url.removeprefix("http://testserver")
        for url in next(iter(answer["media"].values())).values()
    ]


def test_a_file_carries_its_rights(page, client: Client) -> None:
    answer = client.get(urls(page, pictures.READER)[0])
    assert answer.status_code == 200
    with Image.open(io.BytesIO(answer.content)) as opened:
        told = str(opened.info.get("XML:com.adobe.xmp") or opened.info.get("xmp"))
    rights = document_of(page)["images"][0]
    assert rights["credit"] in told
    assert rights["rights"]["holder"] in told
    assert "/partners/" not in told, "it is not ours to pass on"
    assert answer["Content-Security-Policy"]


def test_readers_pictures_follow_the_level(page, client: Client, level) -> None:
    for_readers, for_programs = urls(page, pictures.READER), urls(page, pictures.PUBLIC)
    for name, reader, program in (("full", 200, 200), ("read", 200, 404), ("catalogue", 404, 404)):
        level(name)
        assert statuses(client, for_readers) == {reader}
        assert statuses(client, for_programs) == {program}


def test_a_picture_that_was_taken_out_goes_from_readers_too(page, client: Client, level) -> None:
    level("read")
    addresses = urls(page, pictures.READER)
    builders.reword(page, {"what/heading": "What is that?"})
    assert statuses(client, addresses) == {200}, "a page that is open has it still"
    draft = builders.fresh(page)
    section = bodies.section("What is it?", bodies.paragraph("A muscle."), key="what")
    draft.body = builders.StreamValue(builders.LeafletBody(), [section], is_lazy=True)
    builders.publish_page(draft)
    assert document_of(page)["images"] == []
    assert statuses(client, addresses) == {404}


def test_an_address_ends_with_its_licence(page, client: Client, level) -> None:
    level("read")
    page_image = page
    image = builders.LeafletImage.objects.get()
    image.may_sublicense = True
    image.save()
    builders.publish_page(builders.fresh(page_image))
    builders.reword(page, {"what/heading": "What is that?"})
    licence = make_licence()
    _key, text = issue_key(licence, "Website", by="a test")
    addresses = media(client, page, text)
    assert statuses(client, addresses) == {200}
    assert client.get(addresses[0])["Cache-Control"] == "private, no-cache"
    revoke_licence(licence, by="a test", reason="over")
    assert statuses(client, addresses) == {404}


def test_a_licence_for_text_has_no_address(page, client: Client, level) -> None:
    level("read")
    licence = make_licence(parts=frozenset({"text"}))
    assert statuses(client, urls(page, licence.number)) == {404}


def test_a_photo_that_may_not_be_passed_on_has_no_address(page, client: Client, level) -> None:
    level("read")
    assert statuses(client, urls(page, make_licence().number)) == {404}


def test_an_address_of_a_channel_ends_with_its_key(page, client: Client, level) -> None:
    level("catalogue")
    key, text = issue_channel_key("Screens", by="a test")
    addresses = media(client, page, text)
    assert statuses(client, addresses) == {200}
    revoke_key(key, by="a test")
    assert statuses(client, addresses) == {404}


@pytest.fixture
def spoil(page) -> Iterator[Callable[[bytes | None], None]]:
    """Puts something else, or nothing, where storage keeps the picture; other tests share it."""
    image = document_of(page)["images"][0]
    name = file_name(image, image["width"])
    with default_storage.open(name) as file:
        whole = file.read()

    def put(data: bytes | None) -> None:
        default_storage.delete(name)
        if data is not None:
            default_storage.save(name, ContentFile(data))

    yield put
    put(whole)


@pytest.mark.parametrize("left", [b"", b"not a picture", None])
def test_a_file_that_storage_lost_or_damaged_is_not_found(
    page, client: Client, caplog: pytest.LogCaptureFixture, spoil, left: bytes | None
) -> None:
    address = urls(page, pictures.READER)[-1]
    assert client.get(address).status_code == 200
    spoil(left)
    assert client.get(address).status_code == 404
    assert "the file of picture 'shown' is" in caplog.text


def test_nobody_can_make_up_an_address(page, client: Client) -> None:
    (address,) = urls(page, pictures.READER)[:1]
    _images, given, image, name = address.strip("/").split("/")
    signed, _, signature = given.rpartition(".")
    spoilt = [
        signed.replace("reader", "public") + "." + signature,
        signed + "." + "A" * 20,
        signed + ".",
        given.replace(".en.", ".nl."),
        given[:-1],
        "x",
    ]
    tried = [f"/images/{one}/{image}/{name}" for one in spoilt]
    tried += [f"/images/{given}/{image}/7.png", f"/images/{given}/other/{name}"]
    tried += [f"/images/{given}/{image}/../{name}"]
    assert statuses(client, tried) == {404}


def test_people_in_a_photo_may_stop_agreeing(page, client: Client) -> None:
    image = builders.LeafletImage.objects.get()
    image.consent_until = timezone.localdate() + timedelta(days=1)
    image.save()
    builders.reword(page, {"what/heading": "What is that?"})
    addresses = urls(page, pictures.READER)
    assert statuses(client, addresses) == {200}
    import time_machine

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert statuses(client, addresses) == {404}
        answer = client.get(f"/api/v1/pages/{page.translation_key}/en/").json()
        assert answer["withheld"][0]["reason"] == "consent_ended"
        assert "<figure" not in client.get("/en/dry-needling/").content.decode()


def test_the_library_is_for_editors(page, client: Client, admin_client: Client) -> None:
    image = builders.LeafletImage.objects.get()
    digest = image.sha256.removeprefix("sha256:")
    for address in (image.file.url, f"/admin/patientinfo/pictures/{digest}/"):
        assert client.get(address).status_code in {302, 404}
        answer = admin_client.get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/png"
        assert "sandbox" in answer["Content-Security-Policy"]
    assert admin_client.get("/media/../manage.py").status_code == 404
