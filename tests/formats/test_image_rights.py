"""Rights in image files: the pixels stay, the fields are read back, damage is refused."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image, ImageSequence, IptcImagePlugin, PngImagePlugin

from patientinfo.formats.image_rights import WRITERS, ImageRights, with_rights
from patientinfo.formats.image_rights.packet import NAMESPACES, xmp_packet

RIGHTS = ImageRights(
    notice="© 2026 Uplands Physio Clinic – صورة",
    credit="Photo: Ruth Calder & sons",
    statement_url="https://uplands.example/rights?a=1&b=2",
    licensor="Uplands <Physio> Clinic",
    licensor_url="https://uplands.example/partners/",
    terms="Only with written permission.",
    alt="A needle in a calf muscle",
)
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
MIMES = sorted(FORMATS)
_RDF = f"{{{NAMESPACES['rdf']}}}"


def picture(size: tuple[int, int] = (23, 17), mode: str = "RGB", seed: int = 3) -> Image.Image:
    width, height = size
    band = bytes((x * seed + y * 7) % 256 for y in range(height) for x in range(width))
    channels = [Image.frombytes("L", size, band[n:] + band[:n]) for n in range(len(mode))]
    return Image.merge(mode, channels) if len(mode) > 1 else channels[0]


def file_of(mime: str, image: Image.Image | None = None, **options: Any) -> bytes:
    buffer = io.BytesIO()
    (image or picture()).save(buffer, format=FORMATS[mime], **options)
    return buffer.getvalue()


def pixels(data: bytes) -> list[tuple[Any, bytes]]:
    with Image.open(io.BytesIO(data)) as image:
        return [
            (frame.size, frame.convert("RGBA").tobytes()) for frame in ImageSequence.Iterator(image)
        ]


def fields(data: bytes) -> dict[str, str]:
    """The packet as a scanner finds it: by its marks, whatever the file is."""
    start = data.index(b"<x:xmpmeta")
    assert data.count(b"<x:xmpmeta") == 1
    root = etree.fromstring(data[start : data.index(b"</x:xmpmeta>") + 12])
    found = {}
    for element in root.iter():
        name = etree.QName(element)
        text = (element.text or "").strip()
        if text:
            owner = element.getparent().getparent() if name.localname == "li" else element
            found[etree.QName(owner).localname] = text
    return found


@pytest.mark.parametrize("mime", MIMES)
def test_every_field_is_read_back(mime: str) -> None:
    assert fields(with_rights(file_of(mime), mime, RIGHTS)) == {
        "Marked": "True",
        "WebStatement": RIGHTS.statement_url,
        "Credit": RIGHTS.credit,
        "rights": RIGHTS.notice,
        "UsageTerms": RIGHTS.terms,
        "AltTextAccessibility": RIGHTS.alt,
        "LicensorName": RIGHTS.licensor,
        "LicensorURL": RIGHTS.licensor_url,
    }


@pytest.mark.parametrize("mime", ["image/jpeg", "image/png", "image/webp"])
def test_programs_find_the_packet_where_the_format_says(mime: str) -> None:
    with Image.open(io.BytesIO(with_rights(file_of(mime), mime, RIGHTS))) as image:
        image.load()
        found = image.info["xmp"]
    assert (found.encode() if isinstance(found, str) else found) == xmp_packet(RIGHTS)


@pytest.mark.parametrize("mime", MIMES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    size=st.tuples(st.integers(1, 40), st.integers(1, 40)),
    mode=st.sampled_from(["L", "RGB", "RGBA"]),
    seed=st.integers(1, 50),
    notice=st.text(max_size=300),
)
def test_pixels_stay(mime: str, size: tuple[int, int], mode: str, seed: int, notice: str) -> None:
    image = picture(size, "RGB" if mode == "RGBA" and mime == "image/jpeg" else mode, seed)
    before = file_of(mime, image)
    after = with_rights(before, mime, ImageRights(notice, notice, licensor=notice))
    assert pixels(after) == pixels(before)


@pytest.mark.parametrize("mime", MIMES)
def test_a_second_writing_replaces_the_first(mime: str) -> None:
    before = file_of(mime)
    older = with_rights(before, mime, ImageRights("somebody else", "another", terms="x" * 300))
    assert with_rights(older, mime, RIGHTS) == with_rights(before, mime, RIGHTS)


@pytest.mark.parametrize("mime", ["image/jpeg", "image/png", "image/webp"])
def test_packets_of_other_programs_are_replaced(mime: str) -> None:
    packet = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>old words</x:xmpmeta>"
    in_png = PngImagePlugin.PngInfo()
    in_png.add_itxt("XML:com.adobe.xmp", packet)
    options = {"pnginfo": in_png} if mime == "image/png" else {"xmp": packet.encode()}
    before = file_of(mime, **options)
    assert b"old words" in before
    after = with_rights(before, mime, RIGHTS)
    assert b"old words" not in after
    assert pixels(after) == pixels(before)


def test_what_else_a_photo_says_of_itself_stays() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned: a reader that misses it shows the picture on its side
    profile = b"a colour profile"
    before = file_of("image/jpeg", exif=exif, icc_profile=profile, dpi=(300, 300))
    with Image.open(io.BytesIO(with_rights(before, "image/jpeg", RIGHTS))) as image:
        assert image.getexif()[0x0112] == 6
        assert image.info["icc_profile"] == profile
        assert image.info["dpi"] == (300, 300)


def test_a_photo_carries_the_older_fields_too() -> None:
    with Image.open(io.BytesIO(with_rights(file_of("image/jpeg"), "image/jpeg", RIGHTS))) as image:
        found = IptcImagePlugin.getiptcinfo(image)
    assert found is not None
    assert found[(2, 116)] == RIGHTS.notice.encode()
    assert found[(2, 110)] == RIGHTS.credit.encode()
    assert found[(1, 90)] == b"\x1b%G"


def test_older_fields_are_cut_between_characters() -> None:
    rights = ImageRights("é" * 100, "ab" + "é" * 30)
    with Image.open(io.BytesIO(with_rights(file_of("image/jpeg"), "image/jpeg", rights))) as image:
        found = IptcImagePlugin.getiptcinfo(image)
    assert found is not None
    assert found[(2, 116)] == ("é" * 64).encode()
    assert found[(2, 110)] == ("ab" + "é" * 15).encode()


def test_photoshops_own_resources_stay() -> None:
    path = b"8BIM\x07\xd0\x00\x00\x00\x00\x00\x04path"
    old = b"8BIM\x04\x04\x00\x00\x00\x00\x00\x07\x1c\x02\x74\x00\x02me\x00"
    payload = b"Photoshop 3.0\x00" + path + old
    segment = b"\xff\xed" + (len(payload) + 2).to_bytes(2) + payload
    plain = file_of("image/jpeg")
    after = with_rights(plain[:2] + segment + plain[2:], "image/jpeg", RIGHTS)
    assert path in after
    assert old not in after
    assert pixels(after) == pixels(plain)


def test_moving_pictures_go_on_moving() -> None:
    frames = [picture(seed=n).quantize() for n in (3, 5, 11)]
    before = file_of(
        "image/gif", frames[0], save_all=True, append_images=frames[1:], loop=0, duration=90
    )
    after = with_rights(before, "image/gif", RIGHTS)
    assert pixels(after) == pixels(before)
    with Image.open(io.BytesIO(after)) as image:
        assert (image.n_frames, image.info["loop"], image.info["duration"]) == (3, 0, 90)


def test_moving_webp_goes_on_moving() -> None:
    frames = [picture(seed=n) for n in (3, 5)]
    before = file_of(
        "image/webp", frames[0], save_all=True, append_images=frames[1:], lossless=True
    )
    assert pixels(with_rights(before, "image/webp", RIGHTS)) == pixels(before)


def test_transparency_stays() -> None:
    before = file_of("image/webp", picture(mode="RGBA"), lossless=True, exact=True)
    after = with_rights(before, "image/webp", RIGHTS)
    assert pixels(after) == pixels(before)
    with Image.open(io.BytesIO(after)) as image:
        assert image.mode == "RGBA"


def test_characters_that_no_packet_can_hold_are_left_out() -> None:
    rights = ImageRights("a\x00b\x1fc\ud800d", credit="  padded ")
    assert (rights.notice, rights.credit) == ("abcd", "padded")


def test_an_empty_field_is_not_written() -> None:
    assert set(fields(xmp_packet(ImageRights("©")))) == {"Marked", "rights"}


@pytest.mark.parametrize("mime", MIMES)
def test_every_cut_is_refused_or_leaves_the_picture(mime: str) -> None:
    """Cut anywhere: refused, or (a JPEG in its picture, a last byte that says nothing) written."""
    whole = file_of(mime, picture((5, 4)))
    head = whole.index(b"\xff\xda") if mime == "image/jpeg" else len(whole) - 1
    for end in range(head):
        with pytest.raises(ValueError, match="not a"):
            with_rights(whole[:end], mime, RIGHTS)


@pytest.mark.parametrize("mime", MIMES)
@settings(max_examples=150, deadline=None)
@given(place=st.floats(0, 1), value=st.integers(0, 255), noise=st.binary(max_size=80))
def test_damage_is_a_value_error_and_nothing_else(
    mime: str, place: float, value: int, noise: bytes
) -> None:
    whole = bytearray(file_of(mime, picture((5, 4))))
    whole[int(place * (len(whole) - 1))] = value
    for data in (bytes(whole), noise, bytes(whole[:12]) + noise):
        try:
            with_rights(data, mime, RIGHTS)
        except ValueError:
            continue


def test_one_format_is_not_taken_for_another() -> None:
    for mime in MIMES:
        for other in MIMES:
            if mime != other:
                with pytest.raises(ValueError, match="not a"):
                    with_rights(file_of(other), mime, RIGHTS)


def test_avif_is_served_as_it_is_and_others_are_refused() -> None:
    assert with_rights(b"anything", "image/avif", RIGHTS) == b"anything"
    with pytest.raises(ValueError, match="image/svg"):
        with_rights(b"<svg/>", "image/svg+xml", RIGHTS)
    assert sorted(WRITERS) == MIMES


def test_rights_too_long_for_a_jpeg_are_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        with_rights(file_of("image/jpeg"), "image/jpeg", ImageRights("x" * 70_000))
