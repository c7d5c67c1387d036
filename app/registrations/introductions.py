"""What the first mail says to someone who did not fill in the form: who did, and what is still asked."""

from flask_babel import gettext as _

from app.messages.addresses import folded
from app.questions import asking, sensitive
from app.questions import queries as questions
from app.registrations import answers, programme_choices, whole_groups
from app.registrations.models import Registration, Status


def of(registration: Registration) -> list[str]:
    """The sentences for a member of a group; none for anybody else. The locale must be the registration's language."""
    group = registration.group
    if group is None:
        return []
    is_contact = folded(group.contact_email) == registration.email_key or not group.contact_name
    by_whom = [] if is_contact else [_("%(name)s registered you for the event.", name=group.contact_name)]
    return by_whom + together(registration) + _items(registration) + to_answer(registration)


def together(registration: Registration) -> list[str]:
    """That one who waits does so with a whole group. The locale must be the registration's language."""
    if not (whole_groups.is_of_one(registration) and registration.status is Status.WAITING):
        return []
    return [_("Your group waits together, until there is room for all of you.")]


def _items(registration: Registration) -> list[str]:
    if not programme_choices.offered(registration.event):
        return []
    return [_("Part of the programme is chosen by each participant: choose yours on your own page.")]


def to_answer(registration: Registration) -> list[str]:
    """That the organiser wants answers, where the event asks what must be answered and has not been.

    Sensitive questions need no answer, but the person is asked them nowhere else.
    """
    form = questions.form_of(registration.event.id)
    if not form:
        return []
    given = answers.by_question(answers.of(registration, sensitive=False))
    if asking.unanswered(form, registration.mode, given):
        return [_("The organiser has questions for you. Please answer them on your own page, through the link below.")]
    asked = asking.asked_of(form, registration.mode, given)
    if sensitive.can_be_sealed() and any(one.sensitive for one in asked):
        return [
            _(
                "The organiser also asks something that only you can answer. If you wish, answer it on your own page, "
                "through the link below."
            )
        ]
    return []
