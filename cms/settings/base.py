"""What every place shares: applications, languages, templates, and what the product is told.

Nothing here reads the environment but the few values that a person may set in any place.
"""

import os
from pathlib import Path
from typing import Any

from cms.env import Environment

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

env = Environment(os.environ)

# Applications. The product comes before Wagtail, so that its templates win.

INSTALLED_APPS = [
    "patientinfo.apps.PatientInfoConfig",
    "home.apps.HomeConfig",
    "wagtail.api.v3",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "allauth",
    "allauth.account",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

# Programs read the API without a session; cms.middleware sends them down a chain of their own.

STATELESS_PATHS = ("/api/", "/fhir/", "/infobutton", "/healthz", "/images/", "/.well-known/")
STATELESS_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

MIDDLEWARE = [
    "cms.middleware.ProgramsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.middleware.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "patientinfo.leaflets.middleware.RefusedPublishMiddleware",
    # Addresses stand on paper, in text messages and in other sites: an old one leads to its page.
    "cms.middleware.OldAddressesMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Languages, each by its own name. The first is the language that leaflets are written in.

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("nl", "Nederlands"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("ar", "العربية"),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# A page of many blocks has more form fields than Django expects of an honest form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Background work runs at once, in the request, until a worker is there to do it.
TASKS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
}

# Partners sign in by a code that is sent to their address; they have no password, and nobody makes
# an account by asking for one. Editors sign in at /admin/, as Wagtail has it.

ACCOUNT_ADAPTER = "patientinfo.partners.adapter.PartnerAdapter"
ACCOUNT_FORMS = {"request_login_code": "patientinfo.partners.accounts.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is confirmed before it gets an account
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/h/ip,5/h/key", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_LOGOUT_REDIRECT_URL = "partners:landing"
LOGIN_REDIRECT_URL = "partners:requests"

# Wagtail

WAGTAIL_SITE_NAME = env.text("SITE_NAME")
WAGTAILIMAGES_IMAGE_MODEL = "patientinfo.LeafletImage"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpeg", "jpg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_API_V3 = env.choice("WAGTAIL_API_V3", ("off", "tokens", "open"))

# The product. READER, PREVIEWER and INDEX_READER name who draws a page, so that the page models
# need not know the channels above them.

PATIENTINFO: dict[str, Any] = {
    "PUBLIC_ACCESS": env.choice("PUBLIC_ACCESS", ("catalogue", "read", "full")),
    "PERMISSION_URL": env.text("PERMISSION_URL"),
    "EMBED_ORIGINS": env.origins("EMBED_ORIGINS"),
    **env.licensing(),
    "READER": "patientinfo.channels.web.serve_leaflet",
    "PREVIEWER": "patientinfo.channels.web.preview_leaflet",
    "INDEX_READER": "patientinfo.channels.web.serve_index",
}

# What is logged names the event and the place, never a person: no addresses of mail, no key, no
# form field. Django's own request log holds only the method's outcome and the path.

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL").upper()},
    "loggers": {
        # Its default handler mails whole requests, with what people typed, to ADMINS.
        "django": {"handlers": ["console"], "propagate": False},
        # Two lines a task, and publishing one page starts several.
        "django_tasks": {"level": "WARNING"},
        # Every page and revision; the audit log in the database says it better.
        "wagtail": {"level": "WARNING"},
    },
}
