"""The themes that a municipality can choose from: adding, renaming, ordering and retiring them."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import access, if_refused
from app.database import begin_write, db
from app.forms import Form
from app.questions.order import Direction
from app.sparring import themes
from app.sparring.models import Theme
from app.staff.event_fields import TranslatedField

bp = Blueprint("sparring_themes", __name__)
bp.before_request(access.organisers)


class ThemeForm(Form):
    name = TranslatedField(_l("Name"), most=150, needed=_l("Enter the name in Finnish"))


@bp.get("/sparring/themes")
def index() -> str:
    every = themes.every()
    return render_template(
        "staff/sparring/themes.html",
        offered=[theme for theme in every if theme.retired_at is None],
        retired=[theme for theme in every if theme.retired_at is not None],
    )


@bp.route("/sparring/themes/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    return _written(ThemeForm(), None)


@bp.route("/sparring/themes/<int:theme_id>", methods=["GET", "POST"])
def edit(theme_id: int) -> ResponseReturnValue:
    theme = db.session.get(Theme, theme_id) or abort(404)
    return _written(ThemeForm(obj=theme), theme_id)


@bp.post("/sparring/themes/<int:theme_id>/move")
def move(theme_id: int) -> ResponseReturnValue:
    wanted = Direction.UP if request.form.get("direction") == Direction.UP else Direction.DOWN
    begin_write()
    themes.move(theme_id, wanted)
    db.session.commit()
    return redirect(url_for(".index", _anchor=_button_of(theme_id, wanted)), 303)


@bp.post("/sparring/themes/<int:theme_id>/retire")
def retire(theme_id: int) -> ResponseReturnValue:
    begin_write()
    themes.retire(db.session.get(Theme, theme_id) or abort(404))
    db.session.commit()
    flash(_("The theme is no longer offered. Requests that chose it keep it."), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/sparring/themes/<int:theme_id>/bring-back")
def bring_back(theme_id: int) -> ResponseReturnValue:
    begin_write()
    themes.bring_back(db.session.get(Theme, theme_id) or abort(404))
    db.session.commit()
    flash(_("The theme is offered again, at the end of the list."), "success")
    return redirect(url_for(".index"), 303)


def _written(form: ThemeForm, theme_id: int | None) -> ResponseReturnValue:
    if form.validate_on_submit():
        begin_write()
        with if_refused.say_at(form.name.form["fi"]):
            if theme_id is None:
                themes.add(form.name.text)
            else:
                themes.rename(db.session.get_one(Theme, theme_id), form.name.text)
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for(".index"), 303)
    return render_template("staff/sparring/theme.html", form=form, is_new=theme_id is None)


def _button_of(theme_id: int, pressed: Direction) -> str:
    """The button to go on with: the one pressed, or the other one at an end of the list."""
    ids = [theme.id for theme in themes.every() if theme.retired_at is None]
    at_end = {Direction.UP: ids[:1], Direction.DOWN: ids[-1:]}[pressed] == [theme_id]
    other = Direction.DOWN if pressed is Direction.UP else Direction.UP
    return f"{other if at_end else pressed}-{theme_id}"
