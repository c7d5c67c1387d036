"""How many came from where: the demo season's figures. In 2020 the webinars drew over 200 registrations."""

from dataclasses import dataclass

from app.events.models import Mode

BY_SIZE = (
    "091 049 092 638 444 106 186 543 257 858 245 927 710 753 505 434 235 224 078 755 149 611 018 407 504 616"
).split()
TAMPERE, HAMEENLINNA, LAHTI = "837", "109", "398"
ASSOCIATIONS = ("Digitaidot ry", "Seniorien tietotupa ry", "Neuvontaverkosto ry")


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Registrations of one event. Each municipality has somebody; those named first have the most.

    `sign_ups` are how many of those on site have chosen each programme item with sign-up.
    """

    municipalities: tuple[str, ...]
    on_site: int = 0
    online: int = 0
    waiting: int = 0
    withdrawn: int = 0
    organisations: tuple[str, ...] = ()
    language: str | None = None
    sign_ups: tuple[int, ...] = ()

    @property
    def confirmed(self) -> dict[Mode, int]:
        return {mode: number for mode, number in zip(Mode, (self.on_site, self.online), strict=True) if number}


def _all_but(*missing: str, first: str = "") -> tuple[str, ...]:
    there = [code for code in BY_SIZE if code not in missing]
    return tuple(sorted(there, key=lambda code: code != first))


CROWDS = {
    "digitukifoorumi-jarvenpaa-2020": Crowd(
        municipalities=tuple("186 091 049 092 858 245 543 106 638 505 611 927 444 753 257".split()),
        online=54,
        withdrawn=3,
    ),
    "kunnan-digituki-kuntoon-yhteistyolla-2020": Crowd(
        municipalities=tuple("092 091 049 858 245 186 638 106 444 257 224 755".split()), online=37, withdrawn=2
    ),
    "digituki-kuntien-toiminnassa-helsinki-2020": Crowd(
        municipalities=(*_all_but("018", "407", "504", "616", "149", "078"), TAMPERE, HAMEENLINNA, LAHTI),
        online=56,
        withdrawn=4,
        organisations=ASSOCIATIONS[:2],
    ),
    "uudi-syyswebinaari-2020": Crowd(
        municipalities=_all_but("018", "504", "616"), online=63, withdrawn=5, organisations=ASSOCIATIONS
    ),
    "kuntien-digituki-webinaari-2021": Crowd(
        municipalities=_all_but("504"), online=66, withdrawn=3, organisations=ASSOCIATIONS[1:]
    ),
    "kuntatutoreiden-syysseminaari": Crowd(
        municipalities=_all_but("018", "407", "504", "616", first="106"),
        on_site=76,
        online=138,
        withdrawn=6,
        organisations=ASSOCIATIONS,
        sign_ups=(26, 21),
    ),
    "kirjasto-digituen-kotina": Crowd(
        municipalities=_all_but("018", "149", "407", "504", "616", "755", first="186"), online=56, withdrawn=2
    ),
    "digitalt-stod-pa-svenska-i-kommunerna": Crowd(
        municipalities=tuple("710 638 257 091 753 434 149 078 049 235 755 407".split()),
        online=40,
        waiting=3,
        withdrawn=1,
        language="sv",
    ),
}
