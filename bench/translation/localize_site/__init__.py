"""The one application of wagtail-localize's site: a page with the words of a leaflet of ours."""

urlpatterns: list[object] = []
