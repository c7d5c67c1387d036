"""A form that knows of which version of a row it was filled in, so that nobody saves over what they have not seen."""

from collections.abc import Callable

import wtforms

from app.errors import Refused, Stale
from app.forms import Form
from app.if_refused import Telling


class Versioned(Form):
    version = wtforms.HiddenField()

    @property
    def shown_version(self) -> int:
        """The version of what the page showed; 0 for what is no number, and so for no version."""
        shown = self.version.data or ""
        return int(shown) if shown.isdecimal() and len(shown) < 10 else 0

    def kept(self, version_now: Callable[[], object], *, stale: str = "", at: wtforms.Field | None = None) -> Telling:
        """Around saving: a refusal is told at the field or above the form, which keeps what was typed.

        Who was too slow is told so (by `stale`, or as the rule says it), and may save once more.
        """

        def tell(refused: Refused) -> None:
            if isinstance(refused, Stale):
                self.version.data = str(version_now())
                self.form_errors.append(stale or str(refused))
            elif at is None:
                self.form_errors.append(str(refused))
            else:
                at.errors = [str(refused)]

        return Telling(tell)
