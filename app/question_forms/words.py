"""Answers and questions as pages read them out."""

from flask_babel import gettext as _
from markupsafe import Markup, escape

from app import language, markdown, wording
from app.questions.models import QuestionKind
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


def spoken(kind: QuestionKind, value: AnswerValue | None, options: tuple[Translated, ...] = ()) -> Markup:
    """An answer as one reads it; one that was sealed and cannot be opened any more says so."""
    if value is None:
        return escape(_("This answer can no longer be read. Please give it again."))
    match kind:
        case QuestionKind.YES_NO:
            return escape(_("Yes") if value else _("No"))
        case QuestionKind.DATE | QuestionKind.NUMBER:
            return escape(plain(kind, value))
        case _ if kind.has_options:
            return Markup(", ").join(marked(option) for option in options)
        case _:
            return escape(value)


def plain(kind: QuestionKind, value: AnswerValue) -> str:
    return (
        wording.date(value, language.current())
        if kind is QuestionKind.DATE
        else wording.number(value, language.current())
    )  # type: ignore[arg-type]
