"""Sending mails in tasks, so that no failure tells who was written to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from smtplib import SMTPException


class MailNotSent(RuntimeError):
    """A mail could not be sent; the message names it by rows' numbers, and the kind of failure."""


@contextmanager
def nameless(mail: str) -> Iterator[None]:
    """
    Raises `MailNotSent` for what mail servers and sockets say: their words quote the address, and
    whatever a task raises is logged and stored. `mail` says which one it was, without a name.
    """
    try:
        yield
    except (SMTPException, OSError, ValueError) as error:  # ValueError: a header, an encoding
        raise MailNotSent(f"{mail}: {type(error).__name__}") from None
