"""Security headers, on every answer."""

from flask import Flask


def init_app(app: Flask) -> None:
    pass
