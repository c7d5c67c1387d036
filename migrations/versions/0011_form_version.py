"""An event says when its questions have changed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("form_version", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("event", "form_version")
