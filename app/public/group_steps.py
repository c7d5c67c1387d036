"""The steps of a group's form after its rows: the questions for each member, then a look at all of it.

What is answered for a member travels under names made of the address, so that rows may come and go between the steps.
Sensitive questions are not among them: each is asked them by mail, on the own page, where the own consent is given.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import wtforms
from flask import render_template, request

from app.events.models import Event, Mode
from app.messages.addresses import folded
from app.question_forms.form import Asking, AsksQuestions, asking_of
from app.questions import queries, sensitive
from app.questions.models import QuestionKind
from app.questions.queries import Asked
from app.questions.queries import Form as AskedForm
from app.registrations.booking import Application

NAMES = "of-"
OF_THE_STEP = {"csrf_token", "rows", "member", "checked"}


class MemberQuestions(AsksQuestions):
    """The event's questions for one member. The contact may leave them to the member, by a button of their own."""

    seen = wtforms.HiddenField()
    left = wtforms.HiddenField()

    class Meta(AsksQuestions.Meta):
        csrf = False

    def __init__(self, member: Application, asks: Asking, **kwargs: Any) -> None:
        self.member = member
        self.key = hashlib.sha256(folded(member.email).encode()).hexdigest()[:10]
        super().__init__(asks=asks, prefix=f"{NAMES}{self.key}-", **kwargs)

    @property
    def name(self) -> str:
        return f"{self.member.given_name} {self.member.family_name}"

    @property
    def mode_chosen(self) -> Mode:
        return self.member.mode

    @property
    def asks_anything(self) -> bool:
        return any(one.kind is not QuestionKind.INFORMATION for one in self.asks.form.questions)

    @property
    def has_more(self) -> bool:
        """Whether the answers have brought questions that the page did not show."""
        return bool(self.seen.data and not self.errors and self.missed)

    def is_answered(self) -> bool:
        """Whether it was sent, or left to the member, and nothing is wrong with it; says at the fields what is."""
        if self.left.data or not self.asks_anything:
            return True
        if not (self.seen.data and self.validate()) or self.missed:
            return False
        for field, said in self.full_choices:
            field.errors = [said]
        return not self.full_choices

    def application(self) -> Application:
        """The member with what was answered."""
        if self.left.data:
            return self.member
        return replace(self.member, answers=self.answers, options=self.options)


class GroupSteps:
    """The questions for the members of a group, in the order of the form."""

    def __init__(self, event: Event, members: Iterable[Application]) -> None:
        asks = asking_of(event, by_another=True)
        self.forms: list[MemberQuestions] = []
        self.due: MemberQuestions | None = None
        for member in members:
            form = MemberQuestions(member, _of_mode(asks, member.mode))
            if not form.is_answered() and self.due is None:
                self.due = form
            asks = _without(asks, form.options if not form.left.data else frozenset())
            self.forms.append(form)
        self.asked = [form for form in self.forms if form.asks_anything]
        if chosen := next((form for form in self.asked if form.key == request.form.get("member")), None):
            self.due = chosen

    @property
    def is_to_be_checked(self) -> bool:
        return bool(self.asked) and "checked" not in request.form

    @property
    def applications(self) -> list[Application]:
        """The members with their answers; only when nothing is due."""
        return [form.application() for form in self.forms]


def page(steps: GroupSteps, form: MemberQuestions, event: Event, *, may_go_back: bool) -> str:
    """The page of one member's questions."""
    return render_template(
        "public/groups/questions.html",
        event=event,
        form=form,
        number=steps.asked.index(form) + 1,
        total=len(steps.asked),
        sensitive=left_to_each(event),
        carried=carried(form),
        may_go_back=may_go_back,
    )


def carried(form: MemberQuestions | None = None) -> list[tuple[str, str]]:
    """What goes along unseen to the next step: all that was typed, but for what the page itself asks."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in OF_THE_STEP and not (form and name.startswith(form.prefix))
    ]


def answered() -> list[tuple[str, str]]:
    """The answers alone, for the page of the rows."""
    return [(name, value) for name, value in request.form.items(multi=True) if name.startswith(NAMES)]


def left_to_each(event: Event) -> list[Asked]:
    """The sensitive questions, which the contact is not asked."""
    if not sensitive.can_be_sealed():
        return []
    return [one for one in queries.form_of(event.id).questions if one.sensitive]


def _of_mode(asks: Asking, mode: Mode) -> Asking:
    asked = tuple(one for one in asks.form.questions if one.mode in (None, mode))
    return replace(asks, form=AskedForm(asked), modes=(mode,))


def _without(asks: Asking, options: frozenset[int]) -> Asking:
    """What is left of the options' places for those who come after."""
    return replace(asks, free={one: left - (one in options) for one, left in asks.free.items()})
