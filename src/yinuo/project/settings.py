"""Settings, from the environment only. docs/reference/settings.md names every variable."""

from __future__ import annotations

from pathlib import Path

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
ORIGIN = env.text("YINUO_ORIGIN", "http://127.0.0.1:8000")
SMS_URL = env.gateway("YINUO_SMS_URL")
SMS_KEY = env.together("YINUO_SMS_URL", SMS_URL, "YINUO_SMS_KEY", env.text("YINUO_SMS_KEY"))
SMTP = env.smtp("YINUO_SMTP_URL")
MAIL_FROM = env.together("YINUO_SMTP_URL", SMTP, "YINUO_MAIL_FROM", env.text("YINUO_MAIL_FROM"))
LARGEST_UPLOAD = env.number("YINUO_LARGEST_UPLOAD_MB", 10) * 1024 * 1024

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
    "yinuo.apps.people",
    "yinuo.apps.items",
    "yinuo.apps.documents",
    "yinuo.apps.promises",
    "yinuo.apps.cases",
    "yinuo.apps.ledger",
    "yinuo.apps.notices",
    "yinuo.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "yinuo.project.logging.RequestLog",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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


def _database() -> dict[str, object]:
    url = env.text("YINUO_DATABASE_URL") or f"sqlite:///{DATA / 'yinuo.sqlite3'}"
    try:
        database: dict[str, object] = dict(dj_database_url.parse(url, conn_max_age=60))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"YINUO_DATABASE_URL: {error}") from error
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
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
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
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# A few times the largest single file: a page may carry several.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

SECURE = ORIGIN.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
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

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING_CONFIG = "yinuo.project.logging.configure"
LOGGING = {"json": env.flag("YINUO_JSON_LOGS", False), "level": env.choice("YINUO_LOG_LEVEL", "INFO", LEVELS)}
