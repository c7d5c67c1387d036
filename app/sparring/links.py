"""Personal links of sparring: who holds one needs no account, and opens the own matter only."""

from enum import StrEnum

from flask import current_app

from app.link_tokens import address as address
from app.link_tokens import derived as derived
from app.link_tokens import digest as digest
from app.sparring.meeting_models import MeetingGuest
from app.sparring.models import Request, RequestColleague
from app.sparring.poll_models import Voter
from app.sparring.round_models import CallRow
from app.sparring.tutor_models import Naming


class Purpose(StrEnum):
    REQUEST = "sparring-request"
    COLLEAGUE = "sparring-colleague"
    CALL = "sparring-call"
    NAMING = "sparring-naming"
    VOTER = "sparring-poll"
    GUEST = "sparring-join"
    ADDRESS = "sparring-address"


def request_token(request: Request) -> str:
    return derived(Purpose.REQUEST, request.uuid, str(request.link_generation))


def request_url(request: Request) -> str:
    """Where the municipality's contact follows, amends and calls off a request."""
    return address(f"/s/{request_token(request)}")


def colleague_token(colleague_uuid: str) -> str:
    return derived(Purpose.COLLEAGUE, colleague_uuid)


def colleague_url(colleague: RequestColleague) -> str:
    """Where a colleague of the contact follows a request."""
    return address(f"/s/{colleague_token(colleague.uuid)}")


def call_token(call_uuid: str) -> str:
    return derived(Purpose.CALL, call_uuid)


def call_url(row: CallRow) -> str:
    """Where an invited municipality begins its request, with what is known filled in."""
    return address(f"/s/round/{call_token(row.uuid)}")


def example_call_url() -> str:
    """What such an address looks like, for a preview; it leads nowhere."""
    return address("/s/round/…")


def naming_token(naming: Naming) -> str:
    return derived(Purpose.NAMING, naming.uuid, str(naming.generation))


def naming_url(naming: Naming) -> str:
    """Where a tutor accepts or declines."""
    return address(f"/s/tutor/{naming_token(naming)}")


def voter_token(voter_uuid: str) -> str:
    return derived(Purpose.VOTER, voter_uuid)


def voter_url(voter: Voter) -> str:
    """Where someone answers a date poll."""
    return address(f"/s/poll/{voter_token(voter.uuid)}")


def guest_token(guest_uuid: str) -> str:
    return derived(Purpose.GUEST, guest_uuid)


def guest_url(guest: MeetingGuest) -> str:
    """The personal join page of a meeting."""
    return address(f"/s/join/{guest_token(guest.uuid)}")


def contact() -> str:
    """The address that answers when nobody of the team has taken a request yet."""
    email: str = current_app.config["SETTINGS"].contact_email
    return email
