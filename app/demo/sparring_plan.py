"""What municipalities of the demo season ask of the tutors: real themes, invented wishes and summaries."""

from dataclasses import dataclass, field

from app.sparring.models import Audience, Method, RequestState, StartingLevel, WishedMode
from app.sparring.round_models import CallStatus

# Themes, by how their Finnish names begin.
LIBRARY, ADULT_EDUCATION, OLDER = "Kirjasto", "Kansalaisopisto", "Ikäihmiset"
ORGANISING, NETWORKS, VOLUNTEERS = "Digituen järjestäminen", "Verkostot", "Vapaaehtoiset"
REMOTE, FINDING, SWEDISH, SECURITY = "Kotiin vietävä", "Löydettävyys", "Ruotsinkielinen", "Tietoturva"
MEASURING, MANAGEMENT = "Mittaaminen", "Resurssit"


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What came of a meeting: the numbers, the talk, what is done next (what, whose)."""

    attended: int
    discussed: str
    ideas: str
    steps: tuple[tuple[str, str], ...]
    story: str = ""
    usefulness: int = 0
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class SparringPlan:
    """One municipality's request; `days` from today to its meeting, `tutors` by their municipality."""

    code: str
    state: RequestState
    themes: tuple[str, ...]
    goal: str
    own_words: str = ""
    language: str = "fi"
    mode: WishedMode = WishedMode.ANY
    size: int = 10
    minutes: int = 90
    level: StartingLevel = StartingLevel.STARTING
    audiences: tuple[Audience, ...] = (Audience.LIBRARY, Audience.CUSTOMER_SERVICE)
    methods: tuple[Method, ...] = (Method.DISCUSSION,)
    asked_days_ago: int = 20
    days: int | None = None
    tutors: tuple[str, ...] = ()
    summary: Summary | None = None
    reason: str = ""
    partners: tuple[str, ...] = field(default=())


