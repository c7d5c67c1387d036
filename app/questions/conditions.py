"""Asked only if an earlier question is answered so. Chains are allowed; a loop, and asking too early, are not."""

from flask_babel import gettext as _

from app import language
from app.database import db
from app.errors import Refused
from app.questions.models import QuestionCondition, QuestionKind
from app.questions.queries import Asked, Form

Condition = tuple[int, int | None]


def can_be_earlier(asked: Asked) -> bool:
    """Whether others can be asked only if this one is answered so: it has ready answers, and is not sensitive."""
    return not asked.sensitive and (asked.kind.has_options or asked.kind is QuestionKind.YES_NO)


def possible(form: Form, question_id: int | None = None) -> list[Asked]:
    """The questions a condition of this question can look at: those that stand before it, or all for a new one."""
    ids = [asked.id for asked in form.questions]
    before = form.questions[: ids.index(question_id)] if question_id in ids else form.questions
    return [asked for asked in before if can_be_earlier(asked)]


def dependents(form: Form, question_id: int) -> list[Asked]:
    """The questions asked only if this one is answered so."""
    return [asked for asked in form.questions if asked.condition and asked.condition[0] == question_id]


def must_be_possible(form: Form, condition: Condition | None, question_id: int | None = None) -> None:
    """Refused when a condition looks at what cannot be one, at a later question, or round in a loop."""
    if condition is None:
        return
    earlier = form.question(condition[0])
    if (
        earlier is None
        or earlier.id == question_id
        or not can_be_earlier(earlier)
        or not _is_answer(earlier, condition)
    ):
        raise Refused(_("That answer can no longer be a condition. Choose another one"))
    this = form.question(question_id) if question_id else None
    if this is None or earlier in possible(form, question_id):
        return
    names = {"this": name(this), "earlier": name(earlier)}
    if _leads_to(form, earlier, this.id):
        raise Refused(_("“%(earlier)s” is itself asked only after “%(this)s”, so neither would ever be asked", **names))
    raise Refused(_("“%(earlier)s” stands after “%(this)s”. Move it up first", **names))


def must_stay_answerable(form: Form, question_id: int, *, sensitive: bool, option_ids: frozenset[int]) -> None:
    """Refused when another question is asked only after this one, and would lose what it looks at."""
    for asked in dependents(form, question_id):
        _earlier, option_id = asked.condition or (0, None)
        if sensitive:
            raise Refused(
                _("“%(question)s” is asked only after this one, so it cannot be sensitive", question=name(asked))
            )
        if option_id is not None and option_id not in option_ids:
            raise Refused(
                _("“%(question)s” is asked only after an answer that you removed. Change that question first",
                  question=name(asked))
            )  # fmt: skip


def write(question_id: int, condition: Condition | None) -> None:
    """Give a question its condition, or none. What is possible has been checked."""
    kept = db.session.get(QuestionCondition, question_id)
    if condition is None:
        if kept:
            db.session.delete(kept)
        return
    kept = kept or QuestionCondition(question_id=question_id)
    kept.earlier_id, kept.option_id = condition
    db.session.add(kept)


def name(asked: Asked) -> str:
    """The question as a sentence names it, in the reader's language."""
    return asked.label.into(language.current()).value


def _is_answer(earlier: Asked, condition: Condition) -> bool:
    if earlier.kind is QuestionKind.YES_NO:
        return condition[1] is None
    return condition[1] in {option.id for option in earlier.options}


def _leads_to(form: Form, asked: Asked, question_id: int) -> bool:
    """Whether the chain of what comes before `asked` reaches a question."""
    step: Asked | None = asked
    for _step in form.questions:
        if step is None or step.condition is None:
            return False
        if step.condition[0] == question_id:
            return True
        step = form.question(step.condition[0])
    return False
