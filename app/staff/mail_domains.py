"""Which municipality's people write from which mail domain. For administrators."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access
from app.database import begin_write, db
from app.people import administration
from app.people import queries as people
from app.people.models import MailDomain
from app.staff.user_forms import DomainForm

bp = Blueprint("mail_domains", __name__)
bp.before_request(access.administrators)


@bp.route("/mail-domains/")
def index() -> ResponseReturnValue:
    return render_template("staff/mail_domains/index.html", domains=people.mail_domains())


@bp.route("/mail-domains/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    return _edit(DomainForm(), None)


@bp.route("/mail-domains/<domain>", methods=["GET", "POST"])
def edit(domain: str) -> ResponseReturnValue:
    kept = db.session.get(MailDomain, domain) or abort(404)
    form = DomainForm(domain=kept.domain, municipality=kept.municipality_code, source=kept.source)
    return _edit(form, kept)


@bp.post("/mail-domains/<domain>/delete")
def delete(domain: str) -> ResponseReturnValue:
    begin_write()
    db.session.delete(db.session.get(MailDomain, domain) or abort(404))
    db.session.commit()
    flash(_("%(domain)s was removed.", domain=domain), "success")
    return redirect(url_for(".index"), 303)


def _edit(form: DomainForm, kept: MailDomain | None) -> ResponseReturnValue:
    if form.validate_on_submit() and _is_free(form, kept):
        begin_write()
        if kept and kept.domain != form.domain.data:
            db.session.delete(kept)
        administration.save_domain(form.domain.data or "", form.municipality.data, form.source.data or "")
        db.session.commit()
        flash(_("Saved."), "success")
        return redirect(url_for(".index"), 303)
    return render_template("staff/mail_domains/domain.html", form=form, kept=kept)


def _is_free(form: DomainForm, kept: MailDomain | None) -> bool:
    """Whether the domain is this one's own, or nobody's yet."""
    other = db.session.get(MailDomain, form.domain.data)
    if other is None or other is kept:
        return True
    form.domain.errors = [_("This domain is in the table already: change it there.")]
    return False
