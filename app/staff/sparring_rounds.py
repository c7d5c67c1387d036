"""Rounds of sparring: the list with how far each has come, a new one, and changing one."""

from datetime import date
from typing import cast

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import NumberRange, Optional

from app import access, if_refused, language
from app.database import begin_write, db
from app.events import queries as events
from app.forms import DateField, IntegerField, SelectField, choices, required
from app.sparring import queries as sparring
from app.sparring import rounds
from app.sparring.round_models import Round
from app.sparring.rounds import Plan
from app.staff import call_words
from app.staff.event_fields import TranslatedField
from app.staff.versioned import Versioned

bp = Blueprint("sparring_rounds", __name__)
bp.before_request(access.organisers)
for word in call_words.FOR_TEMPLATES:
    bp.add_app_template_global(word)


class RoundForm(Versioned):
    of_season = SelectField(_l("Season"))
    name = TranslatedField(_l("Name"), most=100, needed=_l("Enter the name in Finnish"))
    opens_on = DateField(_l("First day"), [required(_l("Enter the first day"))])
    closes_on = DateField(_l("Last day"), [required(_l("Enter the last day"))])
    goal_municipalities = IntegerField(
        _l("Goal: how many municipalities ask for sparring"),
        [Optional(), NumberRange(1, 400, message=_l("Enter a number from %(min)d to %(max)d"))],
    )
    introduction = TranslatedField(_l("Introduction"), most=4_000, lines=5)
    invitation = TranslatedField(_l("Invitation mail"), most=4_000, lines=7)

    def __init__(self, of: Round | None = None) -> None:
        season = sparring.season_now()
        super().__init__(obj=of, data={"of_season": str(of.season_id if of else season and season.id)})
        seasons = [(str(one.id), str(one.name.into(language.current()))) for one in events.seasons()]
        self.of_season.choices = choices(seasons)

    def plan(self) -> Plan:
        return Plan(
            season_id=int(self.of_season.data),
            name=self.name.text,
            introduction=self.introduction.text,
            invitation=self.invitation.text,
            opens_on=cast(date, self.opens_on.data),
            closes_on=cast(date, self.closes_on.data),
            goal_municipalities=self.goal_municipalities.data,
        )


@bp.route("/sparring/rounds/")
def index() -> ResponseReturnValue:
    every = rounds.every()
    return render_template("staff/sparring/rounds.html", rounds=every, progress=rounds.progress(every))


@bp.route("/sparring/rounds/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    if not events.seasons():
        flash(_("Give the season first: every round belongs to one."))
        return redirect(url_for("staff.seasons.new"))
    form = RoundForm()
    if form.validate_on_submit():
        begin_write()
        with if_refused.say_at(form.closes_on):
            made = rounds.create(form.plan())
            db.session.commit()
            flash(_("The round is made, with a row for each municipality of the region."), "success")
            return redirect(url_for("staff.sparring_calls.index", round_id=made.id), 303)
    return _page(form, None)


@bp.route("/sparring/rounds/<int:round_id>/edit", methods=["GET", "POST"])
def edit(round_id: int) -> ResponseReturnValue:
    known = db.session.get(Round, round_id) or abort(404)
    form = RoundForm(known)
    if not form.validate_on_submit():
        return _page(form, known)
    begin_write()
    stale = _("Someone else saved this round after you opened it. What you typed is kept here: open the round in "
              "another window, compare, and save again if yours should stand.")  # fmt: skip
    with form.kept(lambda: known.version, stale=stale, at=form.closes_on) as saving:
        rounds.change(round_id, form.plan(), version=form.shown_version)
        db.session.commit()
        flash(_("The round is saved."), "success")
        return redirect(url_for("staff.sparring_calls.index", round_id=round_id), 303)
    return _page(form, known), saving.status


def _page(form: RoundForm, known: Round | None) -> str:
    return render_template("staff/sparring/round.html", form=form, known=known)
