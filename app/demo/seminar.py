"""The event that everything is shown with: a seminar day in Hyvinkää, on site and online."""

from datetime import time

from app.demo.plan import Day, Item, Plan, Venue
from app.events.models import Attendance, ItemForm, Kind
from app.translated import Translated

HYVINKAA = "106"
_LUNCH = Translated(fi="Lounas (omakustanteinen)", sv="Lunch (på egen bekostnad)", en="Lunch (at one’s own cost)")

SEMINAR_DAY = Day(
    time(9),
    time(15, 30),
    (
        Item(
            time(9),
            time(9, 15),
            Translated(fi="Avaus", sv="Öppning", en="Opening"),
            speakers="Uudenmaan liitto, Nylands förbund",
            room="Auditorio",
        ),
        Item(
            time(9, 15),
            time(10, 15),
            Translated(
                fi="Miten kunta järjestää digituen?",
                sv="Hur ordnar kommunen digitalt stöd?",
                en="How does a municipality arrange digital support?",
            ),
            speakers="Kuntatutorit: Espoo, Helsinki, Vantaa, Hyvinkää",
            room="Auditorio",
        ),
        Item(time(10, 15), time(10, 30), Translated(fi="Kahvi", sv="Kaffe", en="Coffee"), ItemForm.BREAK),
        Item(
            time(10, 30),
            time(12),
            Translated(
                fi="Työpaja A: kirjasto digituen kotina",
                sv="Verkstad A: biblioteket som hem för digitalt stöd",
                en="Workshop A: the library as the home of digital support",
            ),
            ItemForm.WORKSHOP,
            "Hyvinkää",
            "Huone 2",
            sign_up=True,
            places=30,
        ),
        Item(
            time(10, 30),
            time(12),
            Translated(
                fi="Työpaja B: digituki kotiin vietynä",
                sv="Verkstad B: digitalt stöd i hemmet",
                en="Workshop B: digital support taken home",
            ),
            ItemForm.WORKSHOP,
            "Vantaa",
            "Huone 3",
            sign_up=True,
            places=30,
        ),
        Item(time(12), time(13), _LUNCH, ItemForm.BREAK),
        Item(
            time(13),
            time(14, 45),
            Translated(
                fi="Kuntien yhteistyökokeilut: mitä kokeillaan keväällä?",
                sv="Kommunernas samarbetsförsök: vad prövar vi i vår?",
                en="Trying things together: what shall we try in spring?",
            ),
            ItemForm.DISCUSSION,
            "Pienryhmät maakunnan eri osista",
            "Auditorio",
        ),
        Item(
            time(14, 45),
            time(15, 30),
            Translated(
                fi="Päivän anti ja seuraavat askeleet",
                sv="Dagens behållning och de nästa stegen",
                en="What we take home, and what comes next",
            ),
            speakers="Kuntatutorit",
            room="Auditorio",
        ),
    ),
)

SEMINAR = Plan(
    slug="kuntatutoreiden-syysseminaari",
    kind=Kind.SEMINAR,
    attendance=Attendance.HYBRID,
    title=Translated(
        fi="Kuntatutoreiden syysseminaari",
        sv="Kommuntutorernas höstseminarium",
        en="The municipal tutors’ autumn seminar",
    ),
    summary=Translated(
        fi="Digituki osaksi arkea: tutorkuntien opit, kaksi työpajaa ja aikaa tavata naapurikunnan väkeä.",
        sv="Digitalt stöd blir vardag: tutorkommunernas lärdomar, två verkstäder och tid att träffa grannkommunens"
        " folk.",
        en="Digital support as everyday work: what the tutors have learned, two workshops, and time to meet"
        " neighbours.",
    ),
    description=Translated(
        fi="Miten digituki pysyy pystyssä, kun hanke päättyy? Seminaarissa tutorkunnat kertovat, mikä heillä on"
        " toiminut ja mikä ei. Työpajoissa mietitään kirjaston osaa ja sitä, miten tuki viedään kotiin niille, jotka"
        " eivät pääse palvelupisteelle.\n\n"
        "Iltapäivällä sovitaan kevään yhteisistä kokeiluista. Etänä voit seurata auditorion ohjelmaa ja osallistua"
        " keskusteluun; työpajat pidetään vain paikan päällä.\n\n"
        "Ota mukaan yksi asia, jonka haluaisit kuntanne digituessa muuttaa.",
        sv="Hur hålls det digitala stödet i gång när projektet tar slut? På seminariet berättar tutorkommunerna vad"
        " som har fungerat hos dem och vad som inte har gjort det. I verkstäderna funderar vi på bibliotekets roll"
        " och på hur stödet når hem till dem som inte kan ta sig till ett serviceställe.\n\n"
        "På eftermiddagen kommer vi överens om vårens gemensamma försök. På distans kan du följa programmet i"
        " auditoriet och delta i diskussionen; verkstäderna hålls bara på plats.\n\n"
        "Ta med dig en sak som du skulle vilja ändra i er kommuns digitala stöd.",
        en="How does digital support stay on its feet when the project ends? The tutor municipalities tell what has"
        " worked for them and what has not. The workshops look at the library’s part, and at taking support home to"
        " those who cannot come to a service point.\n\n"
        "In the afternoon we agree on what to try together in spring. Online you can follow the auditorium and join"
        " the discussion; the workshops are on site only. The day is held in Finnish.",
    ),
    audience=Translated(
        fi="Uudenmaan kuntien työntekijöille: kirjastoon, kansalaisopistoon, asiakaspalveluun, hyvinvointiin,"
        " viestintään ja tietohallintoon. Muutkin ovat tervetulleita.",
        sv="För anställda i Nylands kommuner: bibliotek, medborgarinstitut, kundservice, välfärd, kommunikation och"
        " dataförvaltning. Andra är också välkomna.",
        en="For people who work in the region’s municipalities: libraries, adult education, customer service,"
        " wellbeing, communication and ICT. Others are welcome too.",
    ),
    days=(SEMINAR_DAY,),
    hosts=(HYVINKAA,),
    venue=Venue(
        name=Translated(fi="Hyvinkään pääkirjasto", sv="Hyvinge huvudbibliotek", en="Hyvinkää Main Library"),
        address="Torikatu 5, 05800 Hyvinkää",
        directions=Translated(
            fi="Kirjasto on keskustassa, kävelymatkan päässä rautatieasemalta. Suosittelemme junaa.",
            sv="Biblioteket ligger i centrum på gångavstånd från järnvägsstationen. Vi rekommenderar tåget.",
            en="The library is in the centre, within walking distance of the railway station. Do take the train.",
        ),
        accessibility=Translated(
            fi="Kerro tarpeistasi yhteyshenkilölle, niin varmistamme tilat etukäteen.",
            sv="Berätta om dina behov för kontaktpersonen, så kontrollerar vi lokalerna på förhand.",
            en="Tell the contact person what you need, and we check the rooms beforehand.",
        ),
    ),
    spoken=("fi",),
    materials=("fi", "sv"),
    captions=Translated(
        fi="Etäyhteydessä on kirjoitustulkkaus suomeksi.",
        sv="På distans finns skrivtolkning på finska.",
        en="Speech-to-text interpreting in Finnish for those online.",
    ),
    contact=("Sari Laaksonen", "sari.laaksonen@hyvinkaa.example"),
    places_on_site=120,
    places_online=500,
    meeting_url="https://kokous.example/syysseminaari",
    largest_group=6,
)
