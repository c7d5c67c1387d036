"""What forms make of what people type, and what they tell them."""

from datetime import UTC, datetime, time
from typing import Any

import pytest
import wtforms
from flask import Flask
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from app import forms
from tests import html_checks


class Registration(forms.Form):
    class Meta(forms.Form.Meta):
        csrf = False

    name = wtforms.StringField("Name", [forms.required("Enter your name"), forms.at_most(20)])
    email = forms.EmailField("Work email", [forms.required("Enter your work email")])
    municipality = forms.SelectField(
        "Municipality",
        [forms.required("Choose your municipality")],
        choices=forms.choices([("", "Choose"), ("049", "Espoo"), ("091", "Helsinki")]),
    )
    mode = forms.RadioField(
        "How do you take part?",
        [forms.required("Choose how you take part")],
        choices=forms.choices([("on-site", "On site"), ("online", "Online")]),
    )
    themes = forms.ChecklistField("Themes", choices=forms.choices([("library", "Library"), ("home", "At home")]))
    places = forms.IntegerField("Places", [wtforms.validators.Optional()])
    day = forms.DateField("Day")
    hour = forms.TimeField("Time")
    starts = forms.LocalDateTimeField("Starts")
    agrees = wtforms.BooleanField("Tell me of later events", description="You can stop it at any time.")
    message = wtforms.TextAreaField("Message")
    nonce = wtforms.HiddenField()


COMPLETE = {"name": "Maria", "email": "maria@espoo.example", "municipality": "049", "mode": "online"}


def _filled(app: Flask, **answers: Any) -> Registration:
    data = MultiDict(COMPLETE | {name.replace("__", "-"): value for name, value in answers.items()})
    with app.test_request_context("/en/register", method="POST", data=data):
        form = Registration()
        form.validate()
        return form


def _problem(form: Registration, name: str) -> str | None:
    return dict(form.problems).get(name)


@pytest.fixture(autouse=True)
def _in_english(app: Flask) -> Any:
    with app.test_request_context("/en/"):
        yield


def test_a_complete_form_has_no_problems(app: Flask) -> None:
    assert _filled(app).problems == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Maria \t", "Maria"),
        ("\u00a0Maria\u00a0", "Maria"),
        ("\ufeffMa\u200bria", "Maria"),
        ("A\u030akerlund", "Åkerlund"),
        ("Ma\0ria", "Maria"),
        ("Anna  Maria", "Anna  Maria"),
        ("\u202eairaM\u2066", "airaM"),
        ("Ma\x01ria\x1b\x85\uffff", "Maria"),
        ("Maria\r\nBcc: x@y.fi", "Maria Bcc: x@y.fi"),
    ],
)
def test_text_loses_what_nobody_sees(app: Flask, typed: str, kept: str) -> None:
    assert _filled(app, name=typed).name.data == kept


def test_lines_of_a_long_text_end_alike(app: Flask) -> None:
    assert _filled(app, message="one\r\ntwo\r\n").message.data == "one\ntwo"


def test_nothing_but_spaces_is_no_answer(app: Flask) -> None:
    assert _problem(_filled(app, name=" \u00a0 "), "name") == "Enter your name"


def test_every_missing_answer_is_named_in_the_order_of_the_form(app: Flask) -> None:
    form = _filled(app, name="", email="", municipality="", mode="")

    assert [problem.message for problem in form.problems] == [
        "Enter your name",
        "Enter your work email",
        "Choose your municipality",
        "Choose how you take part",
    ]


def test_too_long_a_text_is_told_the_limit(app: Flask) -> None:
    assert _problem(_filled(app, name="M" * 21), "name") == "Keep this to 20 characters or fewer"


@pytest.mark.parametrize(
    "typed",
    ["maria", "maria@", "@espoo.example", "maria@espoo", "a b@espoo.fi", "märiä@espoo.fi", "a@b.fi\nBcc: x@y.fi"],
)
def test_an_address_that_mail_cannot_reach_is_refused_with_an_example(app: Flask, typed: str) -> None:
    assert _problem(_filled(app, email=typed), "email") == "Enter an email address like name@municipality.fi"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Maria.Akerlund@Espoo.FI ", "Maria.Akerlund@espoo.fi"),
        ("maria@jyväskylä.fi", "maria@xn--jyvskyl-7wae.fi"),
    ],
)
def test_an_address_is_kept_as_mail_writes_it(app: Flask, typed: str, kept: str) -> None:
    assert _filled(app, email=typed).email.data == kept


@pytest.mark.parametrize("name", ["municipality", "mode"])
def test_a_choice_that_was_not_offered_is_refused(app: Flask, name: str) -> None:
    assert _problem(_filled(app, **{name: "999"}), name) == "Choose one of the options"


def test_several_choices_are_a_list_and_only_of_those_offered(app: Flask) -> None:
    assert _filled(app, themes=["library", "home"]).themes.data == ["library", "home"]
    assert _filled(app).themes.data == []
    assert _problem(_filled(app, themes=["library", "100%"]), "themes") == "Choose from the options"


@pytest.mark.parametrize(("typed", "number"), [("120", 120), ("1 200", 1200), ("0", 0), ("", None)])
def test_a_number_is_read_as_people_write_it(app: Flask, typed: str, number: int | None) -> None:
    form = _filled(app, places=typed)

    assert (form.places.data, form.problems) == (number, [])


