"""What the package adds to Wagtail's admin. Registered here, never in domain modules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button, ListingButton
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from patientinfo.desk.draft_views import has_draft
from patientinfo.desk.forms_views import may_download
from patientinfo.desk.glossary_admin import GlossaryTermViewSet
from patientinfo.desk.home_panel import TranslationsPanel
from patientinfo.desk.permissions.access import is_officer
from patientinfo.desk.permissions.home_panel import PermissionsMenuItem, PermissionsPanel
from patientinfo.desk.permissions.urls import urlpatterns as permissions_urls
from patientinfo.desk.urls import urlpatterns as desk_urls
from patientinfo.editions.admin_views import (
    ImageEditView,
    draft_picture,
    reissue_url,
    reissue_view,
    tell_outdated,
)
from patientinfo.editions.reissue import SHARED
from patientinfo.editions.significance import counts_as_content
from patientinfo.leaflets import gate
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import Contact, Person, RightsHolder, Topic
from patientinfo.translation.pages import source_page
from patientinfo.translation.progress import refresh_progress
from patientinfo.translation.rights import Act, LanguageRight, languages_of


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"


class ContactViewSet(SnippetViewSet):
    model = Contact
    icon = "mail"


class RightsHolderViewSet(SnippetViewSet):
    model = RightsHolder
    icon = "key"


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    list_display = ["name", "consent_on"]


class LanguageRightViewSet(SnippetViewSet):
    model = LanguageRight
    icon = "group"
    list_display = ["group", "locale", "may_translate", "may_check", "may_sign_off"]


class Directory(SnippetViewSetGroup):
    """One menu entry for what leaflets share."""

    items = (
        TopicViewSet,
        ContactViewSet,
        RightsHolderViewSet,
        PersonViewSet,
        GlossaryTermViewSet,
        LanguageRightViewSet,
    )
    menu_label = _("Directory")
    menu_icon = "list-ul"
    menu_order = 210


register_snippet(Directory)

#: Entries of the audit log about translations and the words that they are made with.
TRANSLATION_ACTIONS = {
    "patientinfo.segment_saved": _("Translation of a segment saved"),
    "patientinfo.segment_checked": _("Translation of a segment checked"),
    "patientinfo.segment_commented": _("Comment on a segment"),
    "patientinfo.comment_settled": _("Settle a comment on a segment"),
    "patientinfo.comment_reopened": _("Open a comment on a segment again"),
    "patientinfo.finding_dismissed": _("Finding in a translation dismissed"),
    "patientinfo.translation_imported": _("Translations imported from a file"),
    "patientinfo.memory_imported": _("Translation memory imported from a file"),
    "patientinfo.glossary_imported": _("Glossary imported from a file"),
    "patientinfo.sent_for_translation": _("Sent for translation"),
    "patientinfo.translation_signed": _("Translation signed off"),
    "patientinfo.draft_released": _("Draft given to translators"),
    "patientinfo.draft_taken_back": _("Draft taken back from translators"),
    "patientinfo.published_together": _("Published together with its translations"),
    "patientinfo.machine_translated": _("Empty segments translated by machine"),
    "patientinfo.part_overridden": _("Picture, link or references of this language's own chosen"),
    "patientinfo.part_taken_back": _("Picture, link or references of the source taken back"),
    "patientinfo.significance_raised": _("Called cosmetic, counted as content"),
}

#: And those that say what officers did; who was concerned and why stands in the request's own log.
LICENSING_ACTIONS = {
    "patientinfo.request_decided": _("Act on a permission request"),
    "patientinfo.licence_changed": _("Act on a licence"),
}


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("patientinfo/admin.css"))


@hooks.register("register_admin_urls", order=-1)
def admin_urls() -> list[Any]:
    """Before Wagtail's, of which the edit view of pictures is another here."""
    return [
        path("images/<int:image_id>/", ImageEditView.as_view()),
        path(
            "patientinfo/reissue/<str:model_name>/<int:pk>/",
            reissue_view,
            name="patientinfo_reissue",
        ),
        path("patientinfo/pictures/<str:digest>/", draft_picture, name="patientinfo_draft_picture"),
        *desk_urls,
        *permissions_urls,
    ]


