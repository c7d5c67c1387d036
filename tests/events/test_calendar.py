from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from app.clock import HELSINKI, helsinki_to_utc
from app.events.calendar import Attendee, Entry, cancel, publish, request
from tests.calendar_checks import byte_errors, icaljs_events, khal_events, libical_errors

ORGANIZER = ("Kuntien koulutus, palvelu", "kalenteri@tapahtumat.example")
PERSON = Attendee("Åsa Östberg", "asa.ostberg@kunta.example")
JOIN = "https://tapahtumat.example/j/AbC123"
STARTS, ENDS = datetime(2026, 11, 18, 11, tzinfo=UTC), datetime(2026, 11, 18, 12, 30, tzinfo=UTC)
WRITTEN = datetime(2026, 10, 1, 8, tzinfo=UTC)

ENTRY = Entry(
    uid="reg-7f3a-d1@tapahtumat.example",
    sequence=0,
    created=WRITTEN,
    revised=WRITTEN,
    starts=STARTS,
    ends=ENDS,
    summary="Webinaari: Äänestyspaikan esteettömyys; osa 1, perusteet",
    description=f"Hei Åsa,\n\nLiity: {JOIN}",
    location=JOIN,
    url="https://tapahtumat.example/e/42",
    alarm=timedelta(minutes=15),
    alarm_text="Webinaari alkaa",
    conference=JOIN,
    conference_label="Liity",
)
BARE = Entry(
    uid="x@y.example", sequence=0, created=WRITTEN, revised=WRITTEN, starts=STARTS, ends=ENDS, summary="Pelkkä otsikko"
)

AROUND_CLOCK_CHANGES = [
    replace(
        ENTRY,
        uid=f"{day}-{hour}@x.example",
        starts=helsinki_to_utc(day, time(hour)),
        ends=helsinki_to_utc(day, time(hour + 2, 30)),
    )
    for first in (date(2027, 3, 27), date(2027, 10, 30))
    for day in (first + timedelta(days=n) for n in range(4))
    for hour in (0, 2, 9)
]


def unfolded(ics: bytes) -> list[str]:
    return ics.decode().replace("\r\n ", "").split("\r\n")


ALL_KINDS = {
    "invitation": request(ENTRY, ORGANIZER, PERSON),
    "invitation with nothing optional": request(BARE, ORGANIZER, PERSON),
    "invitation to a person without a name": request(ENTRY, ORGANIZER, Attendee("", "a@kunta.example")),
    "invitation with a link that has no name": request(replace(ENTRY, conference_label=""), ORGANIZER, PERSON),
    "cancellation": cancel(replace(ENTRY, sequence=2), ORGANIZER, PERSON),
    "download": publish([ENTRY], ORGANIZER),
    "feed": publish(
        [ENTRY, BARE, replace(ENTRY, uid="z@y.example", status="CANCELLED")], ORGANIZER, "Syksyn webinaarit"
    ),
    "empty feed": publish([], ORGANIZER, "Syksyn webinaarit"),
}


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_every_kind_of_calendar_keeps_the_rules(kind):
    assert libical_errors(ALL_KINDS[kind]) == []
    assert byte_errors(ALL_KINDS[kind]) == []


@pytest.mark.parametrize(
    ("ics", "sound", "broken", "complaint"),
    [
        (ALL_KINDS["download"], b"CLASS:PUBLIC", b"CLASS:PUBLIC\r\nATTENDEE:mailto:a@b.example", "ATTENDEE"),
        (ALL_KINDS["invitation"], b"ORGANIZER;", b"X-ORGANIZER;", "ORGANIZER"),
        (ALL_KINDS["invitation"], b"DTSTAMP:", b"X-DTSTAMP:", "DTSTAMP"),
        (ALL_KINDS["invitation"], b"UID:", b"X-UID:", "UID"),
    ],
)
def test_the_judge_of_calendars_notices_a_seeded_fault(ics, sound, broken, complaint):
    assert sound in ics
    assert any(complaint in error for error in libical_errors(ics.replace(sound, broken)))


def test_the_check_of_lines_notices_a_seeded_fault():
    ics = ALL_KINDS["invitation"]
    assert byte_errors(ics.replace(b"\r\n", b"\n"))
    assert byte_errors(ics.replace(b"\r\n ", b""))
    assert byte_errors(ics.replace("Ä".encode(), b"\xc3\r\n \x84"))


def test_an_invitation_is_exactly_the_reference():
    assert unfolded(ALL_KINDS["invitation"]) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kuntailmo//Kuntailmo//FI",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Helsinki",
        "BEGIN:STANDARD",
        "DTSTART:19701025T040000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZOFFSETFROM:+0300",
        "TZOFFSETTO:+0200",
        "TZNAME:EET",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:19700329T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0300",
        "TZNAME:EEST",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "UID:reg-7f3a-d1@tapahtumat.example",
        "SEQUENCE:0",
        "DTSTAMP:20261001T080000Z",
        "CREATED:20261001T080000Z",
        "LAST-MODIFIED:20261001T080000Z",
        "DTSTART;TZID=Europe/Helsinki:20261118T130000",
        "DTEND;TZID=Europe/Helsinki:20261118T143000",
        "SUMMARY:Webinaari: Äänestyspaikan esteettömyys\\; osa 1\\, perusteet",
        f"DESCRIPTION:Hei Åsa\\,\\n\\nLiity: {JOIN}",
        f"LOCATION:{JOIN}",
        "URL:https://tapahtumat.example/e/42",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "CLASS:PUBLIC",
        'ORGANIZER;CN="Kuntien koulutus, palvelu":mailto:kalenteri@tapahtumat.example',
        f"CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Liity:{JOIN}",
        'ATTENDEE;CN="Åsa Östberg";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:'
        "mailto:asa.ostberg@kunta.example",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Webinaari alkaa",
        "TRIGGER:-PT15M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_cancellation_says_so_and_rings_no_alarm():
    lines = unfolded(ALL_KINDS["cancellation"])
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2", "UID:reg-7f3a-d1@tapahtumat.example"} <= set(lines)
    assert "BEGIN:VALARM" not in lines


