"""Sparring: themes, rounds, requests, tutors, date polls and meetings."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = (
    "date_poll_vote",
    "meeting_tutor",
    "meeting_next_step",
    "meeting_item",
    "meeting_guest",
    "meeting_feedback",
    "date_poll_window",
    "date_poll_voter",
    "tutor_naming",
    "sparring_request_window",
    "sparring_request_theme",
    "sparring_request_partner",
    "sparring_request_colleague",
    "sparring_request_change",
    "meeting",
    "date_poll",
    "tutor_theme",
    "tutor_away",
    "sparring_request",
    "sparring_call_change",
    "tutor_profile",
    "sparring_call",
    "sparring_round",
    "sparring_theme",
    "sparring_request_draft",
)


def upgrade() -> None:
    op.create_table(
        "sparring_request_draft",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sparring_request_draft")),
    )
    op.create_index(op.f("ix_sparring_request_draft_saved_at"), "sparring_request_draft", ["saved_at"], unique=False)

    op.create_table(
        "sparring_theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.UnicodeText(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sparring_theme")),
    )
    op.create_table(
        "sparring_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.UnicodeText(), nullable=False),
        sa.Column("introduction", sa.UnicodeText(), nullable=False),
        sa.Column("invitation", sa.UnicodeText(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("goal_municipalities", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_sparring_round_closes_after_it_opens")),
        sa.CheckConstraint("goal_municipalities >= 1", name=op.f("ck_sparring_round_goal_municipalities")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_sparring_round_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sparring_round")),
    )
    op.create_index(op.f("ix_sparring_round_season_id"), "sparring_round", ["season_id"], unique=False)

    op.create_table(
        "sparring_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("municipality_code", sa.String(length=3), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "not-called",
                "not-reached",
                "call-again",
                "interested",
                "not-now",
                "requested",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("contact_language", sa.String(length=2), nullable=False),
        sa.Column("caller_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("next_step", sa.String(length=300), nullable=False),
        sa.Column("call_again_on", sa.Date(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["caller_id"], ["user_account.id"], name=op.f("fk_sparring_call_caller_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipality.code"], name=op.f("fk_sparring_call_municipality_code_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["sparring_round.id"], name=op.f("fk_sparring_call_round_id_sparring_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sparring_call")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_sparring_call_link_hash")),
        sa.UniqueConstraint("uuid", name=op.f("uq_sparring_call_uuid")),
    )
    op.create_index(
        "uq_sparring_call_round_municipality", "sparring_call", ["round_id", "municipality_code"], unique=True
    )

    op.create_table(
        "tutor_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("municipality_code", sa.String(length=3), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("modes", sa.JSON(), nullable=False),
        sa.Column("takes", sa.Integer(), nullable=False),
        sa.Column("presentation", sa.UnicodeText(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("takes >= 0", name=op.f("ck_tutor_profile_takes")),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipality.code"], name=op.f("fk_tutor_profile_municipality_code_municipality")
        ),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_tutor_profile_season_id_season")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_tutor_profile_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tutor_profile")),
        sa.UniqueConstraint("uuid", name=op.f("uq_tutor_profile_uuid")),
    )
    op.create_index(op.f("ix_tutor_profile_user_id"), "tutor_profile", ["user_id"], unique=False)
    op.create_index("uq_tutor_profile_season_user", "tutor_profile", ["season_id", "user_id"], unique=True)

    op.create_table(
        "sparring_call_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_sparring_call_change_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["sparring_call.id"],
            name=op.f("fk_sparring_call_change_call_id_sparring_call"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sparring_call_change")),
    )
    op.create_index(op.f("ix_sparring_call_change_call_id"), "sparring_call_change", ["call_id"], unique=False)

    op.create_table(
        "sparring_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column(
            "source",
            sa.Enum("web", "call", "other", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("municipality_code", sa.String(length=3), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_title", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("contact_language", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "on-site", "online", "hybrid", "any", name="mode", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("venue", sa.String(length=500), nullable=False),
        sa.Column("wished_weeks", sa.String(length=300), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("group_size", sa.Integer(), nullable=True),
        sa.Column("audiences", sa.JSON(), nullable=False),
        sa.Column("audience_other", sa.String(length=300), nullable=False),
        sa.Column(
            "starting_level",
            sa.Enum(
                "none-yet",
                "starting",
                "established",
                name="starting_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("themes_in_own_words", sa.Text(), nullable=False),
        sa.Column("methods", sa.JSON(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("wished_tutors", sa.String(length=300), nullable=False),
        sa.Column("access_needs", sa.Text(), nullable=False),
        sa.Column("is_joint", sa.Boolean(), nullable=False),
        sa.Column("joined_to_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "new",
                "preparing",
                "tutors-named",
                "time-proposed",
                "agreed",
                "programme-ready",
                "held",
                "summed-up",
                "closed",
                "postponed",
                "called-off",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("next_step", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("nonce", sa.String(length=43), nullable=True),
        sa.Column("anonymised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("duration_minutes BETWEEN 15 AND 480", name=op.f("ck_sparring_request_duration_minutes")),
        sa.CheckConstraint("group_size >= 1", name=op.f("ck_sparring_request_group_size")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["sparring_call.id"], name=op.f("fk_sparring_request_call_id_sparring_call")
        ),
        sa.ForeignKeyConstraint(
            ["joined_to_id"], ["sparring_request.id"], name=op.f("fk_sparring_request_joined_to_id_sparring_request")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
            name=op.f("fk_sparring_request_municipality_code_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_sparring_request_owner_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["sparring_round.id"], name=op.f("fk_sparring_request_round_id_sparring_round")
        ),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_sparring_request_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sparring_request")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_sparring_request_link_hash")),
        sa.UniqueConstraint("nonce", name=op.f("uq_sparring_request_nonce")),
        sa.UniqueConstraint("uuid", name=op.f("uq_sparring_request_uuid")),
    )
    op.create_index(
        "ix_sparring_request_board", "sparring_request", ["season_id", "state", "state_since"], unique=False
    )
    op.create_index(op.f("ix_sparring_request_call_id"), "sparring_request", ["call_id"], unique=False)
    op.create_index(op.f("ix_sparring_request_due_on"), "sparring_request", ["due_on"], unique=False)
    op.create_index(
        op.f("ix_sparring_request_municipality_code"), "sparring_request", ["municipality_code"], unique=False
    )
    op.create_index(op.f("ix_sparring_request_owner_id"), "sparring_request", ["owner_id"], unique=False)
    op.create_index(op.f("ix_sparring_request_round_id"), "sparring_request", ["round_id"], unique=False)

    op.create_table(
        "tutor_away",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_tutor_away_ends_after_it_starts")),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["tutor_profile.id"],
            name=op.f("fk_tutor_away_profile_id_tutor_profile"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tutor_away")),
    )
    op.create_index(op.f("ix_tutor_away_profile_id"), "tutor_away", ["profile_id"], unique=False)

    op.create_table(
        "tutor_theme",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["tutor_profile.id"],
            name=op.f("fk_tutor_theme_profile_id_tutor_profile"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["sparring_theme.id"], name=op.f("fk_tutor_theme_theme_id_sparring_theme")
        ),
        sa.PrimaryKeyConstraint("profile_id", "theme_id", name=op.f("pk_tutor_theme")),
    )
    op.create_index(op.f("ix_tutor_theme_theme_id"), "tutor_theme", ["theme_id"], unique=False)

    op.create_table(
        "date_poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "confirmed", "closed", name="status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asks_participants", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("team_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("duration_minutes BETWEEN 15 AND 480", name=op.f("ck_date_poll_duration_minutes")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user_account.id"], name=op.f("fk_date_poll_created_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["sparring_request.id"],
            name=op.f("fk_date_poll_request_id_sparring_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_poll")),
        sa.UniqueConstraint("uuid", name=op.f("uq_date_poll_uuid")),
    )
    op.create_index(op.f("ix_date_poll_request_id"), "date_poll", ["request_id"], unique=False)
    op.create_index(
        "uq_date_poll_open",
        "date_poll",
        ["request_id"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "attendance",
            sa.Enum(
                "on-site", "online", "hybrid", name="attendance", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("directions", sa.Text(), nullable=False),
        sa.Column("meeting_url", sa.Text(), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("access_needs", sa.Text(), nullable=False),
        sa.Column("materials", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("discussed", sa.Text(), nullable=False),
        sa.Column("ideas", sa.Text(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("follow_up_told_on", sa.Date(), nullable=True),
        sa.Column("followed_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("attended >= 0", name=op.f("ck_meeting_attended")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_meeting_ends_after_it_starts")),
        sa.CheckConstraint("participants >= 0", name=op.f("ck_meeting_participants")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["sparring_request.id"], name=op.f("fk_meeting_request_id_sparring_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("request_id", name=op.f("uq_meeting_request_id")),
        sa.UniqueConstraint("uuid", name=op.f("uq_meeting_uuid")),
    )
    op.create_index("ix_meeting_time", "meeting", ["starts_at", "ends_at"], unique=False)

    op.create_table(
        "sparring_request_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column(
            "from_state",
            sa.Enum(
                "new",
                "preparing",
                "tutors-named",
                "time-proposed",
                "agreed",
                "programme-ready",
                "held",
                "summed-up",
                "closed",
                "postponed",
                "called-off",
                name="from_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_state",
            sa.Enum(
                "new",
                "preparing",
                "tutors-named",
                "time-proposed",
                "agreed",
                "programme-ready",
                "held",
                "summed-up",
                "closed",
                "postponed",
                "called-off",
                name="to_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_sparring_request_change_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["sparring_request.id"],
            name=op.f("fk_sparring_request_change_request_id_sparring_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sparring_request_change")),
    )
    op.create_index(
        op.f("ix_sparring_request_change_request_id"), "sparring_request_change", ["request_id"], unique=False
    )

    op.create_table(
        "sparring_request_colleague",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["sparring_request.id"],
            name=op.f("fk_sparring_request_colleague_request_id_sparring_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sparring_request_colleague")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_sparring_request_colleague_link_hash")),
        sa.UniqueConstraint("uuid", name=op.f("uq_sparring_request_colleague_uuid")),
    )
    op.create_index(
        "uq_sparring_request_colleague_address", "sparring_request_colleague", ["request_id", "email_key"], unique=True
    )

    op.create_table(
        "sparring_request_partner",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("municipality_code", sa.String(length=3), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
            name=op.f("fk_sparring_request_partner_municipality_code_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["sparring_request.id"],
            name=op.f("fk_sparring_request_partner_request_id_sparring_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("request_id", "municipality_code", name=op.f("pk_sparring_request_partner")),
    )
    op.create_index(
        op.f("ix_sparring_request_partner_municipality_code"),
        "sparring_request_partner",
        ["municipality_code"],
        unique=False,
    )

    op.create_table(
        "sparring_request_theme",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["sparring_request.id"],
            name=op.f("fk_sparring_request_theme_request_id_sparring_request"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["sparring_theme.id"], name=op.f("fk_sparring_request_theme_theme_id_sparring_theme")
        ),
        sa.PrimaryKeyConstraint("request_id", "theme_id", name=op.f("pk_sparring_request_theme")),
    )
    op.create_index(op.f("ix_sparring_request_theme_theme_id"), "sparring_request_theme", ["theme_id"], unique=False)

    op.create_table(
        "sparring_request_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_sparring_request_window_ends_after_it_starts")),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["sparring_request.id"],
            name=op.f("fk_sparring_request_window_request_id_sparring_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sparring_request_window")),
    )
    op.create_index(
        op.f("ix_sparring_request_window_request_id"), "sparring_request_window", ["request_id"], unique=False
    )

    op.create_table(
        "tutor_naming",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "asked",
                "accepted",
                "declined",
                "released",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user_account.id"], name=op.f("fk_tutor_naming_asked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["tutor_profile.id"], name=op.f("fk_tutor_naming_profile_id_tutor_profile")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["sparring_request.id"],
            name=op.f("fk_tutor_naming_request_id_sparring_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tutor_naming")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_tutor_naming_link_hash")),
        sa.UniqueConstraint("uuid", name=op.f("uq_tutor_naming_uuid")),
    )
    op.create_index(op.f("ix_tutor_naming_profile_id"), "tutor_naming", ["profile_id"], unique=False)
    op.create_index("uq_tutor_naming_request_profile", "tutor_naming", ["request_id", "profile_id"], unique=True)

    op.create_table(
        "date_poll_voter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("tutor", "municipality", "team", name="side", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["date_poll.id"], name=op.f("fk_date_poll_voter_poll_id_date_poll"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_date_poll_voter_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_poll_voter")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_date_poll_voter_link_hash")),
        sa.UniqueConstraint("uuid", name=op.f("uq_date_poll_voter_uuid")),
    )
    op.create_index(op.f("ix_date_poll_voter_user_id"), "date_poll_voter", ["user_id"], unique=False)
    op.create_index("uq_date_poll_voter_address", "date_poll_voter", ["poll_id", "email_key"], unique=True)

    op.create_table(
        "date_poll_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_date_poll_window_ends_after_it_starts")),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["date_poll.id"], name=op.f("fk_date_poll_window_poll_id_date_poll"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_poll_window")),
    )
    op.create_index(op.f("ix_date_poll_window_poll_id"), "date_poll_window", ["poll_id"], unique=False)

    op.create_table(
        "meeting_feedback",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("usefulness", sa.Integer(), nullable=False),
        sa.Column("arrangements", sa.Integer(), nullable=False),
        sa.Column("takes_into_use", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("arrangements BETWEEN 1 AND 5", name=op.f("ck_meeting_feedback_arrangements")),
        sa.CheckConstraint("usefulness BETWEEN 1 AND 5", name=op.f("ck_meeting_feedback_usefulness")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_feedback_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_meeting_feedback")),
    )
    op.create_table(
        "meeting_guest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("tutor", "municipality", "team", name="side", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_guest_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_meeting_guest_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_guest")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_meeting_guest_link_hash")),
        sa.UniqueConstraint("uuid", name=op.f("uq_meeting_guest_uuid")),
    )
    op.create_index(op.f("ix_meeting_guest_user_id"), "meeting_guest", ["user_id"], unique=False)
    op.create_index("uq_meeting_guest_address", "meeting_guest", ["meeting_id", "email_key"], unique=True)

    op.create_table(
        "meeting_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "lecture",
                "workshop",
                "discussion",
                "break",
                name="form",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("topic", sa.String(length=300), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.CheckConstraint("minutes >= 1", name=op.f("ck_meeting_item_minutes")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_item_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_item")),
    )
    op.create_index(op.f("ix_meeting_item_meeting_id"), "meeting_item", ["meeting_id"], unique=False)

    op.create_table(
        "meeting_next_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_next_step_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_next_step")),
    )
    op.create_index(op.f("ix_meeting_next_step_meeting_id"), "meeting_next_step", ["meeting_id"], unique=False)

    op.create_table(
        "meeting_tutor",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_tutor_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_meeting_tutor_user_id_user_account")),
        sa.PrimaryKeyConstraint("meeting_id", "user_id", name=op.f("pk_meeting_tutor")),
    )
    op.create_index(op.f("ix_meeting_tutor_user_id"), "meeting_tutor", ["user_id"], unique=False)

    op.create_table(
        "date_poll_vote",
        sa.Column("voter_id", sa.Integer(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column(
            "suits",
            sa.Enum("yes", "if-need-be", "no", name="suits", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["voter_id"],
            ["date_poll_voter.id"],
            name=op.f("fk_date_poll_vote_voter_id_date_poll_voter"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["window_id"],
            ["date_poll_window.id"],
            name=op.f("fk_date_poll_vote_window_id_date_poll_window"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("voter_id", "window_id", name=op.f("pk_date_poll_vote")),
    )
    op.create_index(op.f("ix_date_poll_vote_window_id"), "date_poll_vote", ["window_id"], unique=False)


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
