"""The webinars of 2020 and 2021, as far as they are known: hosts, days, titles and themes are real, hours are not."""

from datetime import date, time

from app.demo.plan import Day, Item, Plan
from app.events.models import ItemForm, Kind
from app.translated import Translated

CONTACT = ("Hanketiimi", "digituki@kuntailmo.example")
FOR_MUNICIPALITIES = Translated(
    fi="Kuntien digituen kehittäjille ja kaikille, jotka auttavat asukkaita digiasioissa.",
    sv="För kommunernas utvecklare av digitalt stöd och för alla som hjälper invånare i digitala ärenden.",
    en="For those who develop digital support in municipalities, and for all who help residents with it.",
)
_INVENTED = Translated(
    fi="Esittelyaineistoa: päivä, järjestäjä ja aihe ovat todelliset, kellonajat ja ilmoittautumiset keksittyjä.",
    sv="Demonstrationsmaterial: dagen, arrangören och ämnet är verkliga, klockslagen och anmälningarna påhittade.",
    en="Demonstration data: the day, the host and the theme are real, the hours and the registrations are invented.",
)


def _told(fi: str, sv: str, en: str) -> Translated:
    return Translated(*(f"{text}\n\n*{_INVENTED[code]}*" for code, text in (("fi", fi), ("sv", sv), ("en", en))))


