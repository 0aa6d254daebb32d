"""Settings: one file, from the environment only. Nothing here asks for a file to be edited.

Variables (all optional): FAUBOURG_DATA, DATABASE_URL, PORT, FAUBOURG_URL, FAUBOURG_SECRET_KEY, EMAIL_URL,
FAUBOURG_FROM_EMAIL, FAUBOURG_UPLOAD_MEGABYTES, FAUBOURG_WORKERS, FAUBOURG_TILES, FAUBOURG_TILES_CREDIT,
FAUBOURG_GEOCODER.
`faubourg doctor` says what is wrong.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from faubourg.config.reading import (
    BadSetting,
    own_folder,
    street_tiles,
    understood,
    web_address,
    whole_number,
)
from faubourg.config.secret import read_or_make_secret

env = environ.Env()
ROOT = Path(__file__).resolve().parents[2]

DATA = own_folder("FAUBOURG_DATA", ROOT / "data")
SECRET_KEY = env.str("FAUBOURG_SECRET_KEY", default="") or read_or_make_secret(DATA / "secret.key")
DEBUG = False

PORT = whole_number("PORT", 8000, 1, 65535)
PUBLIC_URL = env.str("FAUBOURG_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = [_public.hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "faubourg.toolkit",
    "faubourg.accounts",
    "faubourg.journal",
    "faubourg.documents",
    "faubourg.messaging",
    "faubourg.directory",
    "faubourg.territories",
    "faubourg.contracts",
    "faubourg.consultation",
    "faubourg.governance",
    "faubourg.observation",
    "faubourg.questionnaires",
    "faubourg.calls",
    "faubourg.applications",
    "faubourg.appraisal",
    "faubourg.awards",
    "faubourg.fph",
    "faubourg.thread",
    "faubourg.demo",
    "faubourg.conversations",
    "faubourg.portal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "faubourg.portal.middleware.PlainAddressMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "faubourg.contracts.middleware.SecondFactorMiddleware",
    "faubourg.portal.middleware.TooBigMiddleware",
    "faubourg.portal.middleware.RefusalMiddleware",
    "faubourg.portal.middleware.PrivatePagesMiddleware",
]

ROOT_URLCONF = "faubourg.config.urls"
WSGI_APPLICATION = "faubourg.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.static", "faubourg.toolkit.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "faubourg.portal.queries.page_frame",
            ],
        },
    }
]
FORM_RENDERER = "faubourg.toolkit.forms_renderer.Renderer"

_SQLITE = f"sqlite:///{DATA / 'faubourg.sqlite3'}"
_DATABASE = "écrivez postgres://utilisateur:motdepasse@machine/nom, ou ne la donnez pas (SQLite)."
DATABASES = {
    "default": understood("DATABASE_URL", lambda: env.db_url("DATABASE_URL", default=_SQLITE), _DATABASE)
}
if not DATABASES["default"]["ENGINE"].endswith(("sqlite3", "postgresql")):
    raise BadSetting("DATABASE_URL", _DATABASE)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE takes the write lock at BEGIN, so that no writer is ever refused half-way; WAL lets
        # readers go on; FULL because money must survive a power cut.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;"
        ),
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 300)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "faubourg.accounts.requests.InvitationOnlyAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation proves the address
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # letters take their time
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a password or a second factor never changes without its owner knowing
ACCOUNT_FORMS = {
    "login": "faubourg.accounts.forms.LoginForm",
    "request_login_code": "faubourg.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "faubourg.accounts.forms.ConfirmLoginCodeForm",
    "reset_password": "faubourg.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "faubourg.accounts.forms.ResetPasswordKeyForm",
    "change_password": "faubourg.accounts.forms.ChangePasswordForm",
    "set_password": "faubourg.accounts.forms.SetPasswordForm",
    "reauthenticate": "faubourg.accounts.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "faubourg.accounts.forms.AuthenticateForm",
    "reauthenticate": "faubourg.accounts.forms.ReauthenticateBySecondFactorForm",
    "activate_totp": "faubourg.accounts.forms.ActivateTotpForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an invitation proves the address
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Faubourg"
# The upward wires: the directory and the journal sit below the contracts and ask them who someone is, on
# which contracts an organisation is known, and what one who is tied to it does not read of the journal.
OFFICE_OF = "faubourg.contracts.queries.office"
HELD_ROLES_OF = "faubourg.contracts.queries.held_roles"
CONTRACTS_OF = "faubourg.applications.queries.contracts_of"
KEPT_FROM = "faubourg.awards.queries.kept_from"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _public.scheme == "https"
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
SECURE_HSTS_SECONDS = 31536000 if SESSION_COOKIE_SECURE else 0
X_FRAME_OPTIONS = "DENY"
TILES = street_tiles("FAUBOURG_TILES")
GEOCODER = web_address("FAUBOURG_GEOCODER")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *([TILES.origin] if TILES else [])],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "static"
FRONT = ROOT / "build" / "front"
GEOGRAPHY = ROOT / "build" / "geography.json.gz"
STATICFILES_DIRS = [FRONT] if FRONT.is_dir() else []
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA / "files"), "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
UPLOAD_MEGABYTES = whole_number("FAUBOURG_UPLOAD_MEGABYTES", 10, 1, 1000)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILES_UPLOAD_MAX_SIZE = (4 * UPLOAD_MEGABYTES + 5) * 1024 * 1024  # a file too big is refused at its field
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    _EMAIL = "écrivez smtp+tls://utilisateur:motdepasse@machine:587."
    vars().update(understood("EMAIL_URL", lambda: env.email_url("EMAIL_URL"), _EMAIL))
else:  # no mail server: letters are kept as files, and `faubourg doctor` says so
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("FAUBOURG_FROM_EMAIL", default=f"Faubourg <ne-pas-repondre@{_public.hostname}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
