"""Every setting, read from the environment. Each is explained in docs/reference/settings.md."""

from __future__ import annotations

import secrets
from pathlib import Path

import django.conf.locale
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from twiza.config.database import database_url, var_folder
from twiza.config.storages import is_bucket, storage_at
from twiza.kit.identifiers import is_rib

env = Env()

BASE = Path(__file__).resolve().parent.parent
VAR = var_folder()


def _kept_secret() -> str:
    """A secret of this installation's own, made once. A cluster sets SECRET_KEY instead."""
    kept = VAR / "secret_key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


# Who we are ------------------------------------------------------------------------------------

DEBUG: bool = env.bool("DEBUG", False)
DEMO: bool = env.bool("DEMO", False)
SECRET_KEY: str = env.str("SECRET_KEY", "") or _kept_secret()
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"])
SITE_URL: str = env.str("SITE_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS: list[str] = [SITE_URL] if SITE_URL.startswith("https://") else []

# Rooms -----------------------------------------------------------------------------------------

FOUNDATION = ["places", "accounts", "audit", "events", "messaging", "search", "versions", "pictures"]
DOMAIN = [
    "directory",
    "catalogue",
    "inventory",
    "storefronts",
    "delivery",
    "payments",
    "orders",
    "quotes",
    "stalls",
    "aftersales",
    "reviews",
    "enquiries",
    "ledger",
    "invoicing",
    "payouts",
    "notifications",
]
ENTRYPOINTS = ["ui", "web", "workspace", "staff", "sms", "webhooks"]

INSTALLED_APPS = [
    "twiza.config",  # first, so that our commands go before Django's of the same name
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "twiza.config.apps.StaticFiles",
    "django.contrib.postgres",
    "django.contrib.admin",
    "django.contrib.humanize",
    "procrastinate.contrib.django",
    *(f"twiza.foundation.{room}" for room in FOUNDATION),
    *(f"twiza.domain.{room}" for room in DOMAIN),
    *(f"twiza.entrypoints.{room}" for room in ENTRYPOINTS),
    "twiza.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "twiza.entrypoints.web.host_middleware.StorefrontHosts",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "twiza.entrypoints.web.second_factor.StaffGuard",
    "twiza.entrypoints.web.reading.ReadingMiddleware",
]

ROOT_URLCONF = "twiza.config.urls"
HOST_URLCONF = "twiza.config.urls_of_a_host"
WSGI_APPLICATION = "twiza.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "twiza.entrypoints.web.context.site",
            ],
        },
    }
]

# Data ------------------------------------------------------------------------------------------

