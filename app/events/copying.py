"""A new draft made from an event: its texts, programme and rules, on another date."""

from datetime import date, datetime

from app import clock
from app.database import db
from app.events import days, editing, slugs
from app.events import queries as events
from app.events.models import Event, EventAdmitted, EventDay, EventHost, EventTutor, ProgrammeItem

_COPIED = """kind attendance title summary description audience venue address directions venue_accessibility
    spoken_languages material_languages captions hosted_by_organisation contact_name contact_email
    places_on_site places_online waiting_list queue_order promotion offer_hours municipality_limit
    admission approval largest_group still_coming_days participants_list""".split()
_MOVED = """registration_opens_at registration_closes_at queue_closes_at municipality_limit_until
    answers_close_at""".split()


def copy(event_id: int, *, first_day: date) -> Event:
    """A draft like an event, its first day on `first_day` and all else as many days later, wall times kept.

    Neither registrations nor the meeting's address come along. The season is the one of the new date, if there is one.
    The write transaction has begun. Refused when a wall time falls into a clock change.
    """
    original = db.session.get_one(Event, event_id)
    shift = _shift(original, first_day)
    made = Event(**{name: getattr(original, name) for name in _COPIED})
    made.slug = slugs.free_slug(original.title.fi)
    made.season_id = _season_of(first_day) or original.season_id
    for name in _MOVED:
        setattr(made, name, _moved(getattr(original, name), shift))
    db.session.add(made)
    db.session.flush()
    _copy_days(original, made, shift)
    db.session.add_all(EventHost(event_id=made.id, municipality_code=code) for code in editing.host_codes(original))
    db.session.add_all(
        EventAdmitted(event_id=made.id, municipality_code=code) for code in editing.admitted_codes(original)
    )
    db.session.add_all(EventTutor(event_id=made.id, user_id=user_id) for user_id in editing.tutor_ids(original))
    return made


def _copy_days(original: Event, made: Event, shift: int) -> None:
    programme = events.programme_of(original)
    for day in events.days_of(original):
        copied = EventDay(
            event=made,
            starts_at=days.moved(day.starts_at, shift),
            ends_at=days.moved(day.ends_at, shift),
            invited_only=day.invited_only,
        )
        db.session.add(copied)
        db.session.add_all(_copied_item(item, copied, shift) for item in programme.get(day.id, []))


def _copied_item(item: ProgrammeItem, day: EventDay, shift: int) -> ProgrammeItem:
    return ProgrammeItem(
        day=day,
        starts_at=days.moved(item.starts_at, shift),
        ends_at=days.moved(item.ends_at, shift),
        form=item.form,
        title=item.title,
        speakers=item.speakers,
        room=item.room,
        sign_up=item.sign_up,
        places=item.places,
    )


def _shift(original: Event, first_day: date) -> int:
    return (first_day - clock.helsinki(original.starts_at).date()).days if original.starts_at else 0


def _moved(moment: datetime | None, shift: int) -> datetime | None:
    return days.moved(moment, shift) if moment else None


def _season_of(day: date) -> int | None:
    return next((season.id for season in events.seasons() if season.starts_on <= day <= season.ends_on), None)
