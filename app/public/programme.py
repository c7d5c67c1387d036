"""The personal page's programme items: which of those with sign-up one takes part in."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock, if_refused, language
from app.database import db
from app.events import queries as events
from app.public import form_posts, personal_links
from app.public.programme_form import ProgrammeForm
from app.registrations import invitations, own_changes, programme_choices, programme_offer
from app.registrations.models import Registration

bp = Blueprint("programme", __name__)
bp.after_request(personal_links.keep_from_robots)


@bp.route("/r/<token>/programme", methods=["GET", "POST"])
@form_posts.limited()
def choose(token: str) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    form = ProgrammeForm(registration)
    if not form.offered or not _is_changeable(registration):
        return redirect(personal_links.page("public.personal.show", token))
    if form.validate_on_submit():
        with if_refused.say_at(form.items):
            own_changes.choose_items(registration, form.chosen)
            db.session.commit()
            flash(_("Your choices are saved."), "success")
            return redirect(personal_links.page("public.personal.show", token), 303)
    return _page(registration, form, token)


def own_items(registration: Registration) -> dict[str, Any]:
    """What the personal page shows: `own_items` in words, None where nobody signs up; and whether a calendar has it."""
    chosen = None
    if any(day.has_sign_up for day in events.days_of(registration.event)):
        chosen = [programme_choices.in_words(item, language.current()) for item in programme_choices.of(registration)]
    return {"own_items": chosen, "is_in_calendar": bool(invitations.entries_of(registration))}


def _page(registration: Registration, form: ProgrammeForm, token: str) -> str:
    may_wait = not registration.holds_place
    programme = programme_offer.by_day(form.offered, language.current(), kept=form.kept, may_wait=may_wait)
    return render_template(
        "public/personal_programme.html", form=form, programme=programme, token=token, registration=registration
    )


def _is_changeable(registration: Registration) -> bool:
    event = registration.event
    return registration.is_active and event.is_published and not event.has_started(clock.now())
