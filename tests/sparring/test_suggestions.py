"""Which tutors fit a request: best first, for reasons that can be told."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.sparring.models import WishedMode
from app.sparring.suggestions import Asked, Candidate, ranked

DAY = date(2027, 3, 1)
ASKED = Asked(municipality_code="018", themes=frozenset({1, 2, 3}), language="sv", mode=WishedMode.ON_SITE, days=(DAY,))
FITS = Candidate(profile_id=1, municipality_code="049", themes=frozenset({1, 2}), languages=frozenset({"sv"}))

days = st.integers(0, 20).map(lambda number: DAY + timedelta(days=number))
periods = st.tuples(days, days).map(lambda both: (min(both), max(both)))
sets_of_themes = st.frozensets(st.integers(1, 5))
candidates = st.builds(
    Candidate,
    profile_id=st.integers(1, 1000),
    municipality_code=st.sampled_from(["018", "049", "092"]),
    themes=sets_of_themes,
    languages=st.frozensets(st.sampled_from(["fi", "sv", "en"])),
    modes=st.frozensets(st.sampled_from(["on-site", "online"])),
    takes=st.integers(0, 5),
    taken=st.integers(0, 6),
    away=st.lists(periods, max_size=2).map(tuple),
)
wishes = st.builds(
    Asked,
    municipality_code=st.sampled_from(["018", "049"]),
    themes=sets_of_themes,
    language=st.sampled_from(["fi", "sv", "en"]),
    mode=st.sampled_from(WishedMode),
    days=st.lists(days, max_size=4, unique=True).map(tuple),
)


def test_each_reason_against_a_tutor_puts_them_behind_one_who_fits() -> None:
    against = {
        "own municipality": replace(FITS, municipality_code="018"),
        "another language": replace(FITS, languages=frozenset({"fi"})),
        "another way of meeting": replace(FITS, modes=frozenset({"online"})),
        "full": replace(FITS, taken=4),
        "away": replace(FITS, away=((DAY, DAY),)),
        "fewer themes": replace(FITS, themes=frozenset({1, 9})),
        "more on the plate": replace(FITS, taken=1),
    }
    for reason, candidate in against.items():
        first, second = ranked(ASKED, [replace(candidate, profile_id=0), FITS])
        assert first.candidate is FITS, reason
        assert second.candidate.profile_id == 0


@given(asked=wishes, them=st.lists(candidates, max_size=6, unique_by=lambda one: one.profile_id), data=st.data())
def test_everyone_is_suggested_once_in_an_order_that_does_not_depend_on_who_came_first(
    asked: Asked, them: list[Candidate], data: st.DataObject
) -> None:
    order = [one.candidate for one in ranked(asked, them)]
    assert sorted(one.profile_id for one in order) == sorted(one.profile_id for one in them)
    assert [one.candidate for one in ranked(asked, data.draw(st.permutations(them)))] == order


@given(asked=wishes, them=st.lists(candidates, min_size=1, max_size=6, unique_by=lambda one: one.profile_id))
def test_who_learns_a_wished_theme_never_falls_back(asked: Asked, them: list[Candidate]) -> None:
    one = them[0]
    learned = replace(one, themes=one.themes | asked.themes)
    before = [each.candidate.profile_id for each in ranked(asked, them)].index(one.profile_id)
    after = [each.candidate.profile_id for each in ranked(asked, [learned, *them[1:]])].index(one.profile_id)
    assert after <= before
