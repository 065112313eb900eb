"""As little of a project as django-oscar runs in: its own defaults, a database in memory."""

from oscar import INSTALLED_APPS as OSCAR
from oscar.defaults import *  # noqa: F403

SECRET_KEY = "bench"  # noqa: S105
INSTALLED_APPS = OSCAR
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
ROOT_URLCONF = "oscar.apps.urls"
SITE_ID = 1
USE_TZ = True
OSCAR_DEFAULT_CURRENCY = "BRL"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
