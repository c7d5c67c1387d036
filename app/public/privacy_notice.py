"""What the privacy notice says that is not prose: how long each kind of data is kept, in words for the reader.

app/privacy.py makes it true; a test holds the two together.
"""

from datetime import date
from typing import NamedTuple

UPDATED_ON = date(2026, 11, 27)


class Row(NamedTuple):
    what: str
    how_long: str


_FI = (
    Row("Ilmoittautumisen tiedot, henkilökohtaiset linkit, kalenterimerkinnät ja tieto liittymissivun käytöstä",
        "12 kuukautta tapahtuman viimeisestä päivästä. Sen jälkeen jäävät vain tapahtuma, kunta tai tieto sen"
        " puuttumisesta, osallistumistapa, kieli, ajankohdat ja ilmoittautumisen tila."),
    Row("Vastaukset, joihin on pyydetty suostumus, kuten ruokavalio",
        "14 päivää tapahtuman viimeisestä päivästä; heti, jos perut suostumuksen"),
    Row("Uusi sähköpostiosoite, joka odottaa vahvistusta", "Kunnes se vahvistetaan, enintään 7 päivää"),
    Row("Työkaverin nimi ja osoite, kun hänelle luovutetaan paikka", "Kunnes hän vahvistaa paikan, enintään 7 päivää"),
    Row("Ryhmän ilmoittaneen yhteyshenkilön nimi ja osoite",
        "12 kuukautta tapahtuman viimeisestä päivästä; heti, jos yhteyshenkilö poistaa ne"),
    Row("Sparrauspyynnön yhteyshenkilön ja seuraavien työkavereiden tiedot, tapaamiseen kutsutut ja soittokierroksen"
        " muistiinpanot",
        "12 kuukautta sen kauden viimeisestä päivästä, jolla tapaaminen pidetään; yhteyshenkilön tiedot heti, jos hän"
        " poistaa ne. Toiveet ja yhteenveto säilyvät ilman nimiä."),
    Row("Kesken oleva sparrauspyyntö", "Kunnes se lähetetään, enintään yksi päivä"),
    Row("Kuntatutorin esittely ja kuva", "12 kuukautta kauden viimeisestä päivästä"),
    Row("Lähetetyn lomakkeen tunniste ja vastaus", "Yksi päivä"),
    Row("Lähetettyjen viestien teksti", "30 päivää toimituksesta"),
    Row("Tieto siitä, mille osoitteelle viesti lähetettiin ja menikö se perille",
        "12 kuukautta viestin kirjoittamisesta"),
    Row("Tieto siitä, että osoitteeseen ei haluta vapaaehtoisia viestejä",
        "12 kuukautta, ja niin kauan kuin osoitteella on ilmoittautuminen"),
    Row("Kirjautumiskoodin sisältävä viesti", "Poistetaan heti, kun se on lähetetty, viimeistään 15 minuutin kuluttua"),
    Row("Kirjautumisen ja istunnon tiedot", "Yksi päivä vanhenemisesta"),
    Row("Järjestäjien ja kuntatutoreiden käyttäjätiedot",
        "2 vuotta viimeisestä kirjautumisesta sen jälkeen, kun käyttöoikeus on päättynyt"),
    Row("Järjestäjän tai kuntatutorin oman kalenterin osoite",
        "Kunnes se poistetaan käytöstä tai käyttöoikeus päättyy"),
    Row("Tapahtuman sivulla nimetyt yhteyshenkilöt ja puhujat", "Niin kauan kuin tapahtuman sivu on julkinen"),
    Row("Loki siitä, kuka on katsonut tai ladannut henkilötietoja", "2 vuotta"),
)  # fmt: skip

