"""The pictures of tutors: for anyone of those who agreed to be shown, for staff of all."""

from uuid import UUID

from flask import Blueprint, abort, g, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from app.sparring import namings

bp = Blueprint("tutor_pictures", __name__)


@bp.get("/sparring/tutors/<uuid:profile_uuid>.jpg")
def picture(profile_uuid: UUID) -> AnyResponse:
    profile = namings.profile_by_uuid(str(profile_uuid))
    if profile is None or profile.picture is None or not (profile.is_shown or g.user):
        abort(404)
    response = make_response(profile.picture)
    response.content_type = "image/jpeg"
    response.headers["Cache-Control"] = "public, max-age=300" if profile.is_shown else "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)