def test_a_download_names_no_attendee():
    assert not [line for line in unfolded(ALL_KINDS["feed"]) if line.startswith("ATTENDEE") or "Östberg" in line]


def test_a_feed_has_a_name_and_asks_to_be_read_again_every_hour():
    feed, download = unfolded(ALL_KINDS["feed"]), unfolded(ALL_KINDS["download"])
    own = {"NAME:Syksyn webinaarit", "X-WR-CALNAME:Syksyn webinaarit"}
    own |= {"REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"}
    assert own <= set(feed)
    assert not own & set(download)


def test_a_mail_sent_again_holds_the_same_bytes():
    assert request(replace(ENTRY), ORGANIZER, PERSON) == ALL_KINDS["invitation"]


def test_an_update_moves_the_entry_and_a_cancellation_marks_it():
    moved = replace(
        ENTRY, sequence=1, revised=WRITTEN + timedelta(days=1), starts=STARTS.replace(day=19), ends=ENDS.replace(day=19)
    )
    update = request(moved, ORGANIZER, PERSON)
    after_update = khal_events(ALL_KINDS["invitation"], update)
    after_cancel = khal_events(ALL_KINDS["invitation"], update, cancel(replace(moved, sequence=2), ORGANIZER, PERSON))
    assert [(event.uid, event.starts, event.status) for event in after_update] == [
        (ENTRY.uid, moved.starts, "CONFIRMED")
    ]
    assert [(event.uid, event.status) for event in after_cancel] == [(ENTRY.uid, "CANCELLED")]


def test_two_programs_read_the_instants_that_were_meant_also_around_the_clock_changes():
    entries = AROUND_CLOCK_CHANGES
    feed = publish(entries, ORGANIZER)
    meant = {(entry.uid, entry.starts, entry.ends) for entry in entries}
    assert {(event.uid, event.starts, event.ends) for event in khal_events(feed)} == meant
    assert {(event.uid, event.starts, event.ends) for event in icaljs_events(feed)} == meant


def test_two_programs_read_the_texts_that_were_written():
    [by_khal], [by_icaljs] = khal_events(ALL_KINDS["invitation"]), icaljs_events(ALL_KINDS["invitation"])
    assert by_khal == by_icaljs
    assert (by_khal.summary, by_khal.description, by_khal.location) == (
        ENTRY.summary,
        ENTRY.description,
        ENTRY.location,
    )


def test_the_time_zone_agrees_with_the_zone_database_until_2039():
    zone = Calendar.from_ical(ALL_KINDS["invitation"]).timezones[0].to_tz(lookup_tzid=False)
    first, last = datetime(2024, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
    every_day = [first + timedelta(days=n) for n in range((last - first).days)]
    of_a_change = [day + timedelta(hours=n) for day in every_day if _changes(day) for n in range(24)]
    assert len(of_a_change) == 16 * 2 * 24
    assert [at for at in every_day + of_a_change if at.astimezone(zone).utcoffset() != _offset(at)] == []


def _changes(day: datetime) -> bool:
    """Whether the clocks of Helsinki are moved within these 24 hours of UTC."""
    return _offset(day) != _offset(day + timedelta(days=1))


def _offset(at: datetime) -> timedelta | None:
    return at.astimezone(HELSINKI).utcoffset()


@settings(deadline=None)  # a busy machine is not a fault
@given(st.text().map("Otsikko {}".format), st.text(), st.text())
def test_no_typed_text_can_break_out_of_its_line(summary, description, name):
    entry = replace(ENTRY, summary=summary, description=description, location=summary, alarm_text=name)
    ics = request(entry, (name, ORGANIZER[1]), Attendee(name, PERSON.email))
    assert byte_errors(ics) == []
    assert libical_errors(ics) == []
    assert not set(ics.decode()) & set(map(chr, [*range(10), 11, 12, *range(14, 32), *range(127, 160)]))
    assert len(Calendar.from_ical(ics).events) == 1


def test_line_breaks_and_quotes_where_there_can_be_none_are_made_harmless():
    entry = replace(ENTRY, summary="Ensin\r\nATTENDEE:mailto:x@y.example", description="yksi\r\n\tkaksi\x00\rkolme")
    lines = unfolded(request(entry, ORGANIZER, Attendee('Åsa "Å"\nÖstberg', PERSON.email)))
    assert "SUMMARY:Ensin ATTENDEE:mailto:x@y.example" in lines
    assert "DESCRIPTION:yksi\\n kaksi\\nkolme" in lines
    assert any(line.startswith("ATTENDEE;CN=\"Åsa 'Å' Östberg\";") for line in lines)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        publish([replace(ENTRY, starts=datetime(2026, 11, 18, 13))], ORGANIZER)
