"""Pages for those who work on the service: the mail it sent. Registered in development only."""

from flask import Blueprint

from app import access
from app.dev import mail

dev = Blueprint("dev", __name__, url_prefix="/dev")
dev.before_request(access.anyone)
dev.register_blueprint(mail.bp)
