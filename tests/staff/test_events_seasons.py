"""Seasons: what a new installation needs before its first event."""

from datetime import date

from sqlalchemy import select

from app.database import db
from app.events.models import Season
from tests import builders
from tests.page_client import PageClient


def test_the_first_event_leads_by_way_of_its_season(organiser: PageClient) -> None:
    page = organiser.get("/staff/events/new", follow_redirects=True)
    assert page.h1 == "New season"
    page = organiser.submit(page, starts_on="2027-01-01", ends_on="2027-12-31", **{"name-fi": "Kausi 2027"})
    assert "Kausi 2027 1 January – 31 December 2027" in page.words
    assert organiser.get("/staff/events/new").h1 == "New event"


def test_a_season_can_be_changed_and_must_end_after_it_starts(organiser: PageClient) -> None:
    builders.season(starts_on=date(2027, 1, 1), ends_on=date(2027, 6, 30))
    form = organiser.click(organiser.get("/staff/seasons/"), "Kausi 2026")
    assert organiser.submit(form, ends_on="2026-12-31").errors == ["A season must end after it starts"]
    organiser.submit(form, ends_on="2027-12-31")
    assert db.session.scalars(select(Season.ends_on)).one() == date(2027, 12, 31)
