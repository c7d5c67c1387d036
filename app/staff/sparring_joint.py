"""Several municipalities that ask about the same: shown on a request's page, joined and parted by the team."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, if_refused
from app.database import begin_write, db
from app.sparring import handling, joint, queries
from app.sparring.models import Request

bp = Blueprint("sparring_joint", __name__)
bp.before_request(access.organisers)


def shown(sparring: Request) -> dict[str, Any]:
    """What the part of the request's page shows."""
    manages = access.manages_events(access.user())
    return {
        "alike": joint.alike(sparring) if manages else [],
        "leading": queries.leading(sparring),
        "followers": joint.followers(sparring),
    }


@bp.post("/sparring/requests/<int:request_id>/join/<int:other_id>")
def propose(request_id: int, other_id: int) -> ResponseReturnValue:
    begin_write()
    lead, other = _both(request_id, other_id)
    with if_refused.flash():
        joint.propose(lead, other, by=access.user())
        db.session.commit()
        flash(_("A joint meeting is proposed. Both municipalities are told by mail."), "success")
    return _back(request_id)


@bp.post("/sparring/requests/<int:request_id>/part")
def part(request_id: int) -> ResponseReturnValue:
    begin_write()
    sparring = handling.locked(request_id) or abort(404)
    with if_refused.flash():
        joint.part(sparring, by=access.user())
        db.session.commit()
        flash(_("The request goes on by itself. Both municipalities are told by mail."), "success")
    return _back(request_id)


def _both(first_id: int, second_id: int) -> tuple[Request, Request]:
    """Two requests, locked in the order of their numbers, so that two members of the team never wait for each other."""
    found = {number: handling.locked(number) for number in sorted({first_id, second_id})}
    return found[first_id] or abort(404), found[second_id] or abort(404)


def _back(request_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.sparring_request.show", request_id=request_id), 303)