JARVENPAA = Plan(
    slug="digitukifoorumi-jarvenpaa-2020",
    kind=Kind.WEBINAR,
    title=Translated(
        fi="Digitukifoorumi: kansalaisopisto digituen tekijänä",
        sv="Forum för digitalt stöd: medborgarinstitutet som stödgivare",
        en="Digital support forum: the adult education centre’s part",
    ),
    summary=Translated(
        fi="Järvenpään digitukifoorumi siirtyi verkkoon. Iltapäivän aiheena olivat kansalaisopistojen hyvät käytännöt.",
        sv="Träskändas forum för digitalt stöd flyttade ut på nätet. Eftermiddagens tema var god praxis i"
        " medborgarinstituten.",
        en="Järvenpää’s forum moved online. The afternoon was about good practice in adult education centres.",
    ),
    description=_told(
        "Foorumi oli tarkoitus pitää paikan päällä, mutta keväällä 2020 koko webinaarisarja siirrettiin verkkoon."
        " Mukaan tuli väkeä viidestätoista kunnasta.",
        "Forumet skulle hållas på plats, men våren 2020 flyttades hela serien ut på nätet. Deltagarna kom från femton"
        " kommuner.",
        "The forum was to be held on site, but in spring 2020 the whole series moved online. People came from fifteen"
        " municipalities.",
    ),
    audience=FOR_MUNICIPALITIES,
    days=(Day(time(13), time(15, 30), on=date(2020, 5, 19)),),
    hosts=("186",),
    contact=CONTACT,
)
VANTAA = Plan(
    slug="kunnan-digituki-kuntoon-yhteistyolla-2020",
    kind=Kind.WEBINAR,
    title=Translated(
        fi="Kunnan digituki kuntoon yhteistyöllä",
        sv="Kommunens digitala stöd i skick genom samarbete",
        en="Municipal digital support, put in order together",
    ),
    summary=Translated(
        fi="Vantaan webinaarissa kysyttiin, mitä kunta voi tehdä itse ja mitä kumppaneiden kanssa.",
        sv="På Vandas webbinarium frågade vi vad kommunen kan göra själv och vad den gör med sina partner.",
        en="Vantaa’s webinar asked what a municipality can do by itself and what it does with partners.",
    ),
    description=_told(
        "Vantaa kertoi, miten kirjasto, asiakaspalvelu ja järjestöt jakavat digituen työn.",
        "Vanda berättade hur biblioteket, kundservicen och föreningarna delar på arbetet med digitalt stöd.",
        "Vantaa told how the library, customer service and associations share the work of digital support.",
    ),
    audience=FOR_MUNICIPALITIES,
    days=(Day(time(13), time(15), on=date(2020, 6, 10)),),
    hosts=("092",),
    contact=CONTACT,
)
HELSINKI = Plan(
    slug="digituki-kuntien-toiminnassa-helsinki-2020",
    kind=Kind.WEBINAR,
    title=Translated(
        fi="Digituki kuntien toiminnassa – Miten Helsingin kaupunki toteuttaa digitukea?",
        sv="Digitalt stöd i kommunerna – Hur ordnar Helsingfors stad digitalt stöd?",
        en="Digital support in municipalities – How does the City of Helsinki do it?",
    ),
    summary=Translated(
        fi="Helsinki avasi, miten suuri kaupunki järjestää digituen. Mukana oli väkeä muistakin maakunnista.",
        sv="Helsingfors berättade hur en stor stad ordnar digitalt stöd. Deltagare kom också från andra landskap.",
        en="Helsinki showed how a large city arranges digital support. People from other regions came too.",
    ),
    description=_told(
        "Iltapäivän aikana kuultiin, ketkä Helsingissä antavat digitukea, miten työ sovitetaan yhteen ja mistä"
        " tiedetään, onko tukea tarpeeksi.",
        "Under eftermiddagen fick vi höra vilka som ger digitalt stöd i Helsingfors, hur arbetet samordnas och hur"
        " man vet om stödet räcker till.",
        "The afternoon told who gives digital support in Helsinki, how the work is coordinated, and how one knows"
        " whether there is enough of it.",
    ),
    audience=FOR_MUNICIPALITIES,
    days=(Day(time(13), time(15, 30), on=date(2020, 8, 18)),),
    hosts=("091",),
    contact=CONTACT,
)
AUTUMN = Plan(
    slug="uudi-syyswebinaari-2020",
    kind=Kind.NETWORK_MEETING,
    title=Translated(
        fi="UuDi-verkoston syyswebinaari", sv="UuDi-nätverkets höstwebbinarium", en="The UuDi network’s autumn webinar"
    ),
    summary=Translated(
        fi="Kaksi päivää: ensimmäinen verkoston jäsenille, toinen kaikille digituesta kiinnostuneille.",
        sv="Två dagar: den första för nätverkets medlemmar, den andra för alla som är intresserade av digitalt stöd.",
        en="Two days: the first for members of the network, the second open to everyone.",
    ),
    description=_told(
        "Ensimmäinen päivä oli verkoston jäsenten työpäivä, toinen kaikille avoin. Vuoden 2020 neljä webinaaria"
        " järjestivät Järvenpää, Vantaa, Helsinki ja Espoo. Espoon webinaarista tiedetään vain järjestäjä ja vuosi,"
        " joten sillä ei ole tässä omaa sivua.",
        "Den första dagen var en arbetsdag för nätverkets medlemmar, den andra öppen för alla. Vårens och höstens"
        " fyra webbinarier 2020 ordnades av Träskända, Vanda, Helsingfors och Esbo. Om Esbos webbinarium är bara"
        " arrangören och året kända, så det har ingen egen sida här.",
        "The first day was for members of the network, the second open to all. The four webinars of 2020 were held by"
        " Järvenpää, Vantaa, Helsinki and Espoo. Of Espoo’s only the host and the year are known, so it has no page"
        " of its own here.",
    ),
    audience=FOR_MUNICIPALITIES,
    days=(Day(time(12), time(15, 30), on=date(2020, 10, 12)), Day(time(9), time(12), on=date(2020, 10, 13))),
    contact=CONTACT,
)
CLOSING = Plan(
    slug="kuntien-digituki-webinaari-2021",
    kind=Kind.WEBINAR,
    title=Translated(
        fi="Kuntien digituki -webinaari", sv="Webbinarium om kommunernas digitala stöd", en="Digital support webinar"
    ),
    summary=Translated(
        fi="Vuoden päätös: mitä sparrauskunnat oppivat, ja tutorkuntien paneeli.",
        sv="Årets avslutning: vad sparringskommunerna lärde sig, och en panel med tutorkommunerna.",
        en="The year’s end: what the sparring municipalities learned, and a panel of the tutor municipalities.",
    ),
    description=_told(
        "Pornainen, Tuusula, Karkkila ja Porvoo kertoivat, mitä digitukisparraus toi niille. Lopuksi keskustelivat"
        " tutorkunnat Espoo, Helsinki, Hyvinkää ja Vantaa.",
        "Borgnäs, Tusby, Högfors och Borgå berättade vad sparringen i digitalt stöd gav dem. Till sist diskuterade"
        " tutorkommunerna Esbo, Helsingfors, Hyvinge och Vanda.",
        "Pornainen, Tuusula, Karkkila and Porvoo told what digital support sparring gave them. At the end the tutor"
        " municipalities Espoo, Helsinki, Hyvinkää and Vantaa talked.",
    ),
    audience=FOR_MUNICIPALITIES,
    days=(
        Day(
            time(12, 30),
            time(15, 30),
            (
                Item(
                    time(12, 30),
                    time(14),
                    Translated(
                        fi="Sparrauskuntien kokemuksia",
                        sv="Erfarenheter från sparringskommunerna",
                        en="What the sparring municipalities found",
                    ),
                    speakers="Pornainen, Tuusula, Karkkila, Porvoo",
                ),
                Item(time(14), time(14, 15), Translated(fi="Tauko", sv="Paus", en="Break"), ItemForm.BREAK),
                Item(
                    time(14, 15),
                    time(15, 30),
                    Translated(fi="Tutorkuntien paneeli", sv="Tutorkommunernas panel", en="Panel of the tutors"),
                    ItemForm.DISCUSSION,
                    "Espoo, Helsinki, Hyvinkää, Vantaa",
                ),
            ),
            on=date(2021, 10, 6),
        ),
    ),
    contact=CONTACT,
)

PAST = (JARVENPAA, VANTAA, HELSINKI, AUTUMN, CLOSING)
