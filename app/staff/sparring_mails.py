"""A mail about a request, sent once more."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, if_refused
from app.database import begin_write, db
from app.messages import outbox
from app.messages import queries as messages
from app.sparring import posting

bp = Blueprint("sparring_mails", __name__)
bp.before_request(access.organisers)


@bp.post("/sparring/requests/<int:request_id>/messages/<int:message_id>/again")
def send_again(request_id: int, message_id: int) -> ResponseReturnValue:
    sparring = access.visible_request(request_id)
    begin_write()
    sent = {message.id: message for message in messages.about(posting.about(sparring))}
    with if_refused.flash():
        outbox.again(sent.get(message_id) or abort(404))
        access.note("sparring-request.send-again", f"sparring:{request_id}")
        db.session.commit()
        flash(_("The mail will be sent again."), "success")
    return redirect(url_for("staff.sparring_request.show", request_id=request_id, _anchor="mails"), 303)
