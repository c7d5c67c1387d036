"""The ground itself: what the other tests lean on must hold, or they prove nothing."""

import flask
import pytest
from sqlalchemy import text

from app.database import db
from tests.html_checks import problems_of

GOOD = """<!doctype html><html lang="fi"><head><title>Ilmoittaudu</title></head><body><main>{}</main></body></html>"""
FORM = GOOD.format("""<h1>Ilmoittaudu</h1><form method="post">
<input type="hidden" name="nonce" value="n1">
<label for="name">Nimi</label><input id="name" name="name" value="Eva">
<fieldset><legend>Tapa</legend><label><input type="radio" name="mode" value="online">Verkossa</label></fieldset>
<button type="submit">Lähetä</button></form>""")


def test_each_test_begins_with_what_the_migrations_left(app: flask.Flask, request: pytest.FixtureRequest) -> None:
    tables = db.metadata.sorted_tables
    before = {table.name: len(db.session.execute(table.select()).all()) for table in tables}
    for table in reversed(tables):
        db.session.execute(table.delete())
    db.session.commit()
    request.getfixturevalue("_database").reset()
    assert {table.name: len(db.session.execute(table.select()).all()) for table in tables} == before


def test_a_request_shares_no_transaction_with_the_test(make_app) -> None:
    app = make_app(ratelimit_enabled=False)
    app.add_url_rule("/ground", view_func=lambda: str(id(db.session())))
    with app.app_context():
        db.session.execute(text("SELECT 1"))
        mine = str(id(db.session()))
        assert app.test_client().get("/ground", check_html=False).text != mine


def test_a_form_is_filled_as_a_browser_would(make_app) -> None:
    app = make_app()
    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/ground", view_func=lambda: flask.request.form or FORM, methods=["GET", "POST"])
    client = app.test_client()
    page = client.get("/ground")
    assert client.submit(page, name="Åke", mode="online").json == {"nonce": "n1", "name": "Åke", "mode": "online"}
    assert client.submit(page, "Lähetä").json == {"nonce": "n1", "name": "Eva"}
    with pytest.raises(AssertionError, match="no field 'email'"):
        client.submit(page, email="a@example.org")
    with pytest.raises(AssertionError, match="does not offer"):
        client.submit(page, mode="by-phone")


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("<h1>Yksi</h1><h1>Kaksi</h1>", "2 h1 elements"),
        ("<h1>A</h1><p><div>x</div></p>", "unexpected-end-tag"),
        ('<h1 id="a">A</h1><p id="a">x</p>', "occurs 2 times"),
        ('<h1>A</h1><input name="email">', "has no label"),
        ('<h1>A</h1><label for="x">X</label><input id="x" aria-describedby="x-error">', "'x-error', which is nowhere"),
        ('<h1>A</h1><p style="color:red">x</p>', "inline code in style"),
        ('<h1>A</h1><img src="a.png">', "has no alt"),
        ('<h1>A</h1><a href="#b">B</a>', "'#b', which is nowhere"),
        ("<h1>A</h1><h3>B</h3>", "skips from h1 to h3"),
        ("<h1>A</h1><table><tr><td>x</td></tr></table>", "no caption"),
        ("<h1>A</h1><fieldset><p>x</p></fieldset>", "no legend"),
    ],
)
def test_the_page_check_sees_the_fault(fault: str, told: str) -> None:
    assert not list(problems_of(GOOD.format("<h1>A</h1>")))
    assert told in "\n".join(problems_of(GOOD.format(fault)))


def test_the_service_starts_in_processes_of_its_own(live_server) -> None:
    assert live_server(processes=1).startswith("http://127.0.0.1:")
