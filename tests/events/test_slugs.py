"""The short name in an event's address."""

import pytest

from app.events.slugs import LONGEST, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Sähköä & öljyä 2027", "sahkoa-oljya-2027"),
        ("  Åländska möten – på svenska! ", "alandska-moten-pa-svenska"),
        ("Kuntatutoreiden syysseminaari", "kuntatutoreiden-syysseminaari"),
        ("šaamelaisten digituki", "saamelaisten-digituki"),
        ("???", "tapahtuma"),
        ("Дигитуки", "tapahtuma"),
    ],
)
def test_a_title_becomes_plain_letters_and_hyphens(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_long_title_ends_at_a_whole_word() -> None:
    slug = slug_of("digituki " * 20)
    assert len(slug) <= LONGEST
    assert slug.endswith("digituki")
    assert len(slug_of("a" * 200)) == LONGEST
