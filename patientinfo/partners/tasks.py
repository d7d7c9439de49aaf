"""
Sending what partners are told, outside the request that caused it.

A task is given numbers of rows: neither the queue nor its log holds what somebody wrote or where
they can be reached, not when a mail could not be sent either. The code to sign in is sealed.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django_tasks import task

from patientinfo.licensing.mailing import nameless
from patientinfo.licensing.models import LicenceEvent
from patientinfo.licensing.request_models import PermissionRequest, RequestEvent
from patientinfo.partners import mails
from patientinfo.partners.sealing import unseal


@task()
def send_confirmation(request_pk: int, submits: bool) -> None:
    """The link that proves an address."""
    request = PermissionRequest.objects.get(pk=request_pk)
    with nameless(f"confirmation of request {request_pk}"):
        mails.send(mails.confirmation_mail(request, submits=submits))


@task()
def send_request_news(event_pk: int) -> None:
    """What became of a request."""
    event = RequestEvent.objects.select_related("request").get(pk=event_pk)
    with nameless(f"event {event_pk} of a request"):
        mails.send(mails.of_request(event))


@task()
def send_licence_news(event_pk: int) -> None:
    """What became of a licence."""
    event = LicenceEvent.objects.select_related("licence__licensee").get(pk=event_pk)
    with nameless(f"event {event_pk} of a licence"):
        mails.send(mails.of_licence(event))


@task()
def send_code(address_pk: int, sealed: str, language: str) -> None:
    """
    The code to sign in, to the confirmed address of that number; nothing where there is none, or
    when the code would be too late.
    """
    address = EmailAddress.objects.filter(pk=address_pk, verified=True).first()
    code = unseal(sealed)
    if address is not None and code is not None:
        with nameless(f"code to address {address_pk}"):
            mails.send_code(address.email, code, language)
