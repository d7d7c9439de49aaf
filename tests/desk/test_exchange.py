"""Files at the desk: shown before anything is stored, then stored; by those who may."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any, cast
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from patientinfo.editions.models import Edition
from patientinfo.exchange import uploads
from patientinfo.exchange.catalogs import translation_file
from patientinfo.exchange.kinds import KINDS, read_file
from patientinfo.formats.tmx import read_tmx
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.editing import Edit, save_segment
from patientinfo.translation.models import SegmentTranslation
from tests.builders import fake
from tests.fixtures_desk import Team, row, segment

TITLE = "Droge naalden in de spier"


def signed_in(user: Any) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(user)
    return client


def url(page: LeafletPage) -> str:
    return reverse("patientinfo_exchange_page", args=[page.pk])


def upload(kind: str = "po", locale: str = "nl", **targets: str) -> SimpleUploadedFile:
    """A file with these translations by path (`__` for `/`)."""
    file = translation_file(Edition.objects.get(locale="en"), locale)
    texts = {path.replace("__", "/"): text for path, text in targets.items()}
    units = tuple(
        replace(u, target=texts[u.path], state="translated") if u.path in texts else u
        for u in file.units
    )
    data = KINDS[kind].write(replace(file, units=units))
    return SimpleUploadedFile(f"dry-needling.{locale}{KINDS[kind].suffix}", data)


def look(client: Client, page: LeafletPage, file: Any) -> str:
    return client.post(url(page), {"file": file}).content.decode()


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, f"no hidden field {name}"
    return found[1]


def confirmed(html: str) -> dict[str, str]:
    """What the form under a shown file sends."""
    return {name: hidden(html, name) for name in ("upload", "shown")}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_shown_first_and_then_imported(dutch: LeafletPage, team: Team, kind: str) -> None:
    client = signed_in(team.translator)
    html = look(client, dutch, upload(kind, title=TITLE))
    assert "1 text would change" in html
    assert TITLE in html
    assert not SegmentTranslation.objects.exists()
    answer = client.post(url(dutch), confirmed(html), follow=True)
    assert answer.redirect_chain == [(reverse("patientinfo_desk", args=[dutch.pk]), 302)]
    assert "1 text of “Dry needling” was imported." in answer.content.decode()
    row = SegmentTranslation.objects.get(path="title")
    assert (row.text, row.state, row.origin) == (TITLE, "translated", "import")
    assert row.translated_by == team.translator


def test_words_that_were_changed_since_the_file_was_shown_are_shown_before_they_are_replaced(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    client, theirs = signed_in(team.translator), "Van een ander"
    first = confirmed(look(client, dutch, upload(title=TITLE)))
    save_segment(dutch, segment(page, "title"), Edit(theirs, 0), team.admin)
    html = client.post(url(dutch), first).text
    assert "Something was changed here since you looked at the file." in html
    assert f'<td lang="nl" dir="ltr">{theirs}</td>' in html
    assert row("title").text == theirs
    again = confirmed(html)
    assert (
        "1 text of “Dry needling” was imported." in client.post(url(dutch), again, follow=True).text
    )
    assert row("title").text == TITLE
    assert client.post(url(dutch), again).status_code == 302


def test_what_is_refused_is_named_and_the_rest_can_be_imported(
    dutch: LeafletPage, team: Team
) -> None:
    client = signed_in(team.translator)
    html = look(client, dutch, upload("xliff", title=TITLE, **{"effects-1__text": "pijn"}))
    assert re.search(r"Line \d+: *the translation lacks &lt;/em&gt; &lt;em&gt;", html)
    assert "Import it" not in html
    answer = client.post(url(dutch), confirmed(html))
    assert answer.status_code == 422
    assert not SegmentTranslation.objects.exists()
    both = {**confirmed(html), "keep_rest": hidden(html, "keep_rest")}
    answer = client.post(url(dutch), both, follow=True)
    assert "1 text was refused and is as it was." in answer.content.decode()
    assert [row.path for row in SegmentTranslation.objects.all()] == ["title"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: SimpleUploadedFile("a.po", b'msgid "x'), "is not closed"),
        (lambda: SimpleUploadedFile("a.docx", b"x"), "ends in “.docx”"),
        (lambda: SimpleUploadedFile("a.tmx", b"<tmx/>"), "a translation memory is no leaflet"),
        (lambda: SimpleUploadedFile("a.po", b"#" * 2_000_001), "at most 2000000 are read"),
        (lambda: upload(locale="de", title=TITLE), "in de; choose it where that is"),
    ],
)
def test_a_file_that_cannot_be_taken(dutch: LeafletPage, team: Team, make: Any, words: str) -> None:
    answer = signed_in(team.translator).post(url(dutch), {"file": make()})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert words in html
    assert "nothing of it is stored" in html
    assert 'name="upload"' not in html


def test_a_file_that_was_cut_short_says_how_much_is_not_in_it(
    dutch: LeafletPage, team: Team
) -> None:
    client = signed_in(team.translator)
    whole = upload(title=TITLE)
    assert "not in the file" not in look(client, dutch, whole)
    whole.seek(0)
    entries = whole.read().decode().strip().split("\n\n")
    part = SimpleUploadedFile(whole.name, "\n\n".join(entries[:-2]).encode() + b"\n")
    html = look(client, dutch, part)
    assert "Texts of the leaflet that are not in the file: 2" in html
    assert "Import it" in html


def test_no_file_and_nothing_new(dutch: LeafletPage, team: Team) -> None:
    client = signed_in(team.translator)
    assert "Choose a file first." in client.post(url(dutch)).content.decode()
    assert "There is nothing to import." in look(client, dutch, upload())


def test_a_shown_file_is_its_senders_for_an_hour(
    dutch: LeafletPage, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(team.translator)
    token = hidden(look(client, dutch, upload(title=TITLE)), "upload")
    for other, sent in ((team.admin, token), (team.translator, token[:-1] + "A" * 3)):
        html = signed_in(other).post(url(dutch), {"upload": sent}).content.decode()
        assert "choose the file again" in html
    answer = signed_in(team.translator).post(reverse("patientinfo_exchange"), {"upload": token})
    assert "choose the file again" in answer.content.decode()
    monkeypatch.setattr(uploads, "SECONDS", -1)
    assert "again" in client.post(url(dutch), {"upload": token}).content.decode()
    assert not SegmentTranslation.objects.exists()


def test_who_may_not(dutch: LeafletPage, team: Team) -> None:
    for user in (team.nobody, team.arabic):
        client = signed_in(user)
        file = {"file": upload(title=TITLE)}
        for answer in (client.get(url(dutch)), client.post(url(dutch), file)):
            assert answer.status_code == 302
        download = reverse("patientinfo_exchange_download", args=[dutch.pk])
        assert client.get(download + "?format=po").status_code == 302
    arabic = signed_in(team.arabic).post(reverse("patientinfo_exchange"), {"file": upload()})
    assert arabic.status_code == 302
    checker = signed_in(team.checker)
    assert 'type="file"' not in checker.get(url(dutch)).content.decode()
    assert checker.post(url(dutch), {"file": upload(title=TITLE)}).status_code == 302
    assert signed_in(team.nobody).get(reverse("patientinfo_exchange")).status_code == 302
    assert Client().get(url(dutch)).status_code == 302
    assert not SegmentTranslation.objects.exists()


def test_forms_need_their_token(dutch: LeafletPage, team: Team) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast("User", team.translator))
    assert client.post(url(dutch), {"file": upload(title=TITLE)}).status_code == 403


def test_a_source_has_no_exchange(page: LeafletPage, team: Team) -> None:
    assert signed_in(team.admin).get(url(page), follow=True).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_each_format_can_be_downloaded(dutch: LeafletPage, team: Team, kind: str) -> None:
    client = signed_in(team.checker)
    address = f"{reverse('patientinfo_exchange_download', args=[dutch.pk])}?format={kind}"
    assert address.replace("&", "&amp;") in client.get(url(dutch)).content.decode()
    answer = client.get(address)
    name = f"dry-needling.nl{KINDS[kind].suffix}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    read = read_file(answer.content, name)
    assert (read.locale, read.title) == ("nl", "Dry needling")


def test_a_name_in_another_script_keeps_its_ending(
    page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    page.slug = "الوخز"
    page.save_revision().publish()
    address = reverse("patientinfo_exchange_download", args=[dutch.pk])
    said = signed_in(team.translator).get(f"{address}?format=po")["Content-Disposition"]
    assert said == f"attachment; filename*=utf-8''{quote('الوخز.nl.po')}"


def test_the_memory_of_a_leaflet_and_no_other_format(dutch: LeafletPage, team: Team) -> None:
    client = signed_in(team.translator)
    html = look(client, dutch, upload(title=TITLE))
    client.post(url(dutch), confirmed(html))
    SegmentTranslation.objects.update(state="checked")
    address = reverse("patientinfo_exchange_download", args=[dutch.pk])
    answer = client.get(address + "?format=tmx")
    (unit,) = read_tmx(io.BytesIO(answer.content), "a.tmx")
    assert (unit.source, unit.target, unit.inline) == ("Dry needling", TITLE, False)
    assert client.get(address + "?format=docx", follow=True).status_code == 404


def test_all_leaflets_of_ones_languages(dutch: LeafletPage, team: Team) -> None:
    client = signed_in(team.translator)
    html = client.get(reverse("patientinfo_exchange")).content.decode()
    assert 'value="nl"' in html
    assert 'value="ar"' not in html
    address = reverse("patientinfo_exchange_all")
    answer: Any = client.get(address, {"format": "xliff", "language": ["nl", "ar"]})
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.namelist() == ["dry-needling.nl.xliff"]
    assert client.get(address, {"format": "po", "language": "ar"}).status_code == 302
    unknown = {"format": "x", "language": "nl"}
    assert client.get(address, unknown, follow=True).status_code == 404


def test_any_leaflet_in_a_language_can_be_imported_from_the_matrix(
    dutch: LeafletPage, team: Team
) -> None:
    client, address = signed_in(team.translator), reverse("patientinfo_exchange")
    html = client.post(address, {"file": upload(title=TITLE)}).content.decode()
    answer = client.post(address, confirmed(html))
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert SegmentTranslation.objects.get().text == TITLE


def test_an_arabic_text_is_shown_from_right_to_left(page: LeafletPage, team: Team) -> None:
    client, address = signed_in(team.arabic), reverse("patientinfo_exchange")
    file = upload(locale="ar", title=fake("Dry needling", "ar"))
    html = client.post(address, {"file": file}).content.decode()
    assert f'<td lang="ar" dir="rtl">{fake("Dry needling", "ar")}</td>' in html
    assert "A draft page would be made" in html


def test_desk_and_matrix_lead_there(dutch: LeafletPage, team: Team) -> None:
    client = signed_in(team.translator)
    desk = client.get(reverse("patientinfo_desk", args=[dutch.pk])).content.decode()
    assert f'href="{url(dutch)}"' in desk
    matrix = client.get(reverse("patientinfo_matrix")).content.decode()
    assert f'href="{reverse("patientinfo_exchange")}"' in matrix


def test_all_leaflets_as_readers_get_them_are_one_file(team: Team, dutch: LeafletPage) -> None:
    client = signed_in(team.translator)
    address = reverse("patientinfo_exchange_bundle")
    assert address in client.get(reverse("patientinfo_exchange")).content.decode()
    answer = client.get(address, {"language": ["nl"], "channel": ["text"]})
    archive = zipfile.ZipFile(io.BytesIO(b"".join(cast("Any", answer).streaming_content)))
    assert "manifest.json" in archive.namelist()
    assert client.get(address, {"channel": ["text"]}).status_code == 302
    unknown = client.get(address, {"language": ["nl"], "channel": ["fax"]}, follow=True)
    assert unknown.status_code == 404
