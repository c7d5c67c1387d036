"""The form of an event, built by its organiser."""

import pytest
from sqlalchemy import select

from app.database import db
from app.events.models import Attendance, Event, EventStatus, Mode
from app.questions import queries as questions
from app.questions.models import Question, QuestionKind
from app.questions.queries import Asked
from app.registrations.answer_models import Answer, AnswerChoice
from app.translated import Translated
from tests import builders
from tests.page_client import Page, PageClient


@pytest.fixture
def event(organiser: PageClient) -> Event:
    return builders.event(attendance=Attendance.HYBRID)


def form_page(event: Event) -> str:
    return f"/staff/events/{event.id}/questions"


def asked(event: Event) -> list[Asked]:
    db.session.rollback()
    return list(questions.form_of(event.id).questions)


def labels(event: Event) -> list[str]:
    return [one.label.fi for one in asked(event)]


def edit_page(organiser: PageClient, event: Event, question: Question | Asked) -> Page:
    return organiser.get(f"{form_page(event)}/{question.id}")


def answer(event: Event, question: Question, value: object = None, option_id: int | None = None) -> None:
    """Somebody has answered."""
    registration = builders.registration(event)
    db.session.add(Answer(registration_id=registration.id, question_id=question.id, value=value))
    if option_id:
        db.session.add(AnswerChoice(registration_id=registration.id, option_id=option_id))
    db.session.commit()


def test_a_question_is_added_by_its_kind_and_stands_in_the_form(organiser: PageClient, event: Event) -> None:
    page = organiser.click(organiser.get(form_page(event)), "Add a question")
    page = organiser.click(page, "Short text")
    page = organiser.submit(
        page,
        "Save",
        **{"label-fi": "Laskutusviite", "label-sv": "Referens", "help-fi": "Jos tiedät sen.", "required": True},
        mode="on-site",
    )
    assert "The question is in the form." in page.words
    assert "Laskutusviite Short text Required On site only" in page.words
    (one,) = asked(event)
    assert (one.kind, one.label) == (QuestionKind.TEXT, Translated(fi="Laskutusviite", sv="Referens"))
    assert (one.help.fi, one.required, one.mode, one.condition) == ("Jos tiedät sen.", True, Mode.ON_SITE, None)


def test_a_question_needs_its_finnish_text_and_a_choice_two_options(organiser: PageClient, event: Event) -> None:
    page = organiser.get(f"{form_page(event)}/new/choice")
    assert organiser.submit(page, "Save", **{"label-sv": "Lunch"}).errors == ["Write the question in Finnish"]
    page = organiser.submit(page, "Save", **{"label-fi": "Lounas", "options-0-label-fi": "Kala"})
    assert page.errors == ["Give at least two options"]
    page = organiser.submit(page, "Save", **{"options-1-label-sv": "Kött", "options-1-places": "x"})
    assert page.errors == ["Write the option in Finnish", "Enter a whole number, such as 120"]
    assert asked(event) == []


def test_rows_of_options_are_added_moved_and_removed_without_losing_what_was_typed(
    organiser: PageClient, event: Event
) -> None:
    page = organiser.get(f"{form_page(event)}/new/list")
    page = organiser.submit(
        page,
        "Add an option",
        **{"label-fi": "Työpaja", "options-0-label-fi": "A", "options-1-label-fi": "B", "options-1-places": "12"},
    )
    assert asked(event) == []
    page = organiser.submit(page, "Move option 2 up", **{"options-2-label-fi": "C"})
    page = organiser.submit(page, "Remove option 2")
    organiser.submit(page, "Save")
    (one,) = asked(event)
    assert [(option.label.fi, option.places) for option in one.options] == [("B", 12), ("C", None)]
    assert one.label.fi == "Työpaja"


def test_the_control_to_go_on_from_has_the_focus_after_a_row_has_changed(organiser: PageClient, event: Event) -> None:
    page = organiser.get(f"{form_page(event)}/new/several")
    for button, focused in [("Add an option", "options-2-label-fi"), ("Move option 2 up", "down-option-0")]:
        page = organiser.submit(page, button)
        assert [one.get("id") for one in page.document.iter() if one.get("autofocus") is not None] == [focused]


