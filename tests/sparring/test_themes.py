"""The organisers keep the list of themes; what a request has chosen it keeps."""

from sqlalchemy import select

from app.database import begin_write, db
from app.sparring import queries
from app.sparring.models import Theme
from app.translated import Translated
from tests import builders
from tests.page_client import PageClient

THEMES = "/staff/sparring/themes"


def names() -> list[str]:
    return [theme.name.fi for theme in queries.themes()]


def test_the_first_themes_have_names_in_three_languages(client: PageClient) -> None:
    assert len(names()) == 17
    assert [theme for theme in queries.themes() if theme.name.missing()] == []


def test_a_theme_is_added_renamed_moved_and_retired(client: PageClient) -> None:
    builders.signed_in(client)
    page = client.submit(client.get(f"{THEMES}/new"), **{"name-fi": "Tekoäly", "name-sv": "AI"})
    assert "English is missing" in page.words
    assert names()[-1] == "Tekoäly"
    page = client.submit(client.click(page, "Tekoäly"), **{"name-fi": "Tekoäly kunnassa"})
    client.submit(page, "Move up: Tekoäly kunnassa")
    assert names()[-2] == "Tekoäly kunnassa"
    page = client.submit(client.get(THEMES), "Retire Tekoäly kunnassa")
    assert "Tekoäly kunnassa" not in names()
    client.submit(page, "Offer again Tekoäly kunnassa")
    assert names()[-1] == "Tekoäly kunnassa"


def test_two_themes_have_not_the_same_name(client: PageClient) -> None:
    builders.signed_in(client)
    page = client.submit(client.get(f"{THEMES}/new"), **{"name-fi": names()[0].upper()})
    assert page.errors == ["There is a theme with this name already."]


def test_a_retired_theme_is_offered_no_more_but_stays_where_it_was_chosen(client: PageClient) -> None:
    theme = db.session.scalars(select(Theme).order_by(Theme.position)).first()
    assert theme
    begin_write()
    theme.name, theme.retired_at = Translated(fi="Vanha", en="Old one"), builders.in_days(-1)
    db.session.commit()
    assert "Old one" not in client.get("/en/sparring/request/what").words
    assert theme in queries.themes_to_choose([theme.id])
