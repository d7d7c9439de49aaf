"""
Every address of the site and what it may tell whom: the one table that a new address has to enter.

`test_addresses` walks Django's resolver and the OpenAPI documents and fails for what is not here.
To add an address: choose its kind; if none fits, add one and say in `oracle.py` what it may tell.
Of the admin's addresses those of our own code are named one by one; Wagtail's stand behind the
admin's door as a whole, and the walk tries that door at each of them.
"""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    """What an address gives, and so how the walk asks it."""

    LEAFLET = "words of one leaflet, to a program"
    LIST = "catalogue entries, to a program"
    MANY = "words of many leaflets at once, to a program"
    FRAME = "words of one leaflet, in the frame of the licence whose number is in the address"
    READER = "pages for people: a leaflet, its downloads, lists"
    PICTURE = "an image file, to whoever its address was made for"
    PROOF = "what anybody may know of a permission"
    PARTIES = "what only the parties to a permission may know"
    TOKEN = "for an editor's API token alone"
    PARTNER = "a partner's own requests, licences and keys, to that partner"
    EDITORS = "behind the admin's door"
    PLAIN = "nothing of any leaflet or licence"


#: Route as the resolver spells it → its kind. Languages' prefixes are taken off.
ADDRESSES: dict[str, Kind] = {
    "api/v1/pages/": Kind.LIST,
    "api/v1/pages/find/": Kind.LEAFLET,
    "api/v1/pages/<uuidstr:key>/": Kind.LEAFLET,
    "api/v1/pages/<uuidstr:key>/<locale>/": Kind.LEAFLET,
    "api/v1/pages/<uuidstr:key>/<locale>/editions/": Kind.LIST,
    "api/v1/pages/<uuidstr:key>/<locale>/editions/<int:number>/": Kind.LEAFLET,
    "api/v1/pages/<uuidstr:key>/<locale>/renditions/<channel>/": Kind.LEAFLET,
    "api/v1/pages/<uuidstr:key>/<locale>/editions/<int:number>/renditions/<channel>/": Kind.LEAFLET,
    "api/v1/openapi.json": Kind.PLAIN,
    "api/v1/docs": Kind.PLAIN,
    "api/v1/translations/": Kind.TOKEN,
    "api/v1/translations/<uuidstr:key>/<locale>/": Kind.TOKEN,
    "api/v1/translations/memory/": Kind.TOKEN,
    "api/v1/locales/": Kind.LIST,
    "api/v1/usage/": Kind.PLAIN,
    "api/v1/bundle/": Kind.MANY,
    # Health records.
    "fhir/R5/metadata": Kind.PLAIN,
    "fhir/R5/Composition": Kind.MANY,
    "fhir/R5/Composition/<str:given>": Kind.MANY,
    "fhir/R5/Composition/<str:given>/$document": Kind.MANY,
    "fhir/R5/DocumentReference": Kind.MANY,
    "fhir/R5/DocumentReference/<str:given>": Kind.MANY,
    r"fhir/^(?P<path>.*)$": Kind.PLAIN,
    "infobutton": Kind.MANY,
    "infobutton/": Kind.MANY,
    "api/v1/schemas/document.json": Kind.PLAIN,
    "api/v1/": Kind.PLAIN,
    "api/": Kind.PLAIN,
    "images/<str:given>/<str:image>/<str:name>": Kind.PICTURE,
    "media/<path:name>": Kind.EDITORS,
    "healthz": Kind.PLAIN,
    r"documents/^(\d+)/(.*)$": Kind.PLAIN,
    "documents/authenticate_with_password/<int:restriction_id>/": Kind.PLAIN,
    ".well-known/jwks.json": Kind.PLAIN,
    "permissions/": Kind.PROOF,
    "permissions/odrl-profile/1/": Kind.PLAIN,
    "permissions/<str:number>.json": Kind.PROOF,
    "permissions/<str:number>/": Kind.PROOF,
    "permissions/<str:number>/proof.jws": Kind.PROOF,
    "permissions/<str:number>/letter.pdf": Kind.PARTIES,
    "permissions/<str:number>/licence.jsonld": Kind.PARTIES,
    "": Kind.PLAIN,
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": Kind.READER,
    "_util/login/": Kind.PLAIN,
    r"^((?:[\w\-]+/)*)$": Kind.READER,
    # Partner clinics; asking shows the catalogue, of which a leaflet is chosen.
    "api/v1/permission-requests/": Kind.PARTNER,
    "partners/": Kind.LIST,
    "partners/ask/": Kind.LIST,
    "partners/ask/<uuid:uid>/": Kind.PARTNER,
    "partners/ask/<uuid:uid>/sent/": Kind.PARTNER,
    "partners/licences/<str:number>/": Kind.PARTNER,
    "partners/licences/<str:number>/bundle/": Kind.PARTNER,
    "partners/licences/<str:number>/keys/": Kind.PARTNER,
    "partners/licences/<str:number>/keys/<str:name>/revoke/": Kind.PARTNER,
    "partners/licences/<str:number>/keys/<str:name>/rotate/": Kind.PARTNER,
    "partners/requests/": Kind.PARTNER,
    "partners/requests/<uuid:uid>/": Kind.PARTNER,
    "^partners/": Kind.PLAIN,
    "partners/confirm/<str:token>/": Kind.PLAIN,
    "partners/sign-in/": Kind.PLAIN,
    "partners/sign-in/code/": Kind.PLAIN,
    "partners/sign-in/start/": Kind.PLAIN,
    "partners/sign-out/": Kind.PLAIN,
    # Wagtail's API for authors, where it is mounted: its document and its reader tell no words.
    "api/v3/openapi.json": Kind.PLAIN,
    "api/v3/docs/": Kind.PLAIN,
    "api/v3/": Kind.PLAIN,
    # The admin's addresses that are our own code.
    "admin/patientinfo/reissue/<str:model_name>/<int:pk>/": Kind.EDITORS,
    "admin/patientinfo/pictures/<str:digest>/": Kind.EDITORS,
    "admin/images/<int:image_id>/": Kind.EDITORS,
    "admin/permissions/": Kind.EDITORS,
    "admin/permissions/licences/": Kind.EDITORS,
    "admin/permissions/licences/<str:number>/": Kind.EDITORS,
    "admin/permissions/licences/<str:number>/act/": Kind.EDITORS,
    "admin/permissions/licences/<str:number>/amend/": Kind.EDITORS,
    "admin/permissions/requests/<int:pk>/": Kind.EDITORS,
    "admin/permissions/requests/<int:pk>/act/": Kind.EDITORS,
    "admin/permissions/requests/<int:pk>/offer/": Kind.EDITORS,
    "admin/snippets/patientinfo/glossaryterm/": Kind.EDITORS,
    "admin/snippets/patientinfo/glossaryterm/results/": Kind.EDITORS,
    "admin/translations/": Kind.EDITORS,
    "admin/translations/act/": Kind.EDITORS,
    "admin/translations/<int:page_id>/draft/": Kind.EDITORS,
    "admin/translations/words/": Kind.EDITORS,
    "admin/translations/words/glossary/": Kind.EDITORS,
    "admin/translations/exchange/": Kind.EDITORS,
    "admin/translations/exchange/all/": Kind.EDITORS,
    "admin/translations/exchange/bundle/": Kind.EDITORS,
    "admin/translations/<int:page_id>/exchange/": Kind.EDITORS,
    "admin/translations/<int:page_id>/exchange/download/": Kind.EDITORS,
    "admin/translations/<int:page_id>/forms/": Kind.EDITORS,
    "admin/translations/<int:page_id>/forms/<str:name>/": Kind.EDITORS,
    "admin/translations/<int:page_id>/": Kind.EDITORS,
    "admin/translations/<int:page_id>/save/": Kind.EDITORS,
    "admin/translations/<int:page_id>/check/": Kind.EDITORS,
    "admin/translations/<int:page_id>/comment/": Kind.EDITORS,
    "admin/translations/<int:page_id>/dismiss/": Kind.EDITORS,
    "admin/translations/<int:page_id>/settle/": Kind.EDITORS,
    "admin/translations/<int:page_id>/link/": Kind.EDITORS,
    "admin/translations/<int:page_id>/picture/": Kind.EDITORS,
    "admin/translations/<int:page_id>/references/": Kind.EDITORS,
    "admin/translations/<int:page_id>/machine/": Kind.EDITORS,
    "admin/translations/<int:page_id>/sign/": Kind.EDITORS,
    "admin/translations/<int:page_id>/preview/": Kind.EDITORS,
    "admin/translations/<int:page_id>/preview/pdf/": Kind.EDITORS,
}

