"""Mails as other machines send them to us: delivery reports, calendars' replies, out-of-office answers."""

from datetime import datetime

from app import clock

POSTFIX_REPORT = """\
Return-Path: <>
Delivered-To: {to}
From: MAILER-DAEMON@relay.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="AA"

--AA
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--AA
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; someone@elsewhere.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnosis}

--AA
Content-Type: text/rfc822-headers

Return-Path: <{returned_to}>
Message-ID: {message_id}
Subject: Paikkasi on vahvistettu

--AA--
"""

QMAIL_BOUNCE = """\
Return-Path: <>
From: MAILER-DAEMON@elsewhere.example
To: {to}
Subject: failure notice

Hi. This is the qmail-send program at elsewhere.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<eva@hanko.example>:
Sorry, no mailbox here by that name.

--- Below this line is a copy of the message.

Subject: Paikkasi on vahvistettu
"""

OUT_OF_OFFICE = """\
From: Eva <eva@hanko.example>
To: {to}
Subject: Poissa
Auto-Submitted: auto-replied

Olen lomalla. REPLY, DECLINED, 5.1.1.
"""

EXCHANGE_REPLY = """\
From: Sihteeri <sihteeri@toinen.example>
To: kuntailmo@kuntailmo.example
Subject: Declined: Syysseminaari
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="BB"

--BB
Content-Type: text/plain; charset=utf-8

En pääse.
--BB
Content-Type: text/calendar; charset="utf-8"; method=REPLY

BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VEVENT
ATTENDEE;PARTSTAT={answer};CN=Jaettu laatikko:mailto:jaettu@toinen.example
UID:{uid}
DTSTAMP:{made_at}
DTSTART:20270301T070000Z
SEQUENCE:0
END:VEVENT
END:VCALENDAR
--BB--
"""


def report(
    *,
    to: str = "kuntailmo@kuntailmo.example",
    action: str = "failed",
    status: str = "5.1.1",
    diagnosis: str = "550 no",
    message_id: str = "<x@y>",
    returned_to: str = "kuntailmo@kuntailmo.example",
) -> bytes:
    """A report of Postfix's kind about one mail."""
    given = {"to": to, "action": action, "status": status, "diagnosis": diagnosis, "message_id": message_id}
    return _wire(POSTFIX_REPORT.format(**given, returned_to=returned_to))


def in_own_words(to: str) -> bytes:
    """A bounce as qmail writes it, without any report."""
    return _wire(QMAIL_BOUNCE.format(to=to))


def out_of_office(to: str = "kuntailmo@kuntailmo.example") -> bytes:
    return _wire(OUT_OF_OFFICE.format(to=to))


def calendar_reply(uid: str, answer: str = "DECLINED", made_at: datetime | None = None) -> bytes:
    """As Exchange answers for a shared mailbox: without ORGANIZER, and from an address that was not invited."""
    stamp = (made_at or clock.now()).isoformat(timespec="seconds").replace("-", "").replace(":", "")[:15] + "Z"
    return _wire(EXCHANGE_REPLY.format(uid=uid, answer=answer, made_at=stamp))


def _wire(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()
