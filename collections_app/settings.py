"""Settings: one file, everything from the environment through typed readers.

WORKBENCH_MODE says what kind of place this is:

    production   the default: nothing is guessed, and what is missing is said in a sentence
    demo         what `manage.py` sets when nothing is said: embedded servers, and a key of its own
    dev          as demo, with Django's debug pages
    test         tests/settings.py
"""

import logging
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from csp.constants import NONE, SELF

from collections_app.lib import log_lines, walled_connections
from collections_app.people import sign_on_rules
from collections_app.runtime import addresses, environment, secret_key
from collections_app.runtime.home import Home

ROOT = Path(__file__).resolve().parent.parent
HOME = Home.of_project()

env = environment.Settings(os.environ)

MODE = env.text("WORKBENCH_MODE", "production")
if MODE not in {"production", "demo", "dev", "test"}:
    raise SystemExit(f"WORKBENCH_MODE is {MODE!r}; it must be production, demo, dev or test.")
IS_PRODUCTION = MODE == "production"

_NEEDED_IN_PRODUCTION = {
    "SECRET_KEY": "a long random text that nobody else knows",
    "ALLOWED_HOSTS": "the names under which browsers reach this site, with commas between them",
    "DATABASE_URL": "where PostgreSQL is: postgres://user:password@host:5432/name",
    "REDIS_URL": "where Redis is: redis://host:6379/0",
    "EMAIL_URL": "the server that sends mail: smtp+tls://user:password@host:587",
    "MAIL_FROM": "the address that mail comes from: collections@company.example",
}
if IS_PRODUCTION and (_missing := [name for name in _NEEDED_IN_PRODUCTION if not os.environ.get(name)]):
    raise SystemExit(
        "The workbench does not start in production without these settings in its environment:\n"
        + "\n".join(f"  {name}: {_NEEDED_IN_PRODUCTION[name]}" for name in _missing)
        + "\nFor a demo on this machine set WORKBENCH_MODE=demo, or start python3 manage.py workbench."
    )

DEBUG = MODE == "dev"
SECRET_KEY = env.text("SECRET_KEY") or secret_key.of(HOME)
ALLOWED_HOSTS = env.texts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials",
    "csp",
    "django_structlog",
    "collections_app",
]

MIDDLEWARE = [
    "collections_app.screens.request_log.ServerTiming",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "collections_app.screens.upload_limits.UploadLimits",
    "django.middleware.csrf.CsrfViewMiddleware",
    "collections_app.screens.walling.Walling",
    "collections_app.screens.signed_in.SignedIn",
    "collections_app.screens.sign_in_required.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "collections_app.screens.request_log.RequestLog",
    "django_htmx.middleware.HtmxMiddleware",
    "collections_app.screens.replica_pages.WroteMiddleware",
    "collections_app.screens.htmx.PartsMiddleware",
]

ROOT_URLCONF = "collections_app.urls"
WSGI_APPLICATION = "collections_app.wsgi.application"
FORM_RENDERER = "collections_app.screens.controls.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "collections_app.screens.frame.in_templates",
            ],
        },
    }
]

# Whoever waits for a machine that is gone without a word is told so before the web server gives them up.
_PATIENCE = {"connect_timeout": "10", "tcp_user_timeout": "20000", "keepalives_idle": "30"}
# A pool that lends connections by the transaction keeps neither what was prepared nor a cursor.
DATABASE_IS_POOLED = env.yes_or_no("DATABASE_IS_POOLED", default=False)


def _database(setting: str, url: str) -> dict[str, Any]:
    try:
        told = addresses.database(url)
    except ValueError as error:
        raise SystemExit(f"{setting} cannot be used: {error}.") from error
    if not DATABASE_IS_POOLED:
        # What is prepared by name has one plan for all values, not compiled; tables lie on no turning disks.
        plans = "-c plan_cache_mode=force_generic_plan -c jit=off -c random_page_cost=1.1"
        told["OPTIONS"]["options"] = f"{told['OPTIONS'].get('options', '')} {plans}".strip()
    return {
        **told,
        "OPTIONS": {**_PATIENCE, **told["OPTIONS"], **walled_connections.OPTIONS},
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": DATABASE_IS_POOLED,
    }


DATABASES = {"default": _database("DATABASE_URL", env.text("DATABASE_URL") or HOME.database_url)}
# A copy that PostgreSQL keeps up to date (a hot standby), from which pages of managers are read.
if _replica := env.text("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = _database("DATABASE_REPLICA_URL", _replica)
DATABASE_ROUTERS = ["collections_app.lib.replicas.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.redis("REDIS_URL", HOME.redis_url)

CACHES = {"default": {"BACKEND": "collections_app.lib.redis_cache.KeptClientCache", "LOCATION": REDIS_URL}}
# Kept in the database, so that a lost Redis signs nobody out; read from the cache by every page.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

AUTH_USER_MODEL = "collections_app.User"
AUTHENTICATION_BACKENDS = ["collections_app.people.signed_in.Backend"]
LOGIN_URL = LOGOUT_REDIRECT_URL = "sign_in"
LOGIN_REDIRECT_URL = "start"
CSRF_FAILURE_VIEW = "collections_app.screens.htmx.csrf_failure"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "collections_app.people.guessable_passwords.GuessablePasswordValidator"},
]

try:  # the identity provider of the house, if it has one: https://client:secret@login.example/realm?name=Acme
    SIGN_ON = sign_on_rules.provider_of(env.text("SINGLE_SIGN_ON_URL"))
