"""A request's way from draft to licence, and everything that it cannot do on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from patientinfo.editions.models import CatalogueEntry, Status
from patientinfo.licensing import decisions, requests
from patientinfo.licensing.access_keys import issue_key
from patientinfo.licensing.actions import NotPossible, revoke_licence
from patientinfo.licensing.models import Licence, LicenceState, Licensee
from patientinfo.licensing.moves import Move
from patientinfo.licensing.request_models import PermissionRequest, RequestState
from patientinfo.licensing.requests import AlreadyDone, Asker, Incomplete
from patientinfo.licensing.wishes import Wish
from patientinfo.signals import request_moved
from tests.api.shelf import image, key_of, put
from tests.licences import make_licence, make_licensee, make_terms
from tests.licensing.asking import HARBOUR, make_offer, make_officer, make_request, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> PermissionRequest:
    return make_request()


@pytest.fixture
def two_officers(settings: Settings) -> None:
    settings.PATIENTINFO = {**settings.PATIENTINFO, "TWO_OFFICERS": True}


def log(request: PermissionRequest) -> list[str]:
    return [event.move for event in request.events.all()]


def test_a_draft_is_submitted_with_a_day_to_answer_it_by(asked: PermissionRequest) -> None:
    assert asked.state == RequestState.SUBMITTED
    assert asked.due_on == timezone.localdate() + timedelta(days=14)
    assert log(asked) == ["submit"]


def test_what_lacks_something_is_not_submitted() -> None:
    draft = requests.create_draft(Asker("Harbour", email="m@harbour.example"), Wish())
    with pytest.raises(Incomplete) as refused:
        requests.submit(requests.confirm_email(draft))
    assert refused.value.members == (
        "country", "contact", "leaflets", "locales", "uses", "starts",
    )  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        "Harbour\nRehab",
        "Harbour \r\n\u2028 Rehab",
        "Harbour\u202e Rehab\u202c",
        "\u2066Harbour\u2069 Rehab",
        "Harbour\u2029Rehab\x07",
    ],
)
def test_a_name_is_one_line_whose_letters_stay_in_their_order(typed: str) -> None:
    """It comes to stand in the letter, which is signed."""
    draft = requests.create_draft(replace(HARBOUR, organisation=typed, contact=typed))
    other = requests.create_draft(HARBOUR)
    saved = requests.save_draft(other, replace(HARBOUR, contact=typed), Wish())
    assert {draft.organisation, draft.contact, saved.contact} == {"Harbour Rehab"}
    assert requests.party_of(draft).name == "Harbour Rehab"


def test_names_keep_the_marks_of_their_script() -> None:
    name = "\u06a9\u0644\u06cc\u0646\u06cc\u06a9\u200c\u0647\u0627"
    assert requests.create_draft(replace(HARBOUR, organisation=name)).organisation == name


def test_nobody_reviews_an_address_that_was_never_confirmed() -> None:
    draft = requests.create_draft(HARBOUR, make_wish())
    with pytest.raises(NotPossible, match="Confirm"):
        requests.submit(draft)


def test_another_address_is_confirmed_anew() -> None:
    draft = requests.confirm_email(requests.create_draft(HARBOUR, make_wish()))
    same = requests.save_draft(draft, HARBOUR, make_wish(commercial=True))
    assert same.confirmed_at is not None
    other = Asker("Harbour", "NL", "M. Aker", "another@harbour.example")
    assert requests.save_draft(draft, other, make_wish()).confirmed_at is None


def test_what_was_submitted_is_not_rewritten(asked: PermissionRequest) -> None:
    with pytest.raises(NotPossible):
        requests.save_draft(asked, HARBOUR, make_wish())


def test_accepting_grants_exactly_what_was_offered(asked: PermissionRequest) -> None:
    offer = make_offer(asked, conditions="With the date of the edition.")
    assert not Licence.objects.exists()
    licence = requests.accept(offer)
    assert licence.terms == offer.terms
    assert licence.terms_digest == offer.digest
    asked.refresh_from_db()
    assert (asked.state, asked.licence, asked.licensee) == (
        RequestState.GRANTED,
        licence,
        licence.licensee,
    )
    assert log(asked) == ["submit", "offer", "accept"]


def test_a_second_click_grants_nothing_more_and_is_told(asked: PermissionRequest) -> None:
    offer = make_offer(asked)
    requests.accept(offer)
    with pytest.raises(AlreadyDone):
        requests.accept(offer)
    assert Licence.objects.count() == 1


def test_only_the_newest_offer_can_be_accepted(asked: PermissionRequest) -> None:
    old = make_offer(asked)
    new = make_offer(asked, conditions="Other terms.")
    with pytest.raises(NotPossible, match="newer"):
        requests.accept(old)
    assert requests.open_offer(PermissionRequest.objects.get()) == new
    with pytest.raises(AlreadyDone):
        make_offer(asked, conditions="Other terms.")


def test_a_term_that_is_over_is_not_granted(asked: PermissionRequest, time_machine: Any) -> None:
    offer = make_offer(asked)
    time_machine.move_to(timezone.now() + timedelta(days=400))
    with pytest.raises(NotPossible, match="over"):
        requests.accept(offer)


def test_the_end_of_a_term_is_that_of_its_own_time_zone(
    asked: PermissionRequest, time_machine: Any
) -> None:
    """It is the next day already in Auckland when the server's has eleven hours to go."""
    day = timezone.localdate()
    offer = make_offer(
        asked, starts=day, ends=day + timedelta(days=9), time_zone="Pacific/Auckland"
    )
    end = offer.terms.end_moment
    assert end is not None
    assert timezone.localdate(end) == offer.terms.ends
    time_machine.move_to(end, tick=False)
    with pytest.raises(NotPossible, match="is over"):
        requests.accept(offer)
    time_machine.move_to(end - timedelta(seconds=1), tick=False)
    assert requests.accept(offer).number


