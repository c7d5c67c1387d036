"""What goes wrong on purpose, and the pages that say so."""

from flask import Flask


class Refused(Exception):  # noqa: N818 - a rule's answer, not a fault
    """A rule said no; the message is a translated sentence for the person who asked."""


def init_app(app: Flask) -> None:
    pass
