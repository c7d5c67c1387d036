"""A tutor's own profile in the season."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import access
from app.sparring import namings, queries
from app.staff.sparring_tutor_form import ProfileForm, saved

bp = Blueprint("sparring_own_profile", __name__)
bp.before_request(access.tutors)


@bp.route("/sparring/profile", methods=["GET", "POST"])
def edit() -> ResponseReturnValue:
    season = queries.season_now()
    profile = namings.profile_of(season, access.user()) if season else None
    if profile is None:
        return render_template("staff/sparring/no_profile.html")
    form, status = ProfileForm(profile), 200
    if form.validate_on_submit():
        status = saved(form, profile)
        if status == 303:
            return redirect(url_for("staff.sparring_board.index"), 303)
    return render_template("staff/sparring/tutor.html", form=form, profile=profile, is_own=True), status