except ValueError as error:
    raise SystemExit(f"SINGLE_SIGN_ON_URL cannot be used: {error}.") from error
LANGUAGE_CODE = "en-gb"
TIME_ZONE = CELERY_TIMEZONE = "UTC"
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = ROOT / "staticfiles" if IS_PRODUCTION else None
# A demo needs no `collectstatic`; in production file names carry the hash of what is in them.
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
_STATIC_STORAGE = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if IS_PRODUCTION
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}

# Cookies and transport. A demo speaks plain HTTP to this machine; production is behind HTTPS.
SESSION_IDLE_MINUTES = env.whole("SESSION_IDLE_MINUTES", 30, least=1)  # without a deed one signs in again
SESSION_COOKIE_AGE = env.whole("SESSION_HOURS", 12, least=1) * 3600  # in any case, in seconds
CSRF_COOKIE_HTTPONLY = False  # a page reads the new token after its reader signed in again in another tab
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.yes_or_no("COOKIES_SECURE", default=IS_PRODUCTION)
_host = "__Host-" if SESSION_COOKIE_SECURE else ""  # what is named so no other site of our domain can plant
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_host}workbench_session", f"{_host}workbench_csrf"
CSRF_TRUSTED_ORIGINS = env.texts("CSRF_TRUSTED_ORIGINS")
SECURE_SSL_REDIRECT = env.yes_or_no("SECURE_SSL_REDIRECT", default=IS_PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked from inside, past the proxy
SECURE_HSTS_SECONDS = env.whole("SECURE_HSTS_SECONDS", 31_536_000 if IS_PRODUCTION else 0, least=0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_PRODUCTION
if env.yes_or_no("BEHIND_HTTPS_PROXY", default=False):  # which removes the header that a visitor might send
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# The sign-in page offers the demo's people; only the workbench's own demo turns it on.
SHOWS_DEMO_SIGN_INS = env.yes_or_no("SHOWS_DEMO_SIGN_INS", default=MODE == "demo")

# Where mail goes: smtp+tls://user:password@host:587; a demo keeps it in a folder. Both carriers are ours.
_mail = env.mail_server("EMAIL_URL", f"filemail://{quote(str(HOME.mails))}")
vars().update(_mail)
EMAIL_FILE_PATH = f"/{_mail['EMAIL_FILE_PATH']}"
_carrier = {"smtp": "smtp", "filebased": "folder"}.get(_mail["EMAIL_BACKEND"].split(".")[-2])
EMAIL_BACKEND = (
    f"collections_app.correspondence.carriers.{_carrier}.EmailBackend" if _carrier else _mail["EMAIL_BACKEND"]
)
EMAIL_TIMEOUT = env.whole("EMAIL_TIMEOUT", 30, least=1)  # seconds for each answer of the mail server
MAIL_FROM = DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", "collections@workbench.example")
# For which domains that server may send, with commas; without any that of MAIL_FROM. Companies write from it.
MAIL_DOMAINS = env.texts("MAIL_DOMAINS") or [MAIL_FROM.rpartition("@")[2].rstrip(">")]
# How many messages may leave within a minute, of a company and to one host; 0 is no limit.
MAIL_PER_MINUTE = env.whole("MAIL_PER_MINUTE", 120, least=0)
MAIL_PER_MINUTE_TO_HOST = env.whole("MAIL_PER_MINUTE_TO_HOST", 60, least=0)
# Mailboxes that are read for replies, by code of the company: NG=imaps://user:password@host:993/INBOX,DE=...
# The address that the letterhead names for replies is delivered there; without one it is the user's.
MAILBOX_URLS = env.pairs("MAILBOX_URLS")
# Other lengths than those of privacy/rules/keeping.py, in days: "contact_logs=3650,notes=365".
RETENTION_DAYS = env.pairs("RETENTION_DAYS")
# With this token, as `Authorization: Bearer ...`, /metrics answers a Prometheus server; without it nobody.
METRICS_TOKEN = env.text("METRICS_TOKEN")
# A batch of 10,000 rows for the API; forms have narrower limits of their own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
# Connected systems may be told at addresses of this machine, over plain HTTP: to try it, and never elsewhere.
WEBHOOKS_TO_LOOPBACK = env.yes_or_no("WEBHOOKS_TO_LOOPBACK", default=False)
# Where readers of our mail find us, for the links in it.
SITE_URL = env.text(
    "SITE_URL", f"https://{ALLOWED_HOSTS[0]}" if IS_PRODUCTION else "http://localhost:8000"
).rstrip("/")
CELERY_BROKER_URL = addresses.broker(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
NIGHT_RANGE_CUSTOMERS = env.whole("NIGHT_RANGE_CUSTOMERS", 20_000, least=0)  # of a part of a stage; 0: none
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    # One that hangs would be waited for without an end: by who hands a task out, and by who took one.
    "socket_timeout": 5.0,
    "socket_connect_timeout": 5.0,
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# One line a request, when it is answered; that it began is said only to whoever asks for every detail.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = DJANGO_STRUCTLOG_CELERY_DEFAULT_LOG_LEVEL = logging.DEBUG
# A task carries the request that handed it out: one id finds what came of a click.
DJANGO_STRUCTLOG_CELERY_ENABLED = True

LOGGING = log_lines.settings_for(is_production=IS_PRODUCTION, level=env.level("LOG_LEVEL", "INFO"))
