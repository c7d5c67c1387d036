"""What the service has mailed, readable in the browser, by scripts and as it went over the wire."""

from email.message import EmailMessage

from flask import Blueprint, Response, abort, current_app, jsonify, make_response, render_template
from flask.typing import ResponseReturnValue

from app.dev.mailbox import Mailbox
from app.headers import CONTENT_SECURITY_POLICY
from app.wording import date_and_time

LISTED = 200
FRAMES_THE_HTML_PART = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"

bp = Blueprint("mail", __name__)


@bp.get("/mail/")
def index() -> ResponseReturnValue:
    caught = _mailbox().all()
    return render_template("dev/mail.html", caught=caught[:LISTED], count=len(caught), when=date_and_time)


@bp.get("/mail.json")
def as_json() -> ResponseReturnValue:
    return jsonify(
        [{"id": m.id, "to": m.to, "subject": m.subject, "date": m.date.isoformat()} for m in _mailbox().all()]
    )


@bp.get("/mail/<id_>")
def show(id_: str) -> ResponseReturnValue:
    mail = _mail_or_404(id_)
    page = make_response(
        render_template(
            "dev/message.html",
            id_=id_,
            mail=mail,
            text=_part(mail, "text/plain"),
            has_html=_part(mail, "text/html") is not None,
            calendar=_part(mail, "text/calendar"),
        )
    )
    page.headers["Content-Security-Policy"] = FRAMES_THE_HTML_PART
    return page


@bp.get("/mail/<id_>/html")
def html_part(id_: str) -> ResponseReturnValue:
    html = _part(_mail_or_404(id_), "text/html") or abort(404)
    page = Response(html.replace("<head>", '<head><base target="_top">', 1), mimetype="text/html")
    page.headers["Content-Security-Policy"] = NOTHING_RUNS
    return page


@bp.get("/mail/<id_>.eml")
def raw(id_: str) -> ResponseReturnValue:
    return Response(_mailbox().raw(id_) or abort(404), mimetype="message/rfc822")


def _mailbox() -> Mailbox:
    return Mailbox(current_app.config["SETTINGS"].caught_mail)


def _mail_or_404(id_: str) -> EmailMessage:
    return _mailbox().message(id_) or abort(404)


def _part(mail: EmailMessage, content_type: str) -> str | None:
    for part in mail.walk():
        if part.get_content_type() == content_type:
            return str(part.get_content()).replace("\r\n", "\n")
    return None
