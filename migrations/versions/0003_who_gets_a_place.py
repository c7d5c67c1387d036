"""Who gets a place: limits, the order of the queue, offers, approval, admission, groups and programme choices."""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ACTIVE_BEFORE = "status IN ('confirmed', 'waiting')"
ACTIVE = "status IN ('awaiting-approval', 'confirmed', 'waiting', 'offered')"
EVENT_CHECKS = {
    "municipality_limit": "municipality_limit >= 1",
    "offer_hours": "offer_hours >= 1",
    "largest_group": "largest_group >= 1",
    "queue_order": "queue_order IN ('first-come', 'fair')",
    "promotion": "promotion IN ('automatic', 'offer')",
    "admission": "admission IN ('anyone', 'municipal-employees', 'region', 'listed-municipalities', 'invited')",
}
STATUSES_BEFORE = "status IN ('confirmed', 'waiting', 'withdrawn')"
STATUSES = "status IN ('awaiting-approval', 'confirmed', 'waiting', 'offered', 'withdrawn', 'refused')"


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=True),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user_account.id"], name=op.f("fk_invitation_created_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_invitation_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_invitation_link_hash")),
        sa.UniqueConstraint("uuid", name=op.f("uq_invitation_uuid")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_event_id"), ["event_id"], unique=False)
    op.create_table(
        "registration_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("municipality_code", sa.String(length=3), nullable=True),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("all_or_none", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("manage_link_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_registration_group_event_id_event")),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
            name=op.f("fk_registration_group_municipality_code_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_group")),
        sa.UniqueConstraint("manage_link_hash", name=op.f("uq_registration_group_manage_link_hash")),
        sa.UniqueConstraint("uuid", name=op.f("uq_registration_group_uuid")),
    )
    with op.batch_alter_table("registration_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_group_event_id"), ["event_id"], unique=False)
    op.create_table(
        "event_admitted",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("municipality_code", sa.String(length=3), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_admitted_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipality.code"], name=op.f("fk_event_admitted_municipality_code_municipality")
        ),
        sa.PrimaryKeyConstraint("event_id", "municipality_code", name=op.f("pk_event_admitted")),
    )
    op.create_table(
        "programme_choice",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["programme_item.id"],
            name=op.f("fk_programme_choice_item_id_programme_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_programme_choice_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", "item_id", name=op.f("pk_programme_choice")),
    )
    with op.batch_alter_table("programme_choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_choice_item_id"), ["item_id"], unique=False)
    op.create_table(
        "handover",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("given_name", sa.String(length=100), nullable=False),
        sa.Column("family_name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_handover_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_handover")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_handover_link_hash")),
    )
    with op.batch_alter_table("event_day") as batch_op:
        batch_op.add_column(sa.Column("invited_only", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("event") as batch_op:
        for column in event_columns():
            batch_op.add_column(column)
        for name, condition in EVENT_CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_event_{name}"), condition)
    with op.batch_alter_table("programme_item") as batch_op:
        batch_op.add_column(sa.Column("sign_up", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("places", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_programme_item_places"), "places >= 0")
    op.drop_index("uq_registration_active_address", "registration")
    op.drop_index("ix_registration_queue", "registration")
    with op.batch_alter_table("registration") as batch_op:
        statuses_are(batch_op, "registration", STATUSES)
        for column in registration_columns():
            batch_op.add_column(column)
        for name in ("group_id", "invitation_id", "offer_expires_at"):
            batch_op.create_index(op.f(f"ix_registration_{name}"), [name])
        for name, table in (("group_id", "registration_group"), ("invitation_id", "invitation")):
            batch_op.create_foreign_key(op.f(f"fk_registration_{name}_{table}"), table, [name], ["id"])
    op.execute("UPDATE registration SET queued_at = registered_at")
    op.create_index("ix_registration_queue", "registration", ["event_id", "status", "mode", "queued_at", "id"])
    unique_while(ACTIVE)
    with op.batch_alter_table("registration_attempt") as batch_op:
        statuses_are(batch_op, "registration_attempt", STATUSES)


def downgrade() -> None:
    op.execute("UPDATE registration SET status = 'waiting' WHERE status IN ('awaiting-approval', 'offered')")
    op.execute("UPDATE registration SET status = 'withdrawn' WHERE status = 'refused'")
    op.execute("DELETE FROM registration_attempt WHERE status NOT IN ('confirmed', 'waiting', 'withdrawn')")
    with op.batch_alter_table("registration_attempt") as batch_op:
        statuses_are(batch_op, "registration_attempt", STATUSES_BEFORE)
    op.drop_index("uq_registration_active_address", "registration")
    op.drop_index("ix_registration_queue", "registration")
    for name in ("group_id", "invitation_id", "offer_expires_at"):
        op.drop_index(f"ix_registration_{name}", "registration")
    with op.batch_alter_table("registration") as batch_op:
        statuses_are(batch_op, "registration", STATUSES_BEFORE)
        for name, table in (("group_id", "registration_group"), ("invitation_id", "invitation")):
            batch_op.drop_constraint(f"fk_registration_{name}_{table}", type_="foreignkey")
        for column in registration_columns():
            batch_op.drop_column(column.name)
    op.create_index("ix_registration_queue", "registration", ["event_id", "status", "mode", "registered_at", "id"])
    unique_while(ACTIVE_BEFORE)
    with op.batch_alter_table("programme_item") as batch_op:
        batch_op.drop_constraint(op.f("ck_programme_item_places"), type_="check")
        batch_op.drop_column("sign_up")
        batch_op.drop_column("places")
    with op.batch_alter_table("event") as batch_op:
        for name in EVENT_CHECKS:
            batch_op.drop_constraint(op.f(f"ck_event_{name}"), type_="check")
        for column in event_columns():
            batch_op.drop_column(column.name)
    with op.batch_alter_table("event_day") as batch_op:
        batch_op.drop_column("invited_only")
    op.drop_table("handover")
    op.drop_table("programme_choice")
    op.drop_table("event_admitted")
    op.drop_table("registration_group")
    op.drop_table("invitation")


def event_columns() -> list[sa.Column]:
    return [
        sa.Column("expected", sa.UnicodeText(), nullable=False, server_default="{}"),
        sa.Column("queue_order", sa.String(40), nullable=False, server_default="first-come"),
        sa.Column("queue_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promotion", sa.String(40), nullable=False, server_default="automatic"),
        sa.Column("offer_hours", sa.Integer(), nullable=False, server_default="24"),
        sa.Column("municipality_limit", sa.Integer(), nullable=True),
        sa.Column("municipality_limit_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("municipality_limit_released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("admission", sa.String(40), nullable=False, server_default="anyone"),
        sa.Column("approval", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("largest_group", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("answers_close_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("still_coming_days", sa.Integer(), nullable=True),
        sa.Column("participants_list", sa.Boolean(), nullable=False, server_default=sa.false()),
    ]


def registration_columns() -> list[sa.Column]:
    return [
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("queue_rank", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("offer_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("takes_place", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("is_extra", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("still_coming_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("still_coming_at", sa.DateTime(timezone=True), nullable=True),
    ]


def unique_while(active: str) -> None:
    """One active registration per address and event."""
    where = {"sqlite_where": sa.text(active), "postgresql_where": sa.text(active)}
    op.create_index("uq_registration_active_address", "registration", ["event_id", "email_key"], unique=True, **where)


def statuses_are(batch_op: BatchOperations, table: str, condition: str) -> None:
    batch_op.drop_constraint(op.f(f"ck_{table}_status"), type_="check")
    batch_op.create_check_constraint(op.f(f"ck_{table}_status"), condition)
