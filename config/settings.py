"""Settings, read from typed environment variables; every one has a default that suits the demo."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from environs import Env

from config.mail import mail_settings
from config.secret import secret_key

env = Env()
ROOT = Path(__file__).resolve().parent.parent

DATA_DIR: Path = env.path("CORDEE_DATA", ROOT / "var")
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG: bool = env.bool("CORDEE_DEBUG", False)
SECRET_KEY: str = env.str("CORDEE_SECRET_KEY", "") or secret_key(DATA_DIR / "secret-key")
SITE_URL: str = env.str("CORDEE_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS: list[str] = env.list("CORDEE_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CORDEE_TRUSTED_ORIGINS", [])
HTTPS: bool = SITE_URL.startswith("https://")

# A named person and a phone number stand on every page that can block somebody.
HELP_NAME: str = env.str("CORDEE_HELP_NAME", "Aude Lambert")
HELP_PHONE: str = env.str("CORDEE_HELP_PHONE", "04 67 00 00 00")
SOURCE_URL: str = env.str("CORDEE_SOURCE_URL", "")  # where this server's source code is: the licence asks for it

INSTALLED_APPS = [
    "cordee.demo",
    "cordee.desk",  # first: its layout fills the slot that every page extends
    "cordee.journeys",
    "cordee.learning",
    "cordee.money",
    "cordee.offers",
    "cordee.projects",
    "cordee.delivery",
    "cordee.agreements",
    "cordee.governance",
    "cordee.groupings",
    "cordee.directory",
    "cordee.ground.signing",
    "cordee.ground.messages",
    "cordee.ground.files",
    "cordee.ground.people",
    "cordee.ground.reference",
    "cordee.ground.register",
    "cordee.ground.kit",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.forms",  # so that forms find the templates of the rooms
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cordee.ground.kit.clock.ClockMiddleware",
    "cordee.ground.people.middleware.PersonLanguageMiddleware",
    "cordee.ground.kit.access.PlainRequestMiddleware",
    "cordee.ground.kit.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cordee.desk.context.layout",
            ],
            "builtins": ["cordee.ground.kit.templatetags.cordee", "django.templatetags.i18n"],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# SQLite: IMMEDIATE takes the write lock when a transaction begins: two acts queue instead of failing half-way.
DATABASES = {"default": env.dj_db_url("CORDEE_DATABASE_URL", f"sqlite:///{DATA_DIR / 'cordee.sqlite3'}")}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    _database["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}  # a file: threads of a test share it as processes do
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    _database["OPTIONS"] = {**_database.get("OPTIONS", {}), "pool": env.bool("CORDEE_DATABASE_POOL", True)}
    _database["CONN_MAX_AGE"] = 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["cordee.ground.people.backend.PersonBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "cordee_session", "cordee_csrf"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "cordee.desk.views.stale_form"

# Sign-in: a code sent by e-mail, or a passkey. No password: one less thing to lose.
ACCOUNT_ADAPTER = "cordee.ground.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"length": 6, "numeric": True, "dashed": False}  # easy to type on a phone
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = ACCOUNT_LOGIN_BY_CODE_FORMAT
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SIGNUP_FORM_CLASS = "cordee.ground.people.forms.SignupForm"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "cordee_language"
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Paris"
LOCALE_PATHS = [ROOT / "config" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "static-root"
WHITENOISE_USE_FINDERS = True  # before `collectstatic` was run, files are served from the rooms themselves
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {"BACKEND": "cordee.ground.kit.statics.HouseStatics"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_MAX_BYTES: int = env.int("CORDEE_UPLOAD_MAX_BYTES", 10 * 1024 * 1024)

# How often a program may call the HTTP API with one key, in a minute; beyond, it is told when to come back.
API_CALLS_A_MINUTE: int = env.int("CORDEE_API_CALLS_A_MINUTE", 120)

# The radar: where the notices of the day are (a folder, a feed file, an http address).
RADAR_SOURCE: str = env.str("CORDEE_RADAR_SOURCE", "")

# Mail: in the demo each mail is kept in the database and shown on a page; a real server sets CORDEE_SMTP_URL.
MAILBOX_OPEN: bool = env.bool("CORDEE_MAILBOX_OPEN", False)
EMAIL_BACKEND = env.str("CORDEE_EMAIL_BACKEND", "cordee.ground.messages.mailbox.MailboxBackend")
if _smtp := env.str("CORDEE_SMTP_URL", ""):
    globals().update(mail_settings(_smtp))
EMAIL_TIMEOUT = 20
REPLY_DOMAIN: str = env.str("CORDEE_REPLY_DOMAIN", "")  # answers by e-mail to reponse+…@ this go to `take_mail`
DEFAULT_FROM_EMAIL = env.str("CORDEE_FROM_EMAIL", "Cordée <bonjour@cordee.example>")

# Webhooks go to public https addresses only. For trials on one's own machine, this lifts the check of the network.
HOOKS_ANYWHERE: bool = env.bool("CORDEE_HOOKS_ANYWHERE", False)

# SMS: the dotted name of `send(number, text)`; empty, everything goes by e-mail only. For trials, on the console:
# cordee.ground.messages.adapter.send
SMS_BACKEND: str = env.str("CORDEE_SMS_BACKEND", "")

# Signing. Each room says who may sign its papers; time is stamped by our own test clock unless an outside one is named.
SIGNING_POWERS = {
    "agreements": "cordee.agreements.permissions.powers_to_sign",
    "money": "cordee.money.permissions.powers_to_sign",
}
SIGNING_PAGES = {"agreements": "agreements:agreement", "money": "money:final"}  # where each room shows what is signed
SIGNING_PROVIDER: str = env.str("CORDEE_SIGNING_PROVIDER", "")  # an outside provider: signing/adapter.py says how
PAPER_FACTS = "cordee.journeys.reads.papers.paper_facts"  # what later rooms know that a document would ask
KEY_IN_FORCE = "cordee.journeys.reads.papers.key_in_force"
TIME_STAMP_URL: str = env.str("CORDEE_TIME_STAMP_URL", "")  # an RFC 3161 clock
TIME_STAMP_ROOT: str = env.str("CORDEE_TIME_STAMP_ROOT", "")  # the certificate (PEM) of the authority behind it
TIME_STAMP_TIMEOUT = 15

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("CORDEE_LOG_LEVEL", "WARNING")},
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},  # scanners: a 400 is enough
}
