"""
Accounts of partners: an address of mail that was confirmed, and nothing else.

There is no password and no sign-up. An account comes into being when somebody opens the link that
was sent to the address they asked from, and it is entered by a code sent to that address. Whoever
may enter the admin signs in there and nowhere else: a code in a mailbox must not open more than a
password would.
"""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.models import EmailAddress
from allauth.core import context, ratelimit
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from patientinfo.licensing.mailboxes import mailbox

ADMIN = "wagtailadmin.access_admin"


class SignInForm(RequestLoginCodeForm):
    """Asks for the address; the answer is the same whether or not it has an account."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if not ratelimit.consume(
            context.request, action="request_login_code", key=email.casefold()
        ):
            raise forms.ValidationError(
                _("Codes were asked for too often. Please wait a little and try again.")
            )
        self._user = partner_with(email)
        return email


def partner_with(email: str) -> Any | None:
    """The active partner whose confirmed address this is; never somebody with the admin."""
    found = EmailAddress.objects.filter(email=mailbox(email), verified=True)
    for address in found.select_related("user"):
        if address.user.is_active and not has_admin(address.user):
            return address.user
    return None


def has_admin(user: Any) -> bool:
    """Whether an account opens the admin."""
    return bool(user.is_staff or user.is_superuser or user.has_perm(ADMIN))


@transaction.atomic
def account_for(email: str) -> AbstractBaseUser | None:
    """
    The account of an address that was just confirmed, made when there is none. None when the
    address already signs somebody into the admin: they use another one to ask as a partner.
    """
    known = partner_with(email)
    if known is not None:
        return known
    email = mailbox(email)
    if EmailAddress.objects.filter(email=email, verified=True).exists():
        return None
    user = get_user_model()(username=f"partner-{secrets.token_hex(8)}", email=email)
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def is_partner(user: Any) -> bool:
    """Signed in, and not as somebody of the clinic."""
    return bool(user.is_authenticated and not has_admin(user))
