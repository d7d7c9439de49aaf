"""
Production's settings, so that what is measured is what runs.

`BENCH_PEER` adds Wagtail's own page API, open to everybody, which production refuses: `plain` as it
comes (title and meta, no words), `words` with the leaflet's fields declared as a site would that
wanted to hand them out.

Nothing is throttled: a load is what limits are there against.
"""

import os

from cms.settings.production import *  # noqa: F403 - a settings module is its parent and changes
from cms.settings.production import INSTALLED_APPS, PATIENTINFO

PATIENTINFO = {**PATIENTINFO, "THROTTLE_KEY": "", "THROTTLE_ADDRESS": ""}

peer = os.environ.get("BENCH_PEER", "")
WAGTAIL_API_V3 = "open" if peer else "off"
if peer == "words":
    INSTALLED_APPS = ["bench.apps.WordsInWagtailsApi", *INSTALLED_APPS]
