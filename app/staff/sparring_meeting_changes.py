"""Changes of a meeting that others hear of: who is told is shown before it is saved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, language
from app.database import db
from app.people.models import User
from app.sparring import calling_off, guests, meetings, standing, tutor_away, tutor_time
from app.sparring.meeting_models import Meeting, MeetingGuest
from app.sparring.models import RequestState
from app.sparring.standing import Standing
from app.staff.event_fields import typed
from app.staff.sparring_meeting_forms import CallOffForm, DespiteAwayForm, DetailsForm, TimeForm, TutorsForm
from app.staff.versioned import Versioned

bp = Blueprint("sparring_meeting_changes", __name__)
bp.before_request(access.organisers)


@bp.route("/sparring/meetings/<int:meeting_id>/details", methods=["GET", "POST"])
def details(meeting_id: int) -> ResponseReturnValue:
    meeting = _meeting(meeting_id)
    form = DetailsForm(obj=meeting)
    if not _sent(form):
        return _form_page("details", meeting, form)
    given = form.details
    if meetings.reach_calendars(meeting, given) and _unconfirmed():
        after = replace(
            standing.of(meeting),
            attendance=given.attendance,
            place=", ".join(filter(None, (given.venue, given.address))),
        )
        return _preview("details", meeting, after, list(guests.of(meeting)))
    return _done("details", meeting, form, lambda: meetings.save_details(
        meeting_id, given, version=form.shown_version, by=access.user()
    ))  # fmt: skip


@bp.route("/sparring/meetings/<int:meeting_id>/time", methods=["GET", "POST"])
def time(meeting_id: int) -> ResponseReturnValue:
    meeting = _meeting(meeting_id)
    form = TimeForm.of(meeting)
    if not _sent(form):
        return _form_page("time", meeting, form)
    starts_at, ends_at = form.period
    if _unconfirmed():
        with form.kept(lambda: meeting.version):
            tutors = [user.id for user in tutor_time.tutors_of(meeting)]
            tutor_time.must_be_free(tutors, starts_at, ends_at, but=meeting.id)
            _must_be_there(form, tutors, starts_at, ends_at)
            after = replace(standing.of(meeting), starts_at=starts_at, ends_at=ends_at)
            return _preview("time", meeting, after, list(guests.of(meeting)))
        return _form_page("time", meeting, form)
    return _done("time", meeting, form, lambda: meetings.change_time(
        meeting_id, starts_at, ends_at, version=form.shown_version, by=access.user(),
        despite_away=form.despite_away.data,
    ))  # fmt: skip


@bp.route("/sparring/meetings/<int:meeting_id>/tutors", methods=["GET", "POST"])
def tutors(meeting_id: int) -> ResponseReturnValue:
    meeting = _meeting(meeting_id)
    there = [user.id for user in tutor_time.tutors_of(meeting)]
    users = {profile.user_id: profile.user for profile in meetings.candidates_for(meeting)}
    form = TutorsForm(version=str(meeting.version), tutors=there)
    form.tutors.choices = [(user.id, user.name) for user in users.values()]
    if not _sent(form):
        return _form_page("tutors", meeting, form)
    chosen = [users[user_id] for user_id in form.tutors.data or []]
    if _unconfirmed():
        with form.kept(lambda: meeting.version):
            coming = [user.id for user in chosen if user.id not in there]
            tutor_time.must_be_free(coming, meeting.starts_at, meeting.ends_at, but=meeting.id)
            _must_be_there(form, coming, meeting.starts_at, meeting.ends_at)
            return _preview_of_tutors(meeting, chosen)
        return _form_page("tutors", meeting, form)
    return _done("tutors", meeting, form, lambda: meetings.change_tutors(
        meeting_id, [user.id for user in chosen], version=form.shown_version, by=access.user(),
        despite_away=form.despite_away.data,
    ))  # fmt: skip


@bp.route("/sparring/meetings/<int:meeting_id>/call-off", methods=["GET", "POST"])
def call_off(meeting_id: int) -> ResponseReturnValue:
    meeting = _meeting(meeting_id)
    form = CallOffForm()
    if not _sent(form):
        return _form_page("call_off", meeting, form)
    if _unconfirmed():
        return _preview("call_off", meeting, None, list(guests.of(meeting)))
    return _done("call_off", meeting, form, lambda: calling_off.call_off(
        meeting_id, RequestState(form.to.data), reason=form.reason.data or "", by=access.user()
    ))  # fmt: skip


def _meeting(meeting_id: int) -> Meeting:
    return meetings.by_id(meeting_id) or abort(404)


def _sent(form: Versioned) -> bool:
    return "back" not in request.form and form.validate_on_submit()


def _must_be_there(form: DespiteAwayForm, user_ids: list[int], starts_at: datetime, ends_at: datetime) -> None:
    if not form.despite_away.data:
        tutor_away.must_be_there(user_ids, starts_at, ends_at)


def _unconfirmed() -> bool:
    return "confirmed" not in request.form


def _preview_of_tutors(meeting: Meeting, chosen: list[User]) -> ResponseReturnValue:
    after = replace(standing.of(meeting), tutors=tuple(sorted(user.name for user in chosen)))
    ids = {user.id for user in chosen}
    there = guests.of(meeting)
    leaving = [guest for guest in there if guest.user_id and guest.user_id not in ids]
    known = {guest.user_id for guest in there}
    coming = [user.name for user in chosen if user.id not in known]
    staying = [guest for guest in there if guest not in leaving]
    return _preview("tutors", meeting, after, staying, leaving=[guest.name for guest in leaving], coming=coming)


def _preview(
    step: str, meeting: Meeting, after: Standing | None, told: list[MeetingGuest], **names: list[str]
) -> ResponseReturnValue:
    """What changes, and who is told; nothing is saved yet."""
    speaks = language.current()
    differences = standing.differences(standing.of(meeting), after, speaks) if after else []
    if after and not differences:
        flash(_("Nothing was changed."))
        return redirect(url_for("staff.sparring_meeting.show", meeting_id=meeting.id), 303)
    return render_template(
        "staff/sparring/meeting_preview.html",
        step=step,
        meeting=meeting,
        wish=meeting.request,
        differences=differences,
        told=[guest.name for guest in told],
        leaving=names.get("leaving", []),
        coming=names.get("coming", []),
        typed=typed(),
    )


def _done(step: str, meeting: Meeting, form: Versioned, change: Callable[[], Any]) -> ResponseReturnValue:
    """Make the change and show the meeting; or the form again, with why it cannot be."""
    sequence = meeting.sequence
    with form.kept(lambda: meeting.version) as saving:
        change()
        db.session.commit()
        flash(_saved(meeting.sequence > sequence), "success")
        return redirect(url_for("staff.sparring_meeting.show", meeting_id=meeting.id), 303)
    return _form_page(step, meeting, form), saving.status


def _saved(was_told: bool) -> str:
    return _("Saved. Those whom it concerns are told by mail.") if was_told else _("Saved. Nobody needed to be told.")


def _form_page(step: str, meeting: Meeting, form: Versioned) -> str:
    speaks = language.current()
    return render_template(
        f"staff/sparring/meeting_{step}.html",
        meeting=meeting,
        wish=meeting.request,
        now=standing.facts(standing.of(meeting), speaks),
        form=form,
    )
