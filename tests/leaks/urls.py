"""The site's addresses with Wagtail's API for authors, as `WAGTAIL_API_V3=tokens` mounts it."""

from django.urls import path

from cms.urls import handler400, handler404, handler500
from cms.urls import urlpatterns as the_sites
from cms.wagtail_api import authors_urls

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("api/v3/", authors_urls(public=False)), *the_sites]