def test_a_question_moves_without_a_mouse_and_the_focus_goes_along(organiser: PageClient, event: Event) -> None:
    for label in ("A", "B", "C"):
        builders.question(event, label)
    page = organiser.submit(organiser.get(form_page(event)), "Move up: C")
    assert labels(event) == ["A", "C", "B"]
    page = organiser.submit(page, "Move down: C")
    page = organiser.submit(page, "Move up: B")
    assert labels(event) == ["B", "A", "C"]
    button = page.history[0].location.partition("#")[2]
    assert [one.get("aria-label") for one in page.document.iter("button") if one.get("id") == button] == [
        "Move down: B"
    ]


def test_a_question_stays_below_the_one_it_depends_on(organiser: PageClient, event: Event) -> None:
    lunch = builders.question(event, "Syötkö lounaan?", kind=QuestionKind.YES_NO)
    builders.question(event, "Mitä syöt?", after=lunch)
    for button in ("Move up: Mitä syöt?", "Move down: Syötkö lounaan?"):
        page = organiser.submit(organiser.get(form_page(event)), button)
        assert "“Mitä syöt?” is asked only after “Syötkö lounaan?”, so it stays below it." in page.words
    assert labels(event) == ["Syötkö lounaan?", "Mitä syöt?"]


def test_a_condition_is_chosen_among_the_answers_of_earlier_questions(organiser: PageClient, event: Event) -> None:
    lunch = builders.question(event, "Lounas", options=("Kala", "Kasvis"))
    builders.question(event, "Diagnoosi", options=("A", "B"), sensitive=True)
    builders.question(event, "Vapaa teksti")
    after = builders.question(event, "Kastike")
    builders.question(event, "Myöhempi", kind=QuestionKind.YES_NO)
    page = edit_page(organiser, event, after)
    (offered,) = [one for one in page.document.iter("select") if one.get("name") == "condition"]
    fish = asked(event)[0].options[0].id
    assert [one.get("value") for one in offered.iter("option")] == ["", f"{lunch.id}:{fish}", f"{lunch.id}:{fish + 1}"]
    page = organiser.submit(page, "Save", condition=f"{lunch.id}:{fish}")
    assert "Only if “Lounas” is answered “Kala”" in page.words
    assert asked(event)[3].condition == (lunch.id, fish)


def test_what_a_condition_looks_at_cannot_be_lost_by_changing_the_earlier_question(
    organiser: PageClient, event: Event
) -> None:
    lunch = builders.question(event, "Lounas", options=("Kala", "Kasvis", "Liha"))
    builders.question(event, "Kastike", after=builders.options(lunch)[0])
    page = edit_page(organiser, event, lunch)
    refused = organiser.submit(page, "Save", sensitive=True)
    assert refused.errors == ["“Kastike” is asked only after this one, so it cannot be sensitive"]
    refused = organiser.submit(organiser.submit(page, "Remove option 1"), "Save")
    assert "“Kastike” is asked only after an answer that you removed." in refused.errors[0]
    assert len(asked(event)[0].options) == 3


def test_a_sensitive_question_has_no_places_and_is_never_required(organiser: PageClient, event: Event) -> None:
    diet = builders.question(event, "Ruokavalio", options=("Vegaani", "Kasvis"))
    page = edit_page(organiser, event, diet)
    refused = organiser.submit(page, "Save", **{"sensitive": True, "options-0-places": "4"})
    assert refused.errors == ["The options of a sensitive question have no places of their own"]
    refused = organiser.submit(page, "Save", sensitive=True, required=True)
    assert refused.errors == ["A sensitive question cannot be required: people consent to it freely"]
    assert "Sensitive" in organiser.submit(page, "Save", sensitive=True).words


def test_an_unanswered_question_is_changed_and_removed_for_good(organiser: PageClient, event: Event) -> None:
    question = builders.question(event, "Lounas", options=("Kala", "Kasvis"))
    page = edit_page(organiser, event, question)
    organiser.submit(page, "Save", kind="several", **{"options-1-label-fi": ""})
    page = organiser.submit(page, "Save", kind="several", **{"options-1-label-fi": "Liha"})
    (one,) = asked(event)
    assert (one.id, one.kind) == (question.id, QuestionKind.SEVERAL)
    assert [option.label.fi for option in one.options] == ["Kala", "Liha"]
    confirm = organiser.click(organiser.get(form_page(event)), "Remove Lounas")
    assert "Nobody has answered it." in confirm.words
    organiser.submit(confirm, "Remove the question")
    assert db.session.scalars(select(Question)).all() == []


