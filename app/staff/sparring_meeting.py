"""A meeting at a glance: when, where, who, its programme, and what can be done with it."""

from typing import Any

import wtforms
from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import access, clock, if_refused, language, markdown, wording
from app.database import db
from app.forms import EmailField, Form, SelectField, at_most, choices, required
from app.sparring import afterwards, guests, labels, meetings, poll_queries, polls, programme, standing
from app.sparring.guests import Person
from app.sparring.meeting_models import Meeting
from app.sparring.models import WITH_A_TIME
from app.sparring.poll_models import Side
from app.staff import sparring_too_late
from app.staff.programme_form import FORMS

bp = Blueprint("sparring_meeting", __name__)
bp.before_request(access.organisers)


class GuestForm(Form):
    name = wtforms.StringField(_l("Name"), [required(_l("Enter the name")), at_most(200)])
    email = EmailField(_l("Email"), [required(_l("Enter the email address")), at_most(254)])
    language = SelectField(_l("Language of the mails"), choices=choices(language.IN_EACH.items()), default="fi")

    @property
    def person(self) -> Person:
        return Person(Side.MUNICIPALITY, self.name.data or "", self.email.data or "", self.language.data)


@bp.route("/sparring/meetings/<int:meeting_id>")
def show(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.by_id(meeting_id) or abort(404)
    speaks = language.current()
    return render_template(
        "staff/sparring/meeting.html",
        meeting=meeting,
        wish=meeting.request,
        name=labels.meeting_title(meeting.request, speaks),
        facts=_facts(meeting, speaks),
        guests=guests.of(meeting),
        rows=programme_rows(meeting, speaks),
        can_change=meeting.called_off_at is None and meeting.request.state in WITH_A_TIME,
        can_be_moved=polls.may_be_opened(meeting.request),
        poll_is_open=poll_queries.current(meeting.request) is not None,
        can_be_held=afterwards.can_be_held(meeting, clock.now()),
        was_held=afterwards.was_held(meeting),
        markdown=markdown.render,
    )


@bp.route("/sparring/meetings/<int:meeting_id>/participants", methods=["GET", "POST"])
def participants(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.by_id(meeting_id) or abort(404)
    form, status = GuestForm(language=meeting.request.contact_language), 200
    if form.validate_on_submit():
        with sparring_too_late.kept(form):
            added = meetings.invite(meeting_id, form.person, by=access.user())
            db.session.commit()
            flash(_("They got the meeting into their calendar by mail.") if added else _("They are there already."),
                  "success")  # fmt: skip
            return redirect(url_for(".participants", meeting_id=meeting_id), 303)
        status = 409
    access.record("sparring-request.view", f"sparring:{meeting.request_id}")
    return _participants_page(meeting, form), status


@bp.route("/sparring/meetings/<int:meeting_id>/participants/<int:guest_id>/remove", methods=["POST"])
def remove_participant(meeting_id: int, guest_id: int) -> ResponseReturnValue:
    meetings.by_id(meeting_id) or abort(404)
    with if_refused.flash():
        meetings.uninvite(meeting_id, guest_id, by=access.user())
        db.session.commit()
        flash(_("They were told, and the meeting left their calendar. Nobody else got a mail."), "success")
    return redirect(url_for(".participants", meeting_id=meeting_id), 303)


def _participants_page(meeting: Meeting, form: GuestForm) -> str:
    return render_template(
        "staff/sparring/participants.html",
        meeting=meeting,
        wish=meeting.request,
        form=form,
        guests=guests.of(meeting),
        can_change=meeting.called_off_at is None and meeting.request.state in WITH_A_TIME,
    )


def programme_rows(meeting: Meeting, speaks: str) -> list[dict[str, Any]]:
    """The programme as a table shows it."""
    names = dict(FORMS)
    return [
        {
            "item": row.item,
            "time": wording.bare_time_range(row.starts_at, row.ends_at, speaks),
            "form": names[row.item.form],
        }
        for row in programme.rows(meeting)
    ]


def _facts(meeting: Meeting, speaks: str) -> list[dict[str, Any]]:
    rows = standing.facts(standing.of(meeting), speaks)
    if meeting.participants is not None:
        rows.append((_("Participants"), wording.number(meeting.participants, speaks)))
    rows.append((_("Joining link"), meeting.meeting_url or ("" if meeting.attendance.value == "on-site" else "–")))
    rows.append((_("Access needs"), meeting.access_needs))
    return [{"key": key, "value": value} for key, value in rows if value]
