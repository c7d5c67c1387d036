"""Asking for sparring, step by step: what is filled in is kept for the visit; the last step sends it."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import language
from app.database import begin_write, db
from app.errors import Refused
from app.forms import Form
from app.public import form_posts, sparring_drafts, sparring_rows
from app.public.sparring_forms import StepForm, WhatForm, WhenForm, WhoForm
from app.sparring import drafts, queries, requests
from app.sparring.models import Source
from app.sparring.wishes import Wish

bp = Blueprint("sparring_request", __name__)

STEPS: dict[str, tuple[Any, type[StepForm]]] = {
    "who": (_l("Who is asking?"), WhoForm),
    "what": (_l("What do you wish for?"), WhatForm),
    "when": (_l("When and how?"), WhenForm),
}
CHECK = "check"
NAMES = (*STEPS, CHECK)


@bp.route("/<lang:language>/sparring/request/<step>", methods=["GET", "POST"])
@form_posts.limited()
def fill_in(step: str) -> ResponseReturnValue:
    _title, make = STEPS.get(step) or abort(404)
    if request.method == "GET":
        return _form_page(step, make(formdata=sparring_drafts.answers()))
    form = make()
    is_sound = form.validate()
    begin_write()
    sparring_drafts.keep(form)
    db.session.commit()
    return _after(step, form, is_sound=is_sound)


@bp.route("/<lang:language>/sparring/request/check", methods=["GET", "POST"])
@form_posts.limited()
def check() -> ResponseReturnValue:
    answers, plain = sparring_drafts.answers(), Form()
    if sparring_drafts.was_sent(request.form.get("nonce", "")):  # asked last: another click may be ending the draft
        return redirect(url_for(".sent"), 303)
    unfinished = _unfinished(answers)
    if unfinished or answers is None:
        return redirect(url_for(".fill_in", step=unfinished or NAMES[0]), 303)
    wish = _wish(answers)
    token = sparring_drafts.token() or ""
    if plain.validate_on_submit() and (said := _sent(wish, token, answers.get(sparring_drafts.CALL))):
        plain.form_errors.append(said)
    elif plain.is_submitted() and not plain.errors:
        return redirect(url_for(".sent"), 303)
    return render_template(
        "public/sparring/check.html",
        form=plain,
        nonce=drafts.sent_as(token),
        parts=[(name, STEPS[name][0], rows) for name, rows in sparring_rows.of(wish, language.current()).items()],
        steps=_steps(CHECK),
    )


@bp.get("/<lang:language>/sparring/sent")
def sent() -> str:
    return render_template("public/sparring/sent.html")


def _sent(wish: Wish, token: str, call_uuid: str | None) -> str | None:
    """Send the request; a sentence when that is refused."""
    nonce = drafts.sent_as(token)
    begin_write()
    call = queries.call(call_uuid) if call_uuid else None
    try:
        requests.send(wish, nonce=nonce, source=Source.CALL if call else Source.WEB, call=call)
    except Refused as refused:
        db.session.rollback()
        return str(refused)
    sparring_drafts.end(nonce)
    db.session.commit()
    return None


def _after(step: str, form: StepForm, *, is_sound: bool) -> ResponseReturnValue:
    """Where a sent step leads: another step that was asked for, one more row of times, its errors, or the next step."""
    asked = request.form.get("to", "")
    if asked in NAMES:
        return redirect(_address(asked), 303)
    if asked == "more" and isinstance(form, WhenForm):
        number = len(form.windows) + form.may_grow
        return redirect(url_for(".fill_in", step=step, rows=number, _anchor=f"time-{number}"), 303)
    if not is_sound:
        return _form_page(step, form)
    return redirect(_address(NAMES[NAMES.index(step) + 1]), 303)


def _form_page(step: str, form: StepForm) -> str:
    if isinstance(form, WhenForm):
        form.show_rows(request.args.get("rows", 0, type=int))
    title, _make = STEPS[step]
    previous = NAMES[NAMES.index(step) - 1] if step != NAMES[0] else None
    return render_template(
        f"public/sparring/{step}.html", form=form, step=step, heading=title, previous=previous, steps=_steps(step)
    )


def _steps(current: str) -> list[dict[str, Any]]:
    """The way through the form, for its list of steps."""
    titles = {name: title for name, (title, _make) in STEPS.items()} | {CHECK: _("Check and send")}
    return [{"name": name, "title": title, "url": _address(name), "is_current": name == current}
            for name, title in titles.items()]  # fmt: skip


def _address(step: str) -> str:
    return url_for(".check") if step == CHECK else url_for(".fill_in", step=step)


def _filled(answers: Any) -> Iterator[tuple[str, StepForm]]:
    """Each step with its answers, validated; the token was looked at when they were sent."""
    for name, (_title, make) in STEPS.items():
        yield name, make(formdata=answers, meta={"csrf": False})


def _unfinished(answers: Any) -> str | None:
    """The first step that is not yet as it must be."""
    return next((name for name, form in _filled(answers) if answers is None or not form.validate()), None)


def _wish(answers: Any) -> Wish:
    told: dict[str, Any] = {}
    for _name, form in _filled(answers):
        form.validate()
        told |= form.told()
    return Wish(**told)
