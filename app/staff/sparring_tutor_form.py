"""The form of a tutor's profile, for the team and for the tutor."""

from typing import Any

import wtforms
from flask import flash
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms.fields import FieldList, FormField
from wtforms.validators import NumberRange, Optional, ValidationError

from app import language
from app.database import begin_write, db
from app.forms import ChecklistField, DateField, IntegerField, SelectField, choices, required
from app.people import queries as people
from app.people.models import Role, User
from app.sparring import pictures, queries, tutors
from app.sparring.tutor_models import TutorProfile
from app.sparring.tutors import Written
from app.staff.choices import municipalities
from app.staff.event_fields import TranslatedField
from app.staff.sparring_tutor_words import TUTOR_MODES
from app.staff.versioned import Versioned

_AWAY_ROWS = 4


class AwayForm(wtforms.Form):
    """Days on which no meeting suits; a single day needs no last one."""

    first = DateField(_l("First day"), [Optional()])
    last = DateField(_l("Last day"), [Optional()])

    def validate_last(self, field: wtforms.Field) -> None:
        if field.data and not self.first.data:
            raise ValidationError(_("Enter the first day too"))
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("The last day must not be before the first"))


class ProfileForm(Versioned):
    municipality = SelectField(_l("Municipality"), [required(_l("Choose the municipality"))])
    themes = ChecklistField(_l("Themes"), coerce=int)
    languages = ChecklistField(
        _l("Languages"), [required(_l("Choose at least one language"))], choices=choices(language.NAMES.items())
    )
    modes = ChecklistField(
        _l("Ways of meeting"), [required(_l("Choose at least one way"))], choices=choices(TUTOR_MODES.items())
    )
    takes = IntegerField(
        _l("How many sparrings in the season"),
        [required(_l("Enter a number, 0 for none")), NumberRange(min=0, max=99, message=_l("Enter a number up to 99"))],
    )
    away = FieldList(FormField(AwayForm, _l("Away")), min_entries=_AWAY_ROWS, max_entries=40)
    presentation = TranslatedField(_l("Short presentation"), most=1000, lines=4)
    picture = FileField(_l("Picture"))
    removes_picture = wtforms.BooleanField(_l("Remove the picture"))
    is_shown = wtforms.BooleanField(_l("Shown on the public page"))

    def __init__(self, profile: TutorProfile | None, *, user: User | None = None) -> None:
        super().__init__(data=_beginning(profile, user))
        self.municipality.choices = choices(municipalities())
        spoken = language.current()
        self.themes.choices = choices((str(one.id), one.name.into(spoken)) for one in queries.themes())
        self.picture.render_kw = {"accept": "image/jpeg,image/png"}

    def validate_picture(self, field: wtforms.Field) -> None:
        if isinstance(field.data, FileStorage) and field.data.filename:
            field.data.stream.seek(0, 2)
            if field.data.stream.tell() > pictures.LARGEST_FILE:
                raise ValidationError(_("The picture is larger than 1 MB. Choose a smaller one."))

    def written(self) -> Written:
        away = [(row.first.data, row.last.data or row.first.data) for row in self.away if row.first.data]
        return Written(
            municipality_code=self.municipality.data,
            theme_ids=frozenset(self.themes.data or ()),
            languages=self.languages.data,
            modes=self.modes.data,
            takes=self.takes.data or 0,
            away=away,
            presentation=self.presentation.text,
            is_shown=self.is_shown.data,
            picture=_sent(self.picture.data),
            removes_picture=self.removes_picture.data,
        )


class NewTutorForm(ProfileForm):
    user = SelectField(_l("Who"), [required(_l("Choose who is the tutor"))])

    def __init__(self, known: set[int]) -> None:
        super().__init__(None)
        others = [(str(one.id), one.name) for one in people.tutors() if one.id not in known]
        self.user.choices = choices([("", _("Choose")), *others])

    def chosen(self) -> int:
        return int(self.user.data)


def saved(form: ProfileForm, profile: TutorProfile) -> int:
    """Save a valid form and commit: 303 when it is done, 409 when someone else was quicker, 200 when it was refused.

    What was typed stays in the form; saved once more it stands.
    """
    written = form.written()
    begin_write()
    stale = _("Someone else changed this profile after you opened it. What you typed is kept here: save again if "
              "yours should stand.")  # fmt: skip
    with form.kept(lambda: profile.version, stale=stale, at=form.picture) as saving:
        tutors.save(profile.id, written, version=form.shown_version)
        db.session.commit()
        flash(_("The profile is saved."), "success")
        return 303
    return saving.status


def _sent(given: Any) -> bytes | None:
    if not (isinstance(given, FileStorage) and given.filename):
        return None
    given.stream.seek(0)
    return given.stream.read() or None


def _beginning(profile: TutorProfile | None, user: User | None) -> dict[str, Any]:
    if profile is None:
        home = user.municipality_code if user and user.role is Role.TUTOR else ""
        return {"municipality": home or "", "languages": ["fi"], "modes": list(TUTOR_MODES), "takes": 4}
    away = [{"first": first, "last": last} for first, last in tutors.away(profile)]
    written = profile.presentation
    return {
        "municipality": profile.municipality_code,
        "themes": tutors.theme_ids(profile),
        "languages": profile.languages,
        "modes": profile.modes,
        "takes": profile.takes,
        "away": away + [{}] * max(1, _AWAY_ROWS - len(away)),
        "presentation": {"fi": written.fi, "sv": written.sv, "en": written.en},
        "is_shown": profile.is_shown,
        "version": str(profile.version),
    }
