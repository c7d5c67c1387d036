"""A form that asks an event's own questions beside its own fields."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import wtforms

from app import language
from app.events.models import Event, Mode
from app.forms import Form
from app.question_forms import fields
from app.questions import asking, queries, ready_made, sensitive
from app.questions.models import QuestionKind
from app.questions.queries import Asked
from app.questions.queries import Form as AskedForm
from app.questions.values import AnswerValue
from app.registrations.capacity import Places
from app.registrations.consents import to_answer


@dataclass(frozen=True)
class Asking:
    """What a form asks beside its own fields, and how many places limited options have left.

    An organiser is shown all of it at once, and need not answer anything. `marks` are drawn in place of the places
    left, one for each limited option, in a page that is kept.
    """

    form: AskedForm = field(default_factory=AskedForm)
    modes: tuple[Mode, ...] = ()
    free: Mapping[int, int] = field(default_factory=dict)
    by_organiser: bool = False
    marks: Sequence[str] = ()

    @property
    def rooms(self) -> dict[int, str]:
        """Places left of each limited option, in words, in the order in which the form says them."""
        return dict(zip(self.free, self.marks or map(fields.places_left, self.free.values()), strict=True))

    @property
    def by_value(self) -> Hashable:
        """The same as a key; as long as it is equal, an empty form asks the same in the same words but its `rooms`."""
        full = tuple(option for option, left in self.free.items() if left <= 0)
        return self.form, self.modes, full, self.by_organiser


def asking_of(
    event: Event, *, modes: Iterable[Mode] | None = None, by_organiser: bool = False, by_another: bool = False
) -> Asking:
    """What an event asks of those who take part in `modes`, or in any of its own. One query when it asks nothing.

    Sensitive questions are asked only where there is a key for the answers, and only of the person, who must agree:
    never of `by_another`, who answers for a colleague.
    """
    modes = tuple(modes or event.modes)
    sealable = sensitive.can_be_sealed() and not (by_organiser or by_another)
    asked = [one for one in queries.kept_form_of(event).questions
             if one.mode in (None, *modes) and (sealable or not one.sensitive)]  # fmt: skip
    form = AskedForm(tuple(asked))
    limited = (option.id for one in asked for option in one.options if option.places is not None)
    return Asking(form, modes, _Free(event, limited), by_organiser)


class _Free(Mapping[int, int]):
    """Places left by limited option, counted when the first is asked for: most forms that are sent need none."""

    def __init__(self, event: Event, options: Iterable[int]) -> None:
        self._event, self._options = event, tuple(options)

    def __getitem__(self, option: int) -> int:
        return self._counted[option]

    def __iter__(self) -> Iterator[int]:
        return iter(self._counted)

    def __len__(self) -> int:
        return len(self._counted)

    @cached_property
    def _counted(self) -> dict[int, int]:
        places = Places(self._event)
        free = {option: places.option_free(option) for option in self._options}
        return {option: left for option, left in free.items() if left is not None}


class AsksQuestions(Form):
    """A form that asks an event's questions too, in fields called `question-<id>`.

    A question that depends on others is asked once it applies and has been shown: the page says by `asked` and
    `asking` which of those it has shown. What is answered to a question that does not apply is left alone.
    """

    asked = wtforms.SelectMultipleField(validate_choice=False, choices=[])
    asking = wtforms.SelectMultipleField(validate_choice=False, choices=[])

    def __init__(
        self, *args: Any, asks: Asking | None = None, known: Mapping[int, AnswerValue] | None = None, **kwargs: Any
    ) -> None:
        self.asks = asks or Asking()
        self._known = known or {}
        super().__init__(*args, **kwargs)

    def process(self, formdata: Any = None, *args: Any, **kwargs: Any) -> None:
        for one in self.asks.form.questions:
            if one.sensitive:
                self._bind(fields.consent_name(one), fields.consent_to(one))
            if one.kind is not QuestionKind.INFORMATION:
                self._bind(fields.name_of(one), self._unbound(one))
        kwargs |= {fields.name_of(one): fields.as_data(one, self._known[one.id]) for one in self.asks.form.questions
                   if one.id in self._known}  # fmt: skip
        super().process(formdata, *args, **kwargs)
        self._typed = dict(_read(self))

    def _unbound(self, asked: Asked) -> Any:
        is_list = asked.kind is QuestionKind.LIST  # which says places in the options themselves
        return fields.field_of(
            asked,
            language.current(),
            lenient=self.asks.by_organiser,
            rooms=tuple(fields.of_options(asked, self.asks.rooms).items()) if is_list else (),
            taken=frozenset(fields.full(asked, self.asks.free)) if is_list else frozenset(),
        )

    def _bind(self, name: str, unbound: Any) -> None:
        options = {"name": name, "prefix": self._prefix, "translations": self.meta.get_translations(self)}
        self._fields[name] = self.meta.bind_field(self, unbound, options)

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        counted = {one.id for one in self.applying if self.was_shown(one) and self._must_be_right(one)}
        for one in self.asks.form.questions:
            own = self.field_of(one)
            if own and one.id not in counted:
                own.errors = []
        for one in self.applying:
            if one.sensitive and one.id in self._typed and not self.agrees(one):
                self._fields[fields.consent_name(one)].errors = [fields.without_consent(one)]
        return not self.errors

    @property
    def prefix(self) -> str:
        """What the names of its fields begin with."""
        return str(self._prefix)

    @property
    def mode_chosen(self) -> Mode | None:
        """How the person takes part; None as long as that is not told. A form that knows says so."""
        return None

    @property
    def applying(self) -> tuple[Asked, ...]:
        """The questions that apply to what has been answered, shown or not."""
        return asking.asked_of(self.asks.form, self.mode_chosen, self._typed)

    @property
    def missed(self) -> list[Asked]:
        """The questions that apply and have not been shown."""
        return [one for one in self.applying if not self.was_shown(one)]

    def depends(self, asked: Asked) -> bool:
        return asking.depends(asked, self.asks.modes)

    def was_shown(self, asked: Asked) -> bool:
        return self.asks.by_organiser or not self.depends(asked) or str(asked.id) in self.shown

    @property
    def shown(self) -> set[str]:
        """The ids of the depending questions that the person has seen so far."""
        return {*(self.asked.data or ()), *(self.asking.data or ())}

    def field_of(self, asked: Asked) -> wtforms.Field | None:
        """The question's field; a text that informs has none."""
        return self._fields.get(fields.name_of(asked))

    def consent_of(self, asked: Asked) -> wtforms.Field | None:
        """The tick above a sensitive question."""
        return self._fields.get(fields.consent_name(asked))

    def agrees(self, asked: Asked) -> bool:
        """Whether the person lets a sensitive answer be kept."""
        tick = self.consent_of(asked)
        return tick is not None and bool(tick.data)

    def room(self, asked: Asked) -> dict[str, str]:
        """Places left of its options, in words, by their values."""
        return fields.of_options(asked, self.asks.rooms)

    def full(self, asked: Asked) -> set[str]:
        """The options that cannot be chosen now, by their values; one that is chosen already can be kept."""
        known = self._known.get(asked.id)
        kept = {str(one) for one in known} if isinstance(known, frozenset) else set()
        return fields.full(asked, self.asks.free) - kept

    @property
    def full_choices(self) -> list[tuple[wtforms.Field, str]]:
        """What was chosen and has become full since the page was made: each field, and what to say at it."""
        chosen = self.options
        return [
            (own, fields.is_full(option))
            for asked in self.applying
            for option in asked.options
            if option.id in chosen and str(option.id) in self.full(asked) and (own := self.field_of(asked))
        ]

    @property
    def answers(self) -> dict[int, AnswerValue]:
        """What was answered to the questions that apply; only of a form that is valid."""
        return {one.id: self._typed[one.id] for one in self.applying if one.id in self._typed}

    @property
    def options(self) -> frozenset[int]:
        """The chosen options that take places."""
        return asking.options_of(self.asks.form, self.answers)

    @property
    def consents(self) -> dict[str, str]:
        """The consent to each sensitive answer, with its words as they were read."""
        given = self.answers
        return {to_answer(one.id): str(ready_made.consent_to(one).into(language.current()))
                for one in self.asks.form.questions if one.id in given and self.agrees(one)}  # fmt: skip

    def _must_be_right(self, asked: Asked) -> bool:
        """A sensitive question counts only when it is answered, or when the person agreed to answer."""
        own = self.field_of(asked)
        return not asked.sensitive or self.agrees(asked) or bool(own and any(own.raw_data or ()))


def _read(form: AsksQuestions) -> Iterator[tuple[int, AnswerValue]]:
    """The answers that can be read, by their questions."""
    for asked in form.asks.form.questions:
        own = form.field_of(asked)
        if own is not None and (value := fields.answer(asked, own.data)) is not None:
            yield asked.id, value
