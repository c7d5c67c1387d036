"""Reminders: an organiser's rules say when, the clock makes them due, and a day that moves is reminded of anew.

A rule concerns each day of its event. What it has done is remembered by rule, day and the day's start, so that
several workers remind once, and a moved day is a new one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, exists, func, literal, select, update

from app import clock
from app.database import db
from app.errors import Refused
from app.events.models import Event, EventDay, EventStatus
from app.messages.models import Message, State
from app.registrations import capacity, own_days
from app.registrations.mail_models import OptionalMailRefusal, ReminderRule, ReminderSent
from app.registrations.models import Announcement, Occasion, Registration, Status

MOST_DAYS_BEFORE = 60
MOST_RULES = 8
AT = time(9)
HOUR_BEFORE = timedelta(hours=1)
LATE_IN_DAYS = timedelta(hours=12)  # a reminder at 21 is still of use, one in the night is not
LATE_IN_THE_HOUR = timedelta(minutes=30)
_AHEAD = timedelta(days=MOST_DAYS_BEFORE + 2)


class Stage(StrEnum):
    """Where one rule stands with one day."""

    COMING = "coming"
    SENT = "sent"
    MISSED = "missed"  # the rule came too late, or nothing was running at the time


@dataclass(frozen=True)
class Planned:
    """When a rule reminds of a day (UTC), and where that stands; `sent` when there was anybody to remind."""

    day: EventDay
    due_at: datetime
    stage: Stage


def due_at(days_before: int, day: EventDay) -> datetime:
    """The instant, in UTC: at 9.00 in Helsinki so many days before the day, or with 0 an hour before it starts."""
    if days_before == 0:
        return day.starts_at - HOUR_BEFORE
    date = clock.helsinki(day.starts_at).date() - timedelta(days=days_before)
    return clock.helsinki_to_utc(date, AT)


def add(event: Event, days_before: int) -> ReminderRule:
    """A rule of an event; one that is there already stays. The write transaction has begun.

    Refused when there are eight, or the number is not from 0 to 60.
    """
    if not 0 <= days_before <= MOST_DAYS_BEFORE:
        raise Refused(_("Enter a number of days from 1 to %(most)s.", most=MOST_DAYS_BEFORE))
    rules = rules_of(event)
    if same := next((rule for rule in rules if rule.days_before == days_before), None):
        return same
    if len(rules) >= MOST_RULES:
        raise Refused(_("An event can have %(most)s reminders. Remove one first.", most=MOST_RULES))
    rule = ReminderRule(event_id=event.id, days_before=days_before)
    db.session.add(rule)
    return rule


def remove(event: Event, rule_id: int) -> None:
    """Take a rule away, if it is still there. The write transaction has begun."""
    db.session.execute(delete(ReminderRule).where(ReminderRule.id == rule_id, ReminderRule.event_id == event.id))


def rules_of(event: Event) -> list[ReminderRule]:
    """The rules, the earliest reminder first."""
    query = select(ReminderRule).where(ReminderRule.event_id == event.id)
    return list(db.session.scalars(query.order_by(ReminderRule.days_before.desc())))


def plan(rules: Sequence[ReminderRule], days: Sequence[EventDay]) -> dict[int, list[Planned]]:
    """What each rule does, by its id, day by day."""
    query = select(ReminderSent).where(ReminderSent.rule_id.in_([rule.id for rule in rules]))
    done = {(sent.rule_id, sent.day_id, sent.day_starts_at) for sent in db.session.scalars(query)}
    return {rule.id: [_planned(rule, day, (rule.id, day.id, day.starts_at) in done) for day in days] for rule in rules}


def next_due() -> tuple[int, int, int] | None:
    """A rule that is due for a day: the ids of the event, the rule and the day. One query, and no lock."""
    now = clock.now()
    done = select(ReminderSent).where(
        ReminderSent.rule_id == ReminderRule.id,
        ReminderSent.day_id == EventDay.id,
        ReminderSent.day_starts_at == EventDay.starts_at,
    )
    candidates = db.session.execute(
        select(ReminderRule, EventDay)
        .join(Event, Event.id == ReminderRule.event_id)
        .join(EventDay, EventDay.event_id == Event.id)
        .where(
            Event.status == EventStatus.PUBLISHED,
            EventDay.starts_at > now,
            EventDay.starts_at < now + _AHEAD,
            ~done.exists(),
        )
        .order_by(EventDay.starts_at, ReminderRule.id)
    )
    found = ((rule, day) for rule, day in candidates if _is_due(rule.days_before, day, now))
    return next(((rule.event_id, rule.id, day.id) for rule, day in found), None)


def remind(event_id: int, rule_id: int, day_id: int) -> Announcement | None:
    """Announce a reminder under the event's lock, unless another worker has, or the event has moved away from it.

    Returns the announcement; None when there is none to make or nobody to remind.
    """
    locked = capacity.lock(event_id)
    rule = db.session.get(ReminderRule, rule_id)
    day = next((day for day in locked.days if day.id == day_id), None)
    if rule is None or day is None or not locked.event.is_published:
        return None
    is_done = db.session.get(ReminderSent, (rule_id, day_id, day.starts_at)) is not None
    if is_done or not _is_due(rule.days_before, day, clock.now()):
        return None
    announcement = _announced_before(rule, day) or _announce(rule, day)
    db.session.flush()
    sent = ReminderSent(rule_id=rule_id, day_id=day_id, day_starts_at=day.starts_at)
    sent.announcement_id = announcement.id if announcement else None
    db.session.add(sent)
    return announcement


def audience(event_id: int, *, invited_only: bool) -> list[ColumnElement[bool]]:
    """Those who have a confirmed place, for whom the day is open, and who want to be reminded."""
    conditions = [
        Registration.event_id == event_id,
        Registration.status == Status.CONFIRMED,
        Registration.anonymised_at.is_(None),
        ~exists().where(OptionalMailRefusal.email_key == Registration.email_key),
    ]
    if invited_only:
        conditions.append(own_days.are_invited())
    return conditions


def recall(event: Event) -> None:
    """Take back the reminders that still wait to be sent, for an event that has moved or is called off.

    Goes by way of the event's registrations, so that it takes no longer when there are millions of mails.
    """
    of_event = select(literal("registration:") + Registration.uuid).where(Registration.event_id == event.id)
    waiting = (Message.occasion == Occasion.REMINDER) & (Message.state == State.QUEUED)
    useless = update(Message).where(Message.about.in_(of_event), waiting).values(give_up_at=clock.now())
    db.session.execute(useless.execution_options(synchronize_session=False))


def copy(original_id: int, made: Event) -> None:
    """Give a copied event the rules of its original. The write transaction has begun."""
    query = select(ReminderRule.days_before).where(ReminderRule.event_id == original_id)
    db.session.add_all(ReminderRule(event_id=made.id, days_before=days) for days in db.session.scalars(query))


def _planned(rule: ReminderRule, day: EventDay, is_done: bool) -> Planned:
    due = due_at(rule.days_before, day)
    is_missed = clock.now() > due + _lateness(rule.days_before)
    return Planned(day, due, Stage.SENT if is_done else Stage.MISSED if is_missed else Stage.COMING)


def _is_due(days_before: int, day: EventDay, now: datetime) -> bool:
    due = due_at(days_before, day)
    return due <= now <= due + _lateness(days_before)


def _lateness(days_before: int) -> timedelta:
    return LATE_IN_DAYS if days_before else LATE_IN_THE_HOUR


def _announced_before(rule: ReminderRule, day: EventDay) -> Announcement | None:
    """The same reminder, made by a rule that was removed and added again meanwhile."""
    query = select(Announcement).where(
        Announcement.event_id == rule.event_id, Announcement.occasion == Occasion.REMINDER
    )
    return next((one for one in db.session.scalars(query) if one.details == _details(rule, day)), None)


def _details(rule: ReminderRule, day: EventDay) -> dict[str, Any]:
    return {"day": day.id, "starts_at": day.starts_at.isoformat(), "days_before": rule.days_before}


def _announce(rule: ReminderRule, day: EventDay) -> Announcement | None:
    counted = select(func.count(), func.max(Registration.id))
    total, last = db.session.execute(counted.where(*audience(rule.event_id, invited_only=day.invited_only))).one()
    if not total:
        return None
    announcement = Announcement(
        event_id=rule.event_id,
        occasion=Occasion.REMINDER,
        details=_details(rule, day),
        last_registration_id=last,
        total=total,
    )
    db.session.add(announcement)
    return announcement
