"""
The edit view of a leaflet: what an editor fills in, in the order of the work.

Help stands here, not at the model's fields: what an editor needs to read changes more often than
the columns do, and no migration should come of it.
"""

from __future__ import annotations

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Page

from patientinfo.leaflets.following_panels import FollowingPanel, FollowingRowsPanel
from patientinfo.leaflets.short_text import ShortTextPanel

_content = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("title", help_text=_("What patients call it.")),
                FieldPanel("summary"),
            ],
            heading=_("Title and summary"),
            help_text=_(
                "Publishing issues a new edition. Earlier editions stay as they were, for "
                "everybody who holds one."
            ),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "short_text",
                    help_text=_(
                        "What a patient is sent to the phone: the few things to remember. May "
                        "stay empty; it is never cut from the leaflet's own text."
                    ),
                ),
                ShortTextPanel(),
            ],
            heading=_("Text message"),
        ),
        FieldPanel(
            "body",
            help_text=_(
                "Each section is a question and its answer, in plain language. Reword, move or "
                "split it as you like: its translations stay tied to it."
            ),
        ),
    ],
    heading=_("Content"),
)

_classification = ObjectList(
    [
        FollowingPanel("audience"),
        FollowingPanel(
            "topics",
            widget=CheckboxSelectMultiple,
            help_text=_("Where patients look for it. Translations show them in their language."),
        ),
        FollowingRowsPanel(
            "codes",
            heading=_("Clinical codes"),
            label=_("Code"),
            help_text=_("What the leaflet is about, in the words of a health record."),
        ),
        FollowingRowsPanel(
            "references",
            heading=_("References"),
            label=_("Reference"),
            help_text=_("The sources that the leaflet rests on. Readers see them at its end."),
            follows=_(
                "Those of the source leaflet, or this language's own: choose on the desk of the "
                "translation."
            ),
        ),
    ],
    heading=_("Classification"),
)

_people = ObjectList(
    [
        InlinePanel(
            "contributors",
            heading=_("Authors, translators and checkers"),
            label=_("Person"),
            help_text=_("The leaflet names them, so each must have agreed to be named."),
        ),
        MultiFieldPanel(
            [
                FollowingPanel("reviewed_on", help_text=_("When a clinician last read it all.")),
                FollowingPanel(
                    "review_due", help_text=_("Readers see by when it is reviewed again.")
                ),
            ],
            heading=_("Review"),
            help_text=_(
                "Both dates are needed to publish. The clinical approver is not typed in: it is "
                "the person who approves, in the workflow or by publishing."
            ),
        ),
        FieldPanel(
            "writing_method", help_text=_("Readers see how the words in this language were made.")
        ),
        FollowingPanel("contact", help_text=_("Whom a patient asks.")),
    ],
    heading=_("People and review"),
)

_rights = ObjectList(
    [
        FollowingPanel("rights_holder"),
        FieldPanel(
            "access_level",
            help_text=_(
                "What anybody may have without written permission. Everybody always sees the "
                "catalogue entry: title, summary, headings and whom to ask."
            ),
        ),
    ],
    heading=_("Rights"),
)

_publishing = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("significance"),
                FieldPanel("change_note", help_text=_("One sentence. Readers of the API see it.")),
            ],
            heading=_("This change"),
            help_text=_(
                "What the next edition changes decides what happens to translations. Cosmetic is "
                "proposed when a saved draft changes no more than that, and counts as content when "
                "more has changed. Used once: it is empty again when the edition is issued."
            ),
        ),
        FieldPanel(
            "slug",
            help_text=_("The last part of the address. Links and codes on paper lead there."),
        ),
        *Page.settings_panels,
    ],
    heading=_("Publishing"),
)

leaflet_panels = TabbedInterface([_content, _classification, _people, _rights, _publishing])
