"""One's own account: who one is signed in as, the language of the pages, and the own calendar's address."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import access, language, wording
from app.database import begin_write, db
from app.events import feeds
from app.forms import Form, RadioField, choices
from app.language import OWN_NAMES, speaking
from app.people import calendar_feeds
from app.staff.user_forms import ROLES

bp = Blueprint("account", __name__)


class AccountForm(Form):
    language = RadioField(_l("Language of your pages and mails"), choices=choices(OWN_NAMES.items()))


@bp.route("/account", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    who = access.user()
    form = AccountForm(language=who.language)
    if form.validate_on_submit():
        begin_write()
        who.language = form.language.data
        db.session.commit()
        with speaking(who.language):
            flash(_("Saved."), "success")
        return redirect(url_for(".index", lang=None), 303)
    feed = calendar_feeds.of(who)
    return render_template(
        "staff/account.html",
        form=form,
        who=who,
        role=ROLES[who.role],
        subscription=feeds.subscription(calendar_feeds.path(feed)) if feed else None,
        made_at=wording.date_and_time(feed.created_at, language.current()) if feed else None,
        sees_all=access.manages_events(who),
    )


@bp.post("/account/calendar")
def make_calendar() -> ResponseReturnValue:
    begin_write()
    calendar_feeds.make(access.user())
    db.session.commit()
    flash(_("Your calendar has a new address."), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/account/calendar/off")
def switch_calendar_off() -> ResponseReturnValue:
    begin_write()
    calendar_feeds.switch_off(access.user())
    db.session.commit()
    flash(_("The address is switched off. Remove the calendar from your calendar program too."), "success")
    return redirect(url_for(".index"), 303)
