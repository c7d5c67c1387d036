"""Forms of other events to take questions from: what was asked once need not be written again."""

from collections.abc import Collection

from sqlalchemy import func, select

from app.database import db
from app.events.models import Event
from app.questions import conditions, editing, sensitive
from app.questions.editing import Given, GivenOption
from app.questions.models import Question
from app.questions.queries import Asked, form_of

MOST = 100


def forms_beside(event_id: int) -> list[tuple[Event, int]]:
    """Other events that ask something and how many questions they ask, the latest made first, at most 100."""
    number = func.count(Question.id)
    rows = db.session.execute(
        select(Event, number)
        .join(Question, Question.event_id == Event.id)
        .where(Question.retired_at.is_(None), Event.id != event_id)
        .group_by(Event.id)
        .order_by(Event.created_at.desc(), Event.id.desc())
        .limit(MOST)
    )
    return [(event, count) for event, count in rows]


def copy(event: Event, *, from_id: int, question_ids: Collection[int] | None = None) -> int:
    """Put questions of another event's form, all or the chosen ones, to the end of this one's; returns how many.

    Conditions among the copied are kept. One that looks at a question left behind is dropped: that is asked always.
    Refused when a sensitive one would be asked at once and could not be sealed.
    """
    original = form_of(from_id).questions
    wanted = [asked for asked in original if question_ids is None or asked.id in question_ids]
    sensitive.must_be_askable(event, sensitive=any(asked.sensitive for asked in wanted))
    copied: dict[int, Question] = {}
    options: dict[int, int] = {}
    for asked in wanted:
        copied[asked.id] = editing.add(event, _given(asked), ready_made=asked.ready_made)
        options |= _by_original(asked, event.id, copied[asked.id].id)
    for asked in wanted:
        if asked.condition and asked.condition[0] in copied:
            earlier_id, option_id = asked.condition
            conditions.write(copied[asked.id].id, (copied[earlier_id].id, options[option_id] if option_id else None))
    db.session.flush()
    return len(wanted)


def _given(asked: Asked) -> Given:
    return Given(
        kind=asked.kind,
        label=asked.label,
        help=asked.help,
        required=asked.required,
        mode=asked.mode,
        sensitive=asked.sensitive,
        options=tuple(GivenOption(label=option.label, places=option.places) for option in asked.options),
    )


def _by_original(asked: Asked, event_id: int, copied_id: int) -> dict[int, int]:
    """The ids of the copied options by those of the originals: both stand in the same order."""
    made = form_of(event_id).question(copied_id)
    return {old.id: new.id for old, new in zip(asked.options, made.options if made else (), strict=True)}
