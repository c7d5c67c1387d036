"""Pages for anyone: events, registering, personal links, legal pages, signing in."""

from flask import Blueprint

from app import access
from app.public import (
    coming,
    corrections,
    event_preview,
    events,
    feeds,
    group_page,
    groups,
    hand_over,
    indexing,
    invited,
    joining,
    new_address,
    offers,
    opening_wishes,
    optional_mail,
    own_answers,
    own_data,
    pages,
    participants,
    personal,
    programme,
    registrations,
    sign_in,
)

public = Blueprint("public", __name__)
public.before_request(access.anyone)

for part in (
    events,
    event_preview,
    feeds,
    registrations,
    corrections,
    personal,
    own_answers,
    programme,
    new_address,
    hand_over,
    groups,
    group_page,
    joining,
    invited,
    offers,
    optional_mail,
    coming,
    participants,
    own_data,
    opening_wishes,
    pages,
    indexing,
    sign_in,
):
    public.register_blueprint(part.bp)
