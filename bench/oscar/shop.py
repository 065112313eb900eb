"""A shop on django-oscar as one runs it in production: its own apps, templates and addresses, on the PostgreSQL of DATABASE_URL.

What can be had by a setting is on: templates are kept compiled (Django does so by itself where DEBUG is off), connections stay
open, one language is not translated, facets are off. What stands outside of it costs nothing (`bench/oscar/services.py`).
"""

import os

from oscar import INSTALLED_APPS as OSCAR
from oscar.defaults import *  # noqa: F403
from psycopg.conninfo import conninfo_to_dict

SECRET_KEY = "only for measuring"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = OSCAR
SITE_ID = 1
ROOT_URLCONF = "bench.oscar.urls"

_database = conninfo_to_dict(os.environ["DATABASE_URL"])
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **{django: _database.get(libpq) or "" for django, libpq in (
            ("NAME", "dbname"), ("USER", "user"), ("PASSWORD", "password"), ("HOST", "host"), ("PORT", "port"),
        )},
        "CONN_MAX_AGE": None,
    }
}  # fmt: skip
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# As its documentation has a project begin.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.apps.search.context_processors.search_form",
                "oscar.apps.checkout.context_processors.checkout",
                "oscar.apps.communication.notifications.context_processors.notifications",
                "oscar.core.context_processors.metadata",
            ]
        },
    }
]
AUTHENTICATION_BACKENDS = [
    "oscar.apps.customer.auth_backends.EmailBackend",
    "django.contrib.auth.backends.ModelBackend",
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = False
USE_TZ = True
STATIC_URL, MEDIA_URL = "/static/", "/media/"

HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "bench.oscar.services.Engine"}}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"
OSCAR_THUMBNAILER = "bench.oscar.services.Thumbnailer"
OSCAR_SEARCH_FACETS = {"fields": {}, "queries": {}}
OSCAR_PRODUCTS_PER_PAGE = 48
OSCAR_DEFAULT_CURRENCY = "BRL"
