"""A developer's machine: a SQLite file, memory and local files below ``var/``; mail is printed."""

from cms import backends
from cms.env import DEVELOPMENT_SECRET_KEY, DEVELOPMENT_SIGNING_KEY
from cms.settings.base import *  # noqa: F403 - a settings module is its parent and changes
from cms.settings.base import PATIENTINFO, VAR_DIR, env

VAR_DIR.mkdir(exist_ok=True)

DEBUG = env.values.get("DEBUG", "yes") not in {"no", "0", "false"}
SECRET_KEY = DEVELOPMENT_SECRET_KEY
ALLOWED_HOSTS = ["*"]

# Static files are found where they are written, without collectstatic.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

DATABASES = {
    "default": backends.database(
        env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'patientinfo.sqlite3'}"),
        conn_max_age=env.number("DATABASE_CONN_MAX_AGE"),
    )
}
CACHES = {"default": backends.cache(env.text("CACHE_URL", "locmem://"))}
locals().update(backends.mail(env.text("EMAIL_URL", "console://")))
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Leaflets <leaflets@clinic.example>")

PUBLIC_URL = env.origin("PUBLIC_URL", "http://127.0.0.1:8000", secure=False)
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_SITE_NAME = env.text("SITE_NAME", "Uplands Physio Clinic")

PATIENTINFO = {
    **PATIENTINFO,
    "PUBLIC_URL": PUBLIC_URL,
    # Told in headers as everywhere, and no program that is tried out here meets them.
    "THROTTLE_KEY": env.limit("THROTTLE_KEY", "1000000/minute"),
    "THROTTLE_ADDRESS": env.limit("THROTTLE_ADDRESS", "1000000/minute"),
    "SIGNING_KEYS": env.text("LICENCE_SIGNING_KEY", DEVELOPMENT_SIGNING_KEY),
    **env.letter_certificate(),
}
