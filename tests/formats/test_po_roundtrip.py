"""What is written is read back unchanged, is the same bytes each time, and gettext accepts it."""

import shutil
import subprocess
from dataclasses import replace

import pytest
from hypothesis import given, settings

from patientinfo.formats.exchange import TranslationFile, Unit, one_line
from patientinfo.formats.po import read_po, write_po
from tests.formats.samples import DIGEST, FILES, KEY, LEAFLET, MARKUP, NEEDLE, TRICKY


@settings(deadline=None)
@given(FILES)
def test_what_is_written_is_read_back_unchanged(file: TranslationFile) -> None:
    data = write_po(file)
    assert read_po(data, "leaflet.po") == file
    assert read_po(data.replace(b"\n", b"\r\n"), "windows.po") == file


@pytest.mark.parametrize("text", [*TRICKY, *MARKUP])
def test_every_tricky_text_survives_in_every_place(text: str) -> None:
    unit = Unit(text, text, text, one_line(text), one_line(text), True, text)
    file = replace(LEAFLET, units=(unit,), title=one_line(text))
    assert read_po(write_po(file), "leaflet.po") == file


def test_one_file_always_makes_the_same_bytes(time_machine) -> None:
    time_machine.move_to("2027-01-01")
    first = write_po(LEAFLET)
    time_machine.move_to("2031-06-01")
    assert write_po(LEAFLET) == first


def test_the_file_says_what_a_translator_needs() -> None:
    text = write_po(LEAFLET).decode()
    assert text.startswith("# Write each translation into its msgstr;")
    for field in (
        "Project-Id-Version: Dry needling — “what” is it? 3",
        "POT-Creation-Date: 2026-11-23 12:00+0000",
        "PO-Revision-Date: 2026-11-23 12:00+0000",
        "Language: ar",
        "Plural-Forms: nplurals=6;",
        "Content-Type: text/plain; charset=UTF-8",
        f"X-Leaflet-Key: {KEY}",
        "X-Source-Locale: en",
        "X-Source-Edition: 3",
        f"X-Source-Digest: {DIGEST}",
    ):
        assert f'"{field}' in text
    assert (
        "#. Section: What is dry needling?\n"
        "#. Note: paragraph\n"
        "#. HTML: keep the tags and what stands in them, and write &amp; &lt; &gt; for & < >.\n"
        'msgctxt "tiny-needle/text"\n'
        'msgid "Dry needling uses a <strong>tiny</strong> needle."\n'
    ) in text


def test_remarks_of_translators_are_kept() -> None:
    entry = write_po(LEAFLET).decode().split("\n\n")[-2]
    assert entry.startswith("# Is it 10 or 20?\n# 20, see the new edition.\n#. Section:")


def test_plain_text_is_said_to_be_plain() -> None:
    title, needle = write_po(LEAFLET).decode().split("\n\n")[1:3]
    assert "\n#. Plain text: no tags, and & < > stand for themselves.\n" in title
    assert "Plain text" not in needle


def test_words_are_never_taken_for_format_strings() -> None:
    entry = write_po(LEAFLET).decode().split("\n\n")[-2]
    assert '\n#, fuzzy\n#| msgid "10 % of people feel a cramp."\nmsgctxt "effect/text"\n' in entry


@pytest.mark.parametrize("locale", ["nl", "de", "es", "ar"])
def test_msgfmt_accepts_the_file(locale: str, tmp_path) -> None:
    tricky = [
        Unit(f"tricky-{n}/text", text, text, one_line(text), "note", n % 2 == 0, text)
        for n, text in enumerate(TRICKY)
    ]
    file = replace(LEAFLET, locale=locale, units=(*LEAFLET.units, *tricky))
    written = tmp_path / "leaflet.po"
    written.write_bytes(write_po(file))
    assert _msgfmt(written) == ""


def _msgfmt(path) -> str:
    """What `msgfmt --check` says; silence is praise."""
    msgfmt = shutil.which("msgfmt")
    if msgfmt is None:
        pytest.skip("msgfmt (GNU gettext) is not installed")
    command = [msgfmt, "--check", "--output-file=/dev/null", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr if done.returncode == 0 else f"exit {done.returncode}: {done.stderr}"


def test_msgfmt_would_have_complained(tmp_path) -> None:
    written = tmp_path / "leaflet.po"
    written.write_bytes(write_po(LEAFLET).replace(b"Language: ar\\n", b"\\n"))
    assert "Language" in _msgfmt(written)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"key": "dry-needling"}, "not a leaflet's key"),
        ({"locale": "../nl"}, "not a language code"),
        ({"source_locale": ""}, "not a language code"),
        ({"source_digest": "sha256:12"}, "not a digest"),
        ({"source_edition": 0}, "numbered from 1"),
        ({"issued_at": "2026-11-23T12:00:00"}, "with an offset"),
        ({"title": "a\x00b"}, "title has a forbidden character"),
        ({"units": (NEEDLE, NEEDLE)}, "2 units have the path 'tiny-needle/text'"),
        ({"units": (replace(NEEDLE, source=""),)}, "lacks its path or its source"),
        ({"units": (replace(NEEDLE, path=""),)}, "lacks its path or its source"),
        ({"units": (replace(NEEDLE, target="a\rb"),)}, "forbidden character"),
        ({"units": (replace(NEEDLE, note="\ud800"),)}, "forbidden character"),
        ({"units": (replace(NEEDLE, comments=("a\x1b",)),)}, "forbidden character"),
        ({"units": (replace(NEEDLE, state="done"),)}, "unknown state 'done'"),
    ],
)
def test_what_no_format_can_carry_is_not_written(change: dict, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        write_po(replace(LEAFLET, **change))
