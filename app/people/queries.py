"""Reads of municipalities, mail domains and users that have a name."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from app import clock
from app.database import db
from app.messages.addresses import folded
from app.people.models import UUSIMAA, AccessLogEntry, MailDomain, Municipality, Role, User
from app.wording import sort_key


def municipalities(language: str) -> list[Municipality]:
    """All municipalities, sorted by their name in a language."""
    return _by_name(db.session.scalars(select(Municipality)).all(), language)


def municipalities_of_the_region(language: str) -> list[Municipality]:
    """The region's own municipalities, sorted by their name in a language."""
    return _by_name(db.session.scalars(select(Municipality).where(Municipality.region_code == UUSIMAA)).all(), language)


def possible_hosts(language: str, *, also: Collection[str] = ()) -> list[Municipality]:
    """Who may host an event: the region's municipalities, the tutors' own, and those of the codes in `also`."""
    of_tutors = select(User.municipality_code).where(User.role == Role.TUTOR, User.active)
    chosen = or_(Municipality.region_code == UUSIMAA, Municipality.code.in_(of_tutors), Municipality.code.in_(also))
    return _by_name(db.session.scalars(select(Municipality).where(chosen)).all(), language)


def municipality_name(code: str, language: str) -> str:
    """A municipality's name in a language. The names change once a year, so each process reads them once an hour."""
    return _names(int(clock.now().timestamp()) // 3600)[code][language == "sv"]


@lru_cache(maxsize=1)
def _names(_hour: int) -> dict[str, tuple[str, str]]:
    rows = db.session.execute(select(Municipality.code, Municipality.name_fi, Municipality.name_sv))
    return {code: (name_fi, name_sv) for code, name_fi, name_sv in rows}


def municipality(code: str) -> Municipality | None:
    return db.session.get(Municipality, code)


def is_in_region(code: str) -> bool:
    """Whether a municipality is one of the region's own."""
    return db.session.get_one(Municipality, code).in_region


def municipality_of_address(address: str) -> str | None:
    """The code of the municipality whose employees write from an address or a domain; None when not known.

    A subdomain belongs to its parent: edu.espoo.fi is Espoo's when espoo.fi is.
    """
    labels = address.rpartition("@")[2].strip().casefold().split(".")
    domains = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    known = {
        row.domain: row.municipality_code
        for row in db.session.scalars(select(MailDomain).where(MailDomain.domain.in_(domains)))
    }
    return next((known[domain] for domain in domains if domain in known), None)


def user_by_email(address: str) -> User | None:
    """An active or inactive user, by the folded address."""
    return db.session.scalar(select(User).where(User.email_key == folded(address)))


def tutors(*, also: Collection[int] = ()) -> list[User]:
    """The active tutors and the users of the ids in `also`, by name."""
    chosen = or_(and_(User.role == Role.TUTOR, User.active), User.id.in_(also))
    return sorted(db.session.scalars(select(User).where(chosen)), key=lambda user: sort_key(user.name))


def team(*, also: Collection[int] = ()) -> list[User]:
    """The active organisers and administrators and the users of the ids in `also`, by name."""
    manages = User.role.in_((Role.ADMINISTRATOR, Role.ORGANISER)) & User.active
    return sorted(
        db.session.scalars(select(User).where(or_(manages, User.id.in_(also)))), key=lambda user: sort_key(user.name)
    )


def users() -> list[User]:
    kept = select(User).where(User.email != "")
    return sorted(db.session.scalars(kept), key=lambda user: (not user.active, sort_key(user.name)))


def mail_domains() -> list[MailDomain]:
    """Every known domain with its municipality, by domain."""
    return list(
        db.session.scalars(select(MailDomain).options(joinedload(MailDomain.municipality)).order_by(MailDomain.domain))
    )


def access_log(*, first: int, at_most: int) -> list[AccessLogEntry]:
    """Who did what with personal data, the latest first."""
    latest = select(AccessLogEntry).options(joinedload(AccessLogEntry.user)).order_by(AccessLogEntry.id.desc())
    return list(db.session.scalars(latest.offset(first).limit(at_most)))


def access_log_size() -> int:
    return db.session.scalars(select(func.count()).select_from(AccessLogEntry)).one()


def _by_name(rows: Sequence[Municipality], language: str) -> list[Municipality]:
    return sorted(rows, key=lambda row: sort_key(row.name(language)))
