"""Settings, from the environment only. docs/reference/settings.md names every variable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from yinuo.project import environment as env

PACKAGE = Path(__file__).resolve().parent.parent
DATA = env.folder("YINUO_DATA", Path.cwd() / "var")
# In a checkout the catalogue lies beside src/; elsewhere the variable names it.
CATALOGUE = Path(env.text("YINUO_CATALOGUE") or PACKAGE.parent.parent / "catalogue")
CITY = env.text("YINUO_CITY") or None
DEMO = env.flag("YINUO_DEMO", False)
ORIGIN = env.origin("YINUO_ORIGIN", "http://127.0.0.1:8000", "YINUO_PLAIN_HTTP")
SMS_URL = env.gateway("YINUO_SMS_URL")
SMS_KEY = env.together("YINUO_SMS_URL", SMS_URL, "YINUO_SMS_KEY", env.text("YINUO_SMS_KEY"))
SMTP = env.smtp("YINUO_SMTP_URL")
MAIL_FROM = env.together("YINUO_SMTP_URL", SMTP, "YINUO_MAIL_FROM", env.text("YINUO_MAIL_FROM"))
# The keys of everything sealed; the first start makes a file (apps/vault/ring.py) where nothing is said.
KEY_FILE = env.file("YINUO_KEY_FILE")
KEYS = env.text("YINUO_KEYS")
CIPHER = env.choice("YINUO_CIPHER", "aes-256-gcm", ("aes-256-gcm", "sm4-gcm"))
BREACHED_PASSWORDS = env.existing_file("YINUO_BREACHED_PASSWORDS")
OIDC_ISSUER = env.gateway("YINUO_OIDC_ISSUER").rstrip("/")
OIDC_CLIENT_ID = env.together(
    "YINUO_OIDC_ISSUER", OIDC_ISSUER, "YINUO_OIDC_CLIENT_ID", env.text("YINUO_OIDC_CLIENT_ID")
)
OIDC_CLIENT_SECRET = env.text("YINUO_OIDC_CLIENT_SECRET")
OIDC_LABEL = env.text("YINUO_OIDC_LABEL", "统一身份认证")
OIDC_SCOPE = env.text("YINUO_OIDC_SCOPE", "openid profile phone")
OIDC_NAME_CLAIM = env.text("YINUO_OIDC_NAME_CLAIM", "name")
OIDC_IDENTITY_CLAIM = env.text("YINUO_OIDC_IDENTITY_CLAIM", "id_number")
# A sign-in ends after so long without a page and after so long in all; of staff also the oldest of too many.
CITIZEN_IDLE_MINUTES = env.number("YINUO_CITIZEN_IDLE_MINUTES", 60)
CITIZEN_SESSION_HOURS = env.number("YINUO_CITIZEN_SESSION_HOURS", 12)
STAFF_IDLE_MINUTES = env.number("YINUO_STAFF_IDLE_MINUTES", 30)
STAFF_SESSION_HOURS = env.number("YINUO_STAFF_SESSION_HOURS", 12)
STAFF_SESSIONS = env.number("YINUO_STAFF_SESSIONS", 3)
CONSENT_DAYS = env.number("YINUO_CONSENT_DAYS", 180)  # after which a program has to be allowed again
LARGEST_UPLOAD = env.number("YINUO_LARGEST_UPLOAD_MB", 10) * 1024 * 1024
CLAMD = env.clamd("YINUO_CLAMD")
PROXIES = env.number("YINUO_PROXIES", 0)
SHARED_ADDRESSES = env.networks("YINUO_SHARED_ADDRESSES")
METRICS_TOKEN = env.long_enough("YINUO_METRICS_TOKEN")

DEBUG = env.flag("YINUO_DEBUG", False)
SECRET_KEY = env.secret("YINUO_SECRET_KEY", DATA / "keys" / "secret")
ALLOWED_HOSTS = env.words("YINUO_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [ORIGIN]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "yinuo.apps.vault",
    "yinuo.apps.people",
    "yinuo.apps.access",
    "yinuo.apps.entries",
    "yinuo.apps.signing_in",
    "yinuo.apps.mandates",
    "yinuo.apps.items",
    "yinuo.apps.documents",
    "yinuo.apps.promises",
    "yinuo.apps.cases",
    "yinuo.apps.ledger",
    "yinuo.apps.notices",
    "yinuo.apps.rights",
    "yinuo.apps.limits",
    "yinuo.apps.looks",
    "oauth2_provider",
    "yinuo.apps.clients",
    "yinuo.apps.webhooks",
    "yinuo.web",
]

MIDDLEWARE = [
    "yinuo.web.security_headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "yinuo.project.logging.RequestLog",
    "yinuo.web.measuring.Measure",
    "yinuo.web.methods.KnownMethods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "yinuo.web.api.door.Door",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yinuo.web.sessions.Sessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "yinuo.web.hall.coming_back.ComingBack",
    "yinuo.web.acting.ActingFor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "yinuo.web.too_large.TooLarge",
    "yinuo.web.plain_text.PlainText",
]

ROOT_URLCONF = "yinuo.project.urls"
WSGI_APPLICATION = "yinuo.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yinuo.web.frame.frame",
            ],
            "builtins": ["django.templatetags.i18n", "yinuo.web.templatetags.yinuo"],
        },
    }
]


def _database() -> dict[str, Any]:
    url = env.text("YINUO_DATABASE_URL") or f"sqlite:///{DATA / 'yinuo.sqlite3'}"
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"YINUO_DATABASE_URL: {error}") from error
    host = str(database.get("HOST") or "")  # empty, or a path: a socket of this machine
    if host and not host.startswith("/") and not env.is_here(host):
        database["OPTIONS"] = {"sslmode": "verify-full"} | database.get("OPTIONS", {})
    if "sqlite" in str(database["ENGINE"]):
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
    return database


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTH_PASSWORD_VALIDATORS = [{"NAME": "yinuo.apps.signing_in.passwords.Policy"}]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

# Chinese is the source language: the msgids are Chinese, and only English has a message file.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {
        "BACKEND": "yinuo.apps.vault.storage.SealedFiles",
        "OPTIONS": {"location": DATA / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# A few times the largest single file: a page may carry several.
LARGEST_REQUEST = 6 * LARGEST_UPLOAD
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

SECURE = ORIGIN.startswith("https://")
# No page has a script that reads a cookie. `__Host-` binds one to this host; browsers want https for it.
BOUND = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{BOUND}sessionid", f"{BOUND}csrftoken"
LANGUAGE_COOKIE_NAME, LARGE_COOKIE_NAME = f"{BOUND}django_language", f"{BOUND}yn_large"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# Not in a cookie: a message may name somebody.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# A day longer than any sign-in: whoever comes back late is told why they are signed out.
SESSION_COOKIE_AGE = (max(STAFF_SESSION_HOURS, CITIZEN_SESSION_HOURS) + 24) * 3600
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("YINUO_HSTS_SUBDOMAINS", True)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "yinuo.web.errors.stale_form"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# OAuth 2.1: codes with PKCE (S256) or client credentials; tokens kept as hashes; a refresh token works once.
OAUTH2_PROVIDER_APPLICATION_MODEL = "clients.Client"
OAUTH2_PROVIDER = {
    "OIDC_ISS_ENDPOINT": ORIGIN,  # the issuer that answers name (RFC 9207)
    "SCOPES_BACKEND_CLASS": "yinuo.web.scopes.Scopes",
    "OAUTH2_VALIDATOR_CLASS": "yinuo.apps.clients.validation.Validator",
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https", "http"],  # http: this very machine only, see add_client
    "ACCESS_TOKEN_EXPIRE_SECONDS": 15 * 60,
    "AUTHORIZATION_CODE_EXPIRE_SECONDS": 60,
    "REFRESH_TOKEN_EXPIRE_SECONDS": 90 * 24 * 3600,
    "ROTATE_REFRESH_TOKEN": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "PKCE_REQUIRED": True,
    **{
        f"COMPLIANT_BCP_RFC9700_{rule}": True
        for rule in (
            "IMPLICIT_GRANT", "PASSWORD_GRANT", "PKCE_METHOD", "ACCESS_TOKEN_TRANSPORT", "AUTHZ_RESPONSE_ISS",
            "TOKEN_STORAGE", "REFRESH_TOKEN", "REDIRECT_URI_MATCHING", "PKCE_REQUIRED",
        )
    },
}  # fmt: skip
# Webhooks go to the open internet only, beside these networks of the administrator's own.
WEBHOOK_NETWORKS = env.networks("YINUO_WEBHOOK_NETWORKS")

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING_CONFIG = "yinuo.project.logging.configure"
LOGGING = {"json": env.flag("YINUO_JSON_LOGS", False), "level": env.choice("YINUO_LOG_LEVEL", "INFO", LEVELS)}
