from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import wording
from app.clock import helsinki_to_utc


def at(day: str, clock: str) -> datetime:
    return helsinki_to_utc(date.fromisoformat(day), time.fromisoformat(clock))


MORNING, AFTERNOON = at("2027-10-21", "09:00"), at("2027-10-21", "15:30")

DATES = {
    wording.date: ("21.10.2027", "21.10.2027", "21 October 2027"),
    wording.short_date: ("21.10.", "21.10", "21 Oct"),
    wording.weekday_date: ("torstai 21.10.2027", "torsdag 21.10.2027", "Thursday 21 October 2027"),
    wording.month_abbreviation: ("loka", "okt", "Oct"),
    wording.time: ("klo 9.00", "kl. 9.00", "9:00"),
    wording.bare_time: ("9.00", "9.00", "9:00"),
    wording.date_and_time: ("21.10.2027 klo 9.00", "21.10.2027 kl. 9.00", "21 October 2027 at 9:00"),
}


@pytest.mark.parametrize("form", DATES, ids=lambda form: form.__name__)
def test_a_moment_is_written_in_each_language(form):
    assert tuple(form(MORNING, language) for language in ("fi", "sv", "en")) == DATES[form]


@pytest.mark.parametrize("form", list(DATES)[:4], ids=lambda form: form.__name__)
def test_a_plain_day_is_written_like_a_moment_of_it(form):
    assert tuple(form(date(2027, 10, 21), language) for language in ("fi", "sv", "en")) == DATES[form]


def test_there_are_no_leading_zeros_but_in_the_minutes():
    early = at("2027-03-05", "08:05")
    assert wording.date_and_time(early, "fi") == "5.3.2027 klo 8.05"
    assert wording.date_and_time(early, "en") == "5 March 2027 at 8:05"


def test_the_day_is_the_one_in_helsinki():
    late_evening_in_utc = datetime(2027, 12, 31, 22, 30, tzinfo=UTC)
    assert wording.date_and_time(late_evening_in_utc, "fi") == "1.1.2028 klo 0.30"


def test_all_months_have_a_word_for_the_tile():
    months = [date(2027, month, 1) for month in range(1, 13)]
    assert [wording.month_abbreviation(month, "fi") for month in months] == (
        "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu".split()
    )
    assert [wording.month_abbreviation(month, "sv") for month in months] == (
        "jan feb mars apr maj juni juli aug sep okt nov dec".split()
    )
    assert [wording.month_abbreviation(month, "en") for month in months] == (
        "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec".split()
    )


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (AFTERNOON, ("klo 9.00–15.30", "kl. 9.00–15.30", "9:00–15:30")),
        (at("2027-10-22", "00:00"), ("klo 9.00–24.00", "kl. 9.00–24.00", "9:00–24:00")),
        (at("2027-10-22", "00:30"), ("klo 9.00–0.30", "kl. 9.00–0.30", "9:00–0:30")),
    ],
)
def test_hours_of_a_day_have_an_en_dash_without_spaces(ends, expected):
    assert tuple(wording.time_range(MORNING, ends, language) for language in ("fi", "sv", "en")) == expected


def test_a_column_of_times_does_not_repeat_the_word_for_clock():
    assert wording.bare_time_range(MORNING, AFTERNOON, "fi") == "9.00–15.30"
    assert wording.bare_time_range(MORNING, AFTERNOON, "sv") == "9.00–15.30"
    assert wording.bare_time_range(MORNING, AFTERNOON, "en") == "9:00–15:30"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2020-10-12", "2020-10-12", ("12.10.2020", "12.10.2020", "12 October 2020")),
        ("2020-10-12", "2020-10-13", ("12.–13.10.2020", "12–13.10.2020", "12–13 October 2020")),
        ("2020-09-30", "2020-10-02", ("30.9. – 2.10.2020", "30.9–2.10.2020", "30 September – 2 October 2020")),
        (
            "2026-12-30",
            "2027-01-02",
            ("30.12.2026 – 2.1.2027", "30.12.2026–2.1.2027", "30 December 2026 – 2 January 2027"),
        ),
        (
            "2026-10-12",
            "2027-10-12",
            ("12.10.2026 – 12.10.2027", "12.10.2026–12.10.2027", "12 October 2026 – 12 October 2027"),
        ),
    ],
)
def test_a_range_of_days_says_only_the_differing_parts_twice(first, last, expected):
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert tuple(wording.date_range(*days, language) for language in ("fi", "sv", "en")) == expected


