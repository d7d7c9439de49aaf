"""The channels there are: the setting `CHANNELS`, dotted names in the order of menus."""

from __future__ import annotations

from functools import cache

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from patientinfo.channels.base import Channel
from patientinfo.conf import get_setting


class UnknownChannel(LookupError):
    """No channel has this name; the message names those there are."""


def channels() -> dict[str, Channel]:
    """Every channel by its name."""
    return _loaded(tuple(get_setting("CHANNELS")))


def channel(name: str) -> Channel:
    """One of them; `UnknownChannel` when there is none of that name."""
    found = channels().get(name)
    if found is None:
        raise UnknownChannel(
            f"There is no channel {name[:40]!r}. There are: {', '.join(channels())}"
        )
    return found


@cache
def _loaded(dotted_names: tuple[str, ...]) -> dict[str, Channel]:
    found: dict[str, Channel] = {}
    for dotted in dotted_names:
        try:
            made = import_string(dotted)()
        except (ImportError, TypeError) as error:
            raise ImproperlyConfigured(f"CHANNELS: {dotted!r} is no channel: {error}") from error
        if not isinstance(made, Channel):
            raise ImproperlyConfigured(f"CHANNELS: {dotted!r} is no subclass of Channel")
        if made.name in found:
            raise ImproperlyConfigured(f"CHANNELS: two channels are named {made.name!r}")
        found[made.name] = made
    return found
