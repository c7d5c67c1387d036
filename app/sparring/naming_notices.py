"""The mails about naming: the question to a tutor, and what the owner hears of the answer."""

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.sparring import links, owner_notices, posting, wish_facts
from app.sparring.state_notices import letter
from app.sparring.tutor_models import Naming


def asked(naming: Naming) -> None:
    """What is wished, and one page to accept or decline on."""
    request, user = naming.request, naming.profile.user
    to = posting.staff(user, links.naming_url(naming))
    with force_locale(user.language):
        municipality = request.municipality.name(user.language)
        line = _("%(municipality)s asks for sparring, and we think that you fit. Can you take it?",
                 municipality=municipality)  # fmt: skip
        content = letter(
            request,
            to,
            _("Can you be the tutor of a sparring?"),
            line,
            facts=tuple(wish_facts.of(request, user.language)),
            action=_("Accept or decline"),
            closing=(_("You see the request on your own pages too, once you sign in."),),
        )
        posting.post(to, "sparring-naming", request, content)


def declined(naming: Naming) -> None:
    """To the owner: who declined, and why."""
    to = posting.team(naming.request, owner_notices.page(naming.request))
    with force_locale(to.language):
        line = _("%(name)s cannot take the sparring.", name=naming.profile.user.name)
        content = letter(
            naming.request, to, _("A tutor declined"), line, quote=naming.reason, action=_("Name another tutor")
        )
        posting.post(to, "sparring-declined", naming.request, content)


def all_accepted(naming: Naming) -> None:
    """To the owner: with this answer every tutor who is required has accepted."""
    _accepted(
        naming,
        _l("The tutors have accepted"),
        _l("%(name)s has accepted, and with that everyone who is required. Next a time can be proposed.",
           name=naming.profile.user.name),
    )  # fmt: skip


def asked_by_the_poll(naming: Naming) -> None:
    """To the owner: with an open date poll there is one more whose times count."""
    _accepted(
        naming,
        _l("A tutor has accepted"),
        _l("%(name)s has accepted after the date poll was opened, and is asked about its times too.",
           name=naming.profile.user.name),
    )  # fmt: skip


def _accepted(naming: Naming, heading: LazyString, line: LazyString) -> None:
    to = posting.team(naming.request, owner_notices.page(naming.request))
    with force_locale(to.language):
        content = letter(naming.request, to, str(heading), str(line), action=_("Open the request"))
        posting.post(to, "sparring-accepted", naming.request, content)


def released(naming: Naming) -> None:
    """To the tutor: the naming is taken back."""
    user = naming.profile.user
    to = posting.staff(user, "")
    with force_locale(user.language):
        line = _("You need not do anything for it any more. Thank you for being ready to help!")
        content = letter(naming.request, to, _("You are released from a sparring"), line)
        posting.post(to, "sparring-released", naming.request, content)
