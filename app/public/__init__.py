"""Pages for anyone: events, registering, personal links, legal pages, signing in."""

from flask import Blueprint

from app import access
from app.public import events, joining, pages, personal, registrations, sign_in

public = Blueprint("public", __name__)
public.before_request(access.anyone)

for part in (events, registrations, personal, joining, pages, sign_in):
    public.register_blueprint(part.bp)
