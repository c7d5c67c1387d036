"""What becomes of a block in which a rule says no: what it wrote is rolled back, and the person is told why.

with if_refused.flash():
    joint.part(sparring, by=access.user())
    db.session.commit()
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

import flask
import wtforms

from app.database import db
from app.errors import Refused, Stale
from app.forms import Form


class Telling:
    """Ends the block at a refusal, which it tells; anything else that is raised goes on.

    `status` is for the page that tells it: 409 when someone else was quicker, else 200.
    """

    def __init__(self, tell: Callable[[Refused], object]) -> None:
        self.tell = tell
        self.status = 200

    def __enter__(self) -> "Telling":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Refused):
            return False
        db.session.rollback()
        self.tell(error)
        self.status = 409 if isinstance(error, Stale) else 200
        return True


def flash() -> Telling:
    """Tell it on the next page."""
    return Telling(lambda refused: flask.flash(str(refused), "error"))


def say_in(form: Form) -> Telling:
    """Tell it above the form, which comes back with all that was typed."""
    return Telling(lambda refused: form.form_errors.append(str(refused)))


def say_at(field: wtforms.Field) -> Telling:
    """Tell it at a field of the form."""

    def tell(refused: Refused) -> None:
        field.errors = [str(refused)]

    return Telling(tell)


@contextmanager
def shown_at(field: wtforms.Field) -> Iterator[None]:
    """The same while the form is validated, when nothing has been written yet."""
    try:
        yield
    except Refused as refused:
        field.errors = [str(refused)]
