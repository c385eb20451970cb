"""The one settings module. Production is the default; `.env` or the environment changes it (`.env.example`)."""

from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE

from gandan import environment
from gandan.environment import read

BASE_DIR = Path(__file__).resolve().parents[2]

environment.read_file(BASE_DIR)

DEBUG = read("DEBUG", environment.switch, False)
SECRET_KEY = read("SECRET_KEY", environment.secret)
FIELD_KEYS = read("FIELD_KEYS", environment.fernet_keys)
ALLOWED_HOSTS = read("ALLOWED_HOSTS", environment.hosts)
BASE_URL = read("BASE_URL", environment.web_address)
CSRF_TRUSTED_ORIGINS = read("CSRF_TRUSTED_ORIGINS", environment.origins, [])
TRUSTED_PROXIES = read("TRUSTED_PROXIES", environment.networks, [])
HTTPS = read("HTTPS", environment.switch, True)
HSTS_SECONDS = read("HSTS_SECONDS", environment.seconds, 31_536_000)  # one year
STAFF_TWO_FACTOR = read("STAFF_TWO_FACTOR", environment.one_of("required", "offered"), "required")
DATA_DIR = environment.made("DATA_DIR", read("DATA_DIR", environment.folder(BASE_DIR), BASE_DIR / "var"))
SEARCH = read("SEARCH_URL", environment.search, {"engine": "database", "hosts": [], "prefix": ""})
SEARCH_API_KEY = read("SEARCH_API_KEY", environment.text, "")
SERVE_MEDIA = read("SERVE_MEDIA", environment.switch, True)
DEMO_PASSWORD = read("DEMO_PASSWORD", environment.text, "")

INSTALLED_APPS = [
    "home",
    "guides",
    "news",
    "feedback",
    "gandan",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "modelsearch",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "health_check",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "gandan.proxies.ForwardedHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "gandan.security.PagePolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "gandan.compression.CompressionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gandan.language.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gandan.second_factor.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gandan.redirects.KnownRedirectMiddleware",
    "gandan.refusals.RefusedPublishingMiddleware",
    "gandan.database_loss.DatabaseLossMiddleware",
]

ROOT_URLCONF = "gandan.urls"
WSGI_APPLICATION = "gandan.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "home.context.commune",
            ],
            "builtins": ["gandan.templatetags.gandan"],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets of ours lie in templates/

DATABASES = {
    "default": read(
        "DATABASE_URL",
        environment.database,
        {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "db.sqlite3"},
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,  # seconds a writer waits for another
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
    # Compiling a search for 170 ms to run it in 60: its many subqueries look costlier to PostgreSQL than they are.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

CACHES = {
    "default": read(
        "CACHE_URL",
        environment.cache,
        {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "gandan_cache"},
    ),
    # Wagtail keeps every picture size in a cache; one statement for all sizes of a page is cheaper than that.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

# Sign-in
AUTH_USER_MODEL = "home.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 9}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/ban-lam-viec/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "gandan.sign_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "gandan.sign_in_forms.SignInForm",
    "reauthenticate": "gandan.sign_in_forms.ConfirmPasswordForm",
    "change_password": "gandan.sign_in_forms.ChangePasswordForm",
    "reset_password": "gandan.sign_in_forms.ForgottenPasswordForm",
    "reset_password_from_key": "gandan.sign_in_forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",  # key: the account seen from one address
    "reset_password": "20/m/ip,5/m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "gandan.sign_in.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "gandan.sign_in_forms.CodeForm",
    "reauthenticate": "gandan.sign_in_forms.ConfirmCodeForm",
    "activate_totp": "gandan.sign_in_forms.ActivateForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by the commune
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds: clocks of old phones
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Gần Dân"

# Languages, dates, numbers
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English"), ("ar", "العربية")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
WAGTAIL_USER_TIME_ZONES = ["Asia/Ho_Chi_Minh"]
LOCALE_PATHS = [BASE_DIR / "site" / "locale", BASE_DIR / "site" / "locale_wagtail"]
FORMAT_MODULE_PATH = ["gandan.formats"]
USE_THOUSAND_SEPARATOR = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "gandan.static_storage.ShortStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # 2.5 MB without files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a guide's editor posts several thousand

# Mail: the outbox stores every message; EMAIL_URL is the transport behind it.
EMAIL_BACKEND = "gandan.outbox.OutboxBackend"
OUTBOX_TRANSPORT = read(
    "EMAIL_URL",
    environment.email,
    {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": DATA_DIR / "mail",
    },
)
DEFAULT_FROM_EMAIL = read("DEFAULT_FROM_EMAIL", environment.mailbox, "Gần Dân <khong-tra-loi@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Wagtail
WAGTAIL_SITE_NAME = "Gần Dân"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/tai-khoan/login/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing from third parties
WAGTAILIMAGES_IMAGE_FORM_BASE = "gandan.uploads.PictureForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"jpeg": "webp", "png": "webp", "webp": "webp"}
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "odt", "ods", "csv", "txt"]
WAGTAILDOCS_EXTENSIONS += ["m4a", "mp3", "oga", "ogg", "opus"]  # lessons read aloud (gandan.sound)
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "gandan.search.backends"}}
MODELSEARCH_BACKENDS = WAGTAILSEARCH_BACKENDS
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# Security
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None  # see gandan/proxies.py
SECURE_HSTS_SECONDS = HSTS_SECONDS if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "gandan.sessions"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # one long working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "gandan.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"

COUNTS_SEARCHES = True  # by canonical key, without cookies: `gandan.search.log`
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
}

# Logs: one JSON object a line on standard error; never a resident's words.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "gandan.logs.JsonFormatter"}},
    "filters": {"redact": {"()": "gandan.access_log.RedactingFilter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["redact"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django_tasks": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "elastic_transport": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "wagtail": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
