"""A browser inside this process, for what is measured without a network."""

from flask import current_app

from tests.page_client import PageClient


def client() -> PageClient:
    """A browser of its own on the application of this context."""
    return PageClient(current_app._get_current_object(), current_app.response_class)
