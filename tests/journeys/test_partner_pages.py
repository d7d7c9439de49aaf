"""Pages of partners and of proofs in five languages, judged by programs that we did not write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from playwright.sync_api import Browser, BrowserContext

from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing import decisions
from patientinfo.licensing.access_keys import issue_key
from patientinfo.licensing.actions import suspend_licence
from patientinfo.licensing.requests import Asker, confirm_email, create_draft, submit
from patientinfo.licensing.wishes import Wish
from patientinfo.partners.accounts import account_for
from tests.journeys.judges import axe_complaints, html_complaints, java_path
from tests.licences import make_licence, make_licensee, make_terms

pytestmark = pytest.mark.browser

#: Each language in one width; both directions in both would take twice as long and find the same.
WINDOWS = [("en", 1280), ("nl", 390), ("de", 1280), ("es", 390), ("ar", 390)]
PUBLIC = ("", "sign-in/", "ask/")
ADDRESS = "m.aker@harbour.example"


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody signed in: the session, and one page of each kind that they can see."""

    session: str
    pages: tuple[str, ...]
    proofs: tuple[str, ...]


@pytest.fixture(scope="module")
def partner(db: None) -> Partner:
    """With a draft, an offer, a question and a licence; made before the browser is opened."""
    user: Any = account_for(ADDRESS)
    key = str(CatalogueEntry.objects.values_list("key", flat=True)[0])
    asker = Asker("Harbour Rehab (fictional)", "NL", "M. Aker", ADDRESS, "en")
    wish = Wish(
        leaflets=frozenset({key}),
        locales=frozenset({"nl"}),
        uses={"website": {}},
        starts=date(2030, 1, 1),
    )
    draft, offered, asked_back = (
        confirm_email(create_draft(asker, wish, user=user), user=user) for _ in range(3)
    )
    terms = make_terms(leaflets=frozenset({key}), parts=frozenset({"text"}))
    decisions.offer(submit(offered), terms, by="x")
    decisions.ask_back(submit(asked_back), "For patients only?", by="x")
    licensee = make_licensee()
    licensee.members.add(user)
    licence, suspended = make_licence(licensee), make_licence(licensee)
    issue_key(licence, "Website", by="x", origins=["https://harbour.example"])
    suspend_licence(suspended, by="x", reason="Asked back")
    return Partner(
        session_of(user),
        (
            f"ask/?leaflet={key}",
            f"ask/{draft.uid}/",
            "requests/",
            f"requests/{offered.uid}/",
            f"requests/{asked_back.uid}/",
            f"licences/{licence.number}/",
            "sign-out/",
        ),
        (
            "/permissions/",
            f"/permissions/{licence.number}/",
            f"/permissions/{suspended.number}/",
            "/permissions/P26-0000-0000/",
        ),
    )


@pytest.fixture(scope="module", autouse=True)
def pages(partner: Partner) -> dict[str, bytes]:
    """The HTML of every page, by language and path; asked for before the browser is there."""
    client, found = Client(), {}
    for locale, _width in WINDOWS:
        client.cookies.clear()
        for path in PUBLIC:
            found[f"{locale} {path}"] = client.get(f"/{locale}/partners/{path}").content
        wrong = client.post(f"/{locale}/partners/ask/", {"action": "send"})
        found[f"{locale} errors"] = wrong.content
        client.cookies[settings.SESSION_COOKIE_NAME] = partner.session
        for path in partner.pages:
            found[f"{locale} {path}"] = client.get(f"/{locale}/partners/{path}").content
        for path in partner.proofs:
            found[f"{locale} {path}"] = client.get(path, {"lang": locale}).content
    return found


def session_of(user: Any) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def window(browser: Browser, width: int) -> BrowserContext:
    """A window of this width."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.set_default_timeout(15_000)
    return context


def signed_in(partner: Partner) -> dict[str, str]:
    return {"name": settings.SESSION_COOKIE_NAME, "value": partner.session}


@pytest.mark.parametrize(("locale", "width"), WINDOWS)
def test_nobody_is_kept_out(
    partner: Partner, clinic: str, browser: Browser, locale: str, width: int
) -> None:
    context = window(browser, width)
    page, found = context.new_page(), {}
    for path in PUBLIC:
        page.goto(f"{clinic}/{locale}/partners/{path}")
        found[path] = axe_complaints(page)
    page.locator("button[value=send]").click()
    page.wait_for_selector("#errors")
    found["errors"] = axe_complaints(page)
    context.add_cookies([{**signed_in(partner), "url": clinic}])  # type: ignore[list-item]
    for path in partner.pages:
        page.goto(f"{clinic}/{locale}/partners/{path}")
        found[f"signed in: {path}"] = axe_complaints(page)
    for path in partner.proofs:
        page.goto(f"{clinic}{path}?lang={locale}")
        found[path] = axe_complaints(page)
    context.close()
    assert {path: told for path, told in found.items() if told} == {}


def test_every_page_is_valid_html(pages: dict[str, bytes], tmp_path: Path) -> None:
    if java_path() is None:
        pytest.skip("Java is not installed (Debian: apt install epubcheck)")
    assert html_complaints(pages, tmp_path) == set()
