"""A server: everything comes from the environment, and nothing is assumed that would be unsafe.

A variable that is missing, cannot be read or is too weak stops the start with a message that
names it. ``manage.py check --deploy`` has nothing to say about the result.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cms import backends
from cms.settings.base import *  # noqa: F403 - a settings module is its parent and changes
from cms.settings.base import PATIENTINFO, STATIC_ROOT, STORAGES, WAGTAIL_API_V3, env


def backend(name: str, parse: Callable[..., dict[str, Any]], **options: Any) -> dict[str, Any]:
    """Parse the address in variable ``name``; one that cannot be used is refused by name."""
    url = env.text(name)
    try:
        return parse(url, **options)
    except ValueError as error:
        # The address may hold a password, so it is not repeated.
        raise env.refuse(name, f"cannot be used: {error}".rstrip(".")) from None


DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
PUBLIC_URL = env.origin("PUBLIC_URL")
WAGTAILADMIN_BASE_URL = PUBLIC_URL
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

if "*" in ALLOWED_HOSTS:
    raise env.refuse("ALLOWED_HOSTS", "is *, which lets anybody choose the host in our links")
if urlsplit(PUBLIC_URL).hostname not in ALLOWED_HOSTS:
    raise env.refuse("ALLOWED_HOSTS", "does not name the host of PUBLIC_URL")

# Where things are kept

DATABASES = {
    "default": backend(
        "DATABASE_URL", backends.database, conn_max_age=env.number("DATABASE_CONN_MAX_AGE")
    )
}
CACHES = {"default": backend("CACHE_URL", backends.cache)}
STATIC_ROOT = Path(env.text("STATIC_ROOT") or STATIC_ROOT)
STORAGES = {
    **STORAGES,
    "default": backend("STORAGE_URL", backends.storage),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
locals().update(backend("EMAIL_URL", backends.mail))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM")

# Work that can wait is done by `manage.py db_worker`, from the same database.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What is shown

PATIENTINFO = {
    **PATIENTINFO,
    # The sample partner's, which stands in the source.
    "REFUSED_KEYS": ("samplePartne",),
    "PUBLIC_URL": PUBLIC_URL,
    "THROTTLE_KEY": env.limit("THROTTLE_KEY"),
    "THROTTLE_ADDRESS": env.limit("THROTTLE_ADDRESS"),
    "BEHIND_PROXY": env.flag("BEHIND_PROXY"),
    "SIGNING_KEYS": env.signing_keys("LICENCE_SIGNING_KEY"),
    **env.letter_certificate(),
}
if WAGTAIL_API_V3 == "open":
    raise env.refuse("WAGTAIL_API_V3", "is open, which shows licensed words to anybody")

# Safety of the connection

SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT")
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS")
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD")
if env.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Limits per address would otherwise count everybody as the proxy.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
