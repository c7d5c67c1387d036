"""An event's invitation links: made, counted, shown again, revoked."""

import wtforms
from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import NumberRange, Optional

from app import access
from app.database import begin_write, db
from app.events import editing
from app.events import queries as events
from app.forms import Form, IntegerField, at_most, required
from app.registrations import invitation_links, links
from app.registrations.models import Invitation

bp = Blueprint("invitations", __name__)
bp.before_request(access.organisers)


class InvitationForm(Form):
    name = wtforms.StringField(_l("Whom is the link for?"), [required(_l("Enter whom the link is for")), at_most(200)])
    limit = IntegerField(
        _l("How many may register by it?"),
        [Optional(), NumberRange(1, 10_000, message=_l("Enter a number from %(min)d to %(max)d"))],
    )


@bp.route("/events/<int:event_id>/invitations", methods=["GET", "POST"])
def index(event_id: int) -> ResponseReturnValue:
    event, form = events.by_id(event_id) or abort(404), InvitationForm()
    editing.must_be_editable(event)
    if form.validate_on_submit():
        begin_write()
        invitation_links.make(event_id, form.name.data or "", form.limit.data, by=access.user().id)
        db.session.commit()
        flash(_("The link is made. Copy it from the list and send it."), "success")
        return redirect(url_for(".index", event_id=event_id), 303)
    return render_template(
        "staff/events/invitations.html",
        event=event,
        form=form,
        invitations=[(one, links.invitation_url(one.uuid)) for one in invitation_links.of(event)],
        used=invitation_links.used(event),
        has_days_by_invitation=any(day.invited_only for day in events.days_of(event)),
    )


@bp.post("/events/<int:event_id>/invitations/<int:invitation_id>/revoke")
def revoke(event_id: int, invitation_id: int) -> ResponseReturnValue:
    begin_write()
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or invitation.event_id != event_id:
        abort(404)
    invitation_links.revoke(invitation)
    db.session.commit()
    flash(_("The link is revoked. Those who have registered by it stay."), "success")
    return redirect(url_for(".index", event_id=event_id), 303)