def test_an_answered_question_asks_what_a_change_means(organiser: PageClient, event: Event) -> None:
    question = builders.question(event, "Lounas", options=("Kala", "Kasvis"))
    answer(event, question, option_id=asked(event)[0].options[0].id)
    page = edit_page(organiser, event, question)
    refused = organiser.submit(page, "Save", **{"label-fi": "Lounaasi"})
    assert refused.errors == ["Say whether the meaning is the same: people have answered this question"]
    organiser.submit(page, "Save", **{"label-fi": "Lounaasi"}, meaning="same")
    (one,) = asked(event)
    assert (one.id, one.label.fi) == (question.id, "Lounaasi")
    page = organiser.submit(edit_page(organiser, event, question), "Save", required=True)
    assert "The question is saved." in page.words


def test_another_question_takes_the_place_of_an_answered_one_and_its_conditions_follow(
    organiser: PageClient, event: Event
) -> None:
    lunch = builders.question(event, "Lounas", options=("Kala", "Kasvis"))
    fish = builders.options(lunch)[0].id
    builders.question(event, "Kastike", after=builders.options(lunch)[0])
    answer(event, lunch, option_id=fish)
    page = organiser.submit(
        edit_page(organiser, event, lunch), "Save", **{"label-fi": "Päivällinen"}, meaning="another"
    )
    new, sauce = asked(event)
    assert (new.label.fi, sauce.condition) == ("Päivällinen", (new.id, new.options[0].id))
    assert (new.id == lunch.id, new.options[0].id == fish) == (False, False)
    assert "No longer asked (1)" in page.words
    assert db.session.scalars(select(Answer.question_id)).all() == [lunch.id]


def test_the_kind_of_an_answered_question_never_changes_in_place(organiser: PageClient, event: Event) -> None:
    question = builders.question(event, "Toiveet")
    answer(event, question, "Kahvia")
    page = edit_page(organiser, event, question)
    refused = organiser.submit(page, "Save", kind="long-text", meaning="same")
    assert "can change only if it is another question now" in refused.errors[0]
    assert asked(event)[0].kind is QuestionKind.TEXT


def test_what_has_answers_is_retired_when_removed(organiser: PageClient, event: Event) -> None:
    question = builders.question(event, "Lounas", options=("Kala", "Kasvis", "Liha"))
    fish = asked(event)[0].options[0].id
    builders.question(event, "Kastike", after=builders.options(question)[1])
    answer(event, question, option_id=fish)
    organiser.submit(organiser.submit(edit_page(organiser, event, question), "Remove option 1"), "Save")
    assert [option.label.fi for option in asked(event)[0].options] == ["Kasvis", "Liha"]
    confirm = organiser.click(organiser.get(form_page(event)), "Remove Lounas")
    assert "From now on they are asked always: Kastike" in confirm.words
    page = organiser.submit(confirm, "Remove the question")
    assert "No longer asked (1)" in page.words
    (sauce,) = asked(event)
    assert (sauce.label.fi, sauce.condition) == ("Kastike", None)
    assert db.session.scalars(select(AnswerChoice.option_id)).all() == [fish]


def test_two_organisers_do_not_overwrite_each_other(organiser: PageClient, event: Event) -> None:
    question = builders.question(event, "Lounas", options=("Kala", "Kasvis"))
    page = edit_page(organiser, event, question)
    organiser.submit(page, "Save", **{"options-0-label-fi": "Siika"})
    answer_ = organiser.submit(page, "Save", **{"label-fi": "Lounaasi"})
    assert answer_.status_code == 409
    assert "Someone else changed this question" in answer_.errors[0]
    assert asked(event)[0].label.fi == "Lounas"
    organiser.submit(answer_, "Save")
    assert asked(event)[0].label.fi == "Lounaasi"


def test_ready_made_questions_come_worded_in_three_languages(organiser: PageClient, event: Event) -> None:
    page = organiser.submit(organiser.get(form_page(event)), "Add: Special diet")
    page = organiser.submit(page, "Add: Permission to photograph")
    diet, listed = asked(event)
    assert (diet.sensitive, diet.mode, diet.ready_made) == (True, Mode.ON_SITE, "special-diet")
    assert listed.kind is QuestionKind.YES_NO
    assert not any(text.missing() for one in (diet, listed) for text in (one.label, one.help))
    assert "Add: Special diet" not in page.words
    online = organiser.get(form_page(builders.event(attendance=Attendance.ONLINE)))
    assert ("Add: Access needs" in online.words, "Add: Special diet" in online.words) == (True, False)


