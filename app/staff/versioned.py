"""A form that knows of which version of a row it was filled in, so that nobody saves over what they have not seen."""

import wtforms

from app.forms import Form


class Versioned(Form):
    version = wtforms.HiddenField()

    @property
    def shown_version(self) -> int:
        """The version of what the page showed; 0 for what is no number, and so for no version."""
        shown = self.version.data or ""
        return int(shown) if shown.isdecimal() and len(shown) < 10 else 0
