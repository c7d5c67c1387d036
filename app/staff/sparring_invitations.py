"""Mailing the invitations of a round: the chosen rows are looked at once more, with their number, before it is done."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app import access, language, wording
from app.database import begin_write, db
from app.messages.layout import Content
from app.sparring import call_invitations, calls, links
from app.sparring.round_models import CallRow, Round

bp = Blueprint("sparring_invitations", __name__)
bp.before_request(access.organisers)


@bp.get("/sparring/rounds/<int:round_id>/invite")
def check(round_id: int) -> ResponseReturnValue:
    of = db.session.get(Round, round_id) or abort(404)
    ids = set(request.args.getlist("row", type=int))
    chosen = [row for row in calls.of_round(round_id, language.current()) if row.id in ids]
    if not chosen:
        flash(_("Choose first whom to invite."))
        return redirect(url_for("staff.sparring_calls.index", round_id=round_id))
    rows = [row for row in chosen if call_invitations.can_be_invited(row)]
    return render_template(
        "staff/sparring/invite.html",
        of=of,
        rows=rows,
        left_out=[row for row in chosen if row not in rows],
        letters=_letters(of, rows),
    )


@bp.post("/sparring/rounds/<int:round_id>/invite")
def send(round_id: int) -> ResponseReturnValue:
    of = db.session.get(Round, round_id) or abort(404)
    if not of.invitation:
        abort(400)
    begin_write()
    sent = call_invitations.invite(_versions(), by=access.user())
    access.note("calls.invite", f"sparring-round:{round_id}", f"{len(sent.rows)} invitations")
    changed = [row.municipality.name(language.current()) for row in sent.changed]
    number = len(sent.rows)
    db.session.commit()
    if number:
        flash(ngettext("%(num)s invitation is on its way.", "%(num)s invitations are on their way.", number), "success")
    if changed:
        names = wording.list_of(changed, language.current())
        flash(_("Someone changed these rows meanwhile, so no mail went out to them: %(names)s.", names=names))
    return redirect(url_for("staff.sparring_calls.index", round_id=round_id), 303)


def _versions() -> dict[int, int]:
    """The chosen rows with their versions, each sent as "12.3"."""
    pairs = [chosen.partition(".")[::2] for chosen in request.form.getlist("chosen")]
    if not all(row.isdecimal() and version.isdecimal() for row, version in pairs):
        abort(400)
    return {int(row): int(version) for row, version in pairs}


def _letters(of: Round, rows: list[CallRow]) -> list[tuple[str, Content]]:
    """The mail in each language that someone chosen gets it in, with an address that leads nowhere."""
    letters = []
    for code in sorted({row.contact_language for row in rows}, key=language.LANGUAGES.index):
        with force_locale(code):
            letters.append((code, call_invitations.content(of, links.example_call_url(), code)))
    return letters
