"""
The package's settings: one table of names, defaults and help, read in one place.

A project sets them in `PATIENTINFO = {...}`; `docs/settings.md` is checked against this table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d+)?|\*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its default and what it is for."""

    default: Any
    help: str


TABLE: dict[str, Setting] = {
    "PUBLIC_ACCESS": Setting(
        "read",
        "What anybody may have of a leaflet that sets no level of its own: "
        "`catalogue`, `read` or `full`.",
    ),
    "PUBLIC_URL": Setting(
        "http://127.0.0.1:8000",
        "Scheme and host under which the site is reached; no slash at its end.",
    ),
    "READER": Setting(
        "patientinfo.channels.web.serve_leaflet",
        "Dotted name of the function that answers a leaflet's page: (request, key, locale).",
    ),
    "PREVIEWER": Setting(
        "patientinfo.channels.web.preview_leaflet",
        "Dotted name of the function that shows an editor's draft: (request, document).",
    ),
    "INDEX_READER": Setting(
        "patientinfo.channels.web.serve_index",
        "Dotted name of the function that lists leaflets: (request, title, intro, locale).",
    ),
    "DOWNLOADER": Setting(
        "patientinfo.channels.web.serve_download",
        "Dotted name of the function that answers a leaflet's downloads: "
        "(request, key, locale, channel).",
    ),
    "EMBEDDER": Setting(
        "patientinfo.channels.web.serve_embed",
        "Dotted name of the function that answers a leaflet for a frame in another page: "
        "(request, key, locale, number of a licence or nothing).",
    ),
    "EMBED_ORIGINS": Setting(
        [],
        "Origins like `https://www.clinic.example` of the clinic's own, whose pages may show any "
        "leaflet in a frame; `*` is every page. Partners have frames of their licences.",
    ),
    "SCREEN": Setting(
        "patientinfo.channels.web.serve_screen",
        "Dotted name of the function that answers a leaflet's screen: "
        "(request, key, locale, name).",
    ),
    "PDF_PREVIEWER": Setting(
        "patientinfo.channels.pdf.preview_pdf",
        "Dotted name of the function that shows an editor's draft on paper: (request, document).",
    ),
    "CHANNELS": Setting(
        [
            "patientinfo.channels.pdf.PdfChannel",
            "patientinfo.channels.pdf.LargePrintChannel",
            "patientinfo.channels.epub.EpubChannel",
            "patientinfo.channels.text.TextChannel",
            "patientinfo.channels.speech.SpeechChannel",
            "patientinfo.channels.markdown.MarkdownChannel",
            "patientinfo.channels.fragment.FragmentChannel",
            "patientinfo.channels.fragment.HtmlChannel",
            "patientinfo.channels.jsonld.JsonLdChannel",
            "patientinfo.channels.sms.SmsChannel",
            "patientinfo.channels.fhir.FhirChannel",
            "patientinfo.channels.infobutton.InfobuttonChannel",
            "patientinfo.channels.screen.ScreenChannel",
            "patientinfo.exchange.channels.PoChannel",
            "patientinfo.exchange.channels.XliffChannel",
        ],
        "Dotted names of the channels, subclasses of `patientinfo.channels.base.Channel`, in the "
        "order of menus.",
    ),
    "FONT_PACKAGES": Setting(
        ["fontpkg_noto_sans", "fontpkg_noto_sans_arabic", "fontpkg_noto_sans_devanagari"],
        "Python packages with the fonts of paper, the first for what it has. Another script is "
        "added by installing its `fontpkg-…` and naming it here.",
    ),
    "RENDITION_DAYS": Setting(
        30, "Days after which `manage.py clear_renditions` throws a kept rendition away."
    ),
    "PREVIEW_DOCUMENT": Setting(
        "patientinfo.editions.compose.compose_draft",
        "Dotted name of the function that makes a draft page into a Document for its preview.",
    ),
    "PERMISSION_URL": Setting(
        "", "Where a clinic asks for written permission; empty: this site's pages for partners."
    ),
    "REFUSED_KEYS": Setting(
        (), "Names of access keys that are known to everybody and open nothing here."
    ),
    "THROTTLE_KEY": Setting(
        "600/minute",
        "How much may be asked with one key, as `600/minute` or `600/minute, burst 100` (second, "
        "minute or hour). Empty: its requests are counted for the address that they come from.",
    ),
    "THROTTLE_ADDRESS": Setting(
        "600/minute",
        "How much one address may ask without a key of the API, health records' addresses, proofs, "
        "pictures, frames and downloads together. Empty: as much as it likes.",
    ),
    "BEHIND_PROXY": Setting(
        False,
        "Does a proxy in front name its client as the last entry of X-Forwarded-For? If not, that "
        "header is not believed.",
    ),
    "USAGE_FLUSH_SECONDS": Setting(
        10,
        "Seconds that counts of what was read under licences wait in a process before they are "
        "written; 0: written with each reading.",
    ),
    "LICENSOR": Setting(
        {},
        "The clinic as its licences name it: `name`, `country` (ISO 3166-1), `contact`, `email`. "
        "Without a name, that of the site.",
    ),
    "LICENSING_EMAIL": Setting(
        "", "Address that hears of requests to decide on; empty: nobody is written to."
    ),
    "REQUEST_TARGET_DAYS": Setting(
        14, "Days within which the clinic means to answer a permission request."
    ),
    "TWO_OFFICERS": Setting(
        False, "Must a second officer agree before the partner can accept an offer?"
    ),
    "REMIND_DAYS": Setting(
        [60, 14], "Days before the end of a licence at which its holder is reminded to renew it."
    ),
    "SIGNING_KEYS": Setting(
        "",
        "What proofs of permissions are signed with: a PEM, several in a row, a JWK or a JWK Set; "
        "Ed25519, the first signs. Empty: proofs are not signed.",
    ),
    "LETTER_CERTIFICATE": Setting(
        "",
        "What letters of permission are signed with: a PEM of the clinic's certificate and its "
        "issuers, or a file of that. Empty: a certificate for development, which says so.",
    ),
    "LETTER_KEY": Setting("", "The private key of that certificate: a PEM, or a file of that."),
    "LETTER_KEY_PASSPHRASE": Setting("", "What that private key is encrypted with."),
    "SELF_CHECK": Setting(False, "May a translator check their own segments?"),
    "SELF_SIGN_OFF": Setting(False, "May a translator sign off their own translation?"),
    "SAFETY_HOLDS": Setting(
        True,
        "Does a change that matters for safety hold translations back until they are signed off "
        "again? If not, they are shown as behind.",
    ),
    "CHECK_LEVELS": Setting(
        {}, "Levels of translation checks by name: `blocking`, `advisory` or `off`."
    ),
    "MEMORY_MINIMUM": Setting(
        70, "Per cent from which a translation in the memory is alike enough to be suggested."
    ),
    "MACHINE_TRANSLATOR": Setting(
        None,
        "A machine translator for the desk, `{'CLASS': dotted name, 'OPTIONS': {…}}`, with the "
        "interface of wagtail-localize's; see `patientinfo.translation.machine`. None: no text is "
        "sent anywhere.",
    ),
}


