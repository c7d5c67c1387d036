"""Mail that was accepted and came back: its message and its address learn of it, by the delivery's own rules."""

from sqlalchemy import select

from app import clock
from app.database import db
from app.messages import addresses, reports, verdict
from app.messages.incoming import Incoming
from app.messages.models import Message, Outcome, State
from app.messages.reports import Action, Report
from app.messages.retention import BODY_LASTS


def note(incoming: Incoming) -> bool:
    """Write down what a report tells. False when it tells nothing of a message of ours. Does not commit.

    The same report again changes nothing. A delay is noted and blames nobody; neither does a server that gave up
    after trying in vain (4.x.x), though the message is then not delivered.
    """
    report, meant = reports.of(incoming), reports.message_meant(incoming)
    message = db.session.scalar(select(Message).where(Message.uuid == meant).with_for_update()) if meant else None
    if report is None or message is None:
        return False
    match report.action:
        case Action.FAILED if not message.came_back:
            _came_back(message, report)
        case Action.DELAYED if message.state is State.SENT:
            message.reported_at, message.report_code = clock.now(), report.code
        case Action.DELIVERED if message.is_delayed:
            message.reported_at = message.report_code = None
    return True


def _came_back(message: Message, report: Report) -> None:
    now = clock.now()
    message.state, message.outcome, message.locked_until = State.FAILED, verdict.of_report(report.code), None
    message.reported_at, message.report_code = now, report.code
    if message.body_erased_at is None:
        message.erase_body_at = message.erase_body_at or now + BODY_LASTS
    if message.outcome is Outcome.ADDRESS:
        addresses.refused(message.recipient, enhanced_code=report.code, now=now)
