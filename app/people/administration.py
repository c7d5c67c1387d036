"""Who may sign in, and with which role; whose mail domains are known."""

import re
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from app.database import db
from app.errors import Refused
from app.messages.addresses import folded
from app.people import calendar_feeds, queries, sign_in
from app.people.models import MailDomain, Role, User

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What administrators decide of a user. A tutor needs a municipality; others have none."""

    name: str
    email: str
    role: Role
    municipality_code: str | None
    language: str
    active: bool = True


def add_user(profile: Profile) -> User:
    """A new user, who signs in by a code to the address. Raises Refused when the address is taken already."""
    if queries.user_by_email(profile.email):
        raise Refused(_("This address belongs to a user already."))
    user = User()
    _write(user, profile)
    db.session.add(user)
    return user


def change_user(user: User, profile: Profile) -> None:
    """Change a user; one who is no longer active, or has a new address, is signed out everywhere, and the own calendar
    address dies.

    Raises Refused when the address is another user's, or nobody would be left to administer the service. The caller
    has begun the write transaction.
    """
    other = queries.user_by_email(profile.email)
    if other and other.id != user.id:
        raise Refused(_("This address belongs to a user already."))
    administers = profile.active and profile.role is Role.ADMINISTRATOR
    if not administers and _is_last_administrator(user):
        raise Refused(_("This is the last administrator. Make someone else an administrator first."))
    if not profile.active or profile.email != user.email:
        sign_in.sign_out_everywhere(user)
        calendar_feeds.switch_off(user)
    _write(user, profile)


def save_domain(domain: str, municipality_code: str, source: str) -> None:
    """Add a mail domain, or give it to another municipality. `source` says how it is known."""
    kept = db.session.get(MailDomain, domain) or MailDomain(domain=domain)
    kept.municipality_code, kept.source = municipality_code, source
    db.session.add(kept)


def domain_of(typed: str) -> str:
    """A typed domain as it is stored: without "@" or "www.", in small letters. Raises Refused when it is none."""
    domain = typed.strip().casefold().removeprefix("@").removeprefix("www.").rstrip(".")
    if not DOMAIN.fullmatch(domain) or len(domain) > 255:
        raise Refused(_("Enter a domain like municipality.fi"))
    return domain


def _is_last_administrator(user: User) -> bool:
    """The administrators are locked, so that two of them cannot remove each other at the same moment."""
    administrators = select(User.id).where(User.role == Role.ADMINISTRATOR, User.active).order_by(User.id)
    return list(db.session.scalars(administrators.with_for_update())) == [user.id]


def _write(user: User, profile: Profile) -> None:
    user.name, user.email, user.email_key = profile.name, profile.email, folded(profile.email)
    user.role, user.language, user.active = profile.role, profile.language, profile.active
    user.municipality_code = profile.municipality_code if profile.role is Role.TUTOR else None
