"""The text message in the editor: counted as it will be sent, and only ever advised on."""

from __future__ import annotations

import pytest
from django.urls import reverse

from patientinfo.conf import public_url
from patientinfo.editions.compose import compose
from patientinfo.formats.segments import segments_of
from patientinfo.formats.sms import GSM_7, UCS_2, measure, message_of
from patientinfo.leaflets import approval, gate
from patientinfo.leaflets.short_text import ANY_NUMBER, length_of
from patientinfo.licensing.numbers import new_number
from tests import builders
from tests.leaflets.edit_form import form_of
from tests.leaflets.test_admin import told

pytestmark = pytest.mark.django_db
LONG = "Rest, and drink plenty of water. " * 14


def test_the_message_is_counted_with_credit_and_address(live):
    assert length_of(live) is None
    live.short_text = "Rest."
    length = length_of(live)
    assert (length.encoding, length.messages) == (GSM_7, 1)
    assert length.units > len("Rest.") + len("http://127.0.0.1:8000/en/dry-needling/")


def test_what_is_counted_is_what_a_partner_sends(live):
    live.short_text = "Rest."
    number = new_number(2026)
    credit = f"{live.rights_holder.credit_line} ({number})"
    sent = message_of("Rest.", credit, public_url(live.url))
    assert length_of(live) == measure(sent)
    assert len(ANY_NUMBER) == len(number)


def test_a_long_one_is_advised_on_and_published_all_the_same(live):
    page = builders.reword(live, {}, short_text=LONG)
    assert page.live
    assert not gate.problems_of(page)
    (advice,) = gate.advice_on(page)
    assert advice.field == "short_text"
    assert "more than 3 messages (4)" in advice.message


def test_what_makes_it_long_is_named(live):
    live.short_text = LONG[:230] + "ó"
    assert length_of(live).encoding == UCS_2
    assert "ó" in gate.advice_on(live)[1].message


def test_the_editor_sees_it(as_editor, live):
    address = reverse("wagtailadmin_pages:edit", args=[live.pk])
    answer = as_editor.post(address, form_of(live, short_text=LONG), follow=False)
    assert any("more than 3 messages (4)" in said for said in told(answer))
    shown = as_editor.get(address).content.decode()
    assert "4 messages," in shown
    assert "help-warning" in shown


def test_without_one_a_document_and_its_approval_are_what_they_were(live):
    document = compose(live)
    assert "short_text" not in document
    before = approval.fingerprint(live)
    live.short_text = "Rest."
    assert approval.fingerprint(live) != before
    assert compose(live)["short_text"] == "Rest."
    live.short_text = "  "
    assert approval.fingerprint(live) == before


def test_it_is_translated_like_the_summary(live):
    builders.reword(live, {}, short_text="Rest.")
    page = builders.fresh(live)
    places = [s.path for s in segments_of(compose(page))]
    assert places[:3] == ["title", "summary", "short_text"]
    dutch = builders.translate(page, "nl")
    assert dutch.live
    assert dutch.short_text not in {"", "Rest."}
    texts = builders.fake_texts(page, "nl")
    texts["short_text"] = ""
    draft = dutch.get_latest_revision_as_object()
    draft.short_text = ""
    assert "short_text" in {problem.field for problem in gate.problems_of(draft)}
