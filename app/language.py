"""Which language a page speaks: the address says it, else the person, else the browser."""

from flask import Flask

LANGUAGES = ("fi", "sv", "en")


def init_app(app: Flask) -> None:
    pass
