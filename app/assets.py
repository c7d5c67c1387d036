"""Addresses of the built style sheets, scripts and fonts."""

from flask import Flask


def init_app(app: Flask) -> None:
    pass
