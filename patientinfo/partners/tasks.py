"""
Sending what partners are told, outside the request that caused it.

A task is given numbers of rows: neither the queue nor its log holds what somebody wrote or where
they can be reached, not when a mail could not be sent either. The code to sign in is sealed.
`tried` counts the tries of a mail before this one.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django_tasks import task

from patientinfo.licensing.mailing import sending
from patientinfo.licensing.models import LicenceEvent
from patientinfo.licensing.request_models import PermissionRequest, RequestEvent
from patientinfo.partners import mails
from patientinfo.partners.sealing import unseal


@task()
def send_confirmation(request_pk: int, submits: bool, tried: int = 0) -> None:
    """The link that proves an address."""
    request = PermissionRequest.objects.get(pk=request_pk)
    name = f"confirmation of request {request_pk}"
    with sending(name, send_confirmation, request_pk, submits, tried=tried):
        mails.send(mails.confirmation_mail(request, submits=submits))


@task()
def send_request_news(event_pk: int, tried: int = 0) -> None:
    """What became of a request."""
    event = RequestEvent.objects.select_related("request").get(pk=event_pk)
    with sending(f"event {event_pk} of a request", send_request_news, event_pk, tried=tried):
        mails.send(mails.of_request(event))


@task()
def send_licence_news(event_pk: int, tried: int = 0) -> None:
    """What became of a licence."""
    event = LicenceEvent.objects.select_related("licence__licensee").get(pk=event_pk)
    with sending(f"event {event_pk} of a licence", send_licence_news, event_pk, tried=tried):
        mails.send(mails.of_licence(event))


@task()
def send_code(address_pk: int, sealed: str, language: str, tried: int = 0) -> None:
    """
    The code to sign in, to the confirmed address of that number; nothing where there is none, or
    when the code would be too late.
    """
    address = EmailAddress.objects.filter(pk=address_pk, verified=True).first()
    code = unseal(sealed)
    if address is not None and code is not None:
        name = f"code to address {address_pk}"
        with sending(name, send_code, address_pk, sealed, language, tried=tried):
            mails.send_code(address.email, code, language)
