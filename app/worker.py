"""The worker: does again and again what is due, each step in its own transactions, until it is told to stop."""

import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event

import structlog

from app import clock, incoming_mail, privacy
from app.database import begin_write, db, end_session
from app.messages import delivery, pauses
from app.messages.models import Message, Outcome, PauseReason
from app.messages.transport import Connection, Unavailable, mailer
from app.registrations import announcements, due, opening_wishes, reminders, still_coming, waitlist
from app.sparring import afterwards, poll_deadlines

BREATH_SECONDS = 0.5
LONGEST_BACK_OFF_SECONDS = 30.0
MAILBOX_BACK_OFF_SECONDS = 15 * 60.0  # asking one that hangs takes its time from the other steps
PASS_SECONDS = 5.0  # then other steps get their turn, and a stop is heard
MESSAGES_PER_LINE = 100

log = structlog.get_logger(__name__)


def deliver_pass() -> int:
    """Deliver what is due over one line to the mail server; returns how many messages were tried.

    At most 100 messages or five seconds, so call it again while it returns more than 0.
    """
    held = pauses.current() is not None or not delivery.is_due()
    db.session.rollback()
    if held:
        return 0
    try:
        with mailer.connect() as connection:
            return _deliver_over(connection, after_a_pause=_end_pauses_of_the_line())
    except Unavailable as unavailable:
        _pause(unavailable)
        return 0


def announce() -> int:
    """Make the next mails of what was announced to many; returns how many."""
    made = announcements.advance()
    db.session.commit()
    return made


def settle() -> int:
    """Make prompt what holds by the clock anyway: lapsed offers and released municipal limits; one event a step."""
    event_id = due.next_event(clock.now())
    if event_id is None:
        return 0
    waitlist.enter(event_id)
    db.session.commit()
    return 1


def remind() -> int:
    """Announce the next reminder that is due; returns 1 when there was one."""
    found = reminders.next_due()
    if found is None:
        return 0
    reminders.remind(*found)
    db.session.commit()
    return 1


def ask_still_coming() -> int:
    """Announce the question whether people are still coming, where its time has come; returns 1 when there was one."""
    event_id = still_coming.next_due()
    if event_id is None:
        return 0
    still_coming.ask(event_id)
    db.session.commit()
    return 1


def tell_of_openings() -> int:
    """Write to those who asked to hear when registration opens, where it has; returns how many."""
    event_id = opening_wishes.next_opened()
    if event_id is None:
        return 0
    told = opening_wishes.tell(event_id)
    db.session.commit()
    return told


def follow_polls() -> int:
    """Remind who is silent in a date poll, or tell its team that the time is up; returns how many mails."""
    poll_id = poll_deadlines.next_due()
    if poll_id is None:
        return 0
    written = poll_deadlines.follow(poll_id)
    db.session.commit()
    return written


def tell_of_follow_ups() -> int:
    """Bring a meeting back as a task on its follow-up day; returns 1 when there was one."""
    meeting_id = afterwards.next_follow_up()
    if meeting_id is None:
        return 0
    told = afterwards.tell_of_follow_up(meeting_id)
    db.session.commit()
    return told


def forget() -> int:
    """Erase personal data whose time is over; returns how many rows were touched."""
    begin_write()
    touched = privacy.forget()
    db.session.commit()
    return touched


@dataclass
class Step:
    """Something to do again and again. If it fails it is left alone for a while, without holding up the others."""

    do: Callable[[], int]
    idle_seconds: float = 0.5
    first_back_off_seconds: float = 1.0
    longest_back_off_seconds: float = LONGEST_BACK_OFF_SECONDS
    failures: int = 0
    not_before: float = 0.0

    def take(self) -> int:
        """Do it if it is time, and return how much was done; the next time is at once if there was work."""
        if time.monotonic() < self.not_before:
            return 0
        try:
            done = self.do()
        except Exception:
            self.failures += 1
            doubled = self.first_back_off_seconds * 2.0 ** min(self.failures - 1, 10)
            wait = min(doubled, self.longest_back_off_seconds)
            log.exception("step failed", step=getattr(self.do, "__name__", ""), next_in=wait)
            self.not_before = time.monotonic() + wait
            return 0
        finally:
            end_session()
        self.failures = 0
        self.not_before = time.monotonic() + (0 if done else self.idle_seconds)
        return done


def steps() -> Sequence[Step]:
    """All that the worker does, in this order."""
    return [
        Step(deliver_pass),
        Step(announce),
        Step(settle),
        Step(remind, idle_seconds=20),
        Step(ask_still_coming, idle_seconds=20),
        Step(tell_of_openings, idle_seconds=20),
        Step(follow_polls, idle_seconds=20),
        Step(tell_of_follow_ups, idle_seconds=20),
        Step(forget, idle_seconds=60),
        mailbox_step(),
    ]


def mailbox_step() -> Step:
    """Once a minute, and less and less often while the mailbox is away."""
    return Step(
        incoming_mail.poll,
        idle_seconds=60,
        first_back_off_seconds=60,
        longest_back_off_seconds=MAILBOX_BACK_OFF_SECONDS,
    )


def serve() -> None:
    """Run until SIGTERM or SIGINT; what was begun is finished first. Needs the main thread and an app context."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run(steps(), stop)


def run(todo: Sequence[Step], stop: Event) -> None:
    """Take the steps in turn until `stop` is set: at once again while there is work, else every half second."""
    while not stop.is_set():
        worked = [step.take() for step in todo if not stop.is_set()]
        if not any(worked):
            stop.wait(BREATH_SECONDS)


def _deliver_over(connection: Connection, *, after_a_pause: bool) -> int:
    tried = 0
    ends = time.monotonic() + PASS_SECONDS
    while tried < MESSAGES_PER_LINE and time.monotonic() < ends:
        messages = delivery.claim()
        db.session.commit()
        done, goes_on = _deliver(messages, connection, after_a_pause=after_a_pause)
        tried += done
        if not goes_on:
            break
    return tried


def _deliver(messages: list[Message], connection: Connection, *, after_a_pause: bool) -> tuple[int, bool]:
    """Send what was claimed, one by one; returns how many, and whether to claim more over this line."""
    for index, message in enumerate(messages):
        if not delivery.still_ours(message):
            _release(messages[index:])
            return index, False
        try:
            verdict = delivery.send(message, connection)
        except Unavailable:
            _release(messages[index:])
            raise
        delivery.record(message, verdict, after_a_pause=after_a_pause)
        db.session.commit()
        if verdict.outcome is Outcome.POLICY:
            _release(messages[index + 1 :])
            return index + 1, False
    return len(messages), bool(messages)


def _release(messages: list[Message]) -> None:
    delivery.release(messages)
    db.session.commit()


def _pause(unavailable: Unavailable) -> None:
    begin_write()
    pause = pauses.begin(unavailable.reason, unavailable.detail)
    db.session.commit()
    log.warning("mail paused", reason=pause.reason.value, detail=pause.detail, until=pause.until.isoformat())
    db.session.rollback()


def _end_pauses_of_the_line() -> bool:
    """The line stands, so what kept it from standing is over. Returns whether any pause had been open."""
    is_any_open = pauses.any_open()
    if is_any_open:
        begin_write()
        pauses.end(PauseReason.UNREACHABLE, PauseReason.UNTRUSTED, PauseReason.SIGN_IN)
        db.session.commit()
    db.session.rollback()
    return is_any_open