_SV = (
    Row("Uppgifterna i anmälan, personliga länkar, kalenderanteckningar och uppgift om att anslutningssidan har"
        " använts",
        "12 månader efter evenemangets sista dag. Därefter återstår bara evenemanget, kommunen eller uppgiften om att"
        " den saknas, sättet att delta, språket, tidpunkterna och anmälans status."),
    Row("Svar som samtycke har begärts för, till exempel kost",
        "14 dagar efter evenemangets sista dag; genast om du tar tillbaka samtycket"),
    Row("En ny e-postadress som väntar på bekräftelse", "Tills den har bekräftats, högst 7 dagar"),
    Row("Namn och adress till en kollega som får ta över en plats", "Tills kollegan har bekräftat, högst 7 dagar"),
    Row("Namn och adress till den kontaktperson som har anmält en grupp",
        "12 månader efter evenemangets sista dag; genast om kontaktpersonen raderar dem"),
    Row("Uppgifter om sparringsförfrågans kontaktperson och kolleger som följer den, om dem som bjudits in till mötet"
        " och anteckningar från ringrundan",
        "12 månader efter sista dagen av den säsong då mötet hålls; kontaktpersonens uppgifter genast om hen raderar"
        " dem. Önskemålen och sammanfattningen sparas utan namn."),
    Row("En påbörjad sparringsförfrågan", "Tills den skickas, högst ett dygn"),
    Row("En kommuntutors presentation och bild", "12 månader efter säsongens sista dag"),
    Row("Det skickade formulärets identifierare och svaret på det", "Ett dygn"),
    Row("Texten i skickade meddelanden", "30 dagar efter leveransen"),
    Row("Uppgift om till vilken adress ett meddelande skickades och om det kom fram",
        "12 månader efter att det skrevs"),
    Row("Uppgift om att en adress inte vill ha frivilliga meddelanden",
        "12 månader, och så länge adressen har en anmälan"),
    Row("Meddelande med inloggningskod", "Raderas genast när det har skickats, senast inom 15 minuter"),
    Row("Uppgifter om inloggning och session", "Ett dygn efter att de har gått ut"),
    Row("Arrangörernas och kommuntutorernas användaruppgifter",
        "2 år efter den sista inloggningen, när användarrätten har upphört"),
    Row("Adressen till en arrangörs eller kommuntutors egen kalender",
        "Tills den stängs av eller användarrätten upphör"),
    Row("Kontaktpersoner och talare som nämns på evenemangets sida", "Så länge evenemangets sida är offentlig"),
    Row("Logg över vem som har sett eller laddat ner personuppgifter", "2 år"),
)  # fmt: skip

_EN = (
    Row("The details of a registration, personal links, calendar entries, and that the join page was used",
        "12 months after the event’s last day. After that only the event, the municipality or that there was none,"
        " the way of taking part, the language, the times and the status of the registration are left."),
    Row("Answers that consent was asked for, such as diet",
        "14 days after the event’s last day; at once if you withdraw the consent"),
    Row("A new email address that waits to be confirmed", "Until it is confirmed, 7 days at most"),
    Row("The name and address of a colleague to whom a place is handed over", "Until confirmed, 7 days at most"),
    Row("The name and address of the contact who registered a group",
        "12 months after the event’s last day; at once if the contact erases them"),
    Row("The details of a sparring request’s contact and of colleagues who follow it, those invited to the meeting, and"
        " notes from calls",
        "12 months after the last day of the season in which the meeting is held; the contact’s details at once, if the"
        " contact erases them. Wishes and the summary are kept without names."),
    Row("A sparring request that is being filled in", "Until it is sent, one day at most"),
    Row("A municipal tutor’s presentation and picture", "12 months after the season’s last day"),
    Row("The identifier of a sent form and the answer to it", "One day"),
    Row("The text of mails that were sent", "30 days after delivery"),
    Row("To which address a mail was sent and whether it arrived", "12 months after it was written"),
    Row("That an address wants no optional mail", "12 months, and as long as the address has a registration"),
    Row("A mail with a sign-in code", "Erased as soon as it is sent, within 15 minutes at the latest"),
    Row("Sign-ins and sessions", "One day after they have expired"),
    Row("User details of organisers and tutors", "2 years after the last sign-in of someone who may no longer sign in"),
    Row("The address of an organiser’s or tutor’s own calendar",
        "Until it is switched off or the right to sign in ends"),
    Row("Contacts and speakers named on an event’s page", "As long as the event’s page is public"),
    Row("The log of who looked at or downloaded personal data", "2 years"),
)  # fmt: skip

_KEPT = {"fi": _FI, "sv": _SV, "en": _EN}


def kept(spoken: str) -> tuple[Row, ...]:
    """What is kept and for how long, in one language."""
    return _KEPT[spoken]