def test_what_is_not_there_any_more_is_not_granted(asked: PermissionRequest) -> None:
    put("knee", "nl")
    offer = make_offer(asked, leaflets=frozenset({str(key_of("knee"))}))
    CatalogueEntry.objects.update(status=Status.WITHDRAWN)
    with pytest.raises(NotPossible, match="other terms"):
        requests.accept(offer)
    assert not Licence.objects.exists()
    CatalogueEntry.objects.update(status=Status.CURRENT)
    assert requests.accept(offer).number


def test_a_photo_that_is_not_ours_any_more_is_not_granted(asked: PermissionRequest) -> None:
    ours, rights = image(), image()["rights"]
    put("knee", "nl", images=[{**ours, "rights": {**rights, "sublicensable": True}}])
    scope = {"leaflets": frozenset({str(key_of("knee"))}), "parts": frozenset({"text", "photos"})}
    offer = make_offer(asked, **scope)
    put("knee", "nl", images=[ours])
    with pytest.raises(NotPossible, match="other terms"):
        requests.accept(offer)
    assert not Licence.objects.exists()


def test_what_is_taken_up_again_is_not_overdue_at_once(
    asked: PermissionRequest, time_machine: Any
) -> None:
    decisions.decline(asked, "The photos are not ours.", by="user:1")
    time_machine.move_to(timezone.now() + timedelta(days=30))
    again = decisions.reopen(asked, "The owner has agreed.", by="user:1")
    assert again.due_on == timezone.localdate() + timedelta(days=14)


def test_question_and_answer(asked: PermissionRequest) -> None:
    decisions.ask_back(asked, "Which website?", by="user:1")
    answered = requests.answer(asked, "www.harbour.example")
    assert answered.state == RequestState.SUBMITTED
    assert [event.note for event in answered.events.all()] == [
        "",
        "Which website?",
        "www.harbour.example",
    ]


def test_an_offer_can_be_answered_with_what_is_needed_instead(asked: PermissionRequest) -> None:
    offer = make_offer(asked)
    assert requests.answer(asked, "We need German too.").state == RequestState.SUBMITTED
    with pytest.raises(NotPossible):
        requests.accept(offer)


def test_no_without_a_reason_is_no_answer(asked: PermissionRequest) -> None:
    with pytest.raises(NotPossible):
        decisions.decline(asked, " ", by="user:1")
    declined = decisions.decline(asked, "We no longer publish these.", by="user:1")
    assert decisions.reopen(declined, "A mistake.", by="user:1").state == RequestState.SUBMITTED


def test_what_was_withdrawn_stays_so(asked: PermissionRequest) -> None:
    offer = make_offer(asked)
    requests.withdraw(asked)
    with pytest.raises(AlreadyDone):
        requests.withdraw(asked)
    with pytest.raises(NotPossible):
        requests.accept(offer)
    with pytest.raises(NotPossible):
        decisions.ask_back(asked, "Why?", by="user:1")


def test_time_alone_grants_nothing(asked: PermissionRequest, time_machine: Any) -> None:
    make_offer(asked, ends=None)
    time_machine.move_to(timezone.now() + timedelta(days=5000))
    asked.refresh_from_db()
    assert asked.state == RequestState.OFFERED
    assert not Licence.objects.exists()


@pytest.mark.usefixtures("two_officers")
def test_two_officers_have_to_agree(asked: PermissionRequest) -> None:
    first, second = make_officer("olga"), make_officer("piet")
    offer = make_offer(asked, by=first)
    assert requests.open_offer(PermissionRequest.objects.get()) is None
    with pytest.raises(NotPossible, match="second officer"):
        requests.accept(offer)
    with pytest.raises(NotPossible, match="another officer"):
        decisions.agree(offer, by=first)
    decisions.agree(offer, by=second)
    with pytest.raises(AlreadyDone):
        decisions.agree(offer, by=second)
    assert requests.accept(offer).number
    unheard = [event.move for event in asked.events.filter(internal=True)]
    assert unheard == [Move.OFFER]


