"""What the pages of the own data share, whoever's it is: the copy as a download, and the erasure."""

from collections.abc import Callable, Mapping

from flask import Response, json, redirect, url_for
from flask.typing import ResponseReturnValue

from app import if_refused, language
from app.database import db


def copy(held: Mapping[str, object], name: str) -> Response:
    """All that is held, as JSON; a download, so that it stays in no browser tab."""
    text = json.dumps(held, indent=2, ensure_ascii=False, sort_keys=False)
    response = Response(text, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-own-data.json"'
    return response


def erase(act: Callable[[], object], *, done: str, own_page: str) -> ResponseReturnValue:
    """Erase, commit and lead to the endpoint `done`: all own links are dead. A refusal is told on the own page."""
    spoken = language.current()
    with if_refused.flash():
        act()
        db.session.commit()
        return redirect(url_for(done, lang=spoken), 303)
    return redirect(own_page, 303)