def get_setting(name: str) -> Any:
    """The value of one of `TABLE`'s settings; `KeyError` for a name that is not in it."""
    default = TABLE[name].default
    return getattr(settings, "PATIENTINFO", {}).get(name, default)


def wrong_origins(named: Iterable[str]) -> list[str]:
    """Those that are no origin of pages, as `EMBED_ORIGINS` names them."""
    return [origin for origin in named if not _ORIGIN.fullmatch(origin)]


def get_callable(name: str) -> Callable[..., Any]:
    """The function that a setting names."""
    found: Callable[..., Any] = import_string(get_setting(name))
    return found


def partners_url() -> str:
    """Where written permission is asked: where the project says, or on our own pages."""
    return str(get_setting("PERMISSION_URL")) or public_url("/partners/")


def renewal_url(number: str) -> str:
    """
    Where the renewal of a licence is asked for: where the project says, or on the licence's own
    page, which asks its partner to sign in.
    """
    given = str(get_setting("PERMISSION_URL"))
    return given or public_url(f"/partners/licences/{number}/")


def permission_url(key: str, locale: str) -> str:
    """
    Where written permission is asked for a leaflet in a language: where the project says, or on our
    own pages for partners, which then know what it is about.
    """
    given = str(get_setting("PERMISSION_URL"))
    return given or public_url(f"/{locale}/partners/?leaflet={key}&locale={locale}")


def public_url(path: str = "") -> str:
    """`path` (with its leading slash) as an absolute address."""
    return str(get_setting("PUBLIC_URL")).rstrip("/") + path
