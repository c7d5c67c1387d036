"""The tutors of the demo season: of the four municipalities that had tutors in 2021; the people are invented."""

from dataclasses import dataclass

from app.demo import sparring_plan as themes
from app.demo.staff import ESPOO, HELSINKI, HYVINKAA, VANTAA
from app.translated import Translated


@dataclass(frozen=True, kw_only=True)
class TutorPlan:
    languages: tuple[str, ...]
    themes: tuple[str, ...]
    presentation: Translated
    takes: int = 4


TUTORS = {
    ESPOO: TutorPlan(
        languages=("sv", "fi", "en"),
        themes=(themes.SWEDISH, themes.LIBRARY, themes.FINDING, themes.REMOTE),
        presentation=Translated(
            fi="Rakennan Espoossa kaksikielistä digitukea kirjastoihin. Kysy minulta, miten pienellä väellä pääsee"
            " alkuun.",
            sv="Jag bygger upp tvåspråkigt digitalt stöd på biblioteken i Esbo. Fråga mig hur man kommer i gång med små"
            " resurser.",
            en="I build bilingual digital support in Espoo’s libraries. Ask me how to begin with few people.",
        ),
        takes=6,
    ),
    HELSINKI: TutorPlan(
        languages=("fi", "en"),
        themes=(themes.NETWORKS, themes.VOLUNTEERS, themes.OLDER, themes.MEASURING),
        presentation=Translated(
            fi="Kokoan Helsingissä yhteen kirjastot, palvelukeskukset ja järjestöt. Tykkään piirtää verkostoja auki.",
            sv="I Helsingfors samlar jag biblioteken, servicecentralerna och föreningarna. Jag ritar gärna nätverk.",
            en="In Helsinki I bring libraries, service centres and associations together. I like drawing networks.",
        ),
        takes=5,
    ),
    VANTAA: TutorPlan(
        languages=("fi",),
        themes=(themes.ORGANISING, themes.NETWORKS, themes.SECURITY, themes.MANAGEMENT),
        presentation=Translated(
            fi="Vastaan Vantaalla digituen johtamisesta ja tietosuojasta: mitä ohjaaja saa tehdä asiakkaan puolesta.",
            sv="I Vanda ansvarar jag för ledningen av digistödet och för dataskyddet: vad handledaren får göra åt"
            " kunden.",
            en="In Vantaa I look after leading digital support and privacy: what an adviser may do for a customer.",
        ),
    ),
    HYVINKAA: TutorPlan(
        languages=("fi", "sv"),
        themes=(themes.ADULT_EDUCATION, themes.OLDER, themes.VOLUNTEERS, themes.LIBRARY),
        presentation=Translated(
            fi="Opetan Hyvinkään opistossa ja koulutan vertaisohjaajia. Lempikysymykseni: kuka auttaa auttajaa?",
            sv="Jag undervisar vid institutet i Hyvinge och utbildar kamrathandledare. Min favoritfråga: vem hjälper"
            " hjälparen?",
            en="I teach at Hyvinkää’s adult education centre and train peer advisers. Who helps the helper?",
        ),
        takes=6,
    ),
}
