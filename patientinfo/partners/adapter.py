"""
allauth's ways, without signing up, and without telling who has an account.

How long an answer takes tells as much as its words. So for every address that a code is asked for,
known or not, one task is queued, and the mail goes out of the worker: no mail server is spoken to
while somebody waits.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.utils.translation import get_language

from patientinfo.licensing.mailboxes import mailbox
from patientinfo.partners import tasks
from patientinfo.partners.sealing import seal

#: What allauth says after it has sent a code, or has done as if.
_SENT = "account/messages/login_code_sent.txt"
#: The number of no row.
NOBODY = 0


class PartnerAdapter(DefaultAccountAdapter):
    """Made anew at each call, so that what is kept until the next one is kept in the request."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth wants a code sent, which is the one mail that it sends here; to partners only."""
        context["request"].patientinfo_code = context["code"]

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Is called for every address after a code was sent to it, or would have been."""
        if message_template == _SENT and message_context is not None:
            self._queue(request, message_context["email"])
        else:
            super().add_message(request, level, message_template, message_context, *args, **kwargs)

    def _queue(self, request: HttpRequest, email: str) -> None:
        address = EmailAddress.objects.filter(email=mailbox(email), verified=True).first()
        code: str | None = getattr(request, "patientinfo_code", None)
        tasks.send_code.enqueue(
            address.pk if address is not None and code is not None else NOBODY,
            seal(code or self.generate_login_code()),
            get_language() or "en",
        )
