"""
When two addresses of mail are one. What a partner may see and do hangs on its address, so nothing
but capital letters is folded together here: a database that compares without case takes `ı` for
`i`, `str.casefold` takes `ß` for `ss`, and who has a domain with the one need not have the other.
"""

from __future__ import annotations


def mailbox(email: str) -> str:
    """The one spelling of an address, by which accounts are found too."""
    return email.strip().lower()


def is_same_mailbox(one: str, other: str) -> bool:
    return mailbox(one) == mailbox(other)
