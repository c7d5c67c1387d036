"""The registration form as everyone meets it, drawn once and kept: most of opening a form is drawing the same page.

A page is kept by all that it shows, by value, as read from the database for the request that asks: when something
has changed, the key is another one, in every process at once. Nothing is ever thrown away for being old but to make
room. Two things in the page are one visitor's own, its token and its nonce; they are put in anew each time.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from itertools import chain
from threading import Lock

from flask import current_app, g, request, session
from flask_wtf.csrf import generate_csrf
from markupsafe import escape

from app.public import invited
from app.public.person_form import new_nonce

_AT_MOST = 64  # of some 25 kB
_NAME = "drawn_forms"


class Drawn:
    """The pages kept by one process, for one application and so for its settings and its built assets."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, tuple[str, ...]] = OrderedDict()
        self._changing = Lock()

    def get(self, key: Hashable) -> tuple[str, ...] | None:
        with self._changing:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def keep(self, key: Hashable, parts: tuple[str, ...]) -> None:
        with self._changing:
            self._pages[key] = parts
            if len(self._pages) > _AT_MOST:
                self._pages.popitem(last=False)


def is_for_everyone() -> bool:
    """Whether what is asked for is the untouched form, with nothing in it of one visitor but token and nonce.

    Not with a message for them, an invitation, a user signed in, or a query, which the links to languages repeat.
    """
    of_the_visitor = g.user or "_flashes" in session or session.get(invited.KEY)
    return request.method in ("GET", "HEAD") and not request.query_string and not of_the_visitor


def page(shown: Hashable, draw: Callable[..., str], *, words: Sequence[str] = ()) -> str:
    """The page for this visitor. `shown` is all that it shows beside its address, but for the `words`.

    Those change with each registration, so they too are put in anew. `draw` is given a mark to draw for the nonce
    and for each of the words, which have to follow each other in the page as they do here.
    """
    drawn: Drawn = current_app.extensions.setdefault(_NAME, Drawn())
    key, token = (request.script_root, request.path, shown), generate_csrf()
    parts = drawn.get(key)
    if parts is None:
        marks = [new_nonce() for _ in range(1 + len(words))]
        parts = _cut(draw(*marks), token, *marks)
        if not current_app.jinja_env.auto_reload:  # who works on a template wants to see it
            drawn.keep(key, parts)
    return _filled(parts, token, new_nonce(), *map(escape, words))


def _cut(text: str, *marks: str) -> tuple[str, ...]:
    """What stands before, between and after the marks. Each has to stand there once: anything else is a mistake."""
    parts = []
    for mark in marks:
        before, text = text.split(mark)
        parts.append(before)
    return (*parts, text)


def _filled(parts: tuple[str, ...], *own: str) -> str:
    return "".join(chain.from_iterable(zip(parts, (*own, ""), strict=True)))
