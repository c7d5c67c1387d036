"""A text that organisers write in up to three languages, and how a page falls back when one is missing."""

import json
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Dialect, UnicodeText
from sqlalchemy.types import TypeDecorator

FALLBACK_ORDER = ("fi", "sv", "en")


@dataclass(frozen=True)
class Text:
    """One language's text, as a page shows it: `<h1 lang="{{ title.language }}">{{ title }}</h1>`.

    `language` is the one the text is written in, which is not the one asked for when `is_fallback`.
    """

    value: str
    language: str
    is_fallback: bool = False

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True)
class Translated:
    """An immutable value: to change a text, assign a new one. A language with only white space is missing."""

    fi: str = ""
    sv: str = ""
    en: str = ""

    def __getitem__(self, language: str) -> str:
        """The text in exactly this language, "" when missing; KeyError for a language the service does not speak."""
        return _by_language(self)[language]

    def __bool__(self) -> bool:
        return len(self.missing()) < len(FALLBACK_ORDER)

    def into(self, language: str) -> Text:
        """The text in the language asked for, else in Finnish, Swedish or English, whichever comes first."""
        for candidate in (language, *FALLBACK_ORDER):
            if self[candidate].strip():
                return Text(self[candidate], candidate, is_fallback=candidate != language)
        return Text("", language)

    def missing(self) -> list[str]:
        """The languages without a text, in the order fi, sv, en."""
        return [language for language in FALLBACK_ORDER if not self[language].strip()]


class TranslatedText(TypeDecorator[Translated]):
    """A column for Translated: `title: Mapped[Translated] = mapped_column(TranslatedText)`, stored as JSON text."""

    impl = UnicodeText
    cache_ok = True

    def process_bind_param(self, value: Translated | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        written = {language: text for language, text in _by_language(value).items() if text}
        return json.dumps(written, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Translated | None:
        return None if value is None else _read(value)


@lru_cache(maxsize=4096)
def _read(stored: str) -> Translated:
    """Kept, since every page reads the same texts of the same few events."""
    return Translated(**json.loads(stored))


def _by_language(text: Translated) -> dict[str, str]:
    return {"fi": text.fi, "sv": text.sv, "en": text.en}
