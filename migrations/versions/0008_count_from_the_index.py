"""Counting places reads the queue's index alone: whether a registration takes a place stands in it too."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NAME, BEFORE = "ix_registration_queue", ["event_id", "status", "mode", "queued_at", "id"]


def upgrade() -> None:
    op.drop_index(NAME, "registration")
    op.create_index(NAME, "registration", [*BEFORE, "takes_place"])


def downgrade() -> None:
    op.drop_index(NAME, "registration")
    op.create_index(NAME, "registration", BEFORE)