DATABASES = {
    "default": {
        **env.dj_db_url("DATABASE_URL", database_url()),
        "CONN_MAX_AGE": env.int("DATABASE_CONNECTION_SECONDS", 60),
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASES["default"]["OPTIONS"] = {
    "connect_timeout": 3,
    "tcp_user_timeout": 4000,
    "keepalives_idle": 3,
    **DATABASES["default"].get("OPTIONS", {}),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by every process: sign-in limits are counted here, so a cache of one process alone would multiply them.
CACHES = {"default": env.dj_cache_url("CACHE_URL", "db://shared_cache")}
CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 20_000)

# Each machine keeps its own search index; `twiza rebuild_search` makes it.
SEARCH_FOLDER: str = env.str("SEARCH_FOLDER", str(VAR / "search"))
# A folder, or a bucket: s3://KEY:SECRET@host/bucket?region=name. Both may be of one bucket.
MEDIA_ADDRESS: str = env.str("MEDIA_URL_STORAGE", str(VAR / "media"))
MEDIA_ROOT: str = str(VAR / "media") if is_bucket(MEDIA_ADDRESS) else MEDIA_ADDRESS
MEDIA_URL = "/media/"
# Photographs as they were sent, cleaned: what is shown is made of them. Served to nobody.
ORIGINALS_FOLDER: str = env.str("ORIGINALS_FOLDER", MEDIA_ADDRESS if is_bucket(MEDIA_ADDRESS) else str(VAR / "originals"))
# Registers that were uploaded to be read. Served to nobody; shared by web processes and workers.
REGISTER_FOLDER: str = env.str("REGISTER_FOLDER", str(VAR / "registers"))
REGISTER_MEGABYTES: int = env.int("REGISTER_MEGABYTES", 50)
REGISTER_DAYS: int = env.int("REGISTER_DAYS", 30)
STATIC_ROOT = VAR / "static"
STATIC_URL = "/static/"
STORAGES = {
    "default": storage_at(MEDIA_ADDRESS, "shown", "django.core.files.storage.FileSystemStorage"),
    "originals": storage_at(ORIGINALS_FOLDER, "originals", "twiza.foundation.pictures.storage.Unserved", is_served=False),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MANIFEST_STRICT = False
# A picture from a phone is a few megabytes; whatever is larger is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# Of the story that a cooperative tells aloud on its page.
RECORDING_MOST_MEGABYTES: int = env.int("RECORDING_MOST_MEGABYTES", 8)
RECORDING_MOST_MINUTES: int = env.int("RECORDING_MOST_MINUTES", 3)

# Languages, dates ------------------------------------------------------------------------------

# Django does not know Standard Moroccan Tamazight yet.
django.conf.locale.LANG_INFO["zgh"] = {
    "bidi": False,
    "code": "zgh",
    "name": "Standard Moroccan Tamazight",
    "name_local": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("ar", _("Arabic")), ("zgh", _("Tamazight")), ("en", _("English"))]
LOCALE_PATHS = [BASE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Africa/Casablanca"
FORMAT_MODULE_PATH = "twiza.config.formats"

# People ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "web:home"
SESSION_COOKIE_AGE = 60 * 24 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Signing in (docs/decisions/0005): a code for everybody, a password and a second factor for staff.
ACCOUNT_ADAPTER = "twiza.entrypoints.web.sign_in.PeopleAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
ACCOUNT_SIGNUP_FIELDS = ["phone*", "email"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 2
# amount/period/whom: `key` is the phone or e-mail, `ip` the place asked from. Many phones of Morocco share one address.
ACCOUNT_RATE_LIMITS = {
    "carrier_notice": "600/m/ip",
    "login": "60/m/ip",
    "request_login_code": "30/m/ip,3/10m/key,12/d/key",
    "enter_login_code": "60/m/ip,10/10m/key,30/d/key",
    "login_failed": "20/m/ip,5/5m/key",
    "signup": "30/m/ip",
    "ask_quote": "30/h/ip",
    "report_review": "20/h/ip",
    "ask_cooperative": "20/h/ip",
}
MFA_ADAPTER = "twiza.entrypoints.web.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "twiza.entrypoints.web.forms_keys.NewApplication",
    "authenticate": "twiza.entrypoints.web.forms_keys.ApplicationAsSecondFactor",
    "reauthenticate": "twiza.entrypoints.web.forms_keys.ApplicationAgain",
    "login_webauthn": "twiza.entrypoints.web.forms_keys.SignInWithPasskey",
    "authenticate_webauthn": "twiza.entrypoints.web.forms_keys.PasskeyAsSecondFactor",
    "reauthenticate_webauthn": "twiza.entrypoints.web.forms_keys.PasskeyAgain",
    "add_webauthn": "twiza.entrypoints.web.forms_keys.NewPasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# The finger or the code of the telephone each time: a passkey alone must be two factors.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Twiza"
MFA_TOTP_TOLERANCE = 1
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0
SECURE_HSTS_SECONDS: int = env.int("HSTS_SECONDS", 0)
X_FRAME_OPTIONS = "DENY"
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
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

# The outside: one file per party under adapters/ ------------------------------------------------

SMS_GATEWAY: str = env.str("SMS_GATEWAY", "simulator")
# By the beginning of a number, as `+212=android|kannel`: the first choice first.
_ROUTES: dict[str, str] = env.dict("SMS_ROUTES", {})
SMS_ROUTES: dict[str, list[str]] = {beginning: codes.split("|") for beginning, codes in _ROUTES.items()}
# A telephone with the app SMS Gateway for Android.
ANDROID_SMS_URL: str = env.str("ANDROID_SMS_URL", "").rstrip("/")
ANDROID_SMS_USER: str = env.str("ANDROID_SMS_USER", "")
ANDROID_SMS_PASSWORD: str = env.str("ANDROID_SMS_PASSWORD", "")
ANDROID_SMS_TOKEN: str = env.str("ANDROID_SMS_TOKEN", "")
ANDROID_SMS_SIM: int = env.int("ANDROID_SMS_SIM", 0)
ANDROID_SMS_PARTS_PER_HALF_HOUR: int = env.int("ANDROID_SMS_PARTS_PER_HALF_HOUR", 30)
ANDROID_SMS_SIGNING_KEY: str = env.str("ANDROID_SMS_SIGNING_KEY", "")
# Kannel, between us and operators or modems. It tells us things under an address with a secret in it.
KANNEL_URL: str = env.str("KANNEL_URL", "http://127.0.0.1:13013/cgi-bin/sendsms")
KANNEL_USER: str = env.str("KANNEL_USER", "twiza")
KANNEL_PASSWORD: str = env.str("KANNEL_PASSWORD", "")
KANNEL_FROM: str = env.str("KANNEL_FROM", "")
KANNEL_TELLS: str = env.str("KANNEL_TELLS", SITE_URL).rstrip("/")
KANNEL_SECRET: str = env.str("KANNEL_SECRET", "")
# Companies through which texts only leave.
TWILIO_URL: str = env.str("TWILIO_URL", "https://api.twilio.com").rstrip("/")
TWILIO_ACCOUNT_SID: str = env.str("TWILIO_ACCOUNT_SID", "")
TWILIO_AUTH_TOKEN: str = env.str("TWILIO_AUTH_TOKEN", "")
TWILIO_FROM: str = env.str("TWILIO_FROM", "")
ENVOISMS_URL: str = env.str("ENVOISMS_URL", "https://api.envoisms.ma").rstrip("/")
ENVOISMS_API_KEY: str = env.str("ENVOISMS_API_KEY", "")
ENVOISMS_FROM: str = env.str("ENVOISMS_FROM", "")
FRESHNESS_TEXTS_A_DAY: int = env.int("FRESHNESS_TEXTS_A_DAY", 0 if DEMO else 40)
FRESHNESS_MONTHS: int = env.int("FRESHNESS_MONTHS", 6)
_OFFERED = ["cash_on_delivery", "bank_transfer", "cmi"] if DEMO else ["cash_on_delivery"]
PAYMENT_PROVIDERS: list[str] = env.list("PAYMENT_PROVIDERS", _OFFERED)
# Cards, through the Centre monétique interbancaire: nothing is offered without the shop's number and its key.
# A demonstration has a bank of its own, which pays nothing (`demo/bank.py`).
CMI_URL: str = env.str("CMI_URL", f"{SITE_URL}/demo-bank/fim/est3Dgate" if DEMO else "https://payment.cmi.co.ma/fim/est3Dgate")
CMI_CLIENT_ID: str = env.str("CMI_CLIENT_ID", "600000000" if DEMO else "")
CMI_STORE_KEY: str = env.str("CMI_STORE_KEY", "the key of a bank that does not exist" if DEMO else "")
if not (CMI_CLIENT_ID and CMI_STORE_KEY):
    PAYMENT_PROVIDERS = [code for code in PAYMENT_PROVIDERS if code != "cmi"]
if "cmi" in PAYMENT_PROVIDERS:
    # The browser posts a form to the bank's page.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append("/".join(CMI_URL.split("/")[:3]))
# Cards, through YouCan Pay: nothing is offered without the private key. With one of the sandbox, YOUCAN_PAY_URL ends in /sandbox.
YOUCAN_PAY_URL: str = env.str("YOUCAN_PAY_URL", "https://youcanpay.com").rstrip("/")
YOUCAN_PAY_PRIVATE_KEY: str = env.str("YOUCAN_PAY_PRIVATE_KEY", "")
if not YOUCAN_PAY_PRIVATE_KEY:
    PAYMENT_PROVIDERS = [code for code in PAYMENT_PROVIDERS if code != "youcan_pay"]
if "youcan_pay" in PAYMENT_PROVIDERS:
    # The button that pays is a form, and browsers ask for leave to follow its answer there.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append("/".join(YOUCAN_PAY_URL.split("/")[:3]))
# Bank transfers: nothing is offered without the account's holder and its RIB, whose two last digits are a key.
TRANSFER_HOLDER: str = env.str("TRANSFER_HOLDER", "Twiza, compte de démonstration" if DEMO else "")
TRANSFER_BANK: str = env.str("TRANSFER_BANK", "")
TRANSFER_RIB: str = env.str("TRANSFER_RIB", "230780202611230000001758" if DEMO else "").replace(" ", "")
TRANSFER_DAYS: int = env.int("TRANSFER_DAYS", 5)
if not (TRANSFER_HOLDER and is_rib(TRANSFER_RIB)):
    PAYMENT_PROVIDERS = [code for code in PAYMENT_PROVIDERS if code != "bank_transfer"]
CARRIERS: list[str] = env.list("CARRIERS", ["tariff_table", "pickup"])
SENDIT_URL: str = env.str("SENDIT_URL", "https://app.sendit.ma/api/v1")
SENDIT_PUBLIC_KEY: str = env.str("SENDIT_PUBLIC_KEY", "")
SENDIT_SECRET_KEY: str = env.str("SENDIT_SECRET_KEY", "")
SENDIT_WEBHOOK_SECRET: str = env.str("SENDIT_WEBHOOK_SECRET", "")
# Storefronts on hosts of their own: who looks whether a host leads to us, and where it has to lead.
HOST_ENVOY: str = env.str("HOST_ENVOY", "this_machine" if DEMO else "plain_http")
HOSTS_POINT_TO: list[str] = env.list("HOSTS_POINT_TO", [])
globals().update(
    {name: value for name, value in env.dj_email_url("EMAIL_URL", "consolemail:").items() if name.startswith("EMAIL_")}
)
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", "twiza@localhost")

# Jobs and logs ---------------------------------------------------------------------------------

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
    # It would write down every address asked, and some carriers want their password in it.
    "loggers": {"httpx": {"level": "WARNING"}, "httpcore": {"level": "WARNING"}},
}
