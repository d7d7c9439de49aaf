"""
What officers hear by e-mail: that a partner did something, and where to look.

The mail names the organisation and nobody in it: mailboxes of a department are read by many, and
what was asked and said stands behind a sign-in.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from patientinfo.conf import get_setting, public_url
from patientinfo.licensing.moves import Move
from patientinfo.licensing.request_models import RequestEvent

_SAID: dict[str, Any] = {
    Move.SUBMIT: gettext_lazy("%(organisation)s asks for permission"),
    Move.ANSWER: gettext_lazy("%(organisation)s has answered"),
    Move.ACCEPT: gettext_lazy("%(organisation)s has accepted the terms"),
    Move.WITHDRAW: gettext_lazy("%(organisation)s has withdrawn its request"),
    Move.OFFER: gettext_lazy("The offer to %(organisation)s waits for a second officer"),
}


def tell(event: RequestEvent) -> None:
    """One mail to `LICENSING_EMAIL`, where there is one and officers have something to learn."""
    address = get_setting("LICENSING_EMAIL")
    if not address or event.move not in _SAID:
        return
    if event.move == Move.OFFER and not get_setting("TWO_OFFICERS"):
        return
    with translation.override(settings.LANGUAGE_CODE):
        message = _message(event)
    EmailMessage(*message, to=[address], headers={"Auto-Submitted": "auto-generated"}).send()


def _message(event: RequestEvent) -> tuple[str, str]:
    """Subject and text. Whoever asks chose the name, so that line breaks in it are taken out."""
    name = " ".join(event.request.organisation.split())
    subject = str(_SAID[event.move]) % {"organisation": name}
    context = {
        "said": subject,
        "url": _address(event.request_id),
        "due": event.request.due_on,
        "waits": event.move in {Move.SUBMIT, Move.ANSWER},
    }
    return subject, render_to_string("patientinfo/licensing/officers_mail.txt", context)


def _address(request_pk: int) -> str:
    """The page in the admin, or the site's own where the desk is not mounted."""
    try:
        return public_url(reverse("patientinfo_request", args=[request_pk]))
    except NoReverseMatch:
        return public_url("/")