#: What stands below a leaflet's page, behind the one route of all pages → its kind.
BELOW: dict[str, Kind] = {
    "download/<channel>/": Kind.READER,
    "embed/": Kind.READER,
    "embed/<number>/": Kind.FRAME,
    "screen/": Kind.READER,
    "screen/<name>/": Kind.READER,
}

#: Whole trees of Wagtail's own code: prefix → (the package whose views they are, their kind).
TREES: dict[str, tuple[tuple[str, ...], Kind]] = {
    "admin/": (("wagtail", "django"), Kind.EDITORS),
    "api/v3/": (("ninja", "wagtail", "functools"), Kind.TOKEN),
}

#: Operations of our OpenAPI document → the kind of their address.
OPERATIONS: dict[str, Kind] = {
    "list_pages": Kind.LIST,
    "find_page": Kind.LEAFLET,
    "get_page": Kind.LEAFLET,
    "get_page_in_language": Kind.LEAFLET,
    "list_editions": Kind.LIST,
    "get_edition": Kind.LEAFLET,
    "get_rendition": Kind.LEAFLET,
    "get_edition_rendition": Kind.LEAFLET,
    "ask_for_permission": Kind.PARTNER,
    "export_translations": Kind.TOKEN,
    "export_translation": Kind.TOKEN,
    "import_translation": Kind.TOKEN,
    "import_memory": Kind.TOKEN,
    "list_locales": Kind.LIST,
    "list_usage": Kind.PLAIN,
    "get_bundle": Kind.MANY,
    "get_document_schema": Kind.PLAIN,
}


class Unclassified(AssertionError):
    """An address that nobody has said yet what it may tell."""


def kind_of(route: str, module: str) -> Kind:
    """The kind of a route whose view is code of a module; `Unclassified` when none was given."""
    if route in ADDRESSES:
        return ADDRESSES[route]
    for prefix, (packages, kind) in TREES.items():
        if route.startswith(prefix) and module.partition(".")[0] in packages:
            return kind
    raise Unclassified(f"{route!r} ({module}): give it a kind in tests/leaks/addresses.py")
