"""The board of sparring requests by state, and the same as a list. A tutor finds the own ones."""

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app import access
from app.database import db
from app.sparring import board, joint, namings
from app.sparring.models import Request, RequestState
from app.sparring.states import ENDED
from app.staff import paging, sparring_address, sparring_words

PER_PAGE = 50

bp = Blueprint("sparring_board", __name__)
bp.before_request(access.tutors)
for word in sparring_words.GLOBALS:
    bp.add_app_template_global(word)


@bp.route("/sparring/")
def index() -> ResponseReturnValue:
    who, asked = access.user(), sparring_address.asked()
    visible = access.visible_requests(who)
    found = board.on_the_board(asked.shown, visible)
    counts = board.counts(asked.shown, visible)
    return render_template(
        "staff/sparring/board.html",
        columns=_columns(found, asked.shown.state),
        late=sum(board.is_late(one, board.today()) for one in found),
        ended={state: counts.get(state, 0) for state in RequestState if state in ENDED},
        shown=asked.shown,
        shared=joint.shared_themes(visible) if access.manages_events(who) else [],
        manages=access.manages_events(who),
        own_namings=namings.own(who),
        filters=sparring_address.filters(asked.shown) if access.manages_events(who) else [],
    )


@bp.route("/sparring/requests/")
def listing() -> ResponseReturnValue:
    who, asked = access.user(), sparring_address.asked()
    visible = access.visible_requests(who)
    counts = board.counts(asked.shown, visible)
    found = counts.get(asked.shown.state, 0) if asked.shown.state else sum(counts.values())
    page = paging.asked(found, length=PER_PAGE)
    ordered = board.listed(asked.shown, visible, sort=asked.sort, descending=asked.descending)
    return render_template(
        "staff/sparring/requests.html",
        requests=db.session.scalars(ordered.offset(page.begins).limit(PER_PAGE)).all(),
        found=found,
        asked=asked,
        shown=asked.shown,
        page=page,
        filters=sparring_address.filters(asked.shown) if access.manages_events(who) else [],
    )


def _columns(found: Sequence[Request], only: RequestState | None) -> list[tuple[RequestState, list[Request]]]:
    by_state: dict[RequestState, list[Request]] = {state: [] for state in RequestState if state not in ENDED}
    for one in found:
        by_state[one.state].append(one)
    return [(state, requests) for state, requests in by_state.items() if only in (None, state)]
