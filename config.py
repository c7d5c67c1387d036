"""Settings, read from the environment and from a file (`.env`, or what SETTINGS_FILE names), checked at the start.

A default is right for production and safe in public. What has no safe default (the secret keys, the sender
address) stops the start in production, with the name of the missing variable.
"""

import os
from base64 import urlsafe_b64encode
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from cryptography.fernet import Fernet
from pydantic import EmailStr, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).parent
DEVELOPMENT_SECRET = "development-only-secret-of-no-value"
DEVELOPMENT_SENSITIVE_KEY = urlsafe_b64encode(DEVELOPMENT_SECRET[:32].encode()).decode()
IMAP_FOLDER = r"^[ !#-\[\]-~]+$"  # ASCII that needs no escape between quotes
LONGEST_BOUNCE_NAME = 23  # with "+" and a token of 40 it fills the 64 octets that a mailbox's name may have


class Environment(StrEnum):
    PRODUCTION = "production"
    DEVELOPMENT = "development"
    TESTING = "testing"


class MissingSettings(SystemExit):
    """The service cannot start; the message names each variable and what is wrong with it."""


class Settings(BaseSettings):
    """Every setting of an installation. The name in the environment is the field's name in capitals."""

    model_config = SettingsConfigDict(
        env_file=os.environ.get("SETTINGS_FILE", ROOT / ".env"), extra="ignore", env_ignore_empty=True
    )

    environment: Environment = Environment.PRODUCTION

    secret_key: SecretStr | None = Field(None, description="signs sessions and forms")
    link_key: SecretStr | None = Field(None, description="derives the personal links in mails; never in the database")
    sensitive_keys: SecretStr | None = Field(
        None, description="Fernet keys of sensitive answers, with commas between: the first seals, all of them open"
    )
    database_url: str = f"sqlite:///{ROOT / 'var' / 'kuntailmo.db'}"

    port: int = Field(8000, description="what `make run` listens on")
    base_url: str = Field("", description="the public address, without a slash at the end; else localhost and the port")
    trusted_proxies: int = Field(0, ge=0, description="how many reverse proxies stand in front and set X-Forwarded-*")

    service_name: str = "Kuntailmo"
    organisation_fi: str = "Uudenmaan liitto"
    organisation_sv: str = "Nylands förbund"
    organisation_en: str = "Helsinki-Uusimaa Regional Council"
    contact_email: EmailStr = "kuntailmo@example.org"
    contact_phone: str = ""
    accessibility_email: EmailStr = "saavutettavuus@example.org"
    data_protection_email: EmailStr = "tietosuoja@example.org"
    processors: str = Field(
        "", description="who runs the server and the mail, with country, as the privacy notice says"
    )

    mail_server: str = "localhost"
    mail_port: int = Field(25, ge=1, le=65535)
    mail_use_tls: bool = False
    mail_use_ssl: bool = False
    mail_ca_file: Path | None = Field(None, description="PEM file of the mail server's authority, when it is private")
    mail_username: str | None = None
    mail_password: SecretStr | None = None
    mail_timeout_seconds: float = Field(20, gt=0)
    mail_sender: EmailStr | None = Field(None, description="the From and ORGANIZER address of every mail")
    bounce_address: EmailStr | None = Field(None, description="returned mail comes to <local>+<token>@<domain> of it")

    imap_host: str | None = Field(
        None, description="the mailbox of returned mail and calendar replies, always over TLS"
    )
    imap_port: int = Field(993, ge=1, le=65535)
    imap_username: str | None = None
    imap_password: SecretStr | None = None
    imap_folder: str = Field("INBOX", pattern=IMAP_FOLDER)
    imap_handled_folder: str | None = Field(
        None, pattern=IMAP_FOLDER, description="where mail goes that was understood; deleted when not given"
    )
    imap_ca_file: Path | None = Field(None, description="PEM file of the mailbox's authority, when it is private")
    imap_timeout_seconds: float = Field(10, gt=0)

    caught_mail: Path = Field(ROOT / "var" / "mail", description="in development: where the mail catcher keeps mail")

    ratelimit_enabled: bool = True
    ratelimit_storage_uri: str = "memory://"
    ratelimit_form_posts: str = Field("300 per 10 minutes", description="from one client; a city is one client")

    @model_validator(mode="after")
    def _secrets_are_given(self) -> Self:
        if self.environment is Environment.PRODUCTION:
            needed = ("secret_key", "link_key", "mail_sender", "base_url")
            missing = [name for name in needed if not getattr(self, name)]
            if missing:
                raise ValueError("set " + ", ".join(name.upper() for name in missing))
            for name in ("secret_key", "link_key"):
                if len(getattr(self, name).get_secret_value()) < 32:
                    raise ValueError(f"{name.upper()} must have at least 32 characters")
            if self.secret_key == self.link_key:
                raise ValueError("LINK_KEY must be another than SECRET_KEY")
        else:
            self.secret_key = self.secret_key or SecretStr(DEVELOPMENT_SECRET)
            self.link_key = self.link_key or SecretStr(DEVELOPMENT_SECRET + "-links")
            self.sensitive_keys = self.sensitive_keys or SecretStr(DEVELOPMENT_SENSITIVE_KEY)
            self.mail_sender = self.mail_sender or "kuntailmo@kuntailmo.example"
        return self

    @model_validator(mode="after")
    def _sensitive_keys_are_keys(self) -> Self:
        for key in self.sensitive_key_list:
            try:
                Fernet(key)
            except ValueError:
                raise ValueError("SENSITIVE_KEYS must be Fernet keys: 32 bytes in URL-safe base64") from None
        return self

    @model_validator(mode="after")
    def _has_an_address(self) -> Self:
        self.base_url = (self.base_url or f"http://localhost:{self.port}").rstrip("/")
        return self

    @model_validator(mode="after")
    def _password_goes_over_tls(self) -> Self:
        local = self.mail_server in ("localhost", "127.0.0.1", "::1")
        if self.mail_password and not (self.mail_use_tls or self.mail_use_ssl or local):
            raise ValueError("MAIL_PASSWORD needs MAIL_USE_TLS or MAIL_USE_SSL")
        return self

    @model_validator(mode="after")
    def _mail_can_come_back(self) -> Self:
        if len((self.bounce_address or "").partition("@")[0]) > LONGEST_BOUNCE_NAME:
            raise ValueError(f"BOUNCE_ADDRESS may have {LONGEST_BOUNCE_NAME} characters before the @")
        if self.imap_host and not (self.imap_username and self.imap_password):
            raise ValueError("IMAP_HOST needs IMAP_USERNAME and IMAP_PASSWORD")
        return self

    def organisation(self, language: str) -> str:
        """The organiser's name in a language: "fi", "sv" or "en"."""
        return {"fi": self.organisation_fi, "sv": self.organisation_sv}.get(language, self.organisation_en)

    @property
    def sensitive_key_list(self) -> list[str]:
        """The keys of sensitive answers, the one that seals first; empty when there is none."""
        given = self.sensitive_keys.get_secret_value() if self.sensitive_keys else ""
        return [key.strip() for key in given.split(",") if key.strip()]

    @property
    def in_development(self) -> bool:
        return self.environment is Environment.DEVELOPMENT


def load(**given: Any) -> Settings:
    """The settings of this process; `given` overrides the environment (tests and benchmarks)."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise MissingSettings(
            "Kuntailmo cannot start: "
            + "; ".join(f"{'.'.join(map(str, e['loc'])).upper() or 'settings'}: {e['msg']}" for e in error.errors())
        ) from None
