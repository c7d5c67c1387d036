import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.translated import Text, Translated, TranslatedText


class _Base(DeclarativeBase):
    pass


class Note(_Base):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[Translated] = mapped_column(TranslatedText, default=Translated())
    hint: Mapped[Translated | None] = mapped_column(TranslatedText)


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    _Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.mark.parametrize(
    ("title", "asked", "shown"),
    [
        (Translated(fi="Seminaari", sv="Seminarium"), "sv", Text("Seminarium", "sv")),
        (Translated(fi="Seminaari", sv="Seminarium"), "en", Text("Seminaari", "fi", is_fallback=True)),
        (Translated(sv="Seminarium", en="Seminar"), "fi", Text("Seminarium", "sv", is_fallback=True)),
        (Translated(en="Seminar"), "sv", Text("Seminar", "en", is_fallback=True)),
        (Translated(fi="Seminaari", sv=" \n"), "sv", Text("Seminaari", "fi", is_fallback=True)),
        (Translated(), "sv", Text("", "sv")),
    ],
)
def test_a_page_gets_the_language_asked_for_or_is_told_which_one_instead(title, asked, shown):
    assert title.into(asked) == shown


def test_a_text_prints_as_itself():
    assert f"{Translated(fi='Seminaari').into('fi')}" == "Seminaari"


def test_a_text_is_false_when_nothing_is_written():
    assert not Translated()
    assert not Translated(sv="  ")
    assert not Translated().into("fi")
    assert Translated(en="Seminar")
    assert Translated(en="Seminar").into("fi")


def test_the_missing_languages_are_named():
    assert Translated(fi="Seminaari", en="\t").missing() == ["sv", "en"]
    assert Translated().missing() == ["fi", "sv", "en"]


def test_a_language_that_is_not_spoken_is_an_error():
    with pytest.raises(KeyError):
        Translated(fi="Seminaari")["de"]
    with pytest.raises(KeyError):
        Translated(fi="Seminaari").into("de")


def test_a_text_comes_back_from_the_database_as_it_was(session):
    written = Translated(fi='Ääniä & "lainauksia"\nrivi', sv="Åländsk")
    session.add(Note(title=written, hint=None))
    session.commit()
    note = session.get_one(Note, 1)
    assert note.title == written
    assert note.hint is None


def test_an_unwritten_text_is_empty_and_not_nothing(session):
    session.add(Note())
    session.commit()
    assert session.get_one(Note, 1).title == Translated()


def test_the_database_holds_letters_that_can_be_searched(session):
    session.add(Note(title=Translated(fi="Hyvinkää")))
    session.commit()
    assert session.scalar(text("SELECT title FROM note")) == '{"fi":"Hyvinkää"}'


def test_a_new_text_is_saved_and_an_old_one_cannot_be_changed_in_place(session):
    session.add(Note(title=Translated(fi="Vanha")))
    session.commit()
    note = session.get_one(Note, 1)
    with pytest.raises(AttributeError):
        note.title.fi = "Uusi"
    note.title = Translated(fi="Vanha")
    assert not session.is_modified(note)
    note.title = Translated(fi="Uusi")
    session.commit()
    assert session.get_one(Note, 1).title.fi == "Uusi"


def test_a_text_can_be_looked_for_by_value(session):
    session.add_all([Note(title=Translated(fi="Yksi")), Note(title=Translated(fi="Kaksi"))])
    session.commit()
    found = session.query(Note).filter(Note.title == Translated(fi="Kaksi")).one()
    assert found.title.fi == "Kaksi"
