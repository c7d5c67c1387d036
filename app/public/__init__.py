"""Pages for anyone: events, registering, sparring, personal links, legal pages, signing in."""

from flask import Blueprint

from app import access
from app.public import (
    coming,
    corrections,
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
    sparring,
    sparring_amending,
    sparring_colleagues,
    sparring_feedback,
    sparring_invited,
    sparring_personal,
    sparring_request,
)

public = Blueprint("public", __name__)
public.before_request(access.anyone)

for part in (
    events,
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
    sparring_invited,
    pages,
    indexing,
    sign_in,
    sparring,
    sparring_request,
    sparring_personal,
    sparring_amending,
    sparring_colleagues,
    sparring_feedback,
):
    public.register_blueprint(part.bp)
