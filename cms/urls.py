"""The addresses of the site: editors, programs, readers."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.views import front_door, front_door_of, health, serve_media
from patientinfo.channels.pictures import serve_picture

# Programs' addresses come first: every address that is tried before takes some of a read's time.
urlpatterns: list[URLPattern | URLResolver] = []

if settings.WAGTAIL_API_V3 != "off":
    # Only now: importing it builds schemas of every page type.
    from cms.wagtail_api import authors_urls

    urlpatterns.append(path("api/v3/", authors_urls(public=settings.WAGTAIL_API_V3 == "open")))

urlpatterns += [
    path("api/", include("patientinfo.urls")),
    path("fhir/", include("patientinfo.api.fhir.urls")),
    path("", include("patientinfo.api.infobutton.urls")),
    path("images/<str:given>/<str:image>/<str:name>", serve_picture, name="patientinfo_picture"),
    path("media/<path:name>", serve_media, name="media"),
    path("healthz", health, name="health"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("patientinfo.proofs.urls")),
    path("", front_door, name="front_door"),
    re_path(r"^partners/", front_door_of, name="front_door_of_partners"),
    *i18n_patterns(
        path("partners/", include("patientinfo.partners.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=True,
    ),
]

# Programs get a problem document where Django itself has to answer, people a page.
handler400 = "patientinfo.api.handlers.bad_request"
handler404 = "patientinfo.api.handlers.page_not_found"
handler500 = "patientinfo.api.handlers.server_error"
