"""The programme of a meeting: rows with minutes, in an order that buttons change."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, if_refused, language
from app.database import db
from app.sparring import meetings, programme
from app.sparring.meeting_models import Meeting, MeetingItem
from app.sparring.models import RequestState
from app.staff import sparring_too_late
from app.staff.sparring_meeting import programme_rows
from app.staff.sparring_meeting_forms import ItemRowForm

bp = Blueprint("sparring_meeting_programme", __name__)
bp.before_request(access.organisers)


@bp.route("/sparring/meetings/<int:meeting_id>/programme", methods=["GET", "POST"])
def index(meeting_id: int) -> ResponseReturnValue:
    meeting = _meeting(meeting_id)
    form = ItemRowForm()
    if not form.validate_on_submit():
        return _page(meeting, form)
    with sparring_too_late.kept(form):
        programme.add(meeting_id, form.item)
        return _saved(meeting_id)
    return _page(meeting, form), 409


@bp.route("/sparring/meetings/<int:meeting_id>/programme/<int:item_id>", methods=["GET", "POST"])
def edit(meeting_id: int, item_id: int) -> ResponseReturnValue:
    meeting = _meeting(meeting_id)
    item = programme.item_of(meeting_id, item_id) or abort(404)
    form = ItemRowForm(item)
    if not form.validate_on_submit():
        return _item_page(meeting, form, item)
    with sparring_too_late.kept(form):
        programme.save(meeting_id, item_id, form.item)
        return _saved(meeting_id)
    return _item_page(meeting, form, item), 409


@bp.route("/sparring/meetings/<int:meeting_id>/programme/<int:item_id>/move", methods=["POST"])
def move(meeting_id: int, item_id: int) -> ResponseReturnValue:
    _meeting(meeting_id)
    with if_refused.flash():
        programme.move(meeting_id, item_id, earlier=request.form.get("to") == "earlier")
        db.session.commit()
    return _again(meeting_id)


@bp.route("/sparring/meetings/<int:meeting_id>/programme/<int:item_id>/remove", methods=["POST"])
def remove(meeting_id: int, item_id: int) -> ResponseReturnValue:
    _meeting(meeting_id)
    with if_refused.flash():
        programme.remove(meeting_id, item_id)
        return _saved(meeting_id)
    return _again(meeting_id)


@bp.route("/sparring/meetings/<int:meeting_id>/programme/ready", methods=["POST"])
def ready(meeting_id: int) -> ResponseReturnValue:
    _meeting(meeting_id)
    with if_refused.flash():
        programme.declare_ready(meeting_id, by=access.user())
        db.session.commit()
        flash(_("The programme is ready. Everyone who takes part finds it on the meeting’s page."), "success")
    return redirect(url_for("staff.sparring_meeting.show", meeting_id=meeting_id), 303)


def _meeting(meeting_id: int) -> Meeting:
    return meetings.by_id(meeting_id) or abort(404)


def _page(meeting: Meeting, form: ItemRowForm) -> str:
    return render_template(
        "staff/sparring/meeting_programme.html",
        meeting=meeting,
        wish=meeting.request,
        form=form,
        rows=programme_rows(meeting, language.current()),
        overrun=programme.overrun(meeting),
        can_change=meeting.called_off_at is None,
        can_be_ready=meeting.request.state is RequestState.AGREED,
    )


def _item_page(meeting: Meeting, form: ItemRowForm, item: MeetingItem) -> str:
    return render_template(
        "staff/sparring/meeting_programme_item.html", meeting=meeting, wish=meeting.request, form=form, item=item
    )


def _saved(meeting_id: int) -> ResponseReturnValue:
    db.session.commit()
    flash(_("The programme is saved."), "success")
    return _again(meeting_id)


def _again(meeting_id: int) -> ResponseReturnValue:
    return redirect(url_for(".index", meeting_id=meeting_id), 303)
