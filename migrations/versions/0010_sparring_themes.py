"""What one can ask sparring about to begin with; the organisers edit the list."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

THEMES = (
    ("Digituen järjestäminen ja organisointi", "Att ordna och organisera digitalt stöd",
     "Arranging and organising digital support"),
    ("Verkostot ja kumppanuudet", "Nätverk och partnerskap", "Networks and partnerships"),
    ("Vapaaehtoiset ja järjestöt", "Frivilliga och föreningar", "Volunteers and associations"),
    ("Kirjasto digituen paikkana", "Biblioteket som plats för digitalt stöd", "The library as a place for support"),
    ("Kansalaisopisto", "Medborgarinstitutet", "The adult education centre"),
    ("Ikäihmiset", "Äldre", "Older people"),
    ("Nuoret", "Unga", "Young people"),
    ("Maahanmuuttajat ja monikielisyys", "Invandrare och flerspråkighet", "Immigrants and many languages"),
    ("Kotiin vietävä tuki ja etätuki", "Stöd i hemmet och på distans", "Support at home and at a distance"),
    ("Löydettävyys ja viestintä", "Synlighet och kommunikation", "Being found, and communication"),
    ("Ruotsinkielinen digituki", "Digitalt stöd på svenska", "Digital support in Swedish"),
    ("Tietoturva ja tunnistautuminen", "Informationssäkerhet och identifiering", "Security and identification"),
    ("Eettiset ohjeet ja tietosuoja, asiointi toisen puolesta",
     "Etiska riktlinjer och dataskydd, att uträtta ärenden för någon annan",
     "Ethics and data protection, acting for someone else"),
    ("Saavutettavuus ja digipalvelulaki", "Tillgänglighet och lagen om digitala tjänster",
     "Accessibility and the law on digital services"),
    ("Mittaaminen ja seuranta", "Mätning och uppföljning", "Measuring and following up"),
    ("Kuntien yhteistyökokeilut", "Försök med samarbete mellan kommuner", "Trials between municipalities"),
    ("Resurssit ja johdon tuki", "Resurser och ledningens stöd", "Resources and support from management"),
)  # fmt: skip

theme = sa.table("sparring_theme", sa.column("name", sa.UnicodeText), sa.column("position", sa.Integer))


def upgrade() -> None:
    rows = [
        {
            "name": json.dumps(dict(zip(("fi", "sv", "en"), names, strict=True)), ensure_ascii=False),
            "position": position,
        }
        for position, names in enumerate(THEMES, start=1)
    ]
    op.bulk_insert(theme, rows)


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM sparring_request_theme"))
    op.execute(sa.text("DELETE FROM tutor_theme"))
    op.execute(sa.delete(theme))