def test_a_number_that_is_cleared_is_taken_away(app: Flask) -> None:
    with app.test_request_context("/en/register", method="POST", data={"places": ""}):
        form = Registration(places=120)
    assert form.places.data is None


@pytest.mark.parametrize("typed", ["many", "3000000000", "9" * 5000])
def test_what_is_no_number_that_can_be_stored_gets_an_example(app: Flask, typed: str) -> None:
    assert _problem(_filled(app, places=typed), "places") == "Enter a whole number, such as 120"


@pytest.mark.parametrize("typed", ["2027-10-21", "21.10.2027"])
def test_a_day_is_read_from_a_date_picker_and_as_finns_write_it(app: Flask, typed: str) -> None:
    form = _filled(app, day=typed)

    assert form.problems == []
    assert form.day.data.isoformat() == "2027-10-21"


@pytest.mark.parametrize("typed", ["31.2.2027", "21.10.", "tomorrow", "2027-13-01", "0001-01-01", "2027-99999999999-1"])
def test_what_is_no_day_gets_an_example(app: Flask, typed: str) -> None:
    assert _problem(_filled(app, day=typed), "day") == "Enter a date such as 21.10.2027"


@pytest.mark.parametrize("typed", ["9.05", "9:05", "09:05", "09:05:00"])
def test_a_time_is_read_with_a_dot_or_a_colon(app: Flask, typed: str) -> None:
    assert _filled(app, hour=typed).hour.data == time(9, 5)


@pytest.mark.parametrize("typed", ["25.00", "9.61", "noon", ":", "99999999999.00"])
def test_what_is_no_time_gets_an_example(app: Flask, typed: str) -> None:
    assert _problem(_filled(app, hour=typed), "hour") == "Enter a time such as 9.00"


@pytest.mark.parametrize(
    ("day", "hour", "instant"),
    [
        ("2027-10-21", "09:00", datetime(2027, 10, 21, 6, tzinfo=UTC)),
        ("21.1.2027", "9.00", datetime(2027, 1, 21, 7, tzinfo=UTC)),
        ("", "", None),
    ],
)
def test_a_wall_time_is_an_instant_of_helsinki(app: Flask, day: str, hour: str, instant: datetime | None) -> None:
    form = _filled(app, starts__date=day, starts__time=hour)

    assert (form.starts.data, form.problems) == (instant, [])


@pytest.mark.parametrize(
    ("day", "hour", "sentence"),
    [
        ("2027-03-28", "03:30", "The clocks go forward that night and skip this time. Choose another time."),
        ("2027-10-31", "03:30", "The clocks go back that night and show this time twice. Choose another time."),
        ("2027-10-31", "", "Enter both the date and the time"),
        ("", "9.00", "Enter both the date and the time"),
        ("31.2.2027", "9.00", "Enter a date such as 21.10.2027"),
        ("0001-01-01", "0.00", "Enter a date such as 21.10.2027"),
    ],
)
def test_an_impossible_wall_time_is_refused_with_the_reason_and_stays_in_the_form(
    app: Flask, day: str, hour: str, sentence: str
) -> None:
    form = _filled(app, starts__date=day, starts__time=hour)

    assert _problem(form, "starts") == sentence
    assert (form.starts.typed_date, form.starts.typed_time) == (day, hour)


def test_a_stored_instant_is_shown_as_wall_time(app: Flask) -> None:
    form = Registration(starts=datetime(2027, 10, 21, 6, tzinfo=UTC))

    assert (form.starts.typed_date, form.starts.typed_time) == ("2027-10-21", "09:00")


def test_problems_of_parts_and_of_the_whole_are_in_the_summary(app: Flask) -> None:
    class Day(wtforms.Form):
        room = wtforms.StringField("Room", [forms.required("Enter a room")])

    class Event(Registration):
        first = wtforms.FormField(Day)
        days = wtforms.FieldList(wtforms.FormField(Day), min_entries=2)

    with app.test_request_context("/en/", method="POST", data=COMPLETE | {"days-0-room": "A"}):
        form = Event()
        form.validate()
        form.form_errors.append("Two days are the same")
        form.nonce.errors = ["Open the form again"]

    assert form.problems == [
        (None, "Two days are the same"),
        (None, "Open the form again"),
        ("first-room", "Enter a room"),
        ("days-1-room", "Enter a room"),
    ]


def _drawn(app: Flask, form: Registration) -> str:
    template = app.jinja_env.get_template("components/field.html")
    fields = [field for field in form if field.name != "nonce"]
    return Markup("").join(template.module.field(field, hint="Why we ask") for field in fields)


@pytest.mark.parametrize("answers", [{}, {"name": "", "email": "x", "mode": "", "starts__date": "x", "places": "x"}])
def test_every_kind_of_field_is_labelled_and_tied_to_its_hint_and_error(app: Flask, answers: dict[str, str]) -> None:
    form = _filled(app, **answers)
    head = '<!doctype html><html lang="en"><head><title>A form</title></head>'
    page = f"{head}<body><main><h1>A form</h1>{_drawn(app, form)}</main></body></html>"

    document = html_checks.check(page)
    by_id = {part.get("id"): part for part in document.iter() if part.get("id")}
    for problem in form.problems:
        assert by_id[problem.id].tag in ("input", "select", "textarea")
        assert problem.message in html_checks.text_of(by_id[f"{problem.id}-error"])
    for part in document.iter():
        for described_by in (part.get("aria-describedby") or "").split():
            assert described_by in by_id
