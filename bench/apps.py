"""Hands out a leaflet's words over Wagtail's page API, for the comparison only."""

from django.apps import AppConfig

#: What our Document says, as far as Wagtail's API can say it from the page's own fields.
WORDS = ("summary", "body", "audience", "topics", "reviewed_on", "review_due", "writing_method")


class WordsInWagtailsApi(AppConfig):
    """Stands first among the applications: Wagtail reads the fields when its API is imported."""

    name = "bench"

    def ready(self) -> None:
        from wagtail.api import APIField

        from patientinfo.leaflets.leaflet_page import LeafletPage

        LeafletPage.api_fields = [APIField(name) for name in WORDS]
