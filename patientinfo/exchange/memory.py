"""A TMX file into the memory by a person: in the languages that they check, and logged."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, BinaryIO

from wagtail.log_actions import log
from wagtail.models import Locale

from patientinfo.translation import memory_tmx
from patientinfo.translation.memory_tmx import Imported
from patientinfo.translation.rights import Act, languages_of


def import_memory_file(
    stream: BinaryIO, name: str, *, user: Any = None, dry_run: bool = False
) -> Imported:
    """
    As `import_tmx`; `user` None is whoever has the command line, and may everything. What is in a
    memory is suggested as checked, so a person gives it only what they may check, and counts as who
    made it: where the words are used, somebody else must check them.
    """
    allowed = None if user is None else languages_of(user, Act.CHECK)
    imported = memory_tmx.import_tmx(stream, name, user=user, dry_run=dry_run, allowed=allowed)
    if imported.new and not dry_run:
        data = {"file": PurePath(name).name, "units": imported.units, "new": imported.new}
        for locale in Locale.objects.filter(language_code__in=imported.locales):
            log(instance=locale, action="patientinfo.memory_imported", user=user, data=data)
    return imported
