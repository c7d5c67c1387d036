"""What the law asks of every page's footer: accessibility statement, feedback on it, privacy notice, contacts."""

import wtforms
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app import addresses, language, wording
from app.database import begin_write, db
from app.forms import EmailField, Form, at_most, required
from app.headers import public_page
from app.public import accessibility_statement as statement
from app.public import feedback_letters, privacy_notice
from app.public.form_posts import limited

bp = Blueprint("pages", __name__)


class FeedbackForm(Form):
    message = wtforms.TextAreaField(
        _l("What did not work, or what could be better?"),
        [required(_l("Write what did not work or what could be better")), at_most(5000)],
        render_kw={"rows": 7},
    )
    page = wtforms.StringField(_l("Which page was it on? (optional)"), [at_most(300)])
    email = EmailField(_l("Your email, if you would like an answer (optional)"))


@bp.get("/<lang:language>/accessibility")
@public_page
def accessibility() -> ResponseReturnValue:
    spoken = language.current()
    return render_template(
        f"public/pages/accessibility.{spoken}.html",
        prepared_on=wording.date(statement.PREPARED_ON, spoken),
        reviewed_on=wording.date(statement.REVIEWED_ON, spoken),
        supervisor=statement.SUPERVISOR[spoken],
        supervisor_phone=statement.SUPERVISOR_PHONE,
    )


@bp.get("/<lang:language>/privacy")
@public_page
def privacy() -> ResponseReturnValue:
    spoken = language.current()
    return render_template(
        f"public/pages/privacy.{spoken}.html",
        kept=privacy_notice.kept(spoken),
        updated_on=wording.date(privacy_notice.UPDATED_ON, spoken),
    )


@bp.get("/<lang:language>/contact")
@public_page
def contact() -> ResponseReturnValue:
    return render_template("public/pages/contact.html")


@bp.route("/<lang:language>/accessibility-feedback", methods=["GET", "POST"])
@limited()
def accessibility_feedback() -> ResponseReturnValue:
    form = FeedbackForm(page=addresses.local_path(request.args.get("page")))
    if not form.validate_on_submit():
        return render_template("public/pages/feedback.html", form=form)
    begin_write()
    feedback_letters.post_feedback(form.message.data, page=form.page.data or "", email=form.email.data or "")
    if form.email.data:
        feedback_letters.post_receipt(form.email.data)
    db.session.commit()
    return redirect(url_for("public.pages.feedback_sent"), 303)


@bp.get("/<lang:language>/accessibility-feedback/sent")
@public_page
def feedback_sent() -> ResponseReturnValue:
    return render_template("public/pages/feedback_sent.html")
