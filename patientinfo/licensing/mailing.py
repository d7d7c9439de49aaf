"""Sending mails in tasks: again when a server is away, and no failure tells who was written to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import Any

from django.utils import timezone
from django_tasks.base import Task

#: Minutes between one try and the next: a server that restarts, one that is mended the same day.
#: News that come later than that are news no more.
PAUSES = (1, 5, 15, 60, 240)
#: A mail server's answers from here on are meant for good (RFC 5321, 4.2.1).
_FOR_GOOD = 500


class MailNotSent(RuntimeError):
    """A mail could not be sent; the message names it by rows' numbers, and the kind of failure."""


@contextmanager
def sending(mail: str, task: Task[..., None], *args: Any, tried: int) -> Iterator[None]:
    """
    Raises `MailNotSent` for what mail servers and sockets say: their words quote the address, and
    whatever a task raises is logged and stored. `mail` says which one it was, without a name.

    What may pass is queued again with `args` and `tried`, which counts the tries before this one,
    where there is a queue that waits.
    """
    try:
        yield
    except (SMTPException, OSError, ValueError) as error:  # ValueError: a header, an encoding
        again = _queue_again(task, args, tried) if _may_pass(error) else ""
        raise MailNotSent(f"{mail}: {type(error).__name__}{again}") from None


def _may_pass(error: Exception) -> bool:
    """Whether it may go well another time; a password that is wrong is mended by somebody."""
    if isinstance(error, SMTPRecipientsRefused):
        return any(code < _FOR_GOOD for code, _words in error.recipients.values())
    if isinstance(error, SMTPAuthenticationError):
        return True
    if isinstance(error, SMTPResponseException):
        return error.smtp_code < _FOR_GOOD
    return isinstance(error, OSError)  # SMTPException is one: a lost connection, a greeting missed


def _queue_again(task: Task[..., None], args: tuple[Any, ...], tried: int) -> str:
    if tried >= len(PAUSES) or not task.get_backend().supports_defer:
        return ""
    minutes = PAUSES[tried]
    after = timezone.now() + timedelta(minutes=minutes)
    task.using(run_after=after).enqueue(*args, tried=tried + 1)
    return f"; tried again in {minutes} min"
