"""The barest Flask + SQLAlchemy application that makes the same writes for a registration: the yardstick.

A form with CSRF, the event's lock, a count, one row for the registration and one for its mail. No layout, no
languages, no calendar, no nonce, no queue. `python -m bench.bare` makes its tables.
"""

import os
from typing import Any

from flask import Flask, redirect, render_template_string
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import FlaskForm
from sqlalchemy import ForeignKey, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from wtforms import EmailField, StringField
from wtforms.validators import DataRequired


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class BareEvent(Base):
    __tablename__ = "bare_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    places: Mapped[int]


class BareRegistration(Base):
    __tablename__ = "bare_registration"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(BareEvent.id), index=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    email: Mapped[str]
    confirmed: Mapped[bool]


class BareMessage(Base):
    __tablename__ = "bare_message"
    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str]
    body: Mapped[str]


class BareForm(FlaskForm):
    given_name = StringField(validators=[DataRequired()])
    family_name = StringField(validators=[DataRequired()])
    email = EmailField(validators=[DataRequired()])


PAGE = """<!doctype html><title>Register</title><form method="post">{{ form.csrf_token }}
{{ form.given_name }}{{ form.family_name }}{{ form.email }}<button>Register</button></form>"""

app = Flask(__name__)
app.config.update(SECRET_KEY="bench", SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"timeout": 30}}
db.init_app(app)


@app.get("/healthz")
def healthz() -> str:
    return "ok"


@app.route("/register", methods=["GET", "POST"])
def register() -> Any:
    form = BareForm()
    if form.validate_on_submit():
        db.session.connection(execution_options={"write": True})
        chosen = db.session.scalars(select(BareEvent).where(BareEvent.id == 1).with_for_update()).one()
        taken = db.session.scalars(select(func.count()).where(BareRegistration.event_id == 1)).one()
        person = {name: form[name].data for name in ("given_name", "family_name", "email")}
        db.session.add(BareRegistration(event_id=1, confirmed=taken < chosen.places, **person))
        db.session.add(BareMessage(recipient=form.email.data, body="You have a place."))
        db.session.commit()
        return redirect("/done", 303)
    return render_template_string(PAGE, form=form)


def _configure(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    writes = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


with app.app_context():
    if db.engine.dialect.name == "sqlite":
        event.listen(db.engine, "connect", _configure)
        event.listen(db.engine, "begin", _begin)

if __name__ == "__main__":
    with app.app_context():
        Base.metadata.create_all(db.engine)
        db.session.add(BareEvent(id=1, places=100_000))
        db.session.commit()
