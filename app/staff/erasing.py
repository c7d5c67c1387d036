"""Erasing a registration's personal details because the person has asked for it. For administrators."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access
from app.database import db
from app.registrations import erasure, group_contacts

bp = Blueprint("erasing", __name__)
bp.before_request(access.administrators)


@bp.get("/registrations/<int:registration_id>/erase")
def ask(registration_id: int) -> str:
    registration = access.visible_registration(registration_id)
    access.record("registration.view", f"registration:{registration_id}")
    return render_template(
        "staff/registrations/erase.html",
        registration=registration,
        event=registration.event,
        led=group_contacts.groups_of(registration),
        gives_up_place=erasure.gives_up_place(registration),
    )


@bp.post("/registrations/<int:registration_id>/erase")
def erase(registration_id: int) -> ResponseReturnValue:
    registration = access.visible_registration(registration_id)
    if erasure.erase(registration):
        flash(_("The personal details are erased. The person is told by one last mail."), "success")
    else:
        flash(_("The personal details had been erased already."))
    access.note("registration.erase", f"registration:{registration_id}")
    db.session.commit()
    return redirect(url_for("staff.registration.show", registration_id=registration_id), 303)
