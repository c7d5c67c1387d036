"""Who may sign in. For administrators."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, if_refused
from app.database import begin_write, db
from app.people import administration, sign_in
from app.people import queries as people
from app.people.models import User
from app.staff.user_forms import ROLES, UserForm

bp = Blueprint("users", __name__)
bp.before_request(access.administrators)


@bp.route("/users/")
def index() -> ResponseReturnValue:
    return render_template("staff/users/index.html", users=people.users(), roles=ROLES)


@bp.route("/users/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    form = UserForm()
    if form.validate_on_submit() and _saved(form, None):
        return redirect(url_for(".index"), 303)
    return render_template("staff/users/user.html", form=form, user=None)


@bp.route("/users/<int:user_id>", methods=["GET", "POST"])
def edit(user_id: int) -> ResponseReturnValue:
    user = db.session.get(User, user_id) or abort(404)
    form = UserForm(user)
    if form.validate_on_submit() and _saved(form, user):
        return redirect(url_for(".index"), 303)
    return render_template("staff/users/user.html", form=form, user=user)


@bp.post("/users/<int:user_id>/sign-out")
def sign_out(user_id: int) -> ResponseReturnValue:
    begin_write()
    user = db.session.get(User, user_id) or abort(404)
    sign_in.sign_out_everywhere(user)
    access.note("user.sign-out", f"user:{user_id}")
    db.session.commit()
    flash(_("%(name)s is signed out everywhere.", name=user.name), "success")
    return redirect(url_for(".index"), 303)


def _saved(form: UserForm, user: User | None) -> bool:
    profile = form.profile()
    begin_write()
    with if_refused.say_in(form):
        if user is None:
            user = administration.add_user(profile)
        else:
            administration.change_user(user, profile)
        db.session.flush()
        access.note("user.change", f"user:{user.id}")
        db.session.commit()
        flash(_("Saved."), "success")
        return True
    return False
