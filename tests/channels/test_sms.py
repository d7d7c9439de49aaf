"""A text message: what was written for it, the credit, and where the rest stands."""

from __future__ import annotations

import pytest

from patientinfo.channels.base import NothingToRender
from patientinfo.channels.parts.record import LicenceLine
from patientinfo.channels.sms import SmsChannel
from tests.channels.rendering import rendered
from tests.channels.web_documents import document, translated, translated_meta

SMS = SmsChannel()
SHORT = "Rest, and drink plenty of water."


def test_the_short_text_with_its_credit_and_address():
    assert rendered(SMS, document(short_text=SHORT)).decode().splitlines() == [
        SHORT,
        "Information for Patients by Uplands Physio Clinic",
        "https://uplands.example/en/dry-needling/",
    ]


def test_a_translation_leads_to_its_own_page():
    made = rendered(SMS, translated("ar", short_text="استرح."), translated_meta("ar")).decode()
    assert made.startswith("استرح.\n")
    assert made.endswith("https://uplands.example/ar/dry-needling/")


def test_under_a_licence_its_credit_and_number():
    licence = LicenceLine("UPC-2026-0042", "By permission of the clinic")
    lines = rendered(SMS, document(short_text=SHORT), licence=licence).decode().splitlines()
    assert lines[1] == "By permission of the clinic (UPC-2026-0042)"


def test_nothing_is_cut_from_the_long_text():
    with pytest.raises(NothingToRender, match="never cut from the leaflet"):
        rendered(SMS, document())


def test_it_is_words_of_the_leaflet_and_left_out_with_them():
    with pytest.raises(NothingToRender):
        rendered(SMS, document(short_text=SHORT), parts=())
