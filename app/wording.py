"""Dates, times, ranges, lists, numbers and names as Finnish, Swedish (of Finland) and English write them.

Every function takes the language, "fi", "sv" or "en", last. Moments are aware instants, shown in Helsinki time;
where only the day matters, a plain date does too.
"""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

from babel import Locale
from babel.dates import get_day_names, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal

from app.clock import helsinki

_LOCALES = {"fi": Locale("fi", "FI"), "sv": Locale("sv", "FI"), "en": Locale("en", "GB")}
_Width = Literal["abbreviated", "wide"]
_AT = {"fi": "klo ", "sv": "kl. ", "en": ""}


def date(day: dt.date, language: str) -> str:
    """21.10.2027, in English 21 October 2027."""
    local = _local_day(day)
    return f"{_day_and_month(local, language)} {local.year}" if language == "en" else f"{local:%-d.%-m.%Y}"


def short_date(day: dt.date, language: str) -> str:
    """Without the year: 21.10. (sv 21.10, en 21 Oct)."""
    return _day_and_month(_local_day(day), language, "abbreviated")


def date_tile(day: dt.date, today: dt.date, language: str) -> dict[str, str | int]:
    """A day as a tile shows it: month, day, and below them the weekday, or the year of a day that has passed."""
    below = str(_local_day(day).year) if _local_day(day) < _local_day(today) else weekday(day, language)
    return {"month": month_abbreviation(day, language), "day": day_of_month(day), "below": below}


def weekday_date(day: dt.date, language: str) -> str:
    """torstai 21.10.2027, torsdag 21.10.2027, Thursday 21 October 2027."""
    return f"{weekday(day, language)} {date(day, language)}"


def weekday(day: dt.date, language: str) -> str:
    """torstai, torsdag, Thursday."""
    names = get_day_names("wide", context="stand-alone", locale=_LOCALES[language])
    return str(names[_local_day(day).weekday()])


def day_of_month(day: dt.date) -> int:
    """21: for the date tile."""
    return _local_day(day).day


def is_one_day(starts: dt.datetime, ends: dt.datetime) -> bool:
    """Whether both are on the same day; midnight closes the day before."""
    return _last_day(starts, ends) == _local_day(starts)


def date_range(first: dt.date, last: dt.date, language: str) -> str:
    """12.–13.10.2020 (sv 12–13.10.2020, en 12–13 October 2020); only what differs is said twice."""
    start, end = _local_day(first), _local_day(last)
    if start == end:
        return date(end, language)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}{'.' if language == 'fi' else ''}–{date(end, language)}"
    opening = _day_and_month(start, language) if start.year == end.year else date(start, language)
    return f"{opening}{'–' if language == 'sv' else ' – '}{date(end, language)}"


def month_abbreviation(day: dt.date, language: str) -> str:
    """For the date tile: loka, okt, Oct."""
    return _month(_local_day(day), language, "abbreviated")


def time(instant: dt.datetime, language: str) -> str:
    """klo 9.00, kl. 9.00, 9:00."""
    return _AT[language] + bare_time(instant, language)


def time_range(starts: dt.datetime, ends: dt.datetime, language: str) -> str:
    """klo 9.00–15.30, kl. 9.00–15.30, 9:00–15:30; an end at midnight is 24.00."""
    return _AT[language] + bare_time_range(starts, ends, language)


def bare_time(instant: dt.datetime, language: str) -> str:
    """9.00, in English 9:00: for columns of times, where "klo" would be repeated on every line."""
    return _clock_face(helsinki(instant), language)


def bare_time_range(starts: dt.datetime, ends: dt.datetime, language: str) -> str:
    """9.00–15.30, in English 9:00–15:30: for columns of times."""
    start, end = helsinki(starts), helsinki(ends)
    closing = _clock_face(end, language)
    if start < end and end.time() == dt.time.min:
        closing = closing.replace("0", "24", 1)
    return f"{_clock_face(start, language)}–{closing}"


def date_and_time(instant: dt.datetime, language: str) -> str:
    """21.10.2027 klo 9.00, 21.10.2027 kl. 9.00, 21 October 2027 at 9:00."""
    joint = " at " if language == "en" else " "
    return date(instant, language) + joint + time(instant, language)


