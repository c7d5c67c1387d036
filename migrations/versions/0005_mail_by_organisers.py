"""Organisers' own words, reminders, messages sent at a time, and wishes to hear when registration opens."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OCCASIONS_BEFORE = """confirmed waiting promoted changed withdrawn registered-already confirm-address address-taken
    address-changed event-changed event-called-off""".split()
OCCASIONS = """confirmed waiting promoted changed withdrawn registered-already confirm-address address-taken
    address-changed awaiting-approval refused offered offer-lapsed confirm-handover handed-over group declined
    still-coming reminder materials organiser-message confirm-wish registration-opens event-changed
    event-called-off""".split()


def is_one_of(occasions: list[str]) -> str:
    return "occasion IN ({})".format(", ".join(f"'{one}'" for one in occasions))


def upgrade() -> None:
    op.create_table(
        "message_text",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "occasion",
            sa.Enum(
                *OCCASIONS,
                name="occasion",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.UnicodeText(), nullable=False),
        sa.Column("body", sa.UnicodeText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_message_text_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "occasion", name=op.f("pk_message_text")),
    )
    op.create_table(
        "reminder_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.CheckConstraint("days_before BETWEEN 0 AND 60", name=op.f("ck_reminder_rule_days_before")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_reminder_rule_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_rule")),
    )
    with op.batch_alter_table("reminder_rule", schema=None) as batch_op:
        batch_op.create_index("uq_reminder_rule_event_days", ["event_id", "days_before"], unique=True)
    op.create_table(
        "reminder_sent",
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("day_starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name=op.f("fk_reminder_sent_announcement_id_announcement")
        ),
        sa.ForeignKeyConstraint(
            ["day_id"], ["event_day.id"], name=op.f("fk_reminder_sent_day_id_event_day"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["reminder_rule.id"], name=op.f("fk_reminder_sent_rule_id_reminder_rule"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("rule_id", "day_id", "day_starts_at", name=op.f("pk_reminder_sent")),
    )
    op.create_table(
        "opening_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("municipality_code", sa.String(length=3), nullable=True),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_opening_wish_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipality.code"], name=op.f("fk_opening_wish_municipality_code_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_wish")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_opening_wish_link_hash")),
    )
    with op.batch_alter_table("opening_wish", schema=None) as batch_op:
        batch_op.create_index("uq_opening_wish_event_email", ["event_id", "email_key"], unique=True)
    with op.batch_alter_table("announcement") as batch_op:
        batch_op.drop_constraint(op.f("ck_announcement_occasion"), type_="check")
        batch_op.create_check_constraint(op.f("ck_announcement_occasion"), is_one_of(OCCASIONS))
        now = sa.func.now()
        batch_op.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=False, server_default=now))
        batch_op.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE announcement SET due_at = created_at")


def downgrade() -> None:
    op.execute("DELETE FROM reminder_sent")
    announcement = sa.table("announcement", sa.column("occasion", sa.String))
    op.execute(announcement.delete().where(announcement.c.occasion.not_in(OCCASIONS_BEFORE)))
    with op.batch_alter_table("announcement") as batch_op:
        batch_op.drop_constraint(op.f("ck_announcement_occasion"), type_="check")
        batch_op.create_check_constraint(op.f("ck_announcement_occasion"), is_one_of(OCCASIONS_BEFORE))
        batch_op.drop_column("due_at")
        batch_op.drop_column("cancelled_at")
    op.drop_table("opening_wish")
    op.drop_table("reminder_sent")
    op.drop_table("reminder_rule")
    op.drop_table("message_text")
