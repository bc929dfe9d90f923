"""The settings of an installation; what differs between installations comes from the environment."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from duly.channels import fault, wall_clock
from duly.channels.mail_out.route import route
from duly.config import environment
from duly.config.database import database

SOURCE = Path(__file__).resolve().parent.parent
HOME = Path(environment.text("DULY_HOME", ".duly")).resolve()
"""The folder of this installation: attachments, and the mail that a demonstration does not send."""

# Where and for whom

DULY_URL = environment.text("DULY_URL", "http://localhost:8000").rstrip("/")
"""The address that people type, used in mails: scheme, host, port."""

_address = urlsplit(DULY_URL)
if _address.scheme not in {"http", "https"} or not _address.hostname:
    raise ImproperlyConfigured(
        f"DULY_URL is {DULY_URL!r}; it must look like https://desk.example.com"
    )
_https = _address.scheme == "https"

DEBUG = False
SECRET_KEY = environment.text("DULY_SECRET_KEY")
ALLOWED_HOSTS = [
    _address.hostname,
    *environment.words("DULY_HOSTS", "localhost,127.0.0.1,[::1]"),
]
CSRF_TRUSTED_ORIGINS = [DULY_URL]

# Time: moved by tests only

_mode = environment.choice("DULY_MODE", ("production", "test"), "production")
_clock_file = environment.text("DULY_CLOCK_FILE", "")
if _clock_file and _mode != "test":
    raise ImproperlyConfigured("DULY_CLOCK_FILE moves time and is for tests; unset it.")
if _clock_file:
    wall_clock.follow(Path(_clock_file))
_fault = environment.text("DULY_FAULT", "")
if _fault and _mode != "test":
    raise ImproperlyConfigured("DULY_FAULT kills the process and is for tests; unset it.")
fault.arm(_fault)

USE_TZ = True
TIME_ZONE = "UTC"

# Words

USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [SOURCE / "locale"]

# Rooms

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "duly.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "duly.web.errors.ExpectedFailures",
]
ROOT_URLCONF = "duly.config.urls"
WSGI_APPLICATION = "duly.config.wsgi.application"

# Rows

DATABASES = {
    "default": database(
        environment.text("DATABASE_URL"),
        connections=environment.whole("DULY_CONNECTIONS", 8),
    )
}
DULY_OWN_POSTGRES = environment.choice("DULY_OWN_POSTGRES", ("yes", "no"), "no") == "yes"
"""Said by `./duly up` to its processes where PostgreSQL is a part of the installation."""
DULY_BACKUP_DAYS = environment.whole("DULY_BACKUP_DAYS", 7, least=0)
"""How long the backup of each night is kept; 0 makes none. Somebody else's server has backups of its own."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Pages

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "OPTIONS": {"environment": "duly.web.jinja.environment"},
    },
    {
        "NAME": "third-party",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "web" / "public" / "allauth"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "duly.web.reading.shell",
            ]
        },
    },
]
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = HOME / "attachments"

# Who signs in

AUTH_USER_MODEL = "desk.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "duly.web.public.account.ByInvitation"
ACCOUNT_EMAIL_VERIFICATION = "none"
"""Nobody signs up: a password is set through a link that was sent to the address."""
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
"""A person has one address, in their own row: allauth's generator would keep it twice, and unproved."""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
"""Whoever types somebody else's address makes the desk write to no stranger."""
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
"""The link has proved the address, and a second factor is asked for all the same."""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _address.scheme
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_ADAPTER = "duly.web.public.factors.Factors"
MFA_FORMS = {"authenticate": "duly.web.public.factors.CodeForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https

# Nothing inline, nothing from elsewhere, nobody frames us

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _https else 0
"""Whatever speaks TLS stands before us; without its word all sign-ins would share one count of failures."""
CSRF_FAILURE_VIEW = "duly.web.errors.stale_form"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-session" if _https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None

# What is sent

DULY_UNDO_SECONDS = environment.whole("DULY_UNDO_SECONDS", 10, least=0)
"""How long agents may take a reply back, unless they chose another time for themselves; 0 sends at once."""

# Mail in and out

DULY_MAIL_LISTEN = environment.text("DULY_MAIL_LISTEN", "")
"""`lmtp://127.0.0.1:24` or `smtp://…`: where a mail server hands us mail. Empty: nowhere."""

DULY_MAIL_URL = environment.text("DULY_MAIL_URL", f"sink:{HOME / 'mail'}")
"""`smtp://user:password@host:587`, `smtps://…`, `postmark://:key@`, or `sink:FOLDER` (a folder; nothing is sent)."""
try:
    route(DULY_MAIL_URL)
except ValueError as problem:
    raise ImproperlyConfigured(f"DULY_MAIL_URL: {problem}") from problem
EMAIL_BACKEND = "duly.web.mail_backend.DeskBackend"
DEFAULT_FROM_EMAIL = environment.text("DULY_MAIL_FROM", f"Duly <desk@{_address.hostname}>")

# Words for the log: one line an entry, to standard error

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # aiosmtpd writes each line of each conversation, addresses and all.
    "loggers": {"django": {"handlers": [], "level": "INFO"}, "mail.log": {"level": "WARNING"}},
}

environment.refuse_unknown()
