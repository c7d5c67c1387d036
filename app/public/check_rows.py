"""The rows of the page that shows all answers before registering, each with the field it can be changed in."""

from flask_babel import gettext as _
from markupsafe import Markup

from app.people import queries as people
from app.public import event_words
from app.public.person_form import CONTACT_LANGUAGES, PersonForm
from app.public.registration_form import RegistrationForm
from app.public.summaries import Row
from app.question_forms import words
from app.question_forms.form import AsksQuestions


def rows(form: RegistrationForm, language: str) -> list[Row]:
    """What was told and answered, in the order of the form."""
    return _details(form, language) + _items(form, language) + answers(form)


def _details(form: RegistrationForm, language: str) -> list[Row]:
    told = [
        (form.given_name, _("Name"), f"{form.given_name.data} {form.family_name.data}"),
        (form.email, _("Email"), form.email.data),
        (form.municipality, _("Municipality or organisation"), belonging(form, language)),
        (form.role, _("Role or title"), form.role.data or "–"),
        (form.language, _("Language of mails"), dict(CONTACT_LANGUAGES)[form.language.data]),
    ]
    if form.mode and form.mode_chosen:
        told.insert(4, (form.mode, _("Taking part"), event_words.mode_in_words(form.mode_chosen)))
    if form.participants_list:
        listed = _("Yes") if form.participants_list.data else _("No")
        told.append((form.participants_list, _("Name on the participants’ list"), listed))
    return [{"key": key, "value": value, "field": field.id} for field, key, value in told]


def _items(form: RegistrationForm, language: str) -> list[Row]:
    chosen = [one.item.title.into(language) for one in form.offered if one.item.id in form.items.data]
    if not form.offered:
        return []
    value = Markup(", ").join(event_words.marked(title) for title in chosen) or "–"
    return [{"key": form.items.label.text, "value": value, "field": form.items.id}]


def belonging(form: PersonForm, language: str) -> str:
    """The municipality, and that it was filled in where it was; or the organisation."""
    code = form.filled_in or form.municipality_code
    if not code:
        return str(form.organisation.data)
    name = people.municipality_name(code, language)
    return _("%(municipality)s, filled in from your email address", municipality=name) if form.filled_in else name


def answers(form: AsksQuestions) -> list[Row]:
    """What was answered to the event's questions that apply, in the order of the form."""
    given = form.answers
    found: list[Row] = []
    for asked in form.applying:
        if not (own := form.field_of(asked)):
            continue
        value = given.get(asked.id)
        chosen = tuple(option.label for option in asked.options if isinstance(value, frozenset) and option.id in value)
        shown = "–" if value is None else words.spoken(value, chosen)
        found.append({"key": words.marked(asked.label), "value": shown, "field": own.id})
    return found
