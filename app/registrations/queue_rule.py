"""The rule of the waiting list in words, as people are told it before they begin to wait and while they do."""

from flask_babel import gettext as _

from app import wording
from app.events.models import Event, Promotion, QueueOrder


def in_words(event: Event, language: str) -> list[str]:
    """Who is next, how a place reaches them, and until when; each a sentence. The locale must be the language's."""
    order, *closing = who_is_next(event, language)
    return [order, _promotion(event), *closing]


def who_is_next(event: Event, language: str) -> list[str]:
    """The same beside `what_to_do`, which says how a place reaches them."""
    if event.queue_closes_at is None:
        return [_order(event)]
    closes = wording.date_and_time(event.queue_closes_at, language)
    return [_order(event), _("The waiting list closes %(when)s.", when=closes)]


def what_to_do(event: Event) -> str:
    """What someone who waits has to do: nothing, or answer an offer."""
    if event.promotion is Promotion.OFFER:
        return _(
            "If a place becomes free, we offer it to you by mail and keep it for at least %(hours)s hours. Accept it "
            "through that mail.",
            hours=event.offer_hours,
        )
    return _("If a place becomes free, you get it automatically and we tell you by mail. You need to do nothing.")


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
