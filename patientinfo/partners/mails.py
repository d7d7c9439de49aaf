"""
What partners are told by e-mail, at each step, in the language in which they asked.

A mail says what happened, quotes what the clinic wrote, and leads to the page on which the rest
stands. It never holds a key, and no terms that are not the reader's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from patientinfo.channels.parts.wording import direction_of
from patientinfo.conf import public_url
from patientinfo.licensing.models import Licence, LicenceEvent, LicenceState
from patientinfo.licensing.moves import Move
from patientinfo.licensing.request_models import PermissionRequest, RequestEvent
from patientinfo.partners import confirmation, words
from patientinfo.partners.pages import address_in

TEMPLATES = "patientinfo/partners/mail/"


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a mail: subject, paragraphs, what the clinic wrote, and the name of its link."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that is ready to go."""

    to: str
    name: str
    language: str
    url: str
    said: Said


def confirmation_said(submits: bool) -> Said:
    """The one mail that goes to an address of which nothing is known yet."""
    purpose = (
        _("With the link below you confirm your e-mail address and send us your request.")
        if submits
        else _("With the link below you confirm your e-mail address and go on with your draft.")
    )
    return Said(
        _("Confirm your e-mail address"),
        (
            _("Somebody, probably you, filled in a request for permission to use our leaflets."),
            purpose + " " + _("The link works for three days, and once."),
            _("If it was not you, do nothing: without it nobody reads the request."),
        ),
        _("Confirm my address"),
    )


def confirmation_mail(request: PermissionRequest, *, submits: bool) -> Mail:
    token = confirmation.token_of(request, submits=submits)
    with translation.override(request.language):
        said = confirmation_said(submits)
        url = public_url(address_in(request.language, "confirm", token))
    return Mail(request.email, request.contact, request.language, url, said)


def of_request(event: RequestEvent) -> Mail | None:
    """None for what the partner is not told: internal lines, and what it did and sees itself."""
    request = event.request
    telling = _REQUESTS.get(event.move)
    if telling is None or event.internal or not request.email:
        return None
    with translation.override(request.language):
        said = telling(request, event.note)
        name, subject = "request", str(request.uid)
        if event.move == Move.ACCEPT and request.licence is not None:
            name, subject = "licence", request.licence.number
        url = public_url(address_in(request.language, name, subject))
    return Mail(request.email, request.contact, request.language, url, said)


def of_licence(event: LicenceEvent) -> Mail | None:
    """What happened to a licence by the clinic's act or by the calendar."""
    licence = event.licence
    telling = _LICENCES.get(event.act)
    if telling is None or not licence.licensee.email:
        return None
    holder = licence.licensee
    with translation.override(holder.language):
        said = telling(licence, event.reason)
        url = public_url(address_in(holder.language, "licence", licence.number))
    return Mail(holder.email, holder.contact, holder.language, url, said)


def send(mail: Mail | None) -> None:
    """As plain text, and the same as simple HTML."""
    if mail is None:
        return
    site = getattr(settings, "WAGTAIL_SITE_NAME", "")
    context = {"mail": mail, "said": mail.said, "site": site}
    with translation.override(mail.language):
        context["direction"] = direction_of(mail.language)
        text = render_to_string(f"{TEMPLATES}mail.txt", context)
        html = render_to_string(f"{TEMPLATES}mail.html", context)
    subject = " ".join(f"{site}: {mail.said.subject}".split())
    message = EmailMultiAlternatives(subject, text, to=[mail.to])
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.extra_headers["Content-Language"] = mail.language
    message.attach_alternative(html, "text/html")
    message.send()


def send_code(email: str, code: str, language: str) -> None:
    """The code to sign in, in the language of the page on which it was asked for."""
    with translation.override(language):
        subject = render_to_string("account/email/login_code_subject.txt")
        text = render_to_string("account/email/login_code_message.txt", {"code": code})
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": language}
    EmailMessage(" ".join(subject.split()), text, to=[email], headers=headers).send()


# -- what is said of each step ---------------------------------------------------------------------


def _submitted(request: PermissionRequest, note: str) -> Said:
    due = words.day(request.due_on)
    return Said(
        _("We have your request"),
        (
            _("Thank you: your request for permission has arrived, and your address is confirmed."),
            _("We mean to answer by %(day)s. Until we have said yes, nothing is permitted.")
            % {"day": due},
        ),
        _("Follow the request"),
    )


