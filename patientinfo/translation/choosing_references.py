"""
Giving a language references of its own, and taking them back. Each function is one act: allowed,
done, logged. Nobody checks references by themselves: whoever signs the translation reads them, and
whoever chose them does not sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from patientinfo.formats.inline import clean_text
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.editing import Declined
from patientinfo.translation.override_models import PartOverride
from patientinfo.translation.overrides import REFERENCE
from patientinfo.translation.overriding import OVERRIDDEN, TAKEN_BACK, Done, Outcome
from patientinfo.translation.pages import for_translators, newest, source_page
from patientinfo.translation.references import Listed, listed, set_references
from patientinfo.translation.rights import Act, require

MOST = 50  # references of one leaflet


@transaction.atomic
def choose_references(page: LeafletPage, wanted: Sequence[Listed], user: Any) -> Outcome:
    """The language has these references from now on, whatever its source has."""
    require(user, Act.TRANSLATE, page.locale.language_code)
    rows = [(clean_text(text), url.strip()) for text, url in wanted if text.strip() or url.strip()]
    reason = _not_to_be_chosen(page, rows)
    if reason:
        return Declined(reason)
    _stored(page).delete()
    now = timezone.now()
    of = {"key": page.translation_key, "locale": page.locale.language_code}
    PartOverride.objects.bulk_create(
        PartOverride(**of, path=f"{REFERENCE}{n}", caption=text, href=url, user=user, at=now)
        for n, (text, url) in enumerate(rows)
    )
    _into_draft(page, rows, user)
    _log(page, OVERRIDDEN, user)
    return Done()


@transaction.atomic
def take_references_back(page: LeafletPage, user: Any) -> Outcome:
    """The language has its source's references again."""
    require(user, Act.TRANSLATE, page.locale.language_code)
    source = source_page(page)
    theirs = listed(for_translators(source)) if source else []
    deleted, _models = _stored(page).delete()
    if not deleted and listed(newest(page)) == theirs:
        return Declined(_("These references are the source's already."))
    _into_draft(page, theirs, user)
    _log(page, TAKEN_BACK, user)
    return Done()


def _not_to_be_chosen(page: LeafletPage, rows: Sequence[Listed]) -> str:
    """Why the language cannot have these; empty when it can."""
    if not rows or len(rows) > MOST:
        return _("Write one reference or more, at most %(most)d.") % {"most": MOST}
    for text, url in rows:
        try:
            page.references.model(text=text, url=url).clean_fields(exclude=["page"])
        except ValidationError as error:
            return " ".join(error.messages)
    return ""


def _into_draft(page: LeafletPage, rows: Sequence[Listed], user: Any) -> None:
    """The page's newest draft has them, so that every way of publishing has."""
    draft = newest(page)
    set_references(draft, rows)
    draft.save_revision(user=user, log_action=True)
    if not draft.live:
        draft.save(clean=False)


def _stored(page: LeafletPage) -> Any:
    return PartOverride.objects.filter(
        key=page.translation_key,
        locale=page.locale.language_code,
        path__startswith=REFERENCE,
        link="",
        image=None,
    )


def _log(page: LeafletPage, action: str, user: Any) -> None:
    log(instance=page, action=action, user=user, data={"path": REFERENCE.rstrip("/")})
