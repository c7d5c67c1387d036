"""Calendar addresses of users, when an event was last changed, and what its participants get afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NEW_COLUMNS = ("changed_at", "materials", "materials_public")


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_calendar_feed_user_id_user_account")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    # The defaults stay: the code before this one writes events without knowing these columns.
    op.add_column("event", sa.Column("materials", sa.UnicodeText(), nullable=False, server_default="{}"))
    op.add_column("event", sa.Column("materials_public", sa.Boolean(), nullable=False, server_default=sa.false()))
    long_ago = sa.text("'1970-01-01 00:00:00'")
    op.add_column("event", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=long_ago))
    op.execute("UPDATE event SET changed_at = COALESCE(called_off_at, published_at, created_at)")


def downgrade() -> None:
    for name in NEW_COLUMNS:
        op.drop_column("event", name)
    op.drop_table("calendar_feed")