def _asked_back(request: PermissionRequest, note: str) -> Said:
    return Said(
        _("We have a question about your request"),
        (_("Before we can decide we would like to know something. Please answer on your page."),),
        _("Answer the question"),
        note,
    )


def _offered(request: PermissionRequest, note: str) -> Said:
    return Said(
        _("We offer you these terms"),
        (
            _("We have decided on your request. On your page you see the terms in words."),
            _("The licence begins to count when you accept them. Without that nothing is granted."),
        ),
        _("Read the terms"),
        note,
    )


def _granted(request: PermissionRequest, note: str) -> Said:
    return Said(
        _("Your licence %(number)s") % {"number": note},
        (
            _("You accepted the terms, and the licence is granted under number %(number)s.")
            % {"number": note},
            _("On its page you find the letter, the proof that anybody can check, and your keys."),
        ),
        _("Open the licence"),
    )


def _declined(request: PermissionRequest, note: str) -> Said:
    return Said(
        _("We cannot grant your request"),
        (_("We are sorry. This is the reason that the clinic gives:"),),
        _("Open the request"),
        note,
    )


def _withdrawn(request: PermissionRequest, note: str) -> Said:
    return Said(
        _("Your request is withdrawn"),
        (_("You took the request back. We do nothing more with it, and nothing is granted."),),
        _("Open the request"),
    )


def _reopened(request: PermissionRequest, note: str) -> Said:
    return Said(
        _("We look at your request again"),
        (_("We have taken your request up again, and you hear from us."),),
        _("Follow the request"),
        note,
    )


def _suspended(licence: Licence, reason: str) -> Said:
    return Said(
        _("Licence %(number)s is suspended") % {"number": licence.number},
        (_("Until further notice nothing may be read or used under it. The clinic's reason:"),),
        _("Open the licence"),
        reason,
    )


def _resumed(licence: Licence, reason: str) -> Said:
    return Said(
        _("Licence %(number)s is active again") % {"number": licence.number},
        (_("It gives again what it gave before, with the same keys."),),
        _("Open the licence"),
        reason,
    )


def _revoked(licence: Licence, reason: str) -> Said:
    return Said(
        _("Licence %(number)s has ended") % {"number": licence.number},
        (
            _("The clinic has revoked it, at once and for good. Its keys are refused."),
            _("Please take the leaflets out of use now. The clinic's reason:"),
        ),
        _("Open the licence"),
        reason,
    )


def _renewed(licence: Licence, reason: str) -> Said:
    return Said(
        _("Licence %(number)s is renewed") % {"number": licence.number},
        (_("A new licence has taken its place. Your keys go on under the new one."),),
        _("Open the licence"),
    )


def _amended(licence: Licence, reason: str) -> Said:
    return Said(
        _("The terms of licence %(number)s have changed") % {"number": licence.number},
        (_("The number stays the same; the new terms are on its page, with the new letter."),),
        _("Open the licence"),
        reason,
    )


def _ending(licence: Licence, reason: str) -> Said:
    end = words.day(licence.terms.ends)
    return Said(
        _("Licence %(number)s ends soon") % {"number": licence.number},
        (
            _("It ends on %(day)s. After that day its keys are refused.") % {"day": end},
            _("If you want to go on, ask for a renewal now: the form is filled in already."),
        ),
        _("Open the licence"),
    )


_REQUESTS: dict[str, Callable[[PermissionRequest, str], Said]] = {
    Move.SUBMIT: _submitted,
    Move.ASK_BACK: _asked_back,
    Move.OFFER: _offered,
    Move.AGREE: _offered,
    Move.ACCEPT: _granted,
    Move.DECLINE: _declined,
    Move.WITHDRAW: _withdrawn,
    Move.REOPEN: _reopened,
}
_LICENCES: dict[str, Callable[[Licence, str], Said]] = {
    LicenceState.SUSPENDED: _suspended,
    LicenceState.ACTIVE: _resumed,
    LicenceState.REVOKED: _revoked,
    LicenceState.RENEWED: _renewed,
    "amended": _amended,
    "reminded": _ending,
}
