"""Answers and questions as pages read them out."""

from datetime import date

from flask_babel import gettext as _
from markupsafe import Markup, escape

from app import language, markdown, wording
from app.questions.values import AnswerValue
from app.translated import Translated


def marked(text: Translated) -> Markup:
    """A text that organisers wrote, with its language marked when it is not the page's."""
    spoken = text.into(language.current())
    if not spoken.is_fallback:
        return escape(spoken)
    return Markup('<span lang="{}">{}</span>').format(spoken.language, spoken)


def information(text: Translated) -> Markup:
    """A longer text of the organisers, which may have links and lists."""
    spoken = text.into(language.current())
    written = markdown.render(str(spoken))
    return Markup('<div lang="{}">{}</div>').format(spoken.language, written) if spoken.is_fallback else written


def spoken(value: AnswerValue | None, options: tuple[Translated, ...] = ()) -> Markup:
    """An answer as one reads it; one that was sealed and cannot be opened any more says so."""
    if value is None:
        return escape(_("This answer can no longer be read, so it has to be given again."))
    if isinstance(value, frozenset):
        return Markup(", ").join(marked(option) for option in options)
    return escape(plain(value))


def plain(value: AnswerValue) -> str:
    """An answer that is not one of the options, as text."""
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, date):
        return wording.date(value, language.current())
    return wording.number(value, language.current()) if isinstance(value, int | float) else str(value)