def test_an_event_of_one_day_has_its_weekday_and_its_hours():
    assert wording.when(MORNING, AFTERNOON, "fi") == "torstai 21.10.2027 klo 9.00–15.30"
    assert wording.when(MORNING, AFTERNOON, "sv") == "torsdag 21.10.2027 kl. 9.00–15.30"
    assert wording.when(MORNING, AFTERNOON, "en") == "Thursday 21 October 2027, 9:00–15:30"


def test_an_end_at_midnight_belongs_to_the_day_before():
    assert wording.when(MORNING, at("2027-10-22", "00:00"), "fi") == "torstai 21.10.2027 klo 9.00–24.00"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "perjantai 31.12.2027 klo 22.00 – lauantai 1.1.2028 klo 1.00"),
        ("sv", "fredag 31.12.2027 kl. 22.00 – lördag 1.1.2028 kl. 1.00"),
        ("en", "Friday 31 December 2027, 22:00 – Saturday 1 January 2028, 1:00"),
    ],
)
def test_an_end_on_a_later_day_is_written_in_full(language, expected):
    assert wording.when(at("2027-12-31", "22:00"), at("2028-01-01", "01:00"), language) == expected


def test_days_of_the_clock_change_show_the_wall_clock():
    spring = at("2027-03-28", "02:30"), at("2027-03-28", "04:30")
    autumn = at("2027-10-31", "02:30"), at("2027-10-31", "04:30")
    assert wording.when(*spring, "fi") == "sunnuntai 28.3.2027 klo 2.30–4.30"
    assert wording.when(*autumn, "fi") == "sunnuntai 31.10.2027 klo 2.30–4.30"


def test_the_days_of_an_event_are_one_list():
    two_days = [
        (at("2020-10-12", "09:00"), at("2020-10-12", "15:30")),
        (at("2020-10-13", "09:00"), at("2020-10-13", "12:00")),
    ]
    assert wording.days(two_days, "fi") == ("maanantai 12.10.2020 klo 9.00–15.30 ja tiistai 13.10.2020 klo 9.00–12.00")
    assert wording.days(two_days[:1], "sv") == "måndag 12.10.2020 kl. 9.00–15.30"


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ("", "", "")),
        (["Askola"], ("Askola", "Askola", "Askola")),
        (["Askola", "Pukkila"], ("Askola ja Pukkila", "Askola och Pukkila", "Askola and Pukkila")),
        (
            ["Askola", "Lapinjärvi", "Pukkila"],
            ("Askola, Lapinjärvi ja Pukkila", "Askola, Lapinjärvi och Pukkila", "Askola, Lapinjärvi and Pukkila"),
        ),
    ],
)
def test_a_list_ends_with_and(items, expected):
    assert tuple(wording.list_of(items, language) for language in ("fi", "sv", "en")) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, ("0", "0", "0")),
        (999, ("999", "999", "999")),
        (1234, ("1\u00a0234", "1\u00a0234", "1,234")),
        (1234567, ("1\u00a0234\u00a0567", "1\u00a0234\u00a0567", "1,234,567")),
    ],
)
def test_thousands_are_set_apart(value, expected):
    assert tuple(wording.number(value, language) for language in ("fi", "sv", "en")) == expected


def test_a_list_of_people_begins_with_the_family_name():
    assert wording.list_name("Maria", "Åkerlund") == "Åkerlund, Maria"
    assert wording.list_name("", "Åkerlund") == "Åkerlund"
    assert wording.list_name("Maria", "") == "Maria"


