"""The tutors of the season and their profiles. For the team."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, if_refused
from app.database import begin_write, db
from app.events.models import Season
from app.people.models import User
from app.sparring import namings, queries, tutors
from app.sparring.tutor_models import TutorProfile
from app.staff.sparring_tutor_form import NewTutorForm, ProfileForm, saved

bp = Blueprint("sparring_tutors", __name__)
bp.before_request(access.organisers)


@bp.route("/sparring/tutors/")
def index() -> ResponseReturnValue:
    season = queries.season_now()
    profiles = namings.profiles(season) if season else []
    return render_template(
        "staff/sparring/tutors.html",
        season=season,
        profiles=profiles,
        loads=tutors.loads(season) if season else {},
        themes=tutors.themes_by_profile(profiles),
        manages=True,
    )


@bp.route("/sparring/tutors/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    season = queries.season_now()
    if season is None:
        flash(_("Give the season first."))
        return redirect(url_for("staff.seasons.new"))
    form = NewTutorForm({one.user_id for one in namings.profiles(season)})
    if form.validate_on_submit() and _added(form, season.id):
        return redirect(url_for(".index"), 303)
    return render_template("staff/sparring/tutor.html", form=form, profile=None, is_own=False)


@bp.route("/sparring/tutors/<int:profile_id>", methods=["GET", "POST"])
def edit(profile_id: int) -> ResponseReturnValue:
    profile = db.session.get(TutorProfile, profile_id) or abort(404)
    form, status = ProfileForm(profile), 200
    if form.validate_on_submit():
        status = saved(form, profile)
        if status == 303:
            return redirect(url_for(".index"), 303)
    return render_template("staff/sparring/tutor.html", form=form, profile=profile, is_own=False), status


def _added(form: NewTutorForm, season_id: int) -> bool:
    written, chosen = form.written(), form.chosen()
    begin_write()
    with if_refused.say_in(form):
        tutors.add(db.session.get_one(Season, season_id), db.session.get_one(User, chosen), written)
        db.session.commit()
        flash(_("The tutor is added."), "success")
        return True
    return False
