"""Invented people: names as they are in Uusimaa, addresses under example domains, the same ones every time."""

from dataclasses import dataclass, replace
from random import Random

from app.people.models import Municipality
from app.wording import search_key

OFTEN_SWEDISH = {"078", "149", "235", "257", "407", "434", "638", "710", "753", "755"}

_FINNISH_GIVEN = (
    "Aino Anna-Liisa Anne Antti Arja Eeva Elina Hanna Heidi Heli Henri Ilkka Jaana Janne Jari Johanna Juha Kaisa Kari"
    " Katja Kirsi Laura Leena Liisa Marja Marko Mervi Mika Minna Nina Noora Outi Pasi Petri Pirjo Päivi Riikka Ritva"
    " Saara Salla Sami Sanna Satu Sirpa Susanna Tarja Tiina Timo Tuula Ulla Veera Ville"
).split()
_FINNISH_FAMILY = (
    "Aalto Ahonen Aho-Laine Hakala Halonen Heikkinen Hiltunen Hämäläinen Jokinen Järvinen Kallio Karjalainen Kemppainen"
    " Kinnunen Koivisto Korhonen Koskinen Laaksonen Laine Lahtinen Lehtonen Leppänen Mattila Mäkelä Mäkinen Niemi"
    " Nieminen Nurmi Ojala Pitkänen Rantanen Räsänen Saarinen Salonen Savolainen Toivonen Tuominen Turunen Virtanen"
    " Väisänen Ylönen"
).split()
_SWEDISH_GIVEN = (
    "Annika Anders Benita Björn Camilla Carina Christer Eva Fredrik Gun-Britt Gunilla Håkan Ingmar Johan Kaj Lena Maria"
    " Mikael Monica Nina Pia Sofia Susann Tommy Ulrika Åsa"
).split()
_SWEDISH_FAMILY = (
    "Ahlfors Andersson Backman Bergström Blomqvist Ekholm Eriksson Forsman Grönlund Holmberg Johansson Karlsson"
    " Lindqvist Lindström Lundberg Nyberg Nyman Sandström Sjöberg Söderholm Wahlroos Wikström Åkerlund Öhman Österberg"
).split()
_ROLES = {
    "fi": (
        "informaatikko palveluesimies hyvinvointikoordinaattori kirjastovirkailija digineuvoja kehittämispäällikkö"
        " suunnittelija palveluneuvoja kirjastonjohtaja rehtori erityissuunnittelija viestintäsuunnittelija"
    ).split(),
    "sv": (
        "bibliotekarie informatiker servicechef välfärdskoordinator planerare servicerådgivare biblioteksdirektör"
        " kommunikatör digirådgivare utvecklingschef"
    ).split(),
}
_WITHOUT_ROLE = 0.15


@dataclass(frozen=True)
class Person:
    given: str
    family: str
    email: str
    role: str
    language: str
    municipality: Municipality | None = None
    organisation: str = ""


def domain(municipality: Municipality) -> str:
    """The mail domain of a municipality in the demo season: hyvinkaa.example."""
    return f"{search_key(municipality.name_fi)}.example"


def invent(randomly: Random, municipality: Municipality, language: str | None = None) -> Person:
    """Someone who works for a municipality; `language` when it must be so."""
    share = 0.7 if municipality.code in OFTEN_SWEDISH else 0.06
    language = language or ("sv" if randomly.random() < share else "fi")
    given = randomly.choice(_SWEDISH_GIVEN if language == "sv" else _FINNISH_GIVEN)
    family = randomly.choice(_SWEDISH_FAMILY if language == "sv" else _FINNISH_FAMILY)
    return Person(
        given=given,
        family=family,
        email=f"{search_key(given)}.{search_key(family)}@{domain(municipality)}",
        role="" if randomly.random() < _WITHOUT_ROLE else randomly.choice(_ROLES[language]),
        language=language,
        municipality=municipality,
    )


def elsewhere(person: Person, organisation: str) -> Person:
    """The same person as an employee of another organisation."""
    address = f"{person.email.partition('@')[0]}@{search_key(organisation).split()[0]}.example"
    return replace(person, municipality=None, organisation=organisation, email=address)
