"""Inviting the municipalities of a round by mail, each contact with a personal link to the form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from app import clock, wording
from app.database import db
from app.messages.layout import Content
from app.people.models import User
from app.sparring import calls, links, posting
from app.sparring.round_models import CallRow, CallStatus, Round

OCCASION = "sparring-invitation"


@dataclass
class Sent:
    """Whom a click on "send" has reached, and whose row someone changed meanwhile: they get no mail."""

    rows: list[CallRow] = field(default_factory=list)
    changed: list[CallRow] = field(default_factory=list)


def can_be_invited(row: CallRow) -> bool:
    return bool(row.contact_email) and row.status is not CallStatus.REQUESTED


def invite(versions: Mapping[int, int], *, by: User) -> Sent:
    """Mail the invitation to the contacts of rows that are still as they were when they were chosen.

    `versions` has each chosen row's version by its id, so that neither a second click nor a second person mails twice.
    The caller has begun the write transaction, and commits.
    """
    sent = Sent()
    chosen = select(CallRow).where(CallRow.id.in_(versions)).order_by(CallRow.id).with_for_update()
    for row in db.session.scalars(chosen).all():
        if row.version != versions[row.id] or not can_be_invited(row):
            sent.changed.append(row)
            continue
        _invite(row, by=by)
        sent.rows.append(row)
    return sent


def by_token(token: str) -> CallRow | None:
    """The row that a personal link leads to; None when there is none, or what it held has been forgotten."""
    return db.session.scalar(select(CallRow).where(CallRow.link_hash == links.digest(token)))


def known(row: CallRow) -> dict[str, str]:
    """What a request form can begin with, by the names of its fields."""
    return {
        "municipality_code": row.municipality_code,
        "contact_name": row.contact_name,
        "contact_email": row.contact_email,
        "contact_phone": row.contact_phone,
        "contact_language": row.contact_language,
    }


def about(row: CallRow) -> str:
    """The outbox's key for what is mailed about a row."""
    return f"sparring-call:{row.uuid}"


def content(of: Round, url: str, language: str) -> Content:
    """The invitation in a language; the locale must be the same."""
    name = str(of.name.into(language))
    return Content(
        subject=_("An invitation to ask for sparring: %(round)s", round=name),
        heading=name,
        quote=str(of.invitation.into(language)),
        facts=[(_("Requests are taken until"), wording.date(of.closes_on, language))],
        action=(_("Ask for sparring"), url),
        closing=[_("The link is yours: what we know of you is filled in already. You can also just answer this mail.")],
    )


def _invite(row: CallRow, *, by: User) -> None:
    row.invited_at = clock.now()
    calls.log(row, {"invited": True}, by=by)
    to = posting.Recipient(row.contact_name, row.contact_email, row.contact_language, links.call_url(row))
    with force_locale(to.language):
        written = content(row.round, to.url, to.language)
    posting.post(to, OCCASION, None, written, about_key=about(row))
