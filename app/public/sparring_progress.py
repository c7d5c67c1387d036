"""Where a request stands, in plain words for the municipality: a sentence, and the steps of the way."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.sparring.models import RequestState

WORDS = {
    RequestState.NEW: (_l("Your request has arrived"), _l("We read it and contact you within a few working days.")),
    RequestState.PREPARING: (_l("We are preparing your sparring"), _l("We are looking for tutors who suit you.")),
    RequestState.TUTORS_NAMED: (_l("You have your tutors"), _l("Next we look for a time that suits everyone.")),
    RequestState.TIME_PROPOSED: (
        _l("We are looking for a time"),
        _l("The tutors have been asked which times suit them. We let you know as soon as one is agreed."),
    ),
    RequestState.AGREED: (_l("A time is agreed"), _l("Next the programme is made.")),
    RequestState.PROGRAMME_READY: (_l("All is ready"), _l("The time is agreed and the programme is below.")),
    RequestState.HELD: (_l("The sparring has been held"), _l("Thank you for meeting us! The summary comes here soon.")),
    RequestState.SUMMED_UP: (_l("The summary is ready"), _l("You find it below, with the next steps.")),
    RequestState.CLOSED: (_l("Thank you for the sparring"), _l("All is done. The summary stays here.")),
    RequestState.POSTPONED: (_l("The sparring is postponed"), _l("We come back to it together.")),
    RequestState.CALLED_OFF: (_l("The request is called off"), _l("You are welcome to ask again.")),
}

# The steps that are shown, each with the states in which it is the one being taken.
STEPS = (
    (_l("Request sent"), ()),
    (_l("Finding tutors"), (RequestState.NEW, RequestState.PREPARING)),
    (_l("Agreeing on a time"), (RequestState.TUTORS_NAMED, RequestState.TIME_PROPOSED)),
    (_l("Making the programme"), (RequestState.AGREED,)),
    (_l("Meeting"), (RequestState.PROGRAMME_READY,)),
    (_l("Summary and next steps"), (RequestState.HELD,)),
)


@dataclass(frozen=True)
class Step:
    title: str
    is_done: bool
    is_current: bool


def steps(state: RequestState) -> list[Step]:
    """The way of a request; nothing when it has been left for now or for good."""
    if state in (RequestState.POSTPONED, RequestState.CALLED_OFF):
        return []
    current = next((at for at, (_title, states) in enumerate(STEPS) if state in states), len(STEPS))
    return [Step(str(title), at < current, at == current) for at, (title, _states) in enumerate(STEPS)]
