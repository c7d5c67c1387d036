"""Who may register for an event: told by the domain of the mail address, or by an invitation link."""

from flask_babel import gettext as _

from app import wording
from app.errors import Refused
from app.events import editing
from app.events.models import Admission, Event
from app.people import queries as people

ADDRESS = "email"  # what a refusal is about


def admits(event: Event, address: str) -> bool:
    """Whether someone with a mail address may register without an invitation.

    Only the domain counts, so the answer says nothing about who is registered.
    """
    if event.admission is Admission.ANYONE:
        return True
    if event.admission is Admission.INVITED:
        return False
    code = people.municipality_of_address(address)
    match event.admission:
        case Admission.LISTED:
            return code in editing.admitted_codes(event)
        case Admission.REGION:
            return code is not None and people.is_in_region(code)
        case _:
            return code is not None


def must_admit(event: Event, address: str, *, asks: bool = False) -> None:
    """Refused, in a sentence for the person, when someone with this address may not register without an invitation.

    Who `asks` the organiser to be accepted is let through, but not where only invitations count.
    """
    if event.admission is Admission.INVITED:
        raise Refused(_("Registering needs an invitation link from the organiser."))
    if asks or admits(event, address):
        return
    match event.admission:
        case Admission.LISTED:
            said = _("This address is not of a municipality that the event is for. Use your work email.")
        case Admission.REGION:
            said = _("This address is not of a municipality of the region. Use your work email.")
        case _:
            said = _("This address is not known as a municipality’s. Use your work email.")
    raise Refused(said, about=ADDRESS)


def in_words(event: Event, language: str) -> str:
    """Who may register, for the event's page; empty when everyone may. The locale must be the language's."""
    match event.admission:
        case Admission.MUNICIPAL:
            return _("Registration is for employees of municipalities, with a work email.")
        case Admission.REGION:
            return _("Registration is for employees of the municipalities of Uusimaa, with a work email.")
        case Admission.LISTED:
            names = [people.municipality_name(code, language) for code in editing.admitted_codes(event)]
            named = wording.list_of(sorted(names, key=wording.sort_key), language)
            return _(
                "Registration is for employees of these municipalities, with a work email: %(names)s.", names=named
            )
        case Admission.INVITED:
            return _("Registration is by invitation: open the link that the organiser sent you.")
        case _:
            return ""
