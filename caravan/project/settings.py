"""Every setting. `docs/settings.md` lists the environment variables that change them."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from django.templatetags.static import static

from caravan.kernel.markets import LANGUAGES as SPOKEN
from caravan.project.secret import secret_key

BASE_DIR = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("CARAVAN_VAR", BASE_DIR / "var"))

# demo: sign-ins printed, mail shown on a page, sandbox payments. dev: the same without the data. production: none of it.
MODE = os.environ.get("CARAVAN_MODE", "dev")
PRODUCTION = MODE == "production"
DEBUG = os.environ.get("CARAVAN_DEBUG", "") == "1"
SECRET_KEY = secret_key(VAR, production=PRODUCTION)
ALLOWED_HOSTS = os.environ.get("CARAVAN_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]").split(",")
SITE_URL = os.environ.get("CARAVAN_SITE_URL", "http://127.0.0.1:8000")
SITE_NAME = os.environ.get("CARAVAN_SITE_NAME", "Caravan")

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "caravan.outbox",
    "caravan.signals",
    "caravan.people",
    "caravan.stores",
    "caravan.catalog",
    "caravan.promotions",
    "caravan.ledger",
    "caravan.shipping",
    "caravan.tax",
    "caravan.trade",
    "caravan.reputation",
    "caravan.insight",
    "caravan.search",
    "caravan.hooks",
    "caravan.web",
    "caravan.api",
    "caravan.project",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "caravan.web.middleware.security.SecurityHeaders",
    "caravan.web.middleware.problems.Problems",
    "django.middleware.common.CommonMiddleware",
    "caravan.api.middleware.Shortcut",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "caravan.web.middleware.market.MarketMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "caravan.web.middleware.storable.Storable",
]

UNFOLD = {
    "SITE_TITLE": SITE_NAME,
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("favicon.svg")}],
}

ROOT_URLCONF = "caravan.project.urls"
WSGI_APPLICATION = "caravan.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [BASE_DIR / "caravan" / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "caravan.web.templating.environment",
            "context_processors": ["caravan.web.templating.page_context"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {
    "default": {
        **dj_database_url.parse(os.environ.get("DATABASE_URL", "postgres://caravan@127.0.0.1:5432/caravan")),
        "ENGINE": "caravan.project.database",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Prepared at first use: the hot pages run the same few statements, and planning them costs as much as running them.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 1},
        "TEST": {"NAME": os.environ.get("CARAVAN_TEST_DB", "test_caravan")},
    }
}
# Only the sign-in library's counters of attempts live here; no page may need it to be fast.
CACHES = {"default": {"BACKEND": "caravan.people.actions.cache.TableCache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# scrypt: memory-hard, in Python's own library (docs/adr/0007). The second reads hashes brought along from elsewhere.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "caravan.web.account.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # phones whose clock is half a minute off
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# The tag in addresses is ours ("pt"); Django's catalogue of that name is European, so Brazil's is what it loads.
LANGUAGE_CODE = "en"
DJANGO_LANGUAGE = {tag: {"pt": "pt-br"}.get(tag, tag) for tag in SPOKEN}
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("es", "Español"), ("pt-br", "Português (Brasil)")]
LOCALE_PATHS = [BASE_DIR / "caravan" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
PRIVATE_ROOT = VAR / "private"
STORAGES = {
    # Names of media come from their content: writing one again writes the same, also over what a kill left half written.
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"allow_overwrite": True}},
    "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": PRIVATE_ROOT}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "caravan.web.storage.StaticFiles"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
SEARCH_ROOT = VAR / "search"
LAKE_ROOT = VAR / "lake"

EMAIL_BACKEND = os.environ.get(
    "CARAVAN_EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend" if PRODUCTION else "django.core.mail.backends.filebased.EmailBackend",
)
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = os.environ.get("CARAVAN_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("CARAVAN_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("CARAVAN_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CARAVAN_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("CARAVAN_SMTP_TLS", "") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("CARAVAN_FROM_EMAIL", f"{SITE_NAME} <market@localhost>")

SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "caravan.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = PRODUCTION and os.environ.get("CARAVAN_SSL_REDIRECT", "1") == "1"
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
# Behind a proxy that sets X-Forwarded-For and -Proto, and lets no visitor's own through.
BEHIND_PROXY = os.environ.get("CARAVAN_BEHIND_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# Addresses that belong to no market; everything else is redirected to the visitor's.
PATHS_WITHOUT_MARKET = frozenset(
    {"admin", "api", "healthz", "static", "media", "robots.txt", "favicon.ico", "sitemap.xml", "sitemaps", "webhooks"}
)
COUNTRY_HEADER = os.environ.get("CARAVAN_COUNTRY_HEADER", "")  # set by a trusted proxy, e.g. CF-IPCountry

# Of one token, or one address without; reads are counted in each process by itself.
API_READS_PER_MINUTE = int(os.environ.get("CARAVAN_API_READS_PER_MINUTE", "600"))
API_WRITES_PER_MINUTE = int(os.environ.get("CARAVAN_API_WRITES_PER_MINUTE", "120"))

# Who may tell of parcels at /webhooks/tracking/<name>, and what each signs with: "name=secret other=secret".
TRACKING_SECRETS = dict(pair.partition("=")[::2] for pair in os.environ.get("CARAVAN_TRACKING_SECRETS", "").split())

# Of one account, or one network without, in each process by itself. A suggestion costs a fifth of a search.
SEARCHES_PER_MINUTE = int(os.environ.get("CARAVAN_SEARCHES_PER_MINUTE", "240"))

PAYMENT_PROVIDER = os.environ.get("CARAVAN_PAYMENT_PROVIDER", "sandbox")
STRIPE_KEY = os.environ.get("CARAVAN_STRIPE_KEY", "")
STRIPE_WEBHOOK_SECRET = os.environ.get("CARAVAN_STRIPE_WEBHOOK_SECRET", "")
STRIPE_API = os.environ.get("CARAVAN_STRIPE_API", "https://api.stripe.com")
STRIPE_PAGES = os.environ.get("CARAVAN_STRIPE_PAGES", "https://checkout.stripe.com")

# What buyers pay above the mid rate of another currency, in hundredths of a percent; where newer rates are fetched from.
FX_MARGIN_BPS = int(os.environ.get("CARAVAN_FX_MARGIN_BPS", "100"))
RATES_URL = os.environ.get("CARAVAN_RATES_URL", "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("CARAVAN_LOG", "WARNING")},
    # A refusal (4xx) is an answer to a visitor, not news for the operator: thousands press at once for what is gone.
    "loggers": {"django.request": {"level": os.environ.get("CARAVAN_LOG", "ERROR")}},
}
