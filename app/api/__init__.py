"""What machines read. Open for reading, and nothing personal in it."""

from flask import Blueprint

from app import access
from app.api import municipalities

api = Blueprint("api", __name__, url_prefix="/api/v1")
api.before_request(access.anyone)

api.register_blueprint(municipalities.bp)
