"""The page from which a contact sees and changes the group. GET changes nothing."""

from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from app import clock, if_refused, language
from app.database import db
from app.events import queries as events
from app.events.models import Event
from app.events.registration_period import Period, period
from app.forms import Form
from app.public import (
    event_words,
    form_posts,
    group_steps,
    outcomes,
    own_data_steps,
    personal_links,
    refusals,
    summaries,
)
from app.public.group_form import NewMemberForm
from app.public.group_steps import GroupSteps
from app.registrations import (
    group_changes,
    group_contacts,
    group_members,
    group_notices,
    group_offers,
    offers,
    own_days,
    queries,
)
from app.registrations.group_members import Member
from app.registrations.models import Group

bp = Blueprint("group_page", __name__)
bp.after_request(personal_links.keep_from_robots)


@bp.get("/g/<token>")
def show(token: str) -> str:
    group = personal_links.group(token)
    event = group.event
    members = group_members.of(group)
    is_invited = queries.invitation_of(group) is not None
    mine = own_days.days_when(invited=is_invited, days=events.days_of(event))
    days = [(day.starts_at, day.ends_at) for day in mine]
    return render_template(
        "public/groups/group.html",
        group=group,
        event=event,
        token=token,
        offered_until=group_offers.open_until(group),
        offer_lapsed=group_offers.has_lapsed(group),
        may_wait_again=offers.may_wait_again(event),
        members=[_row(member, token, event) for member in members],
        rows=summaries.event_rows(event, days, event.modes[0], language.current())[:2],
        may_add=period(event, clock.now()) is Period.OPEN and _has_room(group, members),
    )


@bp.route("/g/<token>/add", methods=["GET", "POST"])
@form_posts.limited()
def add(token: str) -> ResponseReturnValue:
    group = personal_links.group(token)
    form = NewMemberForm(group)
    if form.validate_on_submit():
        steps = GroupSteps(group.event, [form.member()])
        if steps.due:
            return group_steps.page(steps, steps.due, group.event, may_go_back=False)
        with refusals.said_in(form):
            group_changes.add(group, *steps.applications)
            db.session.commit()
            flash(_("Your colleague is in the group now, and is told by mail."), "success")
            return redirect(personal_links.page(".show", token), 303)
    return render_template(
        "public/groups/add.html",
        form=form,
        carried=group_steps.answered(),
        group=group,
        event=group.event,
        token=token,
    )


@bp.route("/g/<token>/withdraw/<key>", methods=["GET", "POST"])
@form_posts.limited()
def withdraw(token: str, key: str) -> ResponseReturnValue:
    group = personal_links.group(token)
    member = group_members.by_key(group, key) or personal_links.unknown(personal_links.Link.GROUP)
    form = Form()
    if form.validate_on_submit():
        with if_refused.flash():
            is_new = group_changes.withdraw(group, member)
            db.session.commit()
            if is_new:
                flash(_("%(name)s is withdrawn, and is told by mail.", name=member.name), "success")
            else:
                flash(_("%(name)s was withdrawn already.", name=member.name), "success")
        return redirect(personal_links.page(".show", token), 303)
    return render_template("public/groups/withdraw.html", member=member, event=group.event, token=token)


@bp.post("/g/<token>/offer")
@form_posts.limited()
def answer(token: str) -> ResponseReturnValue:
    """For all of a whole group. Once more is "already", and too late is said, each on the group's page."""
    group = personal_links.group(token)
    answers = {
        "accept": (group_offers.accept, _("The places are yours. Welcome!"), _("The places were accepted already.")),
        "decline": (group_offers.decline, _("You declined the places for all."), _("This offer has ended already.")),
        "wait": (group_offers.wait_again, _("All of you wait again."), _("You are on the list already.")),
    }
    act, done, already = answers.get(request.form.get("answer", "")) or abort(400)
    outcomes.do_once(partial(act, group), done=done, already=already)
    return redirect(personal_links.page(".show", token), 303)


@bp.route("/g/<token>/erase", methods=["GET", "POST"])
@form_posts.limited()
def erase(token: str) -> ResponseReturnValue:
    group = personal_links.group(token)
    form = Form()
    if form.validate_on_submit():
        own_page = personal_links.page(".show", token)
        return own_data_steps.erase(partial(group_contacts.erase, group), done=".erased", own_page=own_page)
    return render_template("public/groups/erase.html", event=group.event, all_or_none=group.all_or_none, token=token)


@bp.get("/g/erased")
def erased() -> str:
    return render_template(
        "public/done.html",
        heading=_("Your details have been erased from the group"),
        text=_("Your colleagues keep their registrations."),
    )


def _row(member: Member, token: str, event: Event) -> summaries.Row:
    """A member as a line of the list; of a registration that has moved only the name is shown."""
    if member.takes_part and member.email is None:
        return {"key": member.name, "value": _("The registration has moved to another address")}
    told = [group_notices.in_words(member.status, member.number)]
    if member.takes_part:
        told += [event_words.mode_in_words(member.mode)] if len(event.modes) > 1 else []
        told.append(member.email or "")
    row: summaries.Row = {"key": member.name, "value": Markup("<br> ").join(told)}
    if member.may_be_withdrawn and event.is_published and not event.has_started(clock.now()):
        url = personal_links.page(".withdraw", token, key=member.key)
        row["action"] = {"text": _("Remove"), "about": member.name, "url": url}
    return row


def _has_room(group: Group, members: list[Member]) -> bool:
    return sum(member.takes_part for member in members) < group.event.largest_group
