"""The tutors of a season: their profiles, their pictures, and what a tutor sees."""

import io
from datetime import date

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.database import db
from app.people.models import AccessLogEntry, Role
from app.sparring import links, pictures, tutors
from app.sparring.models import RequestState
from app.sparring.tutor_models import NamingStatus, TutorProfile
from app.translated import Translated
from tests import builders, sparring_builders
from tests.builders import ESPOO, VANTAA
from tests.page_client import PageClient


def photo(kind: str = "JPEG", *, size: tuple[int, int] = (1200, 800)) -> FileStorage:
    """A picture with the place and camera in it, as a phone makes it."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of a secret maker"
    exif[0x0112] = 6  # lies on its side
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, exif=exif)
    written.seek(0)
    return FileStorage(written, filename=f"me.{kind.lower()}")


def test_the_team_adds_a_tutor_of_the_season_with_all_that_suggestions_need(client: PageClient) -> None:
    builders.signed_in(client)
    sparring_builders.season()
    theme, who = sparring_builders.theme("Libraries"), builders.user(Role.TUTOR, name="Tuija Tutor")
    page = client.get("/staff/sparring/tutors/new")
    fields = {"user": str(who.id), "municipality": VANTAA, "themes": [str(theme.id)], "languages": ["fi", "sv"],
              "modes": ["online"], "takes": "3", "away-0-first": "1.3.2027", "away-0-last": "5.3.2027",
              "presentation-sv": "Fråga mig om bibliotek.", "is_shown": True}  # fmt: skip
    done = client.submit(page, "Save", **fields)
    assert "Tuija Tutor Vantaa Libraries Finnish, Swedish 0 of 3 Shown" in done.words
    profile = db.session.scalars(select(TutorProfile)).one()
    assert (profile.modes, tutors.away(profile)) == (["online"], [(date(2027, 3, 1), date(2027, 3, 5))])
    assert profile.presentation == Translated(sv="Fråga mig om bibliotek.")


def test_a_tutor_changes_the_own_profile_and_agrees_to_be_shown(client: PageClient) -> None:
    profile = sparring_builders.tutor()
    builders.signed_in(client, profile.user)
    page = client.get("/staff/sparring/profile")
    client.submit(page, "Save", takes="2", is_shown=True)
    db.session.refresh(profile)
    assert (profile.takes, profile.is_shown) == (2, True)
    stale = client.submit(page, "Save", takes="7")
    assert stale.status_code == 409
    assert "What you typed is kept here" in stale.words
    client.submit(stale, "Save")
    db.session.refresh(profile)
    assert profile.takes == 7


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_made_small_and_tells_nothing_but_its_pixels(client: PageClient, kind: str) -> None:
    profile = sparring_builders.tutor()
    builders.signed_in(client, profile.user)
    client.submit(client.get("/staff/sparring/profile"), "Save", picture=photo(kind), is_shown=True)
    client.delete_cookie("session")
    answer = client.get(f"/sparring/tutors/{profile.uuid}.jpg")
    assert answer.content_type == "image/jpeg"
    picture = Image.open(io.BytesIO(answer.data))
    assert (picture.format, picture.size) == ("JPEG", (267, 400))
    assert not picture.getexif()
    assert b"secret maker" not in answer.data
    again = client.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_who_has_not_agreed_to_be_shown_has_no_public_picture(client: PageClient) -> None:
    profile = sparring_builders.tutor(picture=b"\xff\xd8")
    assert client.get(f"/sparring/tutors/{profile.uuid}.jpg").status_code == 404
    builders.signed_in(client)
    assert client.get(f"/sparring/tutors/{profile.uuid}.jpg").status_code == 200


def test_what_is_no_picture_is_refused_and_the_rest_of_the_form_kept(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "LARGEST_FILE", 1000)
    profile = sparring_builders.tutor()
    builders.signed_in(client, profile.user)
    sent = FileStorage(io.BytesIO(b"<svg onload=alert(1)>"), filename="me.jpg")
    page = client.submit(client.get("/staff/sparring/profile"), "Save", takes="1", picture=sent)
    assert page.errors == ["The picture could not be read. Choose a JPEG or a PNG."]
    large = FileStorage(io.BytesIO(b"x" * 1001), filename="me.jpg")
    page = client.submit(page, "Save", picture=large)
    assert page.errors == ["The picture is larger than 1 MB. Choose a smaller one."]
    client.submit(page, "Save")
    db.session.refresh(profile)
    assert (profile.takes, profile.picture) == (1, None)


def test_a_tutor_sees_the_requests_asked_about_and_no_others(client: PageClient) -> None:
    profile, other = sparring_builders.tutor(), sparring_builders.tutor()
    mine = sparring_builders.request(state=RequestState.PREPARING, municipality_code=ESPOO)
    theirs = sparring_builders.request(state=RequestState.PREPARING, municipality_code=VANTAA)
    sparring_builders.naming(mine, profile)
    sparring_builders.naming(theirs, other)
    sparring_builders.naming(theirs, profile, status=NamingStatus.DECLINED)
    builders.signed_in(client, profile.user)
    for address in ("/staff/sparring/", "/staff/sparring/requests/"):
        words = client.get(address).words
        assert "Espoo" in words
        assert "Vantaa" not in words
    assert "Asked, not answered" in client.get("/staff/sparring/").words
    assert client.get(f"/staff/sparring/requests/{mine.id}").status_code == 200
    assert client.get(f"/staff/sparring/requests/{theirs.id}").status_code == 404


def test_a_tutor_learns_who_asked_by_accepting_and_the_look_is_logged(client: PageClient) -> None:
    naming = sparring_builders.naming(sparring_builders.request(state=RequestState.PREPARING))
    builders.signed_in(client, naming.profile.user)
    address = f"/staff/sparring/requests/{naming.request_id}"
    asked = client.get(address)
    assert "kaisa.kontakti" not in asked.get_data(as_text=True)
    assert "I accept" in client.get(f"/s/tutor/{links.naming_token(naming)}").words
    assert links.naming_url(naming) in {link.get("href") for link in asked.document.iter("a")}
    assert db.session.scalars(select(AccessLogEntry)).all() == []
    naming.status = NamingStatus.ACCEPTED
    db.session.commit()
    page = client.get(address)
    assert "kaisa.kontakti@askola.example" in page.words
    assert "What has happened" not in page.words
    (entry,) = db.session.scalars(select(AccessLogEntry))
    assert (entry.action, entry.subject) == ("sparring-request.view", f"sparring:{naming.request_id}")
