"""Kuntailmo: event registration for municipalities. Nobody in app/ imports this module's names."""

from flask import Flask, g
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from app import addresses, assets, cli, compression, database, errors, headers, health, language, logs
from app.api import api
from app.dev import dev
from app.extensions import csrf, limiter, migrate
from app.messages.transport import mailer
from app.public import public
from app.staff import staff


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application for `settings`, or for the environment's when none are given."""
    settings = settings or config.load()
    app = Flask(__name__, template_folder=str(config.ROOT / "templates"), static_folder=None)
    app.config.update(_flask_config(settings))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["settings"] = settings
    app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.trusted_proxies] * 3)  # type: ignore[method-assign]

    logs.init_app(app)
    database.init_app(app)
    migrate.init_app(app, database.db)
    csrf.init_app(app)
    limiter.init_app(app)
    mailer.init_app(app)
    for part in (addresses, language, assets, compression, headers, errors, cli):
        part.init_app(app)
    for audience in (public, staff, api, health.bp):
        app.register_blueprint(audience)
    if settings.in_development:
        app.register_blueprint(dev)
    app.context_processor(lambda: {"current_user": g.get("user")})
    return app


def _flask_config(settings: config.Settings) -> dict[str, object]:
    over_https = settings.base_url.startswith("https://")
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key.get_secret_value() if settings.secret_key else None,
        "TESTING": settings.environment is config.Environment.TESTING,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": database.engine_options(settings.database_url),
        "SESSION_COOKIE_NAME": "__Host-kuntailmo" if over_https else "kuntailmo",  # no neighbour host can plant one
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": over_https,
        "PREFERRED_URL_SCHEME": settings.base_url.partition(":")[0],
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_I18N_ENABLED": False,  # it would read WTForms' catalogue anew for every request; WTForms keeps it
        "RATELIMIT_ENABLED": settings.ratelimit_enabled,
        "RATELIMIT_STORAGE_URI": settings.ratelimit_storage_uri,
    }