def test_questions_are_copied_from_another_event_with_the_conditions_among_them(
    organiser: PageClient, event: Event
) -> None:
    earlier = builders.event(title=Translated(fi="Viime vuoden seminaari"))
    lunch = builders.question(earlier, "Lounas", options=[("Kala", 5), ("Kasvis", 5)])
    builders.question(earlier, "Kastike", after=builders.options(lunch)[0])
    builders.question(earlier, "Toiveet")
    page = organiser.click(organiser.get(form_page(event)), "Copy from another event")
    page = organiser.click(page, "Viime vuoden seminaari")
    sauce = asked(earlier)[1]
    organiser.submit(page, "Copy", chosen=[str(lunch.id), str(sauce.id)])
    first, second = asked(event)
    assert second.condition == (first.id, first.options[0].id)
    assert [option.places for option in first.options] == [5, 5]
    organiser.submit(organiser.get(f"{form_page(event)}/copy/{earlier.id}"), "Copy", chosen=[str(sauce.id)])
    assert asked(event)[2].condition is None


def test_a_copied_event_brings_its_form_along(organiser: PageClient, event: Event) -> None:
    lunch = builders.question(event, "Syötkö lounaan?", kind=QuestionKind.YES_NO)
    builders.question(event, "Mitä syöt?", after=lunch)
    organiser.submit(organiser.get(f"/staff/events/{event.id}/copy"), "Make a copy", first_day="2027-06-01")
    made = db.session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
    first, second = asked(made)
    assert (second.label.fi, second.condition) == ("Mitä syöt?", (first.id, None))
    assert first.id != lunch.id


def test_before_publishing_missing_translations_of_the_form_are_named(organiser: PageClient) -> None:
    draft = builders.event(status=EventStatus.DRAFT, attendance=Attendance.HYBRID)
    builders.question(draft, "Lounas", options=("Kala", "Kasvis"))
    page = organiser.get(f"/staff/events/{draft.id}/publish")
    assert "Form: Lounas, Kala missing missing" in page.words
    assert "Form: Lounas missing missing" in page.words


def test_a_sensitive_question_is_not_asked_where_its_answers_cannot_be_sealed(
    organiser: PageClient, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organiser.application.config["SETTINGS"], "sensitive_keys", None)
    page = organiser.submit(organiser.get(form_page(event)), "Add: Special diet")
    assert "A sensitive question cannot be asked" in page.words
    assert asked(event) == []
    draft = builders.event(status=EventStatus.DRAFT, attendance=Attendance.HYBRID)
    organiser.submit(organiser.get(form_page(draft)), "Add: Special diet")
    page = organiser.get(f"/staff/events/{draft.id}/publish")
    assert "this service has no key yet" in page.words
    assert organiser.submit(page).status_code == 409
    monkeypatch.undo()
    organiser.submit(organiser.get(f"/staff/events/{draft.id}/publish"), "Publish anyway")
    assert db.session.get_one(Event, draft.id, populate_existing=True).is_published


def test_the_preview_shows_a_drafts_form_in_each_language(organiser: PageClient) -> None:
    draft = builders.event(status=EventStatus.DRAFT, attendance=Attendance.HYBRID)
    organiser.submit(organiser.get(form_page(draft)), "Add: Special diet")
    lunch = builders.question(draft, "Lounas", options=[("Kala", 5)])
    builders.question(draft, "Kastike", after=builders.options(lunch)[0])
    page = organiser.click(organiser.get(form_page(draft)), "Preview")
    page = organiser.click(page, "svenska")
    assert "Specialkost" in page.words
    assert "Endast på plats" in page.words
    assert "Bara om svaret på ”Lounas” är ”Kala”" in page.words
    (button,) = [one for one in page.document.iter("button") if one.get("disabled") is not None]
    assert "".join(button.itertext()) == "Anmäl dig"


def test_a_question_is_found_in_its_own_event_only(organiser: PageClient, event: Event) -> None:
    question = builders.question(builders.event(), "Toiveet")
    for page in ("", "/remove"):
        assert organiser.get(f"{form_page(event)}/{question.id}{page}").status_code == 404


def test_the_form_of_a_closed_event_is_not_changed(organiser: PageClient) -> None:
    closed = builders.event(status=EventStatus.CALLED_OFF)
    assert organiser.get(f"{form_page(closed)}/new").status_code == 409
