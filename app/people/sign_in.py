"""Signing in without a password: a one-time code by mail, or a one-time link from the command line.

The code has six digits, lasts 15 minutes and takes five tries; only its keyed hash is stored. What is answered is the
same whether the address belongs to a user or not (ASVS 5.0, 6.3.8).
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, func, select, update

from app import clock
from app.database import db
from app.errors import Refused
from app.messages import outbox
from app.messages.addresses import folded
from app.messages.layout import Content, lay_out
from app.messages.models import Priority
from app.people import queries
from app.people.models import SignInRequest, User, UserSession

CODE_LASTS = timedelta(minutes=15)
SESSION_LASTS = timedelta(hours=10)
TRIES = 5
CODES_AN_HOUR = 5


def ask(address: str, language: str) -> str:
    """Mail a code, if the address is an active user's. Returns the handle by which the code is typed in.

    Raises Refused when the address has asked too often, whosoever it is. The caller has begun the write transaction.
    """
    _one_at_a_time()
    if _asked_lately(address) >= CODES_AN_HOUR:
        raise Refused(_("Too many codes have been asked for this address. Wait an hour and try again."))
    user = queries.user_by_email(address)
    code = f"{secrets.randbelow(10**6):06}"
    request = _new_request(address, user if user and user.active else None)
    request.code_hash = _code_hash(request.handle, code)
    db.session.add(request)
    if request.user:
        _mail(request.user, code, language)
    return request.handle


def redeem(handle: str, code: str) -> str | None:
    """Exchange a code for a session's token; None when it is wrong, used, too old or tried too often."""
    request = _locked(SignInRequest.handle == handle)
    if request is None or request.tries >= TRIES:
        return None
    request.tries += 1
    if not hmac.compare_digest(request.code_hash, _code_hash(handle, "".join(code.split()))):
        return None
    return _use(request)


def link(user: User) -> str:
    """The token of a one-time sign-in link, for `flask users sign-in-link`; lasts as long as a code."""
    token = secrets.token_urlsafe(32)
    request = _new_request(user.email, user)
    request.code_hash = _digest(token)
    db.session.add(request)
    return token


def link_works(token: str) -> bool:
    """Whether a link's token could still be exchanged; asking changes nothing."""
    request = db.session.scalar(select(SignInRequest).where(SignInRequest.code_hash == _digest(token)))
    return request is not None and _is_open(request)


def redeem_link(token: str) -> str | None:
    """Exchange a link's token for a session's token; None when it is not valid any more."""
    request = _locked(SignInRequest.code_hash == _digest(token))
    return _use(request) if request else None


def user_of_session(token: str) -> User | None:
    """Who is signed in with a session's token; None when it has ended, was revoked, or the user is not active."""
    return db.session.scalar(
        select(User)
        .join(UserSession, UserSession.user_id == User.id)
        .where(
            UserSession.token_hash == _digest(token),
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > clock.now(),
            User.active,
        )
    )


def sign_out(token: str) -> None:
    _revoke(UserSession.token_hash == _digest(token))


def sign_out_everywhere(user: User) -> None:
    """Revoke every session of a user, on every device, and every code and link that could begin another one."""
    _revoke(UserSession.user_id == user.id)
    still_open = (SignInRequest.user_id == user.id) & SignInRequest.used_at.is_(None)
    db.session.execute(update(SignInRequest).where(still_open).values(used_at=clock.now()))


def _revoke(which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(UserSession).where(which, UserSession.revoked_at.is_(None)).values(revoked_at=clock.now())
    )


def _use(request: SignInRequest) -> str | None:
    now = clock.now()
    if request.user is None or not _is_open(request):
        return None
    request.used_at = request.user.last_signed_in_at = now
    token = secrets.token_urlsafe(32)
    db.session.add(UserSession(token_hash=_digest(token), user=request.user, expires_at=now + SESSION_LASTS))
    return token


def _is_open(request: SignInRequest) -> bool:
    asked_by_user = request.user is not None and request.user.active
    return asked_by_user and request.used_at is None and request.expires_at > clock.now()


def _locked(which: ColumnElement[bool]) -> SignInRequest | None:
    """The request, locked so that tries made at once are counted one by one. The caller has begun the write."""
    return db.session.scalar(select(SignInRequest).where(which).with_for_update())


def _new_request(address: str, user: User | None) -> SignInRequest:
    return SignInRequest(
        handle=secrets.token_urlsafe(32),
        address_hash=_address_hash(address),
        user=user,
        expires_at=clock.now() + CODE_LASTS,
    )


def _one_at_a_time() -> None:
    """Lets askers wait for each other: many at once must not each find that few codes have been asked for."""
    db.session.execute(select(User.id).order_by(User.id).with_for_update(key_share=True))


def _asked_lately(address: str) -> int:
    return db.session.scalars(
        select(func.count()).where(
            SignInRequest.address_hash == _address_hash(address),
            SignInRequest.created_at > clock.now() - timedelta(hours=1),
        )
    ).one()


def _mail(user: User, code: str, language: str) -> None:
    with force_locale(language):
        content = Content(
            subject=_("Your sign-in code is %(code)s", code=code),
            heading=_("Your sign-in code"),
            paragraphs=[_("Type this code on the sign-in page:"), code],
            closing=[
                _("The code is valid for 15 minutes and works once."),
                _("If you did not ask for it, you need not do anything."),
            ],
        )
        text, html = lay_out(content, language)
    outbox.post(
        outbox.Letter(
            occasion="sign-in-code",
            recipient=user.email,
            recipient_name=user.name,
            language=language,
            subject=content.subject,
            text=text,
            html=html,
            priority=Priority.URGENT,
            give_up_at=clock.now() + CODE_LASTS,
            secret=True,
        )
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _code_hash(handle: str, code: str) -> str:
    """Keyed: six digits alone could be found from their hash by trying all of them."""
    return hmac.new(_key(), f"{handle}\n{code}".encode(), "sha256").hexdigest()


def _address_hash(address: str) -> str:
    return hmac.new(_key(), folded(address).encode(), "sha256").hexdigest()


def _key() -> bytes:
    return current_app.config["SECRET_KEY"].encode()