@pytest.mark.usefixtures("two_officers")
def test_what_is_said_with_an_offer_is_heard_with_it(asked: PermissionRequest) -> None:
    terms = make_terms(licensee=requests.party_of(asked))
    decisions.offer(asked, terms, by="user:1", note="The first.")
    newest = decisions.offer(asked, replace(terms, ends=None), by="user:1", note="Print waits.")
    decisions.agree(newest, by="user:2")
    heard = asked.events.filter(internal=False).last()
    assert heard is not None
    assert (heard.move, heard.note) == (Move.AGREE, "Print waits.")


def test_a_partner_that_is_known_is_not_made_twice() -> None:
    known = make_licensee(email=HARBOUR.email.upper())
    namesake = make_licensee(email="somebody@else.example")
    licence = requests.accept(make_offer(make_request()))
    assert licence.licensee == known != namesake
    assert Licensee.objects.count() == 2


#: Addresses that are other people's, though comparing without case may take them for one.
LOOKALIKES = [
    ("m.aker@clinic.example", "m.aker@cl\u0131nic.example"),
    ("m.aker@strasse.example", "m.aker@stra\u00dfe.example"),
    ("m.aker@harbours.example", "m.aker@harbour\u017f.example"),
]


@pytest.mark.parametrize(("theirs", "mine"), LOOKALIKES)
def test_a_lookalike_of_an_address_is_another_partner(theirs: str, mine: str) -> None:
    """Its account would act for the one that is known, with all the licences and keys of that."""
    known, user = make_licensee(email=theirs), make_officer("mara")
    asked = make_request(asker=replace(HARBOUR, email=mine), user=user)
    licence = requests.accept(make_offer(asked))
    assert licence.licensee != known
    assert list(known.members.all()) == []


@pytest.mark.parametrize(("theirs", "mine"), LOOKALIKES)
def test_a_lookalike_of_an_address_has_to_be_confirmed_again(theirs: str, mine: str) -> None:
    draft = requests.confirm_email(requests.create_draft(replace(HARBOUR, email=mine)))
    other = requests.save_draft(draft, replace(HARBOUR, email=theirs), Wish())
    assert other.confirmed_at is None
    same = requests.confirm_email(other)
    louder = requests.save_draft(same, replace(HARBOUR, email=theirs.upper()), Wish())
    assert louder.confirmed_at is not None


def test_whoever_accepted_last_is_written_to_in_their_language() -> None:
    known = make_licensee(language="de", contact="Somebody who left", country="DE")
    requests.accept(make_offer(make_request()))
    known.refresh_from_db()
    assert (known.language, known.contact, known.country) == ("nl", "M. Aker", "NL")


def test_the_account_that_asked_may_act_for_the_partner() -> None:
    user = make_officer("mara")
    licence = requests.accept(make_offer(make_request(user=user)))
    assert list(licence.licensee.members.all()) == [user]


def test_a_renewal_takes_over_the_keys() -> None:
    old = make_licence()
    key, _text = issue_key(old, "Website", by="a test")
    asked = make_request(renews=old)
    new = requests.accept(make_offer(asked))
    old.refresh_from_db()
    key.refresh_from_db()
    assert (old.state, new.replaces, key.licence) == (LicenceState.RENEWED, old, new)
    assert new.licensee == old.licensee


def test_a_renewal_leaves_no_gap() -> None:
    asked = make_request(renews=make_licence())
    with pytest.raises(NotPossible, match="today"):
        make_offer(asked, starts=timezone.localdate() + timedelta(days=3))


def test_a_stranger_cannot_renew_somebody_elses_licence() -> None:
    licence = make_licence()
    stranger = Asker("Harbour Rehab (fictional)", "NL", "X", "x@stranger.example")
    with pytest.raises(NotPossible, match="holds it"):
        make_request(asker=stranger, renews=licence)


def test_a_revoked_licence_is_not_renewed() -> None:
    licence = make_licence()
    asked = make_request(renews=licence)
    offer = make_offer(asked)
    revoke_licence(licence, by="a test", reason="misused")
    with pytest.raises(NotPossible):
        requests.accept(offer)
    asked.refresh_from_db()
    assert asked.state == RequestState.OFFERED


def test_notes_among_officers_move_nothing(asked: PermissionRequest) -> None:
    note = decisions.add_note(asked, "I know them.", by="user:1")
    assert note.internal
    asked.refresh_from_db()
    assert asked.state == RequestState.SUBMITTED


def test_every_move_is_told_when_it_is_committed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    heard: list[tuple[str, str]] = []

    def listen(sender: Any, request: PermissionRequest, event: Any, **kwargs: Any) -> None:
        heard.append((event.move, request.state))

    request_moved.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            make_request()
    finally:
        request_moved.disconnect(listen)
    assert heard == [("submit", "submitted")]