def when(starts: dt.datetime, ends: dt.datetime, language: str) -> str:
    """Weekday, date and hours of one day; for an end on a later day, both moments in full."""
    joint = ", " if language == "en" else " "
    if is_one_day(starts, ends):
        return weekday_date(starts, language) + joint + time_range(starts, ends, language)
    return " – ".join(weekday_date(moment, language) + joint + time(moment, language) for moment in (starts, ends))


def days(periods: Iterable[tuple[dt.datetime, dt.datetime]], language: str) -> str:
    """The (starts, ends) of an event's days, in the order given, as one list."""
    return list_of([when(starts, ends, language) for starts, ends in periods], language)


def list_of(items: Sequence[str], language: str) -> str:
    """Askola, Lapinjärvi ja Pukkila (sv och, en and, without a comma before it)."""
    return format_list(items, locale=_LOCALES[language])


def number(value: float, language: str) -> str:
    """1 234 or 2,5, with a no-break space, in English 1,234 and 2.5."""
    return format_decimal(value, locale=_LOCALES[language])


def short_name(given: str, family: str) -> str:
    """Maria Å. with a no-break space: enough for the person to know it is they, and no more for anybody else."""
    return f"{given}\xa0{family[:1]}." if family else given


def list_name(given: str, family: str) -> str:
    """Åkerlund, Maria: a person in a list that is sorted by family name."""
    return ", ".join(part for part in (family, given) if part)


def sort_key(*parts: str) -> str:
    """A key to store and sort by: Finnish and Swedish order, whatever the database's collation.

    W follows V, Ü is Y, and Å, Ä (Æ), Ö (Ø) are last; other diacritics and punctuation do not count, spaces and
    hyphens precede letters. Give family name and given name as two parts: Aho, Ville precedes Aho-Laine, Anna.
    Digits only, two a letter (nine a letter of another script), so a column wants no length limit. Equal keys are
    possible; add a second criterion.
    """
    return _PART_END.join(_collation_digits(part) for part in parts)


def search_key(text: str) -> str:
    """The text folded for searching, so that "hyvinkaa" finds Hyvinkää; fold both sides."""
    return " ".join(_without_marks(text).split())


# Letters that Unicode does not take apart into a base letter and a mark.
_PLAIN_LETTERS = str.maketrans(
    {"æ": "ae", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "n", "ø": "o", "œ": "oe", "ŧ": "t", "þ": "th"}
    | {"’": "'", "ʒ": "z"}
)
_NORDIC_LETTERS = str.maketrans({"ü": "y", "ű": "y", "æ": "ä", "ø": "ö", "ő": "ö"})
_PART_END, _GAP, _OTHER_SCRIPT = "00", "01", "99"
_RANKS = {letter: f"{rank:02}" for rank, letter in enumerate("0123456789abcdefghijklmnopqrstuvwxyzåäö", start=10)}


def _collation_digits(text: str) -> str:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).translate(_NORDIC_LETTERS)
    letters = "".join(letter if letter in "åäö" else _without_marks(letter) for letter in folded)
    words = "".join(" " if unicodedata.category(letter) == "Pd" else letter for letter in letters).split()
    return _GAP.join("".join(map(_rank, word)) for word in words)


def _rank(letter: str) -> str:
    if letter in _RANKS:
        return _RANKS[letter]
    return f"{_OTHER_SCRIPT}{ord(letter):07}" if letter.isalnum() else ""


def _without_marks(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_PLAIN_LETTERS)
    return "".join(character for character in apart if not unicodedata.combining(character))


def _local_day(day: dt.date) -> dt.date:
    return helsinki(day).date() if isinstance(day, dt.datetime) else day


def _last_day(starts: dt.datetime, ends: dt.datetime) -> dt.date:
    """The day an end belongs to: midnight closes the day before."""
    end = helsinki(ends)
    closes_the_day = end.time() == dt.time.min and starts < ends
    return end.date() - dt.timedelta(days=closes_the_day)


def _clock_face(local: dt.datetime, language: str) -> str:
    return f"{local:%-H:%M}" if language == "en" else f"{local:%-H.%M}"


def _day_and_month(day: dt.date, language: str, width: _Width = "wide") -> str:
    if language == "en":
        return f"{day.day} {_month(day, language, width)}"
    return f"{day.day}.{day.month}{'.' if language == 'fi' else ''}"


def _month(day: dt.date, language: str, width: _Width = "wide") -> str:
    names = get_month_names(width, context="stand-alone", locale=_LOCALES[language])
    return str(names[day.month]).rstrip(".")
