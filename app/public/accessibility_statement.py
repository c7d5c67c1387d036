"""What the accessibility statement says that is not prose: when the service was assessed, and who supervises."""

from dataclasses import dataclass
from datetime import date

PREPARED_ON = date(2026, 11, 23)
REVIEWED_ON = date(2026, 11, 23)  # at least once a year (laki 306/2019, 9 §)


@dataclass(frozen=True)
class Supervisor:
    """The authority that supervises digital accessibility in Finland (since 2025 Traficom), for one language."""

    name: str
    unit: str
    site: str
    email: str


SUPERVISOR_PHONE = "+358 29 534 5000"
SUPERVISOR = {
    "fi": Supervisor(
        name="Liikenne- ja viestintävirasto Traficom",
        unit="Digitaalisen esteettömyyden ja saavutettavuuden valvontayksikkö",
        site="www.saavutettavuusvaatimukset.fi",
        email="saavutettavuus@traficom.fi",
    ),
    "sv": Supervisor(
        name="Transport- och kommunikationsverket Traficom",
        unit="Enheten för tillsyn över digital tillgänglighet",
        site="www.tillganglighetskrav.fi",
        email="tillganglighet@traficom.fi",
    ),
    "en": Supervisor(
        name="Finnish Transport and Communications Agency Traficom",
        unit="Digital Accessibility Supervision Unit",
        site="www.webaccessibility.fi",
        email="saavutettavuus@traficom.fi",
    ),
}
