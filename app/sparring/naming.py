"""Naming tutors to a request: asking, their answer, and taking it back. Every rule here locks the request first."""

from flask_babel import gettext as _
from sqlalchemy import select

from app import clock
from app.database import db
from app.errors import Refused
from app.people.models import User
from app.sparring import handling, links, naming_notices, namings, poll_queries, polls, states
from app.sparring.models import Request, RequestState
from app.sparring.tutor_models import Naming, NamingStatus, TutorProfile

BUSY = (NamingStatus.ASKED, NamingStatus.ACCEPTED)
# As long as no time is sought, tutors come and go; an open date poll counts on those who have accepted; more may come.
CHANGES_IN = (RequestState.PREPARING, RequestState.TUTORS_NAMED)


def ask(request: Request, profile: TutorProfile, *, by: User, is_required: bool = True) -> Naming:
    """Ask a tutor by mail, also one who was asked before. A new request is taken by who asks. Does not commit.

    While a date poll is open too: it asks them once they accept. Raises Refused when a time is agreed already, the
    tutor is asked or has accepted, or may no longer sign in.
    """
    if not profile.user.active:
        raise Refused(_("%(name)s may no longer sign in, and cannot be asked.", name=profile.user.name))
    if request.state is RequestState.NEW:
        handling.take(request, by=by)
    _must_go_by_itself(request)
    if not may_be_asked(request):
        raise Refused(_("A time is agreed already. Change the tutors of the meeting instead."))
    naming = db.session.scalar(
        select(Naming).where(Naming.request_id == request.id, Naming.profile_id == profile.id).with_for_update()
    )
    if naming and naming.status in BUSY:
        raise Refused(_("%(name)s has been asked already.", name=profile.user.name))
    naming = _renewed(naming) if naming else Naming(request=request, profile=profile, generation=1)
    naming.status, naming.is_required = NamingStatus.ASKED, is_required
    naming.asked_at, naming.asked_by_id = clock.now(), by.id
    db.session.add(naming)
    db.session.flush()
    naming.link_hash = links.digest(links.naming_token(naming))
    states.log(request, "tutor-asked", by=by, profile_id=profile.id)
    _settle(request, by=by)
    naming_notices.asked(naming)
    return naming


def accept(naming: Naming) -> bool:
    """The tutor says yes; with the last one who is required the tutors are named. False when they had said so already.

    An open date poll asks them too from now on. Raises Refused when the naming was taken back, or a time is agreed.
    """
    if naming.status is NamingStatus.ACCEPTED:
        return False
    _must_be_answerable(naming)
    _answer(naming, NamingStatus.ACCEPTED, "")
    if polls.add_tutor(naming):
        naming_notices.asked_by_the_poll(naming)
    elif naming.request.state is RequestState.TUTORS_NAMED:
        naming_notices.all_accepted(naming)
    return True


def decline(naming: Naming, reason: str) -> bool:
    """The tutor says no, and why; the owner hears of it. False when they had said so already; Refused as `accept`."""
    if naming.status is NamingStatus.DECLINED:
        return False
    _must_be_answerable(naming)
    _answer(naming, NamingStatus.DECLINED, reason)
    naming_notices.declined(naming)
    return True


def release(naming: Naming, *, by: User) -> None:
    """Take a naming back; the tutor is told. Refused once a poll or a meeting counts on them. Does not commit."""
    if naming.status not in BUSY:
        raise Refused(_("This naming has ended already."))
    _must_go_by_itself(naming.request)
    if not may_be_released(naming):
        raise Refused(
            _(
                "The date poll or the meeting counts on this tutor. Close the poll first, or change the tutors of "
                "the meeting."
            )
        )
    naming.status, naming.answered_at = NamingStatus.RELEASED, clock.now()
    states.log(naming.request, "tutor-released", by=by, profile_id=naming.profile_id)
    naming_notices.released(naming)
    _settle(naming.request, by=by)


def by_token(token: str) -> Naming | None:
    """The naming of a personal link; None when the link is dead, or its tutor may no longer sign in."""
    own = select(Naming).join(Naming.profile).join(TutorProfile.user)
    return db.session.scalar(own.where(Naming.link_hash == links.digest(token), User.active))


def locked(naming_id: int) -> Naming | None:
    """A naming with its request locked, inside the write transaction."""
    request_id = db.session.scalar(select(Naming.request_id).where(Naming.id == naming_id))
    if request_id is None or handling.locked(request_id) is None:
        return None
    return db.session.get(Naming, naming_id, populate_existing=True)


def is_answerable(naming: Naming) -> bool:
    """Whether a tutor may still say yes or no, or change the answer."""
    if naming.status is NamingStatus.RELEASED:
        return False
    # Who is asked by the poll already answers there; who had not accepted when it was opened still can.
    is_late = naming.status is not NamingStatus.ACCEPTED and poll_queries.current(naming.request) is not None
    return is_late or naming.request.state in CHANGES_IN


def may_be_asked(request: Request) -> bool:
    """Whether tutors can still come: until a time is agreed, and again while a poll looks for one."""
    return request.state in (RequestState.NEW, *CHANGES_IN) or poll_queries.current(request) is not None


def may_be_released(naming: Naming) -> bool:
    """Whether a naming can be taken back; while a poll is open, as long as the tutor has not accepted."""
    is_waiting = naming.status is NamingStatus.ASKED and poll_queries.current(naming.request) is not None
    return naming.status in BUSY and (is_waiting or naming.request.state in CHANGES_IN)


def _answer(naming: Naming, status: NamingStatus, reason: str) -> None:
    tutor = naming.profile.user
    naming.status, naming.answered_at, naming.reason = status, clock.now(), reason
    states.log(naming.request, f"tutor-{status}", by=tutor, profile_id=naming.profile_id)
    _settle(naming.request, by=tutor)


def _settle(request: Request, *, by: User) -> None:
    """Tutors are named when all who are required have accepted, and not any more when one of them has not."""
    db.session.flush()
    complete = namings.all_accepted(request)
    if complete and request.state is RequestState.PREPARING:
        states.change(request, RequestState.TUTORS_NAMED, by=by)
    elif not complete and request.state is RequestState.TUTORS_NAMED:
        states.change(request, RequestState.PREPARING, by=by)


def _must_go_by_itself(request: Request) -> None:
    if request.joined_to_id:
        raise Refused(_("It goes along with the request whose meeting it shares."))


def _must_be_answerable(naming: Naming) -> None:
    if naming.status is NamingStatus.RELEASED:
        raise Refused(_("You were released from this sparring. There is nothing to answer any more."))
    if not is_answerable(naming):
        raise Refused(_("This can no longer be answered here. Write to the team, by answering its mail."))


def _renewed(naming: Naming) -> Naming:
    """Asked again: a new link, and no answer yet."""
    naming.generation += 1
    naming.answered_at, naming.reason = None, ""
    return naming
