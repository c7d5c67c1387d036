"""The 308 municipalities of 2026, and the mail domains of Uusimaa's 26 as far as they are known.

Municipalities: Statistics Finland, classification of municipalities 2026, CC BY 4.0. Mail domains: a starting table
that administrators correct.
"""

import csv
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DATA = Path(__file__).parent.parent / "data"
MUNICIPALITY_COLUMNS = ("code", "name_fi", "name_sv", "region_code", "region_fi", "region_sv")

municipality = sa.table("municipality", *(sa.column(name, sa.String) for name in MUNICIPALITY_COLUMNS))
mail_domain = sa.table(
    "mail_domain", *(sa.column(name, sa.String) for name in ("domain", "municipality_code", "source"))
)


def upgrade() -> None:
    op.bulk_insert(municipality, [{name: row[name] for name in MUNICIPALITY_COLUMNS} for row in rows("municipalities")])
    op.bulk_insert(
        mail_domain,
        [
            {"domain": row["domain"], "municipality_code": row["code"], "source": row["source"]}
            for row in rows("mail_domains")
        ],
    )


def downgrade() -> None:
    op.execute(sa.delete(mail_domain))
    op.execute(sa.delete(municipality))


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
