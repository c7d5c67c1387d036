"""Questions that many events ask, worded with care once. What an organiser adds is a question like any other."""

from app.events.models import Mode
from app.questions.editing import Given, GivenOption
from app.questions.models import QuestionKind
from app.questions.queries import Asked
from app.translated import Translated

_DIETS = (
    Translated(fi="Kasvis", sv="Vegetarisk", en="Vegetarian"),
    Translated(fi="Vegaaninen", sv="Vegansk", en="Vegan"),
    Translated(fi="Gluteeniton", sv="Glutenfri", en="Gluten-free"),
    Translated(fi="Laktoositon", sv="Laktosfri", en="Lactose-free"),
    Translated(fi="Maidoton", sv="Mjölkfri", en="Milk-free"),
)

READY_MADE: dict[str, Given] = {
    "special-diet": Given(
        kind=QuestionKind.SEVERAL,
        label=Translated(fi="Erityisruokavalio", sv="Specialkost", en="Special diet"),
        help=Translated(
            fi="Valitse ne, jotka koskevat sinua. Jätä tyhjäksi, jos sinulla ei ole erityisruokavaliota.",
            sv="Välj det som gäller dig. Lämna tomt om du inte har någon specialkost.",
            en="Choose what applies to you. Leave this empty if you have no special diet.",
        ),
        mode=Mode.ON_SITE,
        sensitive=True,
        options=tuple(GivenOption(label=diet) for diet in _DIETS),
    ),
    "food-allergies": Given(
        kind=QuestionKind.TEXT,
        label=Translated(
            fi="Ruoka-allergiat tai muu ruokavalio",
            sv="Matallergier eller annan kost",
            en="Food allergies or other diet",
        ),
        help=Translated(
            fi="Esimerkiksi: pähkinäallergia. Kerro vain se, mikä keittiön tarvitsee tietää.",
            sv="Till exempel: nötallergi. Berätta bara det som köket behöver veta.",
            en="For example: nut allergy. Tell only what the kitchen needs to know.",
        ),
        mode=Mode.ON_SITE,
        sensitive=True,
    ),
    "access-needs": Given(
        kind=QuestionKind.LONG_TEXT,
        label=Translated(
            fi="Mitä tarvitset, jotta voit osallistua?",
            sv="Vad behöver du för att kunna delta?",
            en="What do you need in order to take part?",
        ),
        help=Translated(
            fi="Esimerkiksi esteetön paikka, induktiosilmukka, tulkkaus tai tekstitys. Diagnoosia ei tarvitse kertoa.",
            sv="Till exempel tillgänglig plats, hörslinga, tolkning eller textning. Du behöver inte nämna en diagnos.",
            en="For example step-free access, an induction loop, interpreting or captions. No diagnosis is needed.",
        ),
        sensitive=True,
    ),
    "photo": Given(
        kind=QuestionKind.YES_NO,
        label=Translated(
            fi="Saako sinua kuvata tapahtumassa?",
            sv="Får du fotograferas under evenemanget?",
            en="May you be photographed at the event?",
        ),
        help=Translated(
            fi="Kuvia käytetään järjestäjän verkkosivuilla ja sosiaalisessa mediassa. Voit osallistua, vastasitpa "
            "kyllä tai ei, ja voit muuttaa mielesi.",
            sv="Bilderna används på arrangörens webbplats och i sociala medier. Du kan delta oavsett vad du svarar, "
            "och du kan ändra dig.",
            en="The pictures are used on the organiser’s website and in social media. You can take part whatever you "
            "answer, and you can change your mind.",
        ),
        mode=Mode.ON_SITE,
        required=True,
    ),
}

_FOR_WHAT = {
    "special-diet": Translated(fi="tarjoilua varten", sv="för serveringen", en="to arrange the food"),
    "food-allergies": Translated(fi="tarjoilua varten", sv="för serveringen", en="to arrange the food"),
    "access-needs": Translated(
        fi="esteettömän osallistumisen järjestämiseksi",
        sv="för att ordna ett tillgängligt deltagande",
        en="to arrange accessible participation",
    ),
}
_FOR_THE_EVENT = Translated(fi="tapahtuman järjestämiseksi", sv="för att ordna evenemanget", en="to arrange the event")


def consent_to(asked: Asked) -> Translated:
    """What a person agrees to by answering a sensitive question, in the words that are kept with the consent."""
    return _consent(_FOR_WHAT.get(asked.ready_made, _FOR_THE_EVENT))


def consents() -> list[Translated]:
    """The words of every consent that a sensitive question can ask for."""
    return [_consent(purpose) for purpose in (*_FOR_WHAT.values(), _FOR_THE_EVENT)]


def _consent(purpose: Translated) -> Translated:
    return Translated(
        fi=f"Suostun siihen, että vastaustani käytetään {purpose.fi}. Se tallennetaan salattuna, sen näkevät vain "
        "nimetyt järjestäjät, ja se poistetaan 14 päivää tapahtuman jälkeen. Voin perua suostumukseni milloin tahansa.",
        sv=f"Jag samtycker till att mitt svar används {purpose.sv}. Det lagras krypterat, endast namngivna arrangörer "
        "ser det, och det raderas 14 dagar efter evenemanget. Jag kan ta tillbaka mitt samtycke när som helst.",
        en=f"I agree that my answer is used {purpose.en}. It is stored encrypted, only named organisers see it, and "
        "it is deleted 14 days after the event. I can withdraw my consent at any time.",
    )
