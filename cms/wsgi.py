"""The WSGI entry that granian serves: ``granian --interface wsgi cms.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()

# A server whose Editions could be changed does not start. Importable only now that apps are ready.
from patientinfo.checks import prove_guardrails  # noqa: E402
from patientinfo.management.loaded import leave_loaded_alone  # noqa: E402

prove_guardrails()
get_resolver().url_patterns  # noqa: B018 - loads the views, which the first request would else do
leave_loaded_alone()
