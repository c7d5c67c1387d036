"""Places of single choices: how many are left of each option that has places of its own."""

from sqlalchemy import func, select

from app.database import db
from app.questions.queries import Form
from app.registrations.answer_models import AnswerChoice
from app.registrations.models import HOLDING, Registration


def free(form: Form) -> dict[int, int]:
    """Places left at this moment by option, for pages; none is below zero. No query when no option is limited."""
    limits = {option.id: option.places for asked in form.questions for option in asked.options
              if option.places is not None}  # fmt: skip
    if not limits:
        return {}
    counted = db.session.execute(
        select(AnswerChoice.option_id, func.count())
        .join(Registration, Registration.id == AnswerChoice.registration_id)
        .where(AnswerChoice.option_id.in_(limits), Registration.status.in_(HOLDING), Registration.takes_place)
        .group_by(AnswerChoice.option_id)
    )
    taken = {option: count for option, count in counted}
    return {option: max(0, places - taken.get(option, 0)) for option, places in limits.items()}
