"""An installation that has all that pages can show, and the address of every page: LANG stands for the language."""

import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select

from app import clock, worker
from app.database import begin_write, db
from app.events import queries as events
from app.events.models import Attendance, Event, EventStatus, Mode, ProgrammeItem, Promotion, QueueOrder
from app.people.models import User
from app.questions.models import QuestionKind
from app.registrations import address_change, consents, group_members, hand_over, links, opening_wishes, own_changes
from app.registrations.answer_models import Handover
from app.registrations.groups import GroupApplication, register
from app.registrations.hand_over_notices import Receiver
from app.registrations.mail_models import ReminderRule
from app.registrations.models import Group, Invitation, Registration
from app.registrations.opening_wishes import Wish
from app.translated import Translated
from tests import builders
from tests.browser import meeting_pages, round_pages, sparring_pages

BOTH = Translated(fi="Työpaja", sv="Verkstad", en="Workshop")
PEOPLE = {consents.PARTICIPANTS_LIST: "Shown"}
INVITED = "11111111-2222-3333-4444-555555555555"
MEETING = "https://teams.microsoft.com/l/meetup-join/abc"


def path_of(url: str) -> str:
    return urlsplit(url).path


def everything() -> Event:
    """An event in two weeks that has all that registering can have; nobody is registered yet."""
    made = builders.event(
        attendance=Attendance.HYBRID, hosts=[builders.ESPOO], places_on_site=3, places_online=400, largest_group=4,
        participants_list=True, promotion=Promotion.OFFER, queue_order=QueueOrder.FAIR, municipality_limit=12,
        still_coming_days=20, meeting_url=MEETING, spoken_languages=["fi", "sv"], material_languages=["fi"],
        description=Translated(fi="Tervetuloa **kaikki**.\n\n- työpajoja"),
        directions=Translated(fi="Asemalta viisi minuuttia."),
    )  # fmt: skip
    (day,) = events.days_of(made)
    opening = Translated(fi="Avaus")
    db.session.add(ProgrammeItem(day_id=day.id, starts_at=day.starts_at, ends_at=day.ends_at, title=opening))
    builders.sign_up_item(day, BOTH, places=5)
    dinner = builders.question(made, Translated(fi="Illallinen", sv="Middag"), kind=QuestionKind.YES_NO)
    builders.question(made, Translated(fi="Menu", sv="Meny"), options=["Kala", ("Kasvis", 9)], after=dinner)
    diet = Translated(fi="Ruokavalio", sv="Specialkost")
    builders.question(made, diet, options=["Vegaani"], kind=QuestionKind.SEVERAL, sensitive=True)
    begin_write()
    db.session.add(ReminderRule(event_id=made.id, days_before=7))
    invitation = Invitation(event_id=made.id, name="Espoon ryhmä", limit=10, uuid=INVITED)
    invitation.link_hash = links.digest(links.invitation_token(INVITED))
    db.session.add(invitation)
    db.session.commit()
    return made


def public_pages(event: Event) -> list[str]:
    """What anyone, a participant, a contact, a colleague and someone who waits can open."""
    texts = ("accessibility", "privacy", "contact", "accessibility-feedback", "accessibility-feedback/sent", "sign-in")
    of_it = [f"/LANG/events/{event.slug}{part}" for part in ("", "/register", "/register-group")]
    group, waiting = _group(event), _offered(event)
    return [
        *("/LANG/", "/LANG/events/", *(f"/LANG/{text}" for text in texts), *of_it, *_in_other_states()),
        *(*_own(event), *_of_group(group), path_of(links.manage_url(waiting)), path_of(links.offer_url(waiting))),
        *("/r/address-confirmed", "/r/hand-over-confirmed", "/r/erased"),
        *round_pages.public(round_pages.a_round()),
        *meeting_pages.of_guests(),
        *sparring_pages.of_those_who_ask(),
    ]


def _in_other_states() -> list[str]:
    """Events that are full, called off, over, going on, and not yet open, with what people of theirs see."""
    full = builders.event(slug="taynna", places_online=1, starts_at=builders.in_days(20))
    off = builders.event(slug="peruttu", status=EventStatus.CALLED_OFF, starts_at=builders.in_days(21))
    over = builders.event(slug="mennyt", starts_at=builders.in_days(-40))
    now = builders.event(slug="nyt", starts_at=clock.now() - timedelta(minutes=5), meeting_url=MEETING)
    _first, waits = builders.registration(full), builders.registration(full)
    gone = builders.registration(full)
    own_changes.withdraw(gone)
    db.session.commit()
    theirs = [gone, waits, *(builders.registration_row(event) for event in (off, over, now))]
    joins = [path_of(links.join_url(registration)) for registration in theirs[2:]]
    return [f"/LANG/events/{event.slug}" for event in (full, off, over, now)] + joins + [
        *(path_of(links.manage_url(registration)) for registration in theirs), *_not_yet_open(),
    ]  # fmt: skip


def _not_yet_open() -> list[str]:
    event = builders.event(slug="tulossa", registration_opens_at=builders.in_days(3))
    begin_write()
    opening_wishes.ask(event, Wish(email="kaj@espoo.fi", language="fi", municipality_code=None))
    db.session.commit()
    address, wish = f"/LANG/events/{event.slug}", f"/w/{links.wish_token(event.uuid, 'kaj@espoo.fi')}"
    return [address, f"{address}/tell-me", f"{address}/tell-me/sent", wish, f"{wish}/stop"]


