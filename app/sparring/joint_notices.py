"""What municipalities are told by mail about a joint meeting."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app import wording
from app.sparring import posting, queries
from app.sparring.models import Request
from app.sparring.state_notices import letter


def proposed(lead: Request, other: Request) -> None:
    """To both: whom they would meet together with, and what both ask about."""
    common = {theme.id for theme in queries.themes_of(lead)} & {theme.id for theme in queries.themes_of(other)}
    for request, partner in ((lead, other), (other, lead)):
        for to in posting.municipality(request):
            with force_locale(to.language):
                name = partner.municipality.name(to.language)
                themes = [str(one.name.into(to.language)) for one in queries.themes_of(lead) if one.id in common]
                lines = (
                    _("%(municipality)s asks about the same: %(themes)s.", municipality=name,
                      themes=wording.list_of(themes, to.language)),
                    _("We propose one sparring for both of you, to learn from each other too. If it does not suit you,"
                      " just answer this mail."),
                )  # fmt: skip
                heading = _("A sparring together with %(municipality)s", municipality=name)
                posting.post(to, "sparring-joined", request, letter(request, to, heading, *lines))


def given_up(lead: Request, other: Request) -> None:
    """To both: each has a sparring of its own after all."""
    for request, partner in ((lead, other), (other, lead)):
        for to in posting.municipality(request):
            with force_locale(to.language):
                name = partner.municipality.name(to.language)
                heading = _("Your sparring is your own again")
                line = _("It is not held together with %(municipality)s after all. We go on with yours.",
                         municipality=name)  # fmt: skip
                posting.post(to, "sparring-parted", request, letter(request, to, heading, line))
