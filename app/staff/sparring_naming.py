"""The team asks a tutor to a request, or releases one."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, if_refused
from app.database import begin_write, db
from app.sparring import handling, naming
from app.sparring.tutor_models import TutorProfile

bp = Blueprint("sparring_naming", __name__)
bp.before_request(access.organisers)


@bp.post("/sparring/requests/<int:request_id>/tutors/<int:profile_id>/ask")
def ask(request_id: int, profile_id: int) -> ResponseReturnValue:
    begin_write()
    sparring = handling.locked(request_id) or abort(404)
    profile = db.session.get(TutorProfile, profile_id)
    if profile is None or profile.season_id != sparring.season_id:
        abort(404)
    name = profile.user.name
    with if_refused.flash():
        naming.ask(sparring, profile, by=access.user(), is_required="optional" not in request.form)
        db.session.commit()
        flash(_("%(name)s was asked by mail.", name=name), "success")
    return _back(request_id)


@bp.post("/sparring/requests/<int:request_id>/namings/<int:naming_id>/release")
def release(request_id: int, naming_id: int) -> ResponseReturnValue:
    begin_write()
    named = naming.locked(naming_id)
    if named is None or named.request_id != request_id:
        abort(404)
    name = named.profile.user.name
    with if_refused.flash():
        naming.release(named, by=access.user())
        db.session.commit()
        flash(_("%(name)s was released, and told so by mail.", name=name), "success")
    return _back(request_id)


def _back(request_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.sparring_request.show", request_id=request_id, _anchor="tutors"), 303)
