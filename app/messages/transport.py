"""The line to the mail server: Flask-Mail with verified TLS, time-outs, an EHLO name and telling faults."""

import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any

import flask_mail
from flask import Flask, current_app

from app.messages import addresses
from app.messages.models import PauseReason
from config import Settings


class Unavailable(Exception):
    """No line to the mail server. Says nothing about any message."""

    def __init__(self, reason: PauseReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class _Line(smtplib.SMTP):
    """Knows whether the message had been handed over when the line broke."""

    data_begun = False

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        self.data_begun = False
        return super().mail(sender, options)

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.data_begun = True
        return super().data(msg)


class _LineOverTls(_Line, smtplib.SMTP_SSL):
    pass


class Connection(flask_mail.Connection):
    """One line, kept open from message to message and opened again when the server has closed it."""

    host: _Line | None

    def configure_host(self) -> _Line:
        settings: Settings = current_app.config["SETTINGS"]
        try:
            return _opened(settings)
        except smtplib.SMTPAuthenticationError as error:
            raise Unavailable(PauseReason.SIGN_IN, f"{error.smtp_code} the mail server refuses our sign-in") from None
        except (ssl.SSLError, smtplib.SMTPNotSupportedError) as error:
            raise Unavailable(PauseReason.UNTRUSTED, type(error).__name__) from None
        except OSError as error:
            raise Unavailable(PauseReason.UNREACHABLE, type(error).__name__) from None

    def send(self, message: flask_mail.Message, envelope_from: str | tuple[str, str] | None = None) -> None:
        """Send one message to its one recipient; raises smtplib's exceptions, or Unavailable when the line is gone."""
        if self.host is None or self.host.sock is None:
            self.host = self.configure_host()
        super().send(message, envelope_from)

    @property
    def data_begun(self) -> bool:
        """Whether the latest message had been handed over, at least in part."""
        return self.host is not None and self.host.data_begun

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, tb: TracebackType | None
    ) -> None:
        if self.host is not None:
            with suppress(OSError):  # what went wrong inside matters more than a server that will not say goodbye
                self.host.quit()
            self.host.close()


class Mailer(flask_mail.Mail):
    """Flask-Mail as this service is configured. It sends in tests too: they have a real server to send to."""

    def init_app(self, app: Flask) -> Any:
        settings: Settings = app.config["SETTINGS"]
        app.config.update(MAIL_DEFAULT_SENDER=settings.mail_sender, MAIL_SUPPRESS_SEND=False, MAIL_DEBUG=False)
        return super().init_app(app)

    def connect(self) -> Connection:
        return Connection(current_app.extensions["mail"])


mailer = Mailer()


def _opened(settings: Settings) -> _Line:
    host = _greeted(settings)
    try:
        if settings.mail_use_tls:
            host.starttls(context=_trust(settings))
        if settings.mail_username and settings.mail_password:
            host.login(settings.mail_username, settings.mail_password.get_secret_value())
        host.ehlo_or_helo_if_needed()
    except OSError:
        host.close()
        raise
    return host


def _trust(settings: Settings) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.mail_ca_file)


def _greeted(settings: Settings) -> _Line:
    server, port, timeout = settings.mail_server, settings.mail_port, settings.mail_timeout_seconds
    our_name = addresses.ascii_domain(str(settings.mail_sender))
    if settings.mail_use_ssl:
        return _LineOverTls(server, port, local_hostname=our_name, timeout=timeout, context=_trust(settings))
    return _Line(server, port, local_hostname=our_name, timeout=timeout)