PLANS = (
    SparringPlan(
        code="078", state=RequestState.NEW, language="sv", asked_days_ago=1, size=8, mode=WishedMode.ONLINE,
        themes=(SWEDISH, LIBRARY), level=StartingLevel.NONE_YET, methods=(Method.LECTURE, Method.DISCUSSION),
        own_words="Hur hittar man material på svenska?",
        goal="Vi vill komma i gång med digitalt stöd på biblioteket och i kundservicen, på båda språken.",
    ),
    SparringPlan(
        code="504", state=RequestState.NEW, asked_days_ago=6, size=4, themes=(LIBRARY, REMOTE),
        level=StartingLevel.NONE_YET, audiences=(Audience.LIBRARY, Audience.WELLBEING),
        goal="Pieni kunta, yksi kirjasto: mistä aloitamme, kun tekijöitä on kaksi?",
    ),
    SparringPlan(
        code="018", state=RequestState.PREPARING, themes=(LIBRARY, VOLUNTEERS), asked_days_ago=12, size=6,
        goal="Haluamme kuulla, miten muut ovat saaneet vapaaehtoisia kirjaston digitukeen.",
    ),
    SparringPlan(
        code="444", state=RequestState.PREPARING, themes=(ORGANISING, MEASURING, MANAGEMENT), size=15, minutes=120,
        audiences=(Audience.MANAGEMENT, Audience.ICT, Audience.CUSTOMER_SERVICE), level=StartingLevel.ESTABLISHED,
        methods=(Method.WORKSHOP,), mode=WishedMode.ON_SITE, asked_days_ago=25,
        goal="Digitukea annetaan monessa yksikössä. Kuka sitä johtaa, ja miten sitä mitataan?",
    ),
    SparringPlan(
        code="753", state=RequestState.TUTORS_NAMED, themes=(SWEDISH, NETWORKS), language="sv", size=12,
        mode=WishedMode.HYBRID, tutors=("049", "092"), asked_days_ago=14,
        goal="Sibbo vill ordna stödet tillsammans med föreningarna och medborgarinstitutet.",
    ),
    SparringPlan(
        code="543", state=RequestState.TIME_PROPOSED, themes=(ADULT_EDUCATION, OLDER), size=9,
        audiences=(Audience.ADULT_EDUCATION, Audience.ORGANISATIONS), tutors=("106", "091"), asked_days_ago=18,
        goal="Kansalaisopiston kurssit ja avoin digituki tukemaan toisiaan.",
    ),
    SparringPlan(
        code="257", state=RequestState.AGREED, themes=(FINDING, ORGANISING), size=14, tutors=("049", "106"), days=14,
        mode=WishedMode.ONLINE, audiences=(Audience.COMMUNICATION, Audience.CUSTOMER_SERVICE), asked_days_ago=24,
        goal="Asukkaat eivät löydä digitukea. Miten siitä kerrotaan, suomeksi ja ruotsiksi?",
    ),
    SparringPlan(
        code="710", state=RequestState.PROGRAMME_READY, themes=(REMOTE, SWEDISH), language="sv", size=20, minutes=120,
        mode=WishedMode.ON_SITE, tutors=("049", "091"), days=8, methods=(Method.LECTURE, Method.WORKSHOP),
        audiences=(Audience.WELLBEING, Audience.LIBRARY, Audience.ORGANISATIONS), asked_days_ago=30,
        goal="Stöd hem till dem som inte kommer till biblioteket; skärgården och byarna.",
    ),
    SparringPlan(
        code="505", state=RequestState.HELD, themes=(VOLUNTEERS, NETWORKS), size=11, tutors=("106", "092"), days=-3,
        asked_days_ago=38, goal="Järjestöt mukaan: kuka sopii, kuka kouluttaa, kuka kiittää?",
    ),
    SparringPlan(
        code="638", state=RequestState.SUMMED_UP, themes=(LIBRARY, SWEDISH), size=16, tutors=("049", "091"), days=-12,
        mode=WishedMode.ON_SITE, minutes=120, asked_days_ago=45, methods=(Method.WORKSHOP, Method.DISCUSSION),
        goal="Kaksikielinen digituki kirjastossa, ja selkeä työnjako palvelupisteen kanssa.",
        summary=Summary(
            attended=14,
            discussed="Käytiin läpi, kuka Porvoossa auttaa missäkin asiassa. Kirjaston ja palvelupisteen välillä"
            " asiakas lähetetään usein edestakaisin, koska työnjakoa ei ole kirjoitettu auki.",
            ideas="Yhteinen kaksikielinen kortti: tässä autamme, tähän emme saa auttaa. Ruotsinkielinen digitukitunti"
            " joka toinen viikko yhdessä medborgarinstitutetin kanssa.",
            steps=(("Kirjoitetaan työnjako yhdelle sivulle", "Palvelupiste"),
                   ("Kokeillaan ruotsinkielistä digitukituntia", "Kirjasto")),
            story="Porvoossa yksi sivu selvensi, kuka auttaa ja missä.",
        ),
    ),
    SparringPlan(
        code="224", state=RequestState.SUMMED_UP, themes=(LIBRARY, MANAGEMENT), size=9, tutors=("106", "092"), days=-19,
        asked_days_ago=46, level=StartingLevel.NONE_YET, mode=WishedMode.ONLINE,
        goal="Karkkilassa digitukea ei vielä ole nimellä. Mitä jo teemme, ja mitä puuttuu?",
        summary=Summary(
            attended=9,
            discussed="Kirjattiin, missä kaikkialla Karkkilassa jo autetaan digiasioissa: kirjastossa, terveysasemalla,"
            " nuorisotiloissa ja yhdistyksissä.",
            ideas="Digituki sai nimen ja yhteyshenkilön. Hyvinkään kanssa sovittiin tutustumiskäynnistä.",
            steps=(("Nimetään digituen yhteyshenkilö", "Hyvinvointipalvelut"),
                   ("Tutustumiskäynti Hyvinkäälle", "Kirjasto")),
            usefulness=5,
            comment="Huomasimme, että teemme jo paljon.",
        ),
    ),
    SparringPlan(
        code="611", state=RequestState.CLOSED, themes=(LIBRARY, OLDER), size=7, tutors=("106", "049"), days=-27,
        asked_days_ago=55, mode=WishedMode.ONLINE, level=StartingLevel.NONE_YET,
        goal="Miten pienen kunnan kirjasto järjestää digituen ikäihmisille?",
        summary=Summary(
            attended=7,
            discussed="Puhuttiin ajanvarauksesta, työntekijän ajasta ja siitä, missä asioissa saa auttaa."
            " Tutorit kertoivat, miten Hyvinkäällä ja Espoossa aloitettiin.",
            ideas="Digitukitunti kerran viikossa samaan aikaan kuin lehtisali on täynnä. Vertaisohjaaja eläkeläisistä.",
            steps=(("Aloitetaan viikoittainen digitukitunti", "Kirjasto"),
                   ("Kysytään vertaisohjaajaa eläkeläisyhdistyksestä", "Hyvinvointikoordinaattori")),
            story="Pornaisissa digitukitunti alkoi siitä hetkestä, jolloin ihmiset olivat jo paikalla.",
            usefulness=5,
            comment="Saimme luvan aloittaa pienestä.",
        ),
    ),
    SparringPlan(
        code="858", state=RequestState.CLOSED, themes=(NETWORKS, ORGANISING, VOLUNTEERS), size=13, days=-33,
        tutors=("091", "092"), asked_days_ago=60, mode=WishedMode.HYBRID, minutes=120, methods=(Method.WORKSHOP,),
        level=StartingLevel.ESTABLISHED, audiences=(Audience.CUSTOMER_SERVICE, Audience.ICT, Audience.ORGANISATIONS),
        goal="Verkosto on olemassa, mutta kokoukset ovat hiipuneet. Miten siihen saa taas eloa?",
        summary=Summary(
            attended=12,
            discussed="Verkoston tehtävä oli jäänyt epäselväksi. Piirrettiin yhdessä, mitä kukin siltä tarvitsee.",
            ideas="Neljä lyhyttä tapaamista vuodessa, aina yhden osallistujan luona ja yhdestä aiheesta.",
            steps=(("Sovitaan vuoden neljä tapaamista", "Asiakaspalvelu"),),
            story="Tuusulassa verkosto heräsi, kun tapaamiset lyhenivät.",
            usefulness=4,
            comment="Ulkopuolinen kysyi oikeat kysymykset.",
        ),
    ),
    SparringPlan(
        code="927", state=RequestState.POSTPONED, themes=(SECURITY,), asked_days_ago=35, tutors=(),
        goal="Pankkitunnukset, puolesta asiointi ja vaitiolo: mitä ohjaaja saa tehdä?",
        reason="Kirjasto muuttaa uusiin tiloihin. Palataan asiaan keväällä.",
    ),
    SparringPlan(
        code="755", state=RequestState.CALLED_OFF, themes=(FINDING,), asked_days_ago=33, language="sv",
        goal="Hur syns det digitala stödet på kommunens webbplats?",
        reason="Kommunen deltar i Kyrkslätts sparring i stället.",
    ),
)  # fmt: skip

# The calls that have not become a request: the state, the caller's note, and in how many days to call again.
CALLS: dict[str, tuple[CallStatus, str, int | None]] = {
    "049": (CallStatus.NOT_NOW, "Tutorkunta, antaa itse sparrausta.", None),
    "091": (CallStatus.NOT_NOW, "Tutorkunta, antaa itse sparrausta.", None),
    "092": (CallStatus.NOT_NOW, "Tutorkunta, antaa itse sparrausta.", None),
    "106": (CallStatus.NOT_NOW, "Tutorkunta, antaa itse sparrausta.", None),
    "149": (CallStatus.INTERESTED, "Kiinnosti yhteinen tapaaminen Raaseporin kanssa. Lähetetty linkki.", None),
    "186": (CallStatus.CALL_AGAIN, "Yhteyshenkilö lomalla.", 0),
    "245": (CallStatus.INTERESTED, "Kysyy ensin kirjastolta ja kansalaisopistolta.", None),
    "235": (CallStatus.NOT_REACHED, "Ei vastannut kahdesti.", None),
    "407": (CallStatus.CALL_AGAIN, "Pyysi soittamaan, kun budjetti on hyväksytty.", 9),
    "434": (CallStatus.NOT_REACHED, "", None),
}
