"""The tokens of personal addresses: derived with a key that is not in the database, looked up by their SHA-256.

They can be derived again for any later mail, and a stolen database opens nothing.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from flask import current_app


def derived(purpose: str, *parts: str) -> str:
    """43 URL-safe characters: HMAC-SHA-256(link key, purpose and parts)."""
    key = current_app.config["SETTINGS"].link_key.get_secret_value()
    message = "\n".join((purpose, *parts)).encode()
    return urlsafe_b64encode(hmac.digest(key.encode(), message, "sha256")).rstrip(b"=").decode()


def digest(token: str) -> str:
    """What the database holds of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def address(path: str) -> str:
    """The public address of a path, for mails and calendars made outside a request."""
    url: str = current_app.config["SETTINGS"].base_url + path
    return url
