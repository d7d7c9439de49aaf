"""
Letters that were signed already: setting and signing one takes as long as twenty answers.

A letter is signed with the moment in it, so two letters of the same terms differ in their bytes, if
only in their signatures. The first is therefore kept by all that it was made from, and is the one
that whoever asks for it gets: a letter that would say or look otherwise is another one, and so is
one that another certificate signs. Whoever asks has been let in (`access`).
"""

from __future__ import annotations

from patientinfo.channels.models import SIGNED_LETTER, KeptRendition
from patientinfo.licensing.models import Licence
from patientinfo.proofs.letter import letter_of


def signed_letter(licence: Licence) -> bytes:
    """The letter of the terms in force; `NotRenderable` when it cannot be set."""
    version = licence.versions.select_related("licence").get(version=licence.version)
    letter = letter_of(version)
    name = letter.digest
    kept = KeptRendition.objects.filter(pk=name).first()
    if kept is None:
        row = KeptRendition(
            etag=name,
            channel=SIGNED_LETTER,
            edition_digest=version.digest,
            content=letter.signed(),
        )
        KeptRendition.objects.bulk_create([row], ignore_conflicts=True)
        # Two that make it at once make two letters; the first is the one.
        kept = KeptRendition.objects.get(pk=name)
    return bytes(kept.content)
