"""what comes back: reports about mails, declined invitations, refusals of optional mail."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "optional_mail_refusal",
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("email_key", name=op.f("pk_optional_mail_refusal")),
    )
    op.add_column("message", sa.Column("unsubscribe_url", sa.String(length=300), nullable=True))
    op.add_column("message", sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("message", sa.Column("report_code", sa.String(length=12), nullable=True))
    op.add_column("registration", sa.Column("unsubscribe_link_hash", sa.String(length=64), nullable=True))
    op.add_column("registration", sa.Column("calendar_declined_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_registration_unsubscribe_link_hash"), "registration", ["unsubscribe_link_hash"])


def downgrade() -> None:
    op.drop_index(op.f("ix_registration_unsubscribe_link_hash"), table_name="registration")
    op.drop_column("registration", "calendar_declined_at")
    op.drop_column("registration", "unsubscribe_link_hash")
    op.drop_column("message", "report_code")
    op.drop_column("message", "reported_at")
    op.drop_column("message", "unsubscribe_url")
    op.drop_table("optional_mail_refusal")
