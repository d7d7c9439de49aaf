"""The sample clinic around its leaflets: languages, front pages, snippets, pictures, people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.images import ImageFile
from wagtail.models import (
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.loading import SAMPLE, Json, page_of, read
from home.models import HomePage
from patientinfo.leaflets.approval_task import ClinicalApprovalTask
from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.index_page import LeafletIndexPage
from patientinfo.leaflets.snippets import Contact, Person, RightsHolder, Topic

APPROVERS = "Clinical approvers"


def load_locales() -> dict[str, Locale]:
    """Wagtail's languages, one for each of the site's, the source first."""
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in codes}


def load_home_pages(locales: dict[str, Locale]) -> dict[str, Page]:
    """The front page and the leaflet index of each language; returns the front pages."""
    data = read("home")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    homes: dict[str, Page] = {}
    for code, locale in locales.items():
        found = page_of(HomePage, data["home"]["key"], locale)
        homes[code] = found or _add_page(
            root, HomePage, data["home"], code, locale, slug=f"home-{code}"
        )
        if page_of(LeafletIndexPage, data["index"]["key"], locale) is None:
            _add_page(homes[code], LeafletIndexPage, data["index"], code, locale, slug="leaflets")
    _use_as_site(homes["en"], data["site_name"])
    return homes


def _add_page(
    parent: Page, model: type[Page], data: Json, code: str, locale: Locale, slug: str
) -> Page:
    page: Any = model(**data["texts"][code], slug=slug, locale=locale, live=False)
    page.translation_key = data["key"]
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    return Page.objects.get(pk=page.pk)


def _use_as_site(home: Page, name: str) -> None:
    """
    Makes the sample the default site where nothing but Wagtail's own welcome page is; a site that
    somebody set up is left alone.
    """
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname="localhost", root_page=home, is_default_site=True, site_name=name
        )
        return
    welcome = site.root_page
    pristine = welcome.specific_class is Page and not welcome.revisions.exists()
    if pristine and welcome.numchild == 0:
        site.root_page, site.site_name = home, site.site_name or name
        site.save()
        welcome.delete()


def load_snippets(locales: dict[str, Locale]) -> dict[str, Any]:
    """Topics, contacts and rights holders in every language; returns the source rows by ref."""
    data = read("snippets")
    models = {"topics": Topic, "contacts": Contact, "rights_holders": RightsHolder}
    found: dict[str, Any] = {}
    for kind, model in models.items():
        for entry in data[kind]:
            same = {n: v for n, v in entry.items() if n not in ("ref", "key", "texts")}
            for code, locale in locales.items():
                row, _made = model.objects.get_or_create(  # type: ignore[attr-defined]
                    translation_key=entry["key"],
                    locale=locale,
                    defaults={**same, **entry["texts"][code]},
                )
                found.setdefault(entry["ref"], row)
    return found


def load_people() -> dict[str, Person]:
    """The fictional people, by ref."""
    people = {}
    for entry in read("people")["people"]:
        people[entry["ref"]], _made = Person.objects.get_or_create(
            uid=entry["id"],
            defaults={
                "name": entry["name"],
                "consent_on": date.fromisoformat(entry["consent_recorded_on"]),
            },
        )
    return people


def load_images(snippets: dict[str, Any]) -> dict[str, int]:
    """The two drawings, each with the rights of its owner; returns ids by ref."""
    found = {}
    for entry in read("images")["images"]:
        path: Path = SAMPLE / entry["file"]
        image = LeafletImage.objects.filter(title=entry["title"]).first()
        if image is None:
            with path.open("rb") as file:
                image = LeafletImage.objects.create(
                    title=entry["title"],
                    file=ImageFile(file, name=path.name),
                    alt_text=entry["alt"],
                    caption=entry["caption"],
                    credit=entry["credit"],
                    rights_holder=snippets[entry["rights_holder"]],
                )
        found[entry["ref"]] = image.pk
    return found


def load_accounts(people: dict[str, Person], password: str, home: Page) -> list[str]:
    """
    The sample's accounts and its approval workflow; returns the names of the accounts made now.

    `admin` may do everything and approves as Dr Ada Vermeer; `editor` writes and submits.
    """
    approvers, _made = Group.objects.get_or_create(name=APPROVERS)
    approvers.permissions.add(
        Permission.objects.get(codename="add_clinicalapproval"),
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"),
    )
    users = get_user_model().objects
    made = []
    for name, person, superuser in (
        ("admin", "ada-vermeer", True),
        ("editor", "ruth-calder", False),
    ):
        if users.filter(**{get_user_model().USERNAME_FIELD: name}).exists():
            continue
        make = users.create_superuser if superuser else users.create_user
        user = make(name, f"{name}@uplands-physio.example", password)
        user.groups.add(approvers if superuser else Group.objects.get(name="Editors"))
        Person.objects.filter(pk=people[person].pk, user=None).update(user=user)
        made.append(name)
    _load_workflow(approvers, home)
    return made


def _load_workflow(approvers: Group, home: Page) -> None:
    task, _made = ClinicalApprovalTask.objects.get_or_create(name="Clinical approval")
    task.groups.add(approvers)
    workflow, made = Workflow.objects.get_or_create(name="Clinical approval")
    if made:
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    if not WorkflowPage.objects.filter(page=home).exists():
        WorkflowPage.objects.create(page=home, workflow=workflow)
