"""The seasons that events belong to."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import access, if_refused
from app.database import begin_write, db
from app.events import queries as events
from app.events import seasons
from app.events.models import Season
from app.forms import DateField, Form, required
from app.staff.event_fields import TranslatedField

bp = Blueprint("seasons", __name__)
bp.before_request(access.organisers)


class SeasonForm(Form):
    name = TranslatedField(_l("Name"), most=100, needed=_l("Enter the name in Finnish"))
    starts_on = DateField(_l("First day"), [required(_l("Enter the first day"))])
    ends_on = DateField(_l("Last day"), [required(_l("Enter the last day"))])


@bp.route("/seasons/")
def index() -> ResponseReturnValue:
    return render_template("staff/events/seasons.html", seasons=events.seasons())


@bp.route("/seasons/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    return _written(SeasonForm(), None)


@bp.route("/seasons/<int:season_id>", methods=["GET", "POST"])
def edit(season_id: int) -> ResponseReturnValue:
    season = db.session.get(Season, season_id) or abort(404)
    return _written(SeasonForm(obj=season), season_id)


def _written(form: SeasonForm, season_id: int | None) -> ResponseReturnValue:
    first, last = form.starts_on.data, form.ends_on.data
    if form.validate_on_submit() and first and last:
        begin_write()
        season = db.session.get_one(Season, season_id) if season_id else Season()
        with if_refused.say_at(form.ends_on):
            seasons.write(season, name=form.name.text, starts_on=first, ends_on=last)
            db.session.add(season)
            db.session.commit()
            flash(_("The season is saved."), "success")
            return redirect(url_for("staff.seasons.index"), 303)
    return render_template("staff/events/season.html", form=form, is_new=season_id is None)
