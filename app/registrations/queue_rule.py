"""The rule of the waiting list in words, as people are told it before they begin to wait and while they do."""

from flask_babel import gettext as _

from app import wording
from app.events.models import Event, Promotion, QueueOrder
from app.registrations import capacity


def in_words(event: Event, language: str) -> list[str]:
    """Who is next, how a place reaches them, and until when; each a sentence. The locale must be the language's."""
    return _until_it_closes([_order(event), _promotion(event)], event, language)


def beside_what_to_do(event: Event, language: str) -> str:
    """The same for someone who is told `what_to_do`, and so how a place reaches them."""
    return " ".join(_until_it_closes([_order(event)], event, language))


def what_to_do(event: Event, *, is_served: bool = True) -> str:
    """What someone who waits has to do: nothing, or answer an offer; `is_served` is `waitlist.is_served`."""
    if not is_served:
        return _("If the organiser can give you a place after all, we tell you by mail.")
    if event.promotion is Promotion.OFFER:
        return _(
            "If a place becomes free, we offer it to you by mail. It is kept for you for at least %(hours)s hours: "
            "accept it in that time.",
            hours=event.offer_hours,
        )
    return _("If a place becomes free, you get it automatically and we tell you by mail. You need to do nothing.")


def _of_a_closed_one() -> str:
    return _(
        "After that nobody joins it, and a freed place goes only to those who had one before a change of the event "
        "moved them to the list."
    )


def _order(event: Event) -> str:
    if event.queue_order is QueueOrder.FAIR:
        return _(
            "A freed place goes first to a municipality that has no place yet, then to the one with the fewest places, "
            "and there to the person who has waited longest."
        )
    return _("A freed place goes to the person who has waited longest.")


def _promotion(event: Event) -> str:
    if event.promotion is Promotion.OFFER:
        return _("It is kept for at least %(hours)s hours, and the person accepts it by mail.", hours=event.offer_hours)
    return _("It is theirs at once, and they are told by mail.")


def _until_it_closes(sentences: list[str], event: Event, language: str) -> list[str]:
    if event.queue_closes_at is None:
        return sentences
    when = wording.date_and_time(event.queue_closes_at, language)
    if capacity.queue_is_open(event):
        return [*sentences, _("The waiting list closes %(when)s.", when=when), _of_a_closed_one()]
    return [_("The waiting list closed %(when)s.", when=when), _of_a_closed_one()]
