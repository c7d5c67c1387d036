"""What the municipality is told by mail when its request moves on."""

from collections.abc import Callable
from enum import StrEnum

from flask_babel import force_locale
from flask_babel import gettext as _

from app import wording
from app.messages.addresses import folded
from app.messages.layout import Content
from app.sparring import namings, posting
from app.sparring.models import Request, RequestState
from app.sparring.posting import Recipient


class Occasion(StrEnum):
    PREPARING = "sparring-preparing"
    TUTORS_NAMED = "sparring-tutors-named"
    POSTPONED = "sparring-postponed"
    CALLED_OFF = "sparring-called-off"
    CLOSED = "sparring-closed"


_PUT_ASIDE = (Occasion.POSTPONED, Occasion.CALLED_OFF)


def tell(request: Request, begins: RequestState, *, reason: str) -> None:
    """Mail the contact and the colleagues who follow; of a request put aside its tutors too. Does not commit.

    Who hears it by the cancellation of the meeting, with the same reason, gets no second mail.
    """
    occasion = Occasion(f"sparring-{request.state}")
    told = namings.told_by_calendar(request) if occasion in _PUT_ASIDE else frozenset()
    for recipient in posting.municipality(request):
        if folded(recipient.email) in told:
            continue
        with force_locale(recipient.language):
            heading, lines = _WORDS[request.state](request, begins, recipient.language)
            posting.post(recipient, occasion, request, letter(request, recipient, heading, *lines, quote=reason))
    if occasion in _PUT_ASIDE:
        _tell_tutors(request, occasion, reason, told)


def _tell_tutors(request: Request, occasion: Occasion, reason: str, told: frozenset[str]) -> None:
    """Those asked and those who accepted."""
    for user in namings.busy_with(request):
        if user.email_key in told:
            continue
        with force_locale(user.language):
            called_off = occasion is Occasion.CALLED_OFF
            heading = _("A sparring is called off") if called_off else _("A sparring is postponed")
            line = _("You need not do anything for it now. Thank you for being ready to help!")
            to = posting.staff(user, "")
            posting.post(to, f"{occasion}-tutor", request, letter(request, to, heading, line, quote=reason))


def letter(
    request: Request,
    to: Recipient,
    heading: str,
    *lines: str,
    quote: str = "",
    facts: tuple[tuple[str, str], ...] = (),
    action: str = "",
    closing: tuple[str, ...] = (),
) -> Content:
    """A mail about a request, greeting first, leading to the recipient's own page. The locale must be theirs."""
    return Content(
        subject=f"{heading}: {request.municipality.name(to.language)}",
        heading=heading,
        paragraphs=[_("Hello %(name)s,", name=to.name) if to.name else _("Hello,"), *lines],
        quote=quote,
        facts=facts,
        action=(action or _("See how the request stands"), to.url) if to.url else None,
        closing=closing,
    )


Words = tuple[str, list[str]]


def _preparing(request: Request, begins: RequestState, _language: str) -> Words:
    again = begins is not RequestState.NEW
    heading = _("Your sparring request is taken up again") if again else _("We have begun to prepare your sparring")
    owner = posting.owner(request)
    who = (
        _("%(name)s of our team takes care of it. You reach them at %(address)s, or by answering this mail.",
          name=owner.name, address=owner.email)
        if owner
        else _("You reach us by answering this mail.")
    )  # fmt: skip
    return heading, [who, _("Next we look for the tutors who fit what you wish for.")]


def _tutors_named(request: Request, _begins: RequestState, language: str) -> Words:
    tutors = [
        _("%(name)s (%(municipality)s)", name=one.user.name, municipality=one.municipality.name(language))
        for one in namings.accepted_profiles(request)
    ]
    who = [_("Your tutors are %(names)s.", names=wording.list_of(tutors, language))] if tutors else []
    return _("The tutors of your sparring are named"), [*who, _("Next we look for a time that suits everyone.")]


def _postponed(_request: Request, _begins: RequestState, _language: str) -> Words:
    lines = [_("Your sparring request was postponed. We come back to you; you can write to us at any time.")]
    return _("Your sparring is postponed"), lines


def _called_off(_request: Request, _begins: RequestState, _language: str) -> Words:
    lines = [_("Your sparring request was called off. You are welcome to ask again whenever it suits you.")]
    return _("Your sparring is called off"), lines


def _closed(_request: Request, _begins: RequestState, _language: str) -> Words:
    lines = [_("The sparring is complete, with its summary and next steps. Thank you for working with us!")]
    return _("Thank you for the sparring"), lines


_WORDS: dict[RequestState, Callable[[Request, RequestState, str], Words]] = {
    RequestState.PREPARING: _preparing,
    RequestState.TUTORS_NAMED: _tutors_named,
    RequestState.POSTPONED: _postponed,
    RequestState.CALLED_OFF: _called_off,
    RequestState.CLOSED: _closed,
}
