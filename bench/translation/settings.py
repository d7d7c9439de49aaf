"""Production's settings, but that a page of the admin needs no files collected for it."""

from bench.settings import *  # noqa: F403 - a settings module is its parent and changes
from bench.settings import STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
