"""Sealing sensitive answers, under keys that stand neither in the database nor in its backups.

SENSITIVE_KEYS lists Fernet keys: the first one seals, all of them open, so keys can be changed without a pause.
"""

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app


class CannotOpen(Exception):
    """None of the keys opens it: the key that sealed it is lost."""


def seal(value: Any) -> bytes:
    """A value that JSON can hold, sealed with the first key."""
    return _fernet(_keys()).encrypt(json.dumps(value, ensure_ascii=False).encode())


def opened(sealed: bytes) -> Any:
    """What was sealed. Raises CannotOpen."""
    try:
        return json.loads(_fernet(_keys()).decrypt(sealed))
    except (InvalidToken, ValueError):
        raise CannotOpen from None


def sealed_anew(sealed: bytes) -> bytes:
    """The same value sealed with the first key, its time kept. Raises CannotOpen."""
    try:
        return _fernet(_keys()).rotate(sealed)
    except (InvalidToken, ValueError):
        raise CannotOpen from None


def _keys() -> tuple[str, ...]:
    return tuple(current_app.config["SETTINGS"].sensitive_key_list)


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