def test_a_short_name_gives_no_more_than_the_initial_of_the_family() -> None:
    assert wording.short_name("Maria", "Åkerlund") == "Maria\xa0Å."
    assert wording.short_name("Maria", "") == "Maria"


def test_names_sort_as_in_a_finnish_and_a_swedish_directory():
    # fmt: off
    in_order = [
        "4H-yhdistys", "Aho", "Aho Virta", "Ahola", "Đorđević", "Dudayev", "Łukasz", "Lumme", "Müller", "Mylläri",
        "Obrien", "Saarinen", "Šaŋka", "von Aho", "von Wright", "Vonka", "Vuori", "Wallin", "Yli-Ojanperä", "Zidan",
        "Åberg", "Åström", "Æbelø", "Ähtäri", "Öberg", "Öst", "Østergaard", "Östman", "Жук",
    ]
    # fmt: on
    shuffled = in_order[::-1]
    assert sorted(shuffled, key=wording.sort_key) == in_order


def test_case_accents_apostrophes_and_the_kind_of_gap_do_not_count():
    assert wording.sort_key("O’Brien") == wording.sort_key("obrien")
    assert wording.sort_key("Aho-Virta") == wording.sort_key(" AHO  VIRTA ") == wording.sort_key("Aho–Virta")
    assert wording.sort_key("Ädel") == wording.sort_key("A\u0308del") != wording.sort_key("Adel")
    assert wording.sort_key("Groß") == wording.sort_key("Gross")


def test_the_whole_family_name_counts_before_the_given_name():
    people = [("Aho", "Ville"), ("Aho-Laine", "Anna"), ("Aho", "Åsa"), ("Ahola", "Aino")]
    in_order = sorted(people, key=lambda person: wording.sort_key(*person))
    assert in_order == [("Aho", "Ville"), ("Aho", "Åsa"), ("Aho-Laine", "Anna"), ("Ahola", "Aino")]


ORDER = " 0123456789abcdefghijklmnopqrstuvwxyzåäö"
words = st.lists(st.text(ORDER[1:], min_size=1), min_size=1).map(" ".join)


@settings(deadline=None)  # a busy machine is not a fault
@given(words, words)
def test_binary_order_of_the_keys_is_the_order_of_the_alphabet(one, other):
    by_alphabet = [ORDER.index(letter) for letter in one] < [ORDER.index(letter) for letter in other]
    assert (wording.sort_key(one) < wording.sort_key(other)) == by_alphabet


@settings(deadline=None)  # a busy machine is not a fault
@given(st.text(), st.text())
def test_a_key_is_of_digits_only_so_that_every_collation_agrees(family, given_name):
    key = wording.sort_key(family, given_name)
    assert key.isascii()
    assert key.isdigit()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("hyvinkaa", "Hyvinkää"),
        ("OSTERGAARD", "Østergaard"),
        ("gross", "Groß"),
        ("aebelo", "Æbelø"),
        ("tel 5", "℡ ⑤"),
        ("o'brien", "O’Brien"),
        ("aho  maria", " Aho Maria"),
        ("maria.ahman@hyvinkaa.example", "Maria.Ahman@Hyvinkaa.example"),
    ],
)
def test_searching_finds_letters_that_the_searcher_did_not_type(typed, stored):
    assert wording.search_key(typed) in wording.search_key(stored)


@settings(deadline=None)  # a busy machine is not a fault
@given(st.text())
def test_folding_a_search_twice_changes_nothing(text):
    assert wording.search_key(wording.search_key(text)) == wording.search_key(text)


def test_the_tile_of_a_day_to_come_has_its_weekday_and_of_a_day_gone_by_its_year() -> None:
    day = date(2026, 12, 8)
    assert wording.date_tile(day, date(2026, 12, 8), "fi") == {"month": "joulu", "day": 8, "below": "tiistai"}
    assert wording.date_tile(day, date(2026, 12, 9), "sv") == {"month": "dec", "day": 8, "below": "2026"}
