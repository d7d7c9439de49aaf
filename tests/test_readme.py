"""The tour in README.md, walked: its addresses answer, and what it shows is in the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings

from patientinfo.licensing.access_keys import issue_channel_key

SITE = "http://127.0.0.1:8000"
CURL = re.compile(
    r"^\$ curl -s (?:-H \"Authorization: Bearer \$(?P<key>\w+)\" )?"
    r"'?localhost:8000(?P<path>/[^\s']*)",
    re.MULTILINE,
)
PARTNER = re.compile(r"^\$ PARTNER=(?P<key>\S+)$", re.MULTILINE)
FENCE = re.compile(r"```(?P<kind>\w*)\n(?P<text>.*?)```", re.DOTALL)
NAME = re.compile(r'"(?P<name>[\w-]+)":')
PAIR = re.compile(r'"(?P<name>[\w-]+)": (?:"(?P<words>[^"…]*)"|(?P<number>\d+))')
#: What differs from one installation to the next.
VARIES = {"issued_at", "updated_at", "digest"}


def tour(text: str) -> Iterator[tuple[str, str, str]]:
    """Each address that is asked, the name of its key or "", and the answer shown for it or ""."""
    blocks = [(fence["kind"], fence["text"]) for fence in FENCE.finditer(text)]
    for (kind, asked), (next_kind, shown) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        for call in CURL.finditer(asked) if kind == "console" else ():
            yield call["path"], call["key"] or "", shown if next_kind == "json" else ""


def members(value: Any) -> Iterator[tuple[str, Any]]:
    """Every member of a JSON value, however deep."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield name, member
            yield from members(member)
    elif isinstance(value, list):
        for member in value:
            yield from members(member)


@pytest.mark.django_db
def test_the_tour_is_as_the_readme_says(client: Client, root: Path) -> None:
    """One test for all stops, because the sample takes longer to load than to look at."""
    text = (root / "README.md").read_text(encoding="utf-8")
    told = {**settings.PATIENTINFO, "PUBLIC_URL": SITE, "PUBLIC_ACCESS": "read"}
    with override_settings(DEBUG=True, PATIENTINFO=told):
        call_command("load_sample", verbosity=0)
        stops = list(tour(text))
        assert len(stops) >= 4
        partner = PARTNER.search(text)
        assert partner is not None
        _key, channel = issue_channel_key("tour", by="a test")
        keys = {"PARTNER": partner["key"], "CHANNEL": channel}
        for path, key, shown in stops:
            walk(client, path, shown, {"authorization": f"Bearer {keys[key]}"} if key else {})
        for path in set(re.findall(rf"<{SITE}(/[^>]*)>", text)):
            assert client.get(path, follow=True).status_code == 200, path
        sign_in(client, text)


def walk(client: Client, path: str, shown: str, headers: dict[str, str]) -> None:
    """Asks one address, and looks for everything that is shown of the answer."""
    answer = client.get(path, headers=headers)
    problem = re.search(r'"status": (\d{3})', shown)
    assert answer.status_code == (int(problem[1]) if problem else 200), path
    found = list(members(answer.json()))
    names = {name for name, _member in found}
    assert {name["name"] for name in NAME.finditer(shown)} <= names, path
    for pair in PAIR.finditer(shown):
        value = int(pair["number"]) if pair["number"] else pair["words"]
        assert pair["name"] in VARIES or (pair["name"], value) in found, f"{path}: {pair[0]}"


def sign_in(client: Client, text: str) -> None:
    """Tries the accounts that are named."""
    named = re.search(r"`(\w+)` and `(\w+)`, both with the\s+password `([\w-]+)`", text)
    assert named is not None
    *names, password = named.groups()
    for name in names:
        assert client.login(username=name, password=password), name
        assert client.get("/admin/").status_code == 200
