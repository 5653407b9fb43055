"""All settings, read once from the environment (environment.py), each with its reason."""

from csp.constants import NONCE, SELF

from imparts.config.environment import database_from_url, read_environment

ENVIRONMENT = read_environment()

DEBUG = False  # there is no debug mode: its pages would show patient data
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
IMPARTS_DEMO = ENVIRONMENT.is_demo
IMPARTS_DATA = ENVIRONMENT.data
IMPARTS_RECORD_MLLP = ENVIRONMENT.record_mllp
IMPARTS_RECORD_FHIR = ENVIRONMENT.record_fhir
IMPARTS_RECORD_FHIR_TOKEN_URL = ENVIRONMENT.record_fhir_token_url
IMPARTS_RECORD_FHIR_CLIENT_ID = ENVIRONMENT.record_fhir_client_id
IMPARTS_RECORD_FHIR_SECRET = ENVIRONMENT.record_fhir_secret
# What messages of the record say is deleted after so many days. The number is a local choice.
IMPARTS_KEEP_MESSAGES_DAYS = ENVIRONMENT.keep_messages_days
IMPARTS_SERVERS = ENVIRONMENT.servers
# Notices to staff have a mail server of their own (gateway/notices); nothing else is ever mailed.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# --- apps: downstairs first ---
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "oauth2_provider",
    "csp",
    "imparts.design",
    "imparts.audit",
    "imparts.outbox",
    "imparts.live",
    "imparts.organisations",
    "imparts.access",
    "imparts.library",
    "imparts.people",
    "imparts.pathways",
    "imparts.informatics.clinics",
    "imparts.informatics.results",
    "imparts.informatics.questionnaires",
    "imparts.integrated_care.referrals",
    "imparts.gateway",
    "imparts.gateway.inbound",
    "imparts.gateway.smart",
    "imparts.gateway.fhir_server",
    "imparts.authoring",
    "imparts.administration",
    "imparts.workspace",
    "imparts.demo",
    "imparts.commands",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "imparts.design.middleware.never_stored",
    "csp.middleware.CSPMiddleware",
    "imparts.gateway.smart.framed.in_frames",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "imparts.access.tablets.tablet_stays_on_its_pages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "imparts.config.urls"
WSGI_APPLICATION = "imparts.config.wsgi.application"

# --- database: PostgreSQL only; every request is one transaction ---
DATABASES = {
    "default": {
        **database_from_url(
            ENVIRONMENT.owner_database_url
            if ENVIRONMENT.as_owner and ENVIRONMENT.owner_database_url
            else ENVIRONMENT.database_url or "postgresql://imparts_web@127.0.0.1:1/imparts"
        ),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            # Statements are prepared on the server at their second use: half the work there. A
            # pooler in transaction mode in between would break this, and LISTEN as well.
            "server_side_binding": True,
            "prepare_threshold": 2,
            "application_name": "imparts",
            # A hung statement must give an honest error, not a page that never comes.
            "options": "-c statement_timeout=15000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=60000",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- pages ---
TEMPLATES = [
    {
        "BACKEND": "imparts.design.jinja_environment.JinjaPages",
        "APP_DIRS": True,
        "DIRS": [],
        "OPTIONS": {
            "environment": "imparts.design.jinja_environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "imparts.config.navigation.frame",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}
# Not "no-referrer": with it browsers send "Origin: null" and every form fails its CSRF check.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
# TLS ends in front of us: the browser says https where Django sees http, and is right.
CSRF_TRUSTED_ORIGINS = [
    f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS
]
CSRF_FAILURE_VIEW = "imparts.design.error_pages.csrf_failure"

# --- sign-in ---
AUTH_USER_MODEL = "access.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/sign-in/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "imparts.access.sign_in.NoSelfSignUp"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_SESSION_REMEMBER = False
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IMPARTS_DEMO  # the demo has no TLS
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- OAuth for machines and SMART apps (gateway/smart) ---
OAUTH2_PROVIDER_APPLICATION_MODEL = "smart.ApiClient"
OAUTH2_PROVIDER_ACCESS_TOKEN_MODEL = "oauth2_provider.AccessToken"  # migrations ask for it
OAUTH2_PROVIDER = {
    "OAUTH2_VALIDATOR_CLASS": "imparts.gateway.smart.actions.validating.Validator",
    "SCOPES_BACKEND_CLASS": "imparts.gateway.smart.offered.OfferedScopes",
    "OIDC_ENABLED": True,
    "PKCE_REQUIRED": True,
    "AUTHORIZATION_CODE_EXPIRE_SECONDS": 60,
    "ACCESS_TOKEN_EXPIRE_SECONDS": 15 * 60,
    "REFRESH_TOKEN_EXPIRE_SECONDS": 90 * 24 * 60 * 60,
    # A refresh token that comes a second time was stolen: the whole family ends.
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,  # only hashes of tokens are kept
}

# --- limits on what may be sent ---
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# --- time and language ---
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
USE_I18N = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # An address or an exception's text can hold a person's data: only where and what kind is kept.
    "filters": {"plain": {"()": "imparts.config.logs.WithoutPeople"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["plain"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
