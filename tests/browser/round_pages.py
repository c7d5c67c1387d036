"""A round in the middle of its calls, and the pages that show it, the season's figures and the coverage map."""

from urllib.parse import urlsplit

from app.sparring import links
from app.sparring.round_models import CallStatus, Round
from tests import builders, round_builders

HANNA = {"contact_name": "Hanna Salo", "contact_email": "hanna@espoo.fi"}


def a_round() -> Round:
    """One row is due today, one has an address, one became a request; a sparring has been held."""
    of, today = round_builders.round_of_calls(), builders.in_days(0).date()
    round_builders.call_row(of, builders.VANTAA, status=CallStatus.CALL_AGAIN, call_again_on=today, note="Lomalla")
    round_builders.call_row(of, builders.RAASEPORI, status=CallStatus.REQUESTED)
    round_builders.call_row(of, **HANNA)
    round_builders.held(builders.RAASEPORI)
    return of


def staff(of: Round) -> list[str]:
    row = round_builders.call_row(of)
    return [
        *(f"/staff/sparring/rounds/{page}" for page in ("", "new", of.id, f"{of.id}/edit")),
        f"/staff/sparring/rounds/{of.id}/invite?row={row.id}",
        *(f"/staff/sparring/calls/{row.id}", "/staff/sparring/figures"),
        *("/staff/coverage", "/staff/coverage?reach=events"),
    ]


def public(of: Round) -> list[str]:
    return [urlsplit(links.call_url(round_builders.call_row(of))).path]
