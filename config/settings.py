"""Settings, read from the environment. Without any variable: one shop on one computer ("embedded")."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import keys
from config.queue_file import QueueFile

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))
DATABASE_URL = os.environ.get("DATABASE_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
SMTP_URL = os.environ.get("SMTP_URL", "")
EMBEDDED = not DATABASE_URL
PORT = int(os.environ.get("PORT", "8000"))

DEBUG = False
SECRET_KEY = keys.read("SECRET_KEY", folder=VAR / "keys", make=EMBEDDED)
# Several, separated by commas: the first encrypts, all decrypt (`manage.py rotate_keys`).
FIELD_KEYS = keys.read("FIELD_KEYS", folder=VAR / "keys", make=EMBEDDED).split(",")

SITE_URL = os.environ.get("SITE_URL", f"http://localhost:{PORT}").rstrip("/")
_site = urlsplit(SITE_URL)
LOOPBACK = _site.hostname in {"localhost", "127.0.0.1", "::1"}
HTTPS = _site.scheme == "https"
ALLOWED_HOSTS = [_site.hostname, "localhost", "127.0.0.1"] if LOOPBACK else [_site.hostname]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Mail is kept, and its links can be followed on the sent-mail page, only where nobody outside could.
KEEP_MAIL = not SMTP_URL and LOOPBACK and EMBEDDED
if not SMTP_URL and not KEEP_MAIL:
    raise ImproperlyConfigured(
        "SMTP_URL is not set, and mail is kept only on a loopback address without DATABASE_URL."
    )
SIGNUP_OPEN = os.environ.get("SIGNUP") == "open"
DEMO_ALLOWED = EMBEDDED and LOOPBACK

INSTALLED_APPS = [
    "config",
    "hiring",
    "readiness",
    "onboarding",
    "mailroom",
    "accounts",
    "vault",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    # First, so that what the next one refuses or redirects carries the policy too.
    "csp.middleware.CSPMiddleware",
    "accounts.middleware.private_pages",
    "vault.uploads.say_where",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "accounts.middleware.CsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.MemberMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "config.widgets.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ]
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# A template that names what does not exist is a bug we want to hear of from the tests, not from crispy.
CRISPY_FAIL_SILENTLY = False


def _database(url: str) -> dict:
    """Django's database settings for a postgres:// address."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
        },
    }


def _sqlite(path: Path) -> dict:
    """One file. IMMEDIATE makes a writer wait its turn instead of failing half-way; FULL survives a power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            # What is erased is overwritten, not only forgotten.
            "PRAGMA secure_delete=ON;",
        },
    }


DATABASE_FILE = VAR / "firsthire.sqlite3"  # without DATABASE_URL
DATABASES = {"default": _database(DATABASE_URL) if DATABASE_URL else _sqlite(DATABASE_FILE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "config.cache.SteadyRedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
    }

# -- who is there
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {"signup": "accounts.forms.SignupForm"} | {
    name: f"accounts.sign_in_forms.{form}"
    for name, form in {
        "login": "Login",
        "reauthenticate": "Reauthenticate",
        "add_email": "ChangeAddress",
        "change_password": "ChangePassword",
        "set_password": "SetPassword",
        "reset_password": "ResetPassword",
        "reset_password_from_key": "NewPassword",
    }.items()
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none" if KEEP_MAIL else "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a mail about each change of password, address and second factor
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = True
# Wrong passwords and codes: ten from one address, five for one account, then five minutes of silence.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/5m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/5m/key",
}
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_FORMS = {
    name: f"accounts.sign_in_forms.{form}"
    for name, form in {
        "authenticate": "Authenticate",
        "reauthenticate": "ReauthenticateByCode",
        "activate_totp": "ActivateApp",
        "add_webauthn": "AddKey",
        "edit_webauthn": "RenameKey",
    }.items()
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Firsthire"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOOPBACK
# Where no mail leaves, no address is ever confirmed, and the second factor has to be reachable all the same.
MFA_ALLOW_UNVERIFIED_EMAIL = KEEP_MAIL

# -- language and time
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fi", "suomi"),
    ("sv", "svenska"),
    ("pl", "polski"),
    ("ar", "العربية"),
    ("zh-hans", "简体中文"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# -- files
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
PRIVATE_FILES = VAR / "files"
# Who was erased, as hashes: for after a restore. Not to be put into the same backup as the database.
ERASED_LIST = Path(os.environ.get("ERASED_LIST", VAR / "erased.txt"))
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_TEMP_DIR = VAR / "tmp"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
FILE_UPLOAD_HANDLERS = ["vault.uploads.LimitedUpload"] + [
    f"django.core.files.uploadhandler.{kind}FileUploadHandler" for kind in ("Memory", "Temporary")
]
DATA_UPLOAD_MAX_NUMBER_FILES = 10_000  # vault.uploads.LimitedUpload takes ten, but at the pages for a folder
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

# -- mail
EMAIL_BACKEND = "mailroom.backend.OutboxBackend"
EMAIL_TIMEOUT = 30  # below the delivery lease
_smtp = urlsplit(SMTP_URL)
EMAIL_HOST = _smtp.hostname or "localhost"
EMAIL_PORT = _smtp.port or 587
EMAIL_HOST_USER = unquote(_smtp.username or "")
EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
EMAIL_USE_TLS = _smtp.scheme == "smtp+tls"
EMAIL_USE_SSL = _smtp.scheme == "smtps"
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", f"Firsthire <post@{_site.hostname or 'localhost'}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
UNDO_MINUTES = 10
QUIET_HOURS = True  # mails that can wait leave between 8:00 and 20:00 where the shop is
DELETED_DAYS = 14  # how long something deleted can be put back

# -- the queue: only carries the number of a row that the database holds
CELERY_BROKER_URL = REDIS_URL or f"sqla+sqlite:///{VAR / 'queue.sqlite3'}"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page must not wait for a dead queue, and by default it would for minutes: no second try (the sweeper is
# that), and no longer silence than the second a waiting worker's own reads take.
CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 0, "interval_start": 0} | (
    {"visibility_timeout": 3600, "socket_connect_timeout": 1, "socket_timeout": 1.5}
    if REDIS_URL
    else {"connect_args": {"factory": QueueFile}}
)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# -- the browser's side
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS and os.environ.get("SSL_REDIRECT", "1") == "1"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if os.environ.get("BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of ours stand in front: none means that X-Forwarded-For is believed to nobody.
ALLAUTH_TRUSTED_PROXY_COUNT = (
    int(os.environ.get("PROXIES", "1")) if os.environ.get("BEHIND_PROXY") == "1" else 0
)
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_IDLE = timedelta(days=3)  # a weekend is not idle
SESSION_ABSOLUTE = timedelta(days=14)
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# W003 looks for Django's own class by name; ours, in accounts.middleware, is a subclass of it.
SILENCED_SYSTEM_CHECKS = ["security.W003"]

START_HIRING_URL = "/hiring/start/"
# Where a plan that no hiring opened leads to, when its first weeks are over.
BEFORE_AND_AFTER_URL = "/readiness/after/"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "config.logs.OneLine", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
    "loggers": {"django.server": {"level": "ERROR"}},
}