def _own(event: Event) -> list[str]:
    """The pages of someone who hands the place over, is asked whether to come, and has a new address."""
    mine = builders.registration(event, given_name="Kaj", mode=Mode.ONLINE, consents=PEOPLE)
    hand_over.ask(mine, Receiver(given_name="Åsa", family_name="Öhman", email="asa@espoo.fi", language="sv"))
    db.session.commit()
    address_change.ask(mine, "uusi@vantaa.fi")
    db.session.commit()
    asked_at = db.session.get_one(Handover, mine.id).requested_at.isoformat()
    _work()
    own = path_of(links.manage_url(mine))
    parts = ("", "/details", "/answers", "/programme", "/hand-over", "/coming", "/participants", "/consents", "/erase")
    return [
        *(own + part for part in (*parts, "/address", "/withdraw")),
        f"/r/hand-over/{links.token(links.Purpose.HANDOVER, mine, f'asa@espoo.fi {asked_at}')}",
        f"/r/address/{links.token(links.Purpose.ADDRESS, mine, 'uusi@vantaa.fi')}",
        *(path_of(links.join_url(mine)), f"/u/{links.unsubscribe_token(mine.email_key)}"),
    ]


def _group(event: Event) -> Group:
    members = [builders.application(mode=Mode.ONLINE, given_name=given) for given in ("Outi", "Petri")]
    application = GroupApplication(
        contact_name="Hanna Salo", contact_email="hanna@espoo.fi", language="fi", municipality_code=builders.ESPOO,
        all_or_none=True, members=members,
    )  # fmt: skip
    register(event.id, application, nonce=secrets.token_urlsafe(16))
    db.session.commit()
    return db.session.scalars(select(Group).where(Group.event_id == event.id)).one()


def _of_group(group: Group) -> list[str]:
    ours = path_of(links.group_url(group))
    withdrawing = f"{ours}/withdraw/{group_members.of(group)[0].key}"
    return [ours, f"{ours}/add", withdrawing, f"{ours}/erase", "/g/erased"]


def _offered(event: Event) -> Registration:
    """The first of two who wait is offered the place that someone gave up."""
    holders = [builders.registration(event, mode=Mode.ON_SITE, language="sv") for _ in range(3)]
    waits, _last = [builders.registration(event, mode=Mode.ON_SITE, language="fi") for _ in range(2)]
    own_changes.withdraw(holders[0])
    db.session.commit()
    return waits


def _work() -> None:
    """The worker asks who is still coming."""
    for step in (worker.ask_still_coming, worker.announce):
        with current_app.app_context():
            while step():
                pass
    db.session.rollback()


def staff_pages(event: Event, user: User) -> list[str]:
    """What an administrator, who may all, can open."""
    builders.many_registrations(event, 80)  # the list has two pages
    _offered(event)
    last = builders.registration(event, mode=Mode.ON_SITE)
    return [
        *("/staff/", "/staff/account", "/staff/users/", "/staff/users/new", f"/staff/users/{user.id}"),
        *("/staff/mail-domains/", "/staff/mail-domains/new", "/staff/mail-domains/espoo.fi", "/staff/access-log/"),
        *("/staff/seasons/", "/staff/seasons/new", f"/staff/seasons/{event.season_id}"),
        *("/staff/events/", "/staff/events/new", *_of_event(event), *_publishing()),
        *(f"/staff/registrations/{last.id}{page}" for page in ("", "/correct", "/withdraw", "/programme")),
        *(f"/staff/registrations/{last.id}/{page}" for page in ("turn", "erase")),
        *round_pages.staff(round_pages.a_round()),
        *meeting_pages.of_the_team(),
        *sparring_pages.of_the_team(user),
    ]


def _of_event(event: Event) -> list[str]:
    question = builders.question(event, Translated(fi="Toive", sv="Önskan"), options=["Yksi", "Kaksi"])
    other = builders.event()
    builders.question(other, Translated(fi="Toive", sv="Önskan"))
    (day,) = events.days_of(event)
    item = db.session.scalars(select(ProgrammeItem)).first()
    assert item
    parts = [
        "", "/edit", "/copy", "/call-off", "/registrations", "/registrations?page=2&sort=municipality",
        "/registrations/new", "/municipalities", "/municipalities/print",
        "/queue", "/rules", "/invitations", "/approval", "/needs",
        "/programme", f"/programme/{item.id}", f"/programme/days/{day.id}/new", "/questions", "/questions/new",
        "/questions/new/choice", f"/questions/{question.id}", f"/questions/{question.id}/remove",
        "/questions/preview", "/questions/copy", f"/questions/copy/{other.id}",
        "/messages", "/messages/new", "/messages/texts", "/messages/texts/confirmed",
    ]  # fmt: skip
    return [f"/staff/events/{event.id}{part}" for part in parts]


def _publishing() -> list[str]:
    draft = builders.event(status=EventStatus.DRAFT, title=Translated(fi="Luonnos"))
    over, empty = builders.event(starts_at=builders.in_days(-40)), builders.event()
    builders.registration_row(over)
    return [
        *(f"/staff/events/{draft.id}{part}" for part in ("", "/publish")), f"/LANG/events/{draft.slug}/preview",
        f"/staff/events/{empty.id}/unpublish",
        *(f"/staff/events/{over.id}/{part}" for part in ("archive", "messages/thanks")),
    ]  # fmt: skip
