"""The addresses of asking for sparring and of handling what was asked, in each state that looks different."""

import re
from urllib.parse import urlsplit

from sqlalchemy import select

from app import clock
from app.database import begin_write, db
from app.events.models import Attendance
from app.messages.models import Message
from app.people.models import User
from app.sparring import address_notices, board, contact_address, links
from app.sparring.meeting_models import NextStep
from app.sparring.models import Request, RequestState
from app.sparring.tutor_models import NamingStatus
from app.translated import Translated
from tests import builders, sparring_builders
from tests.builders import ESPOO, VANTAA


def of_those_who_ask() -> list[str]:
    """A new request, and such as are agreed on, summed up and called off; a tutor who is asked."""
    library = sparring_builders.theme()
    shown = sparring_builders.tutor(themes=(library,), is_shown=True, presentation=Translated(fi="**Kirjastoista**"))
    new, off = sparring_builders.request(themes=(library,)), sparring_builders.request(state=RequestState.CALLED_OFF)
    agreed = sparring_builders.request(state=RequestState.AGREED)
    sparring_builders.meeting(agreed, attendance=Attendance.ON_SITE, venue="Kirjasto", materials="- Kortit")
    sparring_builders.colleague(new)
    own, held = _path(new), _path(_summed_up())
    parts = ("", "/change/who", "/change/what", "/change/when", "/colleagues", "/call-off", "/erase", "/address")
    return [
        *("/LANG/sparring/", *(f"/LANG/sparring/request/{step}" for step in ("who", "what", "when"))),
        *("/LANG/sparring/sent", *(own + part for part in parts), held, f"{held}/feedback"),
        *(_path(one) for one in (agreed, off)),
        urlsplit(links.naming_url(sparring_builders.naming(new, shown))).path,
        _new_address(agreed),
    ]


def of_the_team(user: User) -> list[str]:
    """Requests in several states, one of them late, two about the same; tutors asked, suggested, and oneself."""
    library = sparring_builders.theme()
    asked = sparring_builders.request(themes=(library,), due_on=board.today(), state=RequestState.PREPARING)
    sparring_builders.request(themes=(library,), municipality_code=VANTAA, owner=user)
    late = builders.in_days(-2).date()
    sparring_builders.request(municipality_code=ESPOO, due_on=late, state=RequestState.TUTORS_NAMED)
    profile = sparring_builders.tutor(themes=(library,))
    sparring_builders.naming(asked, profile)
    sparring_builders.naming(asked, status=NamingStatus.DECLINED, reason="Kurssilla")
    sparring_builders.tutor(user=user, themes=(library,))
    of_it, held = f"/staff/sparring/requests/{asked.id}", _summed_up()
    return [
        *(f"/staff/sparring/{page}" for page in ("", "requests/", "profile", "tutors/", "tutors/new", "themes")),
        *(of_it + part for part in ("", "/plan", "/state/postponed", "/state/called-off", "/state/agreed")),
        *("/staff/sparring/themes/new", f"/staff/sparring/themes/{library.id}", f"/staff/sparring/tutors/{profile.id}"),
        f"/staff/sparring/requests/{held.id}",
    ]


def _summed_up() -> Request:
    """A request whose meeting was held, with a summary that the municipality sees."""
    made = sparring_builders.request(state=RequestState.SUMMED_UP)
    met = sparring_builders.meeting(made, days=-7, discussed="Ajanvarauksesta.", ideas="- Kahvila", attended=9)
    met.shared_at, met.follow_up_on = clock.now(), board.today()
    db.session.add(NextStep(meeting_id=met.id, what="Kokeillaan", owner="Kirjasto", due_on=board.today()))
    db.session.commit()
    return made


def _new_address(request: Request) -> str:
    """The page on which a new address of the contact is confirmed."""
    begin_write()
    contact_address.ask(request.id, "uusi@askola.example")
    db.session.commit()
    mail = db.session.scalars(select(Message).where(Message.occasion == address_notices.CONFIRM)).one()
    return re.findall(r"/s/address/[\w-]{43}", mail.text or "")[0]


def _path(request: Request) -> str:
    return urlsplit(links.request_url(request)).path
