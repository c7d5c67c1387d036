"""The forms that are filled in: one without questions, and one with eight of them and a municipal quota."""

from dataclasses import dataclass
from datetime import date

from app.questions.models import QuestionKind
from tests import builders

PERSON = {"municipality": "049", "organisation": "", "role": "palveluesimies", "mode": "online", "language": "fi"}
PLENTY = 1_000_000


@dataclass(frozen=True)
class Form:
    """Where a form is, and what a person fills in beside the own name and address."""

    path: str
    person: dict[str, str]


def plain() -> Form:
    """An event that asks nothing of its own, and has room for everybody."""
    return Form(f"/fi/events/{builders.event(places_online=None).slug}/register", PERSON)


def of_eight_questions() -> Form:
    """Of most kinds, one of them only asked after a yes, one a choice with places; and a limit per municipality."""
    event = builders.event(places_online=None, municipality_limit=PLENTY)
    texts = [builders.question(event, f"Kysymys {number}") for number in range(3)]
    number = builders.question(event, kind=QuestionKind.NUMBER)
    day = builders.question(event, kind=QuestionKind.DATE)
    bus = builders.question(event, "Bussi", options=[("Espoosta", PLENTY), ("Vantaalta", PLENTY)])
    comes = builders.question(event, "Tuletko kahville?", kind=QuestionKind.YES_NO)
    cake = builders.question(event, "Mitä kakkua?", after=comes)
    answers = {f"question-{text.id}": "Vastaus" for text in (*texts, cake)}
    answers |= {f"question-{number.id}": "12", f"question-{day.id}": date(2027, 1, 15).isoformat()}
    answers |= {f"question-{bus.id}": str(builders.options(bus)[0].id), f"question-{comes.id}": "yes"}
    return Form(f"/fi/events/{event.slug}/register", PERSON | answers | {"asked": str(cake.id)})
