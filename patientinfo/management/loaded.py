"""What a process has loaded for good, and the garbage collector."""

from __future__ import annotations

import gc

from django.core.management.base import BaseCommand


def leave_loaded_alone() -> None:
    """
    From now on the garbage collector does not look at what is loaded already: code, models, tables
    of languages. Nothing of it ever goes, and looking at all its objects (some 300,000) stops the
    process for a tenth of a second and more, each time, in the middle of what it does.
    """
    gc.collect()
    gc.freeze()


class LongCommand(BaseCommand):
    """A command that may have thousands of leaflets to go through."""

    def run_from_argv(self, argv: list[str]) -> None:
        leave_loaded_alone()  # not when another program calls it: that one is not ours to arrange
        super().run_from_argv(argv)
