"""Two webinars to come: one nearly full, one in Swedish with a waiting list."""

from datetime import time

from app.demo.plan import Day, Item, Plan
from app.events.models import ItemForm, Kind
from app.translated import Translated

JARVENPAA, RAASEPORI = "186", "710"

LIBRARY = Plan(
    slug="kirjasto-digituen-kotina",
    kind=Kind.WEBINAR,
    title=Translated(
        fi="Kirjasto digituen kotina",
        sv="Biblioteket som hem för digitalt stöd",
        en="The library as the home of digital support",
    ),
    summary=Translated(
        fi="Mitä kirjasto voi luvata, ja mihin asiakas ohjataan, kun aika tai osaaminen ei riitä?",
        sv="Vad kan biblioteket lova, och vart hänvisas kunden när tiden eller kunskapen inte räcker till?",
        en="What can a library promise, and where does it send people when time or knowledge runs out?",
    ),
    description=Translated(
        fi="Järvenpään kirjasto kertoo, miten ajanvaraus, vapaaehtoiset ja henkilökunnan koulutus saatiin sopimaan"
        " samaan viikkoon. Sen jälkeen jaetaan muiden kuntien ratkaisuja pienryhmissä.\n\n"
        "- miten digituen työnjako on sovittu\n- miten asiakkaan tietoturvasta ja asioinnista puolesta huolehditaan\n"
        "- mistä tiedetään, että tuki auttoi",
        sv="Träskända bibliotek berättar hur tidsbokning, frivilliga och personalens utbildning fick rum i samma"
        " vecka. Därefter delar vi andra kommuners lösningar i smågrupper.\n\n"
        "- hur arbetet med digitalt stöd är fördelat\n- hur man ser till kundens datasäkerhet och ärenden för någon"
        " annans räkning\n- hur man vet att stödet hjälpte",
        en="Järvenpää’s library tells how appointments, volunteers and staff training were made to fit in the same"
        " week. Then we share what other municipalities do, in small groups. The webinar is held in Finnish.",
    ),
    audience=Translated(
        fi="Kirjastojen väelle ja kaikille, jotka tekevät digitukea kirjaston kanssa.",
        sv="För bibliotekens personal och alla som ger digitalt stöd tillsammans med biblioteket.",
        en="For library staff and everyone who gives digital support with a library.",
    ),
    days=(
        Day(
            time(13),
            time(15),
            (
                Item(
                    time(13),
                    time(13, 50),
                    Translated(
                        fi="Järvenpään malli: ajanvaraus, vapaaehtoiset, koulutus",
                        sv="Träskändas modell: tidsbokning, frivilliga, utbildning",
                        en="Järvenpää’s way: appointments, volunteers, training",
                    ),
                    speakers="Järvenpään kirjasto",
                ),
                Item(time(13, 50), time(14), Translated(fi="Tauko", sv="Paus", en="Break"), ItemForm.BREAK),
                Item(
                    time(14),
                    time(15),
                    Translated(
                        fi="Pienryhmät ja yhteenveto", sv="Smågrupper och sammandrag", en="Small groups and summary"
                    ),
                    ItemForm.DISCUSSION,
                ),
            ),
        ),
    ),
    hosts=(JARVENPAA,),
    captions=Translated(
        fi="Automaattinen tekstitys suomeksi.", sv="Automatisk textning på finska.", en="Automatic captions in Finnish."
    ),
    contact=("Petri Heikkinen", "petri.heikkinen@jarvenpaa.example"),
    places_online=60,
    meeting_url="https://kokous.example/kirjasto-digituen-kotina",
)

SWEDISH = Plan(
    slug="digitalt-stod-pa-svenska-i-kommunerna",
    kind=Kind.WEBINAR,
    title=Translated(
        fi="Ruotsinkielinen digituki kunnissa",
        sv="Digitalt stöd på svenska i kommunerna",
        en="Digital support in Swedish in the municipalities",
    ),
    summary=Translated(
        fi="Miten ruotsinkielinen asukas saa digitukea omalla kielellään? Webinaari pidetään ruotsiksi.",
        sv="Hur får invånare digitalt stöd på sitt eget språk, också där det finns få som kan ge det?",
        en="How do residents get digital support in their own language? The webinar is held in Swedish.",
    ),
    description=Translated(
        fi="Raasepori kertoo, miten digitukea annetaan kahdella kielellä pienin voimin, ja mitä kunnat voisivat tehdä"
        " yhdessä. Puhe ja diat ovat ruotsiksi; kysyä voi myös suomeksi.",
        sv="Raseborg berättar hur man ger digitalt stöd på två språk med små resurser. Vi funderar på vad kommunerna"
        " kunde göra tillsammans: gemensamma material, distansstöd över kommungränserna och en lista över dem som kan"
        " hjälpa på svenska.\n\nAlla är välkomna, också du som ännu övar din svenska.",
        en="Raasepori tells how digital support is given in two languages with small resources, and what"
        " municipalities could do together.",
    ),
    audience=Translated(
        fi="Kaksikielisten kuntien työntekijöille.",
        sv="För anställda i tvåspråkiga kommuner.",
        en="For people who work in bilingual municipalities.",
    ),
    days=(
        Day(
            time(9),
            time(11),
            (
                Item(
                    time(9),
                    time(9, 45),
                    Translated(
                        fi="Digitukea kahdella kielellä: Raaseporin kokemuksia",
                        sv="Digitalt stöd på två språk: erfarenheter från Raseborg",
                        en="Digital support in two languages: what Raasepori has found",
                    ),
                    speakers="Raseborgs stadsbibliotek",
                ),
                Item(time(9, 45), time(10), Translated(fi="Tauko", sv="Paus", en="Break"), ItemForm.BREAK),
                Item(
                    time(10),
                    time(11),
                    Translated(
                        fi="Mitä voimme tehdä yhdessä?",
                        sv="Vad kan vi göra tillsammans?",
                        en="What can we do together?",
                    ),
                    ItemForm.DISCUSSION,
                ),
            ),
        ),
    ),
    hosts=(RAASEPORI,),
    spoken=("sv",),
    materials=("sv",),
    captions=Translated(
        fi="Automaattinen tekstitys ruotsiksi.",
        sv="Automatisk textning på svenska.",
        en="Automatic captions in Swedish.",
    ),
    contact=("Åsa Lindqvist", "asa.lindqvist@raasepori.example"),
    places_online=40,
    meeting_url="https://kokous.example/digitalt-stod",
)