def _works_on_translations(user: Any) -> bool:
    return any(languages_of(user, act) != set() for act in Act)


class TranslationsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return _works_on_translations(request.user)


@hooks.register("register_admin_menu_item")
def translations_menu_item() -> MenuItem:
    return TranslationsMenuItem(
        _("Translations"), reverse("patientinfo_matrix"), icon_name="globe", order=205
    )


@hooks.register("construct_homepage_panels")
def translations_panel(request: HttpRequest, panels: list[Any]) -> None:
    if _works_on_translations(request.user):
        panels.append(TranslationsPanel())


@hooks.register("register_admin_menu_item")
def permissions_menu_item() -> MenuItem:
    return PermissionsMenuItem(
        _("Permissions"),
        reverse("patientinfo_requests"),
        name="permissions",
        icon_name="key",
        order=207,
    )


@hooks.register("construct_homepage_panels")
def permissions_panel(request: HttpRequest, panels: list[Any]) -> None:
    if is_officer(request.user):
        panels.append(PermissionsPanel(request.user))


@hooks.register("before_edit_page")
def go_to_the_desk(request: HttpRequest, page: Any) -> HttpResponse | None:
    """The desk replaces the page editor for translations; `?editor=page` shows the editor."""
    if not isinstance(page, LeafletPage) or request.method != "GET" or "editor" in request.GET:
        return None
    if page.alias_of_id or source_page(page) is None:
        return None
    return redirect("patientinfo_desk", page.pk)


@hooks.register("register_page_listing_more_buttons")
def listing_more_buttons(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from _buttons(page, user)


@hooks.register("register_page_header_buttons")
def header_buttons(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    yield from _buttons(page, user)


def _buttons(page: Any, user: Any) -> Iterator[Button]:
    if not isinstance(page, LeafletPage) or not page.live:
        return
    if may_download(user, page):
        address = reverse("patientinfo_forms", args=[page.pk])
        yield Button(_("Download as …"), address, icon_name="download", priority=55)
    if has_draft(page) and page.permissions_for_user(user).can_edit():
        address = reverse("patientinfo_draft", args=[page.pk])
        yield Button(_("Draft for translators"), address, icon_name="globe", priority=56)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def advise_editor(request: HttpRequest, page: Any) -> None:
    """What may stay as it is, but better would not; autosave is told nothing."""
    if isinstance(page, LeafletPage) and request.accepts("text/html"):
        for advice in gate.advice_on(page):
            messages.warning(request, advice.message)
        if counts_as_content(page):
            messages.warning(
                request,
                _(
                    "More than punctuation, spacing and case has changed since the last edition: "
                    "this counts as a change of content, and translations fall behind."
                ),
            )


@hooks.register("after_edit_page")
def count_for_translators(request: HttpRequest, page: Any) -> None:
    """Of a source that is not live its translators have the newest draft; autosave counts none."""
    is_source = isinstance(page, LeafletPage) and not page.source_locale
    if is_source and not page.live and request.accepts("text/html"):
        refresh_progress(page.translation_key)


@hooks.register("register_snippet_listing_buttons")
def listing_buttons(
    snippet: Any, user: Any, next_url: str | None = None
) -> Iterator[ListingButton]:
    if isinstance(snippet, SHARED):
        yield ListingButton(_("Editions that show it"), reissue_url(snippet), priority=30)


@hooks.register("after_edit_snippet")
def tell_outdated_editions(request: HttpRequest, snippet: Any) -> None:
    tell_outdated(request, snippet)


@hooks.register("before_serve_document")
def keep_documents_in(document: Any, request: HttpRequest) -> None:
    """Files of the admin's library are no part of any Edition: they are for those who enter it."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    @actions.register_action("patientinfo.publish_refused")
    class PublishRefused(LogFormatter):
        label = _("Scheduled publishing refused")

        def format_message(self, log_entry: Any) -> str:
            reasons = " ".join(log_entry.data.get("reasons", []))
            return str(_("Scheduled publishing refused: %(reasons)s")) % {"reasons": reasons}

    for name, label in {**TRANSLATION_ACTIONS, **LICENSING_ACTIONS}.items():
        actions.register_action(name, label, label)
