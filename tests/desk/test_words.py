"""The memory and the glossary as files at the desk: shown first, then stored; by those who may."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from patientinfo.formats.tmx import MemoryUnit, write_tmx
from patientinfo.translation.glossary_models import GlossaryTerm
from patientinfo.translation.memory_models import MemoryEntry
from tests.fixtures_desk import Team

URL = "patientinfo_words"
CSV = (
    "key,locale,term,definition,do_not_translate,variants\nneedle,en,needle,A thin rod,no,needles\n"
)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def memory(*pairs: tuple[str, str, str]) -> SimpleUploadedFile:
    out = io.BytesIO()
    write_tmx((MemoryUnit("en", code, source, text) for code, source, text in pairs), out)
    return SimpleUploadedFile("memory.tmx", out.getvalue())


def hidden(html: str) -> dict[str, str]:
    form = html[html.index('id="would-do"') :]
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', form)[1]  # type: ignore[index]
        for name in ("kind", "name", "upload")
    }


def test_a_memory_is_shown_first_and_then_imported(team: Team) -> None:
    client, url = signed_in(team.checker), reverse(URL)
    pairs = [("nl", "Hello", "Hallo"), ("ar", "Hello", "مرحبا")]
    html = client.post(url, {"kind": "memory", "file": memory(*pairs)}).content.decode()
    assert "1 new translation" in html
    assert "1 in languages that you do not check" in html
    assert not MemoryEntry.objects.exists()
    answer = client.post(url, hidden(html), follow=True).content.decode()
    assert "“memory.tmx” was imported: 1 new translation" in answer
    assert MemoryEntry.objects.get().text == "Hallo"
    entry = ModelLogEntry.objects.get(action="patientinfo.memory_imported")
    assert (entry.user, entry.data["file"]) == (team.checker, "memory.tmx")
    again = client.post(url, {"kind": "memory", "file": memory(*pairs)}).content.decode()
    assert "There is nothing to import." in again


def test_a_glossary_goes_in_and_out(team: Team) -> None:
    client, url = signed_in(team.admin), reverse(URL)
    sent = {"kind": "glossary", "file": SimpleUploadedFile("terms.csv", CSV.encode())}
    html = client.post(url, sent).content.decode()
    assert "1 new term" in html
    assert not GlossaryTerm.objects.exists()
    client.post(url, hidden(html))
    assert GlossaryTerm.objects.get().term == "needle"
    entry = ModelLogEntry.objects.get(action="patientinfo.glossary_imported")
    assert (entry.user, entry.data) == (team.admin, {"file": "terms.csv", "terms": 1})
    answer: Any = client.get(reverse("patientinfo_words_glossary"))
    data = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"] == 'attachment; filename="glossary.csv"'
    back = {"kind": "glossary", "file": SimpleUploadedFile("glossary.csv", data)}
    assert "There is nothing to import." in client.post(url, back).content.decode()


@pytest.mark.parametrize(
    ("kind", "name", "data", "words"),
    [
        ("memory", "a.po", b"", "a translation memory is a TMX file"),
        ("memory", "a.tmx", b"<tmx", "TMX without version"),
        ("glossary", "a.csv", b"key,term\nx,y\n", "the header lacks locale"),
    ],
)
def test_what_is_refused_is_named(
    team: Team, kind: str, name: str, data: bytes, words: str
) -> None:
    file = SimpleUploadedFile(name, data or b"x")
    answer = signed_in(team.admin).post(reverse(URL), {"kind": kind, "file": file})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_who_may_not(team: Team) -> None:
    url = reverse(URL)
    assert signed_in(team.nobody).get(url).status_code == 302
    assert signed_in(team.nobody).get(reverse("patientinfo_words_glossary")).status_code == 302
    page = signed_in(team.translator).get(url).content.decode()
    assert 'type="file"' not in page
    assert "language=nl" in page
    assert "language=ar" not in page
    for kind in ("memory", "glossary", "other"):
        file = memory(("nl", "Hello", "Hallo"))
        answer = signed_in(team.translator).post(url, {"kind": kind, "file": file})
        assert answer.status_code == 302
    assert not MemoryEntry.objects.exists()


def test_one_who_keeps_the_glossary_needs_no_language(team: Team) -> None:
    team.nobody.user_permissions.set(
        Permission.objects.filter(codename__in=["add_glossaryterm", "change_glossaryterm"])
    )
    html = signed_in(team.nobody).get(reverse(URL)).content.decode()
    assert 'id="glossary-file"' in html
    assert 'id="memory-file"' not in html


def test_a_shown_file_is_its_senders(team: Team) -> None:
    sent = {"kind": "memory", "file": memory(("nl", "Hello", "Hallo"))}
    html = signed_in(team.checker).post(reverse(URL), sent).content.decode()
    other = signed_in(team.admin).post(reverse(URL), hidden(html)).content.decode()
    assert "choose the file again" in other
    assert not MemoryEntry.objects.exists()
    assert (
        "Choose a file first."
        in signed_in(team.checker).post(reverse(URL), {"kind": "memory"}).content.decode()
    )


def test_desk_and_glossary_lead_there(team: Team) -> None:
    client = signed_in(team.admin)
    for page in ("patientinfo_exchange", "wagtailsnippets_patientinfo_glossaryterm:list"):
        assert f'href="{reverse(URL)}"' in client.get(reverse(page)).content.decode()
