"""Pages for anyone: events, registering, personal links, legal pages, signing in."""

from flask import Blueprint

from app import access
from app.public import (
    corrections,
    events,
    indexing,
    invited,
    joining,
    new_address,
    offers,
    optional_mail,
    pages,
    personal,
    registrations,
    sign_in,
)

public = Blueprint("public", __name__)
public.before_request(access.anyone)

for part in (
    *(events, registrations, corrections, personal, offers, new_address, joining, invited, optional_mail),
    *(pages, indexing, sign_in),
):
    public.register_blueprint(part.bp)
