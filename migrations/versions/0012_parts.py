"""An event's stamp stands for all of its parts, and places are counted in an index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COUNTED = ["event_id", "status", "mode", "municipality_code", "is_extra", "takes_place"]
# A count needs no row that a vacuum has seen, and by the default that comes only after a fifth of the table is new.
VACUUM = ("autovacuum_vacuum_insert_threshold", 1000), ("autovacuum_vacuum_insert_scale_factor", 0)


def upgrade() -> None:
    op.add_column("event", sa.Column("parts_stamp", sa.String(36), nullable=False, server_default=""))
    op.drop_column("event", "form_version")
    op.create_index("ix_registration_places", "registration", COUNTED)
    if op.get_bind().dialect.name == "postgresql":
        settings = ", ".join(f"{name} = {value}" for name, value in VACUUM)
        op.execute(f"ALTER TABLE registration SET ({settings})")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE registration RESET ({', '.join(name for name, _value in VACUUM)})")
    op.drop_index("ix_registration_places", "registration")
    op.add_column("event", sa.Column("form_version", sa.Integer(), nullable=False, server_default="0"))
    op.drop_column("event", "parts_stamp")
