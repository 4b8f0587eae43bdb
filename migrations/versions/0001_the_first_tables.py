"""the first tables

Revision: 0001
After:
Made: 2026-11-30 12:20:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: Every table, after those that it points at.
TABLES = (
    "municipality", "adviser", "participant", "child", "class_group", "membership", "readmarker",
    "occurrence", "attendance", "school_break",
    "text", "text_version", "translation_request",
    "plan", "language_goal", "plan_element",
    "contract", "training_hours", "test_result", "exemption",
    "absence", "absence_correction", "absence_objection",
    "decision",
    "leave_draft", "leave_request", "leave_event", "leave_ledger",
    "payment", "payment_line", "payment_change",
    "login", "sign_in_attempt", "saved_form", "seen_logout_token", "login_note",
    "outgoing_event", "question", "access_log", "received", "imported_file",
    "installation",
)  # fmt: skip
#: History: rows are added, and no row is changed. The database itself refuses to rewrite it.
APPENDED = ("leave_event", "leave_ledger", "absence_correction", "payment_change")

FORBID_SQLITE = """
CREATE TRIGGER {table}_is_appended BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is appended, never changed'); END
"""
FORBID_FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is appended, never changed', TG_TABLE_NAME; END $$
"""
FORBID_POSTGRESQL = """
CREATE TRIGGER {table}_is_appended BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    """Go forward."""
    _people()
    _schedule()
    _texts()
    _plan()
    _training()
    _absence()
    _decision()
    _leave()
    _allowance()
    _login()
    _log()
    _installation()
    _forbid_changes()


def downgrade() -> None:
    """Go back."""
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_change")


def _people() -> None:
    op.create_table(
        "municipality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("org_number", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("opening_hours", sa.String(), nullable=False),
        sa.Column("county_governor", sa.String(), nullable=False),
        sa.Column("pay_day", sa.Integer(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("norwegian", sa.String(length=2), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.CheckConstraint("norwegian IN ('nb', 'nn')", name=op.f("ck_municipality_norwegian_known")),
        sa.CheckConstraint("answer_days > 0", name=op.f("ck_municipality_answer_days_positive")),
        sa.CheckConstraint("pay_day BETWEEN 1 AND 28", name=op.f("ck_municipality_pay_day_in_every_month")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint("org_number", name=op.f("uq_municipality_org_number")),
    )

    op.create_table(
        "adviser",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_adviser_municipality_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adviser")),
        sa.UniqueConstraint("municipality_id", "external_id", name=op.f("uq_adviser_municipality_id_external_id")),
    )
    op.create_index(op.f("ix_adviser_municipality_id"), "adviser", ["municipality_id"])

    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("adviser_id", sa.Integer(), nullable=True),
        sa.Column("pid", sa.LargeBinary(), nullable=False),
        sa.Column("pid_index", sa.LargeBinary(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("born", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("chosen_language", sa.String(), nullable=True),
        sa.Column("regime", sa.String(length=18), nullable=False),
        sa.Column("programme", sa.String(length=13), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("start_by", sa.Date(), nullable=True),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=10), nullable=True),
        sa.Column("certificate_on", sa.Date(), nullable=True),
        sa.Column("protected_address", sa.Boolean(), nullable=False),
        sa.Column("lives_with_parent", sa.Boolean(), nullable=False),
        sa.Column("partner_in_programme", sa.Boolean(), nullable=False),
        sa.Column("sole_carer", sa.Boolean(), nullable=False),
        sa.Column("self_certification_withdrawn", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "end_reason IN ('completed', 'broken_off', 'stopped', 'moved')",
            name=op.f("ck_participant_end_reason_known"),
        ),
        sa.CheckConstraint(
            "programme IN ('introduction', 'training_only')", name=op.f("ck_participant_programme_known")
        ),
        sa.CheckConstraint(
            "regime IN ('integreringsloven', 'introduksjonsloven', 'kapittel_6a')",
            name=op.f("ck_participant_regime_known"),
        ),
        sa.CheckConstraint(
            '"end" IS NULL OR (start IS NOT NULL AND "end" >= start)', name=op.f("ck_participant_end_after_start")
        ),
        sa.CheckConstraint("(ended_on IS NULL) = (end_reason IS NULL)", name=op.f("ck_participant_ended_has_reason")),
        sa.CheckConstraint(
            "certificate_on IS NULL OR ended_on IS NOT NULL", name=op.f("ck_participant_certificate_after_end")
        ),
        sa.ForeignKeyConstraint(
            ["adviser_id"], ["adviser.id"], name=op.f("fk_participant_adviser_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_participant_municipality_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("municipality_id", "external_id", name=op.f("uq_participant_municipality_id_external_id")),
        sa.UniqueConstraint("municipality_id", "pid_index", name=op.f("uq_participant_municipality_id_pid_index")),
        sa.UniqueConstraint("public_id", name=op.f("uq_participant_public_id")),
    )
    op.create_index(op.f("ix_participant_adviser_id"), "participant", ["adviser_id"])
    op.create_index(op.f("ix_participant_municipality_id"), "participant", ["municipality_id"])
    op.create_index(op.f("ix_participant_pid_index"), "participant", ["pid_index"])

    op.create_table(
        "child",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("born", sa.Date(), nullable=False),
        sa.Column("chronic", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_child_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child")),
        sa.UniqueConstraint("participant_id", "external_id", name=op.f("uq_child_participant_id_external_id")),
    )
    op.create_index(op.f("ix_child_participant_id"), "child", ["participant_id"])

    op.create_table(
        "class_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_class_group_municipality_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_group")),
        sa.UniqueConstraint("municipality_id", "external_id", name=op.f("uq_class_group_municipality_id_external_id")),
    )
    op.create_index(op.f("ix_class_group_municipality_id"), "class_group", ["municipality_id"])

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "first_day IS NULL OR last_day IS NULL OR last_day >= first_day",
            name=op.f("ck_membership_last_after_first"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["class_group.id"], name=op.f("fk_membership_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_membership_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("participant_id", "group_id", name=op.f("uq_membership_participant_id_group_id")),
    )
    op.create_index(op.f("ix_membership_group_id"), "membership", ["group_id"])
    op.create_index(op.f("ix_membership_participant_id"), "membership", ["participant_id"])

    op.create_table(
        "readmarker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_readmarker_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readmarker")),
        sa.UniqueConstraint("participant_id", "subject", name=op.f("uq_readmarker_participant_id_subject")),
    )
    op.create_index(op.f("ix_readmarker_participant_id"), "readmarker", ["participant_id"])


def _schedule() -> None:
    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("recurrence", sa.String(), nullable=False),
        sa.Column("code", sa.String(length=21), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=9), nullable=False),
        sa.Column("moved_from", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'moved') = (moved_from IS NOT NULL)", name=op.f("ck_occurrence_moved_knows_from")
        ),
        sa.CheckConstraint(
            "code IN ('mapping', 'career_guidance', 'norwegian', 'social_studies', 'life_skills', 'parental_guidance', 'work_placement', 'language_placement', 'part_time_work', 'fast_track', 'digital_skills', 'basic_education', 'upper_secondary', 'vocational_course', 'labour_market_measure', 'meeting', 'other')",
            name=op.f("ck_occurrence_code_known"),
        ),
        sa.CheckConstraint("status IN ('planned', 'moved', 'cancelled')", name=op.f("ck_occurrence_status_known")),
        sa.CheckConstraint(
            "(group_id IS NULL) <> (participant_id IS NULL)", name=op.f("ck_occurrence_group_or_participant")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_occurrence_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["class_group.id"], name=op.f("fk_occurrence_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_occurrence_municipality_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_occurrence_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
        sa.UniqueConstraint(
            "municipality_id",
            "owner",
            "uid",
            "recurrence",
            name=op.f("uq_occurrence_municipality_id_owner_uid_recurrence"),
        ),
    )
    op.create_index("ix_occurrence_group_day", "occurrence", ["group_id", "day"])
    op.create_index("ix_occurrence_participant_day", "occurrence", ["participant_id", "day"])

    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=14), nullable=False),
        sa.Column("hours", sa.Numeric(precision=4, scale=2), nullable=True),
        sa.Column("registered_by", sa.String(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'not_registered') = (registered_at IS NULL)", name=op.f("ck_attendance_registered_has_time")
        ),
        sa.CheckConstraint("hours IS NULL OR status = 'partly_present'", name=op.f("ck_attendance_hours_only_in_part")),
        sa.CheckConstraint(
            "status IN ('not_registered', 'present', 'partly_present', 'absent')",
            name=op.f("ck_attendance_status_known"),
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_attendance_occurrence_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_attendance_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("participant_id", "occurrence_id", name=op.f("uq_attendance_participant_id_occurrence_id")),
    )
    op.create_index(op.f("ix_attendance_occurrence_id"), "attendance", ["occurrence_id"])
    op.create_index(op.f("ix_attendance_participant_id"), "attendance", ["participant_id"])

    op.create_table(
        "school_break",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_school_break_last_after_first")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["class_group.id"], name=op.f("fk_school_break_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_school_break_municipality_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_break")),
        sa.UniqueConstraint("municipality_id", "external_id", name=op.f("uq_school_break_municipality_id_external_id")),
    )
    op.create_index(op.f("ix_school_break_group_id"), "school_break", ["group_id"])
    op.create_index(op.f("ix_school_break_municipality_id"), "school_break", ["municipality_id"])


def _texts() -> None:
    op.create_table(
        "text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_text_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text")),
        sa.UniqueConstraint("public_id", name=op.f("uq_text_public_id")),
    )
    op.create_index(op.f("ix_text_participant_id"), "text", ["participant_id"])

    op.create_table(
        "text_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=17), nullable=False),
        sa.Column("translates", sa.String(length=64), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(origin = 'human_translation') = (translates IS NOT NULL)",
            name=op.f("ck_text_version_translation_names_original"),
        ),
        sa.CheckConstraint(
            "origin IN ('written', 'human_translation', 'standard_phrase')", name=op.f("ck_text_version_origin_known")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_text_version_text_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_version")),
        sa.UniqueConstraint("text_id", "language", name=op.f("uq_text_version_text_id_language")),
    )
    op.create_index(op.f("ix_text_version_text_id"), "text_version", ["text_id"])

    op.create_table(
        "translation_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_translation_request_participant_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["text.id"], name=op.f("fk_translation_request_text_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation_request")),
        sa.UniqueConstraint(
            "text_id", "language", "digest", name=op.f("uq_translation_request_text_id_language_digest")
        ),
    )
    op.create_index(op.f("ix_translation_request_participant_id"), "translation_request", ["participant_id"])
    op.create_index(op.f("ix_translation_request_text_id"), "translation_request", ["text_id"])


def _plan() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("end_goal", sa.String(length=24), nullable=True),
        sa.Column("goal_text_id", sa.Integer(), nullable=True),
        sa.Column("long_term_goal_text_id", sa.Integer(), nullable=True),
        sa.Column("reasons_text_id", sa.Integer(), nullable=True),
        sa.Column("change_text_id", sa.Integer(), nullable=True),
        sa.Column("programme_end", sa.Date(), nullable=True),
        sa.Column("norwegian_hours_per_week", sa.String(), nullable=True),
        sa.Column("social_studies_hours", sa.String(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "end_goal IN ('work', 'higher_education', 'requalification', 'parts_of_upper_secondary', 'upper_secondary', 'vocational_training')",
            name=op.f("ck_plan_end_goal_known"),
        ),
        sa.CheckConstraint(
            "kind = 'training_plan' OR end_goal IS NOT NULL", name=op.f("ck_plan_programme_plan_has_end_goal")
        ),
        sa.CheckConstraint("kind IN ('integration_plan', 'training_plan')", name=op.f("ck_plan_kind_known")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_plan_version_positive")),
        sa.ForeignKeyConstraint(
            ["change_text_id"], ["text.id"], name=op.f("fk_plan_change_text_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["goal_text_id"], ["text.id"], name=op.f("fk_plan_goal_text_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["long_term_goal_text_id"],
            ["text.id"],
            name=op.f("fk_plan_long_term_goal_text_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_plan_participant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reasons_text_id"],
            ["text.id"],
            name=op.f("fk_plan_reasons_text_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("participant_id", "version", name=op.f("uq_plan_participant_id_version")),
    )
    op.create_index(op.f("ix_plan_change_text_id"), "plan", ["change_text_id"])
    op.create_index(op.f("ix_plan_goal_text_id"), "plan", ["goal_text_id"])
    op.create_index(op.f("ix_plan_long_term_goal_text_id"), "plan", ["long_term_goal_text_id"])
    op.create_index(op.f("ix_plan_participant_id"), "plan", ["participant_id"])
    op.create_index(op.f("ix_plan_reasons_text_id"), "plan", ["reasons_text_id"])

    op.create_table(
        "language_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(length=9), nullable=False),
        sa.Column("goal", sa.String(length=2), nullable=False),
        sa.Column("reached", sa.String(length=2), nullable=True),
        sa.CheckConstraint("goal IN ('A1', 'A2', 'B1', 'B2', 'C1')", name=op.f("ck_language_goal_goal_known")),
        sa.CheckConstraint("reached IN ('A1', 'A2', 'B1', 'B2', 'C1')", name=op.f("ck_language_goal_reached_known")),
        sa.CheckConstraint(
            "skill IN ('listening', 'reading', 'writing', 'speaking')", name=op.f("ck_language_goal_skill_known")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_language_goal_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_language_goal")),
        sa.UniqueConstraint("plan_id", "skill", name=op.f("uq_language_goal_plan_id_skill")),
    )
    op.create_index(op.f("ix_language_goal_plan_id"), "language_goal", ["plan_id"])

    op.create_table(
        "plan_element",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=21), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=9), nullable=False),
        sa.Column("hours_per_week", sa.String(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("reasons_text_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("code <> 'other' OR title <> ''", name=op.f("ck_plan_element_other_has_title")),
        sa.CheckConstraint(
            "code IN ('mapping', 'career_guidance', 'norwegian', 'social_studies', 'life_skills', 'parental_guidance', 'work_placement', 'language_placement', 'part_time_work', 'fast_track', 'digital_skills', 'basic_education', 'upper_secondary', 'vocational_course', 'labour_market_measure', 'meeting', 'other')",
            name=op.f("ck_plan_element_code_known"),
        ),
        sa.CheckConstraint(
            "status IN ('planned', 'ongoing', 'completed', 'cancelled')", name=op.f("ck_plan_element_status_known")
        ),
        sa.CheckConstraint(
            "first_day IS NULL OR last_day IS NULL OR last_day >= first_day",
            name=op.f("ck_plan_element_last_after_first"),
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_element_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["reasons_text_id"],
            ["text.id"],
            name=op.f("fk_plan_element_reasons_text_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_element")),
        sa.UniqueConstraint("plan_id", "external_id", name=op.f("uq_plan_element_plan_id_external_id")),
    )
    op.create_index(op.f("ix_plan_element_plan_id"), "plan_element", ["plan_id"])
    op.create_index(op.f("ix_plan_element_reasons_text_id"), "plan_element", ["reasons_text_id"])


def _training() -> None:
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=11), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('contract', 'declaration')", name=op.f("ck_contract_kind_known")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_contract_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("participant_id", "external_id", name=op.f("uq_contract_participant_id_external_id")),
    )
    op.create_index(op.f("ix_contract_participant_id"), "contract", ["participant_id"])

    op.create_table(
        "training_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(length=17), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.Column("module", sa.String(), nullable=False),
        sa.Column("reception_centre", sa.Boolean(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "hours = '-0' OR (hours <> '' AND trim(hours, '.') = hours AND trim(hours, '0123456789') IN ('', '.'))",
            name=op.f("ck_training_hours_hours_are_a_number"),
        ),
        sa.CheckConstraint(
            "subject IN ('norwegian', 'social_studies', 'life_skills', 'parental_guidance')",
            name=op.f("ck_training_hours_subject_known"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_training_hours_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_hours")),
        sa.UniqueConstraint("participant_id", "external_id", name=op.f("uq_training_hours_participant_id_external_id")),
    )
    op.create_index(op.f("ix_training_hours_participant_id"), "training_hours", ["participant_id"])

    op.create_table(
        "test_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("examination", sa.String(length=14), nullable=False),
        sa.Column("result", sa.String(length=10), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "examination IN ('listening', 'reading', 'writing', 'speaking', 'social_studies')",
            name=op.f("ck_test_result_examination_known"),
        ),
        sa.CheckConstraint(
            "result IN ('under_A1', 'A1', 'A2', 'B1', 'B2', 'C1', 'passed', 'not_passed')",
            name=op.f("ck_test_result_result_known"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_test_result_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_result")),
        sa.UniqueConstraint("participant_id", "external_id", name=op.f("uq_test_result_participant_id_external_id")),
    )
    op.create_index(op.f("ix_test_result_participant_id"), "test_result", ["participant_id"])

    op.create_table(
        "exemption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(length=17), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "subject IN ('norwegian', 'social_studies', 'life_skills', 'parental_guidance')",
            name=op.f("ck_exemption_subject_known"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_exemption_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption")),
        sa.UniqueConstraint("participant_id", "external_id", name=op.f("uq_exemption_participant_id_external_id")),
    )
    op.create_index(op.f("ix_exemption_participant_id"), "exemption", ["participant_id"])


def _absence() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("hours", sa.Numeric(precision=4, scale=2), nullable=True),
        sa.Column("documentation", sa.String(length=14), nullable=False),
        sa.Column("medical_from", sa.Date(), nullable=True),
        sa.Column("document_by", sa.Date(), nullable=True),
        sa.Column("verdict", sa.String(length=9), nullable=False),
        sa.Column("registered_by", sa.String(length=11), nullable=False),
        sa.Column("registered_name", sa.String(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "documentation IN ('none', 'self_certified', 'medical')", name=op.f("ck_absence_documentation_known")
        ),
        sa.CheckConstraint(
            "kind IN ('own_illness', 'child_illness', 'antenatal_check', 'pregnancy', 'birth_mother', 'birth_father', 'breastfeeding', 'welfare', 'peace_work', 'long_illness', 'parental', 'adoption', 'religious_day', 'holiday', 'other')",
            name=op.f("ck_absence_kind_known"),
        ),
        sa.CheckConstraint(
            "medical_from IS NULL OR documentation = 'medical'", name=op.f("ck_absence_medical_from_needs_statement")
        ),
        sa.CheckConstraint(
            "registered_by IN ('teacher', 'adviser', 'workplace', 'participant')",
            name=op.f("ck_absence_registered_by_known"),
        ),
        sa.CheckConstraint("verdict IN ('undecided', 'valid', 'invalid')", name=op.f("ck_absence_verdict_known")),
        sa.CheckConstraint(
            "hours IS NULL OR (first_day = last_day AND hours > 0 AND hours <= 24)",
            name=op.f("ck_absence_hours_on_one_day"),
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_absence_last_after_first")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_absence_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sa.UniqueConstraint("participant_id", "external_id", name=op.f("uq_absence_participant_id_external_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_absence_public_id")),
    )
    op.create_index(op.f("ix_absence_participant_id"), "absence", ["participant_id"])

    op.create_table(
        "absence_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("absence_id", sa.Integer(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by", sa.String(), nullable=False),
        sa.Column("verdict_before", sa.String(length=9), nullable=False),
        sa.Column("verdict_after", sa.String(length=9), nullable=False),
        sa.Column("hours_before", sa.Numeric(precision=4, scale=2), nullable=True),
        sa.Column("hours_after", sa.Numeric(precision=4, scale=2), nullable=True),
        sa.CheckConstraint(
            "verdict_after IN ('undecided', 'valid', 'invalid')", name=op.f("ck_absence_correction_verdict_after_known")
        ),
        sa.CheckConstraint(
            "verdict_before IN ('undecided', 'valid', 'invalid')",
            name=op.f("ck_absence_correction_verdict_before_known"),
        ),
        sa.ForeignKeyConstraint(
            ["absence_id"], ["absence.id"], name=op.f("fk_absence_correction_absence_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence_correction")),
    )
    op.create_index(op.f("ix_absence_correction_absence_id"), "absence_correction", ["absence_id"])

    op.create_table(
        "absence_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("absence_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("has_paper", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=9), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer_text_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(status IN ('corrected', 'stands')) = (answered_on IS NOT NULL)",
            name=op.f("ck_absence_objection_answer_has_day"),
        ),
        sa.CheckConstraint(
            "status <> 'stands' OR answer_text_id IS NOT NULL",
            name=op.f("ck_absence_objection_what_stands_has_reasons"),
        ),
        sa.CheckConstraint(
            "status IN ('sent', 'received', 'corrected', 'stands', 'withdrawn')",
            name=op.f("ck_absence_objection_status_known"),
        ),
        sa.CheckConstraint(
            "answer_text_id IS NULL OR answered_on IS NOT NULL",
            name=op.f("ck_absence_objection_only_an_answer_has_text"),
        ),
        sa.ForeignKeyConstraint(
            ["absence_id"], ["absence.id"], name=op.f("fk_absence_objection_absence_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["answer_text_id"],
            ["text.id"],
            name=op.f("fk_absence_objection_answer_text_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_absence_objection_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence_objection")),
        sa.UniqueConstraint("public_id", name=op.f("uq_absence_objection_public_id")),
    )
    op.create_index(op.f("ix_absence_objection_absence_id"), "absence_objection", ["absence_id"])
    op.create_index(op.f("ix_absence_objection_answer_text_id"), "absence_objection", ["answer_text_id"])
    op.create_index(
        "ix_absence_objection_one_waits",
        "absence_objection",
        ["absence_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('sent', 'received')"),
        postgresql_where=sa.text("status IN ('sent', 'received')"),
    )
    op.create_index(op.f("ix_absence_objection_participant_id"), "absence_objection", ["participant_id"])


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("outcome", sa.String(length=14), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("reasons_text_id", sa.Integer(), nullable=True),
        sa.Column("effect_text_id", sa.Integer(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("authority", sa.String(length=15), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("appeal_by", sa.Date(), nullable=True),
        sa.Column("appealable", sa.Boolean(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "appeal_by IS NULL OR (appealable AND authority = 'municipality')",
            name=op.f("ck_decision_deadline_only_where_appealable"),
        ),
        sa.CheckConstraint(
            "authority IN ('municipality', 'county_governor')", name=op.f("ck_decision_authority_known")
        ),
        sa.CheckConstraint(
            "kind IN ('leave', 'programme', 'plan', 'allowance', 'deduction', 'stop', 'extension', 'other')",
            name=op.f("ck_decision_kind_known"),
        ),
        sa.CheckConstraint(
            "outcome IN ('granted', 'partly_granted', 'refused', 'decided')", name=op.f("ck_decision_outcome_known")
        ),
        sa.CheckConstraint(
            "outcome NOT IN ('refused', 'partly_granted') OR reasons_text_id IS NOT NULL",
            name=op.f("ck_decision_refusal_has_reasons"),
        ),
        sa.ForeignKeyConstraint(
            ["effect_text_id"],
            ["text.id"],
            name=op.f("fk_decision_effect_text_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_decision_participant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reasons_text_id"],
            ["text.id"],
            name=op.f("fk_decision_reasons_text_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["decision.id"],
            name=op.f("fk_decision_replaces_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("participant_id", "external_id", name=op.f("uq_decision_participant_id_external_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_decision_public_id")),
    )
    op.create_index(op.f("ix_decision_effect_text_id"), "decision", ["effect_text_id"])
    op.create_index(op.f("ix_decision_participant_id"), "decision", ["participant_id"])
    op.create_index(op.f("ix_decision_reasons_text_id"), "decision", ["reasons_text_id"])
    op.create_index(op.f("ix_decision_replaces_id"), "decision", ["replaces_id"])


def _leave() -> None:
    op.create_table(
        "leave_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_leave_draft_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_draft")),
        sa.UniqueConstraint("public_id", name=op.f("uq_leave_draft_public_id")),
    )
    op.create_index(op.f("ix_leave_draft_participant_id"), "leave_draft", ["participant_id"])

    op.create_table(
        "leave_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=11), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("reason", sa.String(length=22), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("hours", sa.Numeric(precision=4, scale=2), nullable=True),
        sa.Column("message", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("granted_from", sa.Date(), nullable=True),
        sa.Column("granted_to", sa.Date(), nullable=True),
        sa.Column("granted_hours", sa.Numeric(precision=4, scale=2), nullable=True),
        sa.Column("granted_start", sa.Time(), nullable=True),
        sa.Column("granted_end", sa.Time(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("shown", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status IN ('granted', 'partly_granted')) = (granted_from IS NOT NULL)",
            name=op.f("ck_leave_request_granted_has_dates"),
        ),
        sa.CheckConstraint(
            "(status IN ('granted', 'partly_granted', 'refused')) = (decided_at IS NOT NULL)",
            name=op.f("ck_leave_request_only_an_answer_is_decided"),
        ),
        sa.CheckConstraint(
            "form <> 'report' OR status NOT IN ('granted', 'partly_granted', 'refused')",
            name=op.f("ck_leave_request_report_is_not_decided"),
        ),
        sa.CheckConstraint("form IN ('application', 'report')", name=op.f("ck_leave_request_form_known")),
        sa.CheckConstraint(
            "kind IN ('own_illness', 'child_illness', 'antenatal_check', 'pregnancy', 'birth_mother', 'birth_father', 'breastfeeding', 'welfare', 'peace_work', 'long_illness', 'parental', 'adoption', 'religious_day', 'holiday', 'other')",
            name=op.f("ck_leave_request_kind_known"),
        ),
        sa.CheckConstraint(
            "reason IN ('kindergarten_start', 'school_start', 'wedding', 'bereavement', 'interview_or_admission', 'doctor_or_dentist', 'care_for_relative', 'other')",
            name=op.f("ck_leave_request_reason_known"),
        ),
        sa.CheckConstraint(
            "status IN ('sent', 'received', 'more_information', 'granted', 'partly_granted', 'refused', 'withdrawn')",
            name=op.f("ck_leave_request_status_known"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decision_id IS NULL)", name=op.f("ck_leave_request_decided_has_decision")
        ),
        sa.CheckConstraint(
            "(granted_from IS NULL) = (granted_to IS NULL)", name=op.f("ck_leave_request_granted_dates_in_pairs")
        ),
        sa.CheckConstraint(
            "(granted_start IS NULL) = (granted_end IS NULL)", name=op.f("ck_leave_request_granted_times_in_pairs")
        ),
        sa.CheckConstraint(
            "granted_from IS NULL OR granted_to >= granted_from", name=op.f("ck_leave_request_granted_dates_in_order")
        ),
        sa.CheckConstraint(
            "granted_hours IS NULL OR (granted_from IS NOT NULL AND granted_hours > 0 AND granted_hours <= 24)",
            name=op.f("ck_leave_request_granted_hours_of_a_day"),
        ),
        sa.CheckConstraint(
            "granted_start IS NULL OR (granted_hours IS NOT NULL AND granted_from = granted_to AND granted_end > granted_start)",
            name=op.f("ck_leave_request_granted_times_of_one_day"),
        ),
        sa.CheckConstraint(
            "hours IS NULL OR (first_day = last_day AND hours > 0 AND hours <= 24)",
            name=op.f("ck_leave_request_hours_on_one_day"),
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_leave_request_last_after_first")),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_leave_request_decision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_leave_request_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_request")),
        sa.UniqueConstraint("number", name=op.f("uq_leave_request_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_leave_request_public_id")),
    )
    op.create_index(op.f("ix_leave_request_decision_id"), "leave_request", ["decision_id"])
    op.create_index(op.f("ix_leave_request_participant_id"), "leave_request", ["participant_id"])

    op.create_table(
        "leave_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('sent', 'received', 'more_information', 'granted', 'partly_granted', 'refused', 'withdrawn')",
            name=op.f("ck_leave_event_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["leave_request.id"], name=op.f("fk_leave_event_request_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_event")),
        sa.UniqueConstraint("request_id", "seq", name=op.f("uq_leave_event_request_id_seq")),
    )
    op.create_index(op.f("ix_leave_event_request_id"), "leave_event", ["request_id"])

    op.create_table(
        "leave_ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Numeric(precision=4, scale=2), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('own_illness', 'child_illness', 'antenatal_check', 'pregnancy', 'birth_mother', 'birth_father', 'breastfeeding', 'welfare', 'peace_work', 'long_illness', 'parental', 'adoption', 'religious_day', 'holiday', 'other')",
            name=op.f("ck_leave_ledger_kind_known"),
        ),
        sa.CheckConstraint(
            "(days < 0) = (reverses_id IS NOT NULL)", name=op.f("ck_leave_ledger_only_a_reversal_is_negative")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_leave_ledger_participant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["leave_request.id"], name=op.f("fk_leave_ledger_request_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reverses_id"], ["leave_ledger.id"], name=op.f("fk_leave_ledger_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_ledger")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_leave_ledger_reverses_id")),
    )
    op.create_index(op.f("ix_leave_ledger_participant_id"), "leave_ledger", ["participant_id"])
    op.create_index(op.f("ix_leave_ledger_request_id"), "leave_ledger", ["request_id"])


def _allowance() -> None:
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("status", sa.String(length=9), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("before_tax", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(status = 'paid') = (paid_on IS NOT NULL)", name=op.f("ck_payment_paid_has_date")),
        sa.CheckConstraint(
            "status IN ('planned', 'paid', 'stopped', 'cancelled')", name=op.f("ck_payment_status_known")
        ),
        sa.CheckConstraint(
            "trim(month, '0123456789') = '-' AND substr(month, 1, 2) IN ('19', '20') AND substr(month, 5) IN ('-01', '-02', '-03', '-04', '-05', '-06', '-07', '-08', '-09', '-10', '-11', '-12')",
            name=op.f("ck_payment_month_of_a_year"),
        ),
        sa.CheckConstraint("before_tax >= 0", name=op.f("ck_payment_never_below_zero")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_payment_decision_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_payment_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("participant_id", "external_id", name=op.f("uq_payment_participant_id_external_id")),
    )
    op.create_index(op.f("ix_payment_decision_id"), "payment", ["decision_id"])
    op.create_index(op.f("ix_payment_participant_id"), "payment", ["participant_id"])

    op.create_table(
        "payment_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=23), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("corrects_month", sa.String(length=7), nullable=True),
        sa.Column("absence_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'correction') = (corrects_month IS NOT NULL)", name=op.f("ck_payment_line_correction_names_month")
        ),
        sa.CheckConstraint("kind <> 'base' OR amount >= 0", name=op.f("ck_payment_line_base_is_not_negative")),
        sa.CheckConstraint(
            "kind IN ('base', 'correction') OR amount <= 0", name=op.f("ck_payment_line_deduction_is_not_positive")
        ),
        sa.CheckConstraint(
            "kind IN ('base', 'invalid_absence', 'leave_without_allowance', 'over_quota_absence', 'paid_work', 'other_benefit', 'correction')",
            name=op.f("ck_payment_line_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["absence_id"], ["absence.id"], name=op.f("fk_payment_line_absence_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_payment_line_payment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_line")),
        sa.UniqueConstraint("payment_id", "position", name=op.f("uq_payment_line_payment_id_position")),
    )
    op.create_index(op.f("ix_payment_line_absence_id"), "payment_line", ["absence_id"])
    op.create_index(op.f("ix_payment_line_payment_id"), "payment_line", ["payment_id"])

    op.create_table(
        "payment_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("before_tax", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.CheckConstraint("before_tax >= 0", name=op.f("ck_payment_change_never_below_zero")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_payment_change_payment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_change")),
    )
    op.create_index(op.f("ix_payment_change_payment_id"), "payment_change", ["payment_id"])


def _login() -> None:
    op.create_table(
        "login",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("pid_index", sa.LargeBinary(), nullable=False),
        sa.Column("idp_sid", sa.Text(), nullable=True),
        sa.Column("acr", sa.Text(), nullable=False),
        sa.Column("auth_time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_id_token", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_login_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_login_key_hash")),
    )
    op.create_index(op.f("ix_login_expires_at"), "login", ["expires_at"])
    op.create_index(op.f("ix_login_idp_sid"), "login", ["idp_sid"])
    op.create_index(op.f("ix_login_participant_id"), "login", ["participant_id"])

    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("code_verifier", sa.Text(), nullable=False),
        sa.Column("next_path", sa.Text(), nullable=False),
        sa.Column("forced", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
        sa.UniqueConstraint("state_hash", name=op.f("uq_sign_in_attempt_state_hash")),
    )
    op.create_index(op.f("ix_sign_in_attempt_browser_hash"), "sign_in_attempt", ["browser_hash"])
    op.create_index(op.f("ix_sign_in_attempt_created_at"), "sign_in_attempt", ["created_at"])

    op.create_table(
        "saved_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_saved_form_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_form")),
        sa.UniqueConstraint("public_id", name=op.f("uq_saved_form_public_id")),
    )
    op.create_index(op.f("ix_saved_form_created_at"), "saved_form", ["created_at"])
    op.create_index(op.f("ix_saved_form_participant_id"), "saved_form", ["participant_id"])

    op.create_table(
        "seen_logout_token",
        sa.Column("jti", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("jti", name=op.f("pk_seen_logout_token")),
    )
    op.create_index(op.f("ix_seen_logout_token_expires_at"), "seen_logout_token", ["expires_at"])

    op.create_table(
        "login_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("pid_index", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=12), nullable=False),
        sa.Column("access", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "access IN ('signed_in', 'signed_out', 'imported', 'exported')", name=op.f("ck_login_note_access_known")
        ),
        sa.CheckConstraint("actor IN ('participant', 'municipality')", name=op.f("ck_login_note_actor_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_note")),
    )


def _log() -> None:
    op.create_table(
        "outgoing_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=17), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('leave_sent', 'leave_withdrawn', 'question_asked', 'language_chosen', 'absence_contested', 'contest_withdrawn', 'translation_asked')",
            name=op.f("ck_outgoing_event_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_outgoing_event_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_event")),
        sa.UniqueConstraint("public_id", name=op.f("uq_outgoing_event_public_id")),
    )
    op.create_index(op.f("ix_outgoing_event_participant_id"), "outgoing_event", ["participant_id"])
    op.create_index(
        "ix_outgoing_event_waits",
        "outgoing_event",
        ["id"],
        sqlite_where=sa.text("acknowledged_at IS NULL"),
        postgresql_where=sa.text("acknowledged_at IS NULL"),
    )

    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("answer_text_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(answer_text_id IS NULL) = (answered_at IS NULL)", name=op.f("ck_question_answer_has_time")
        ),
        sa.ForeignKeyConstraint(
            ["answer_text_id"],
            ["text.id"],
            name=op.f("fk_question_answer_text_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_question_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("public_id", name=op.f("uq_question_public_id")),
    )
    op.create_index(op.f("ix_question_answer_text_id"), "question", ["answer_text_id"])
    op.create_index(op.f("ix_question_participant_id"), "question", ["participant_id"])

    op.create_table(
        "access_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=12), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("access", sa.String(length=10), nullable=False),
        sa.Column("updated", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "access IN ('signed_in', 'signed_out', 'imported', 'exported')", name=op.f("ck_access_log_access_known")
        ),
        sa.CheckConstraint("actor IN ('participant', 'municipality')", name=op.f("ck_access_log_actor_known")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_access_log_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
    )
    op.create_index(op.f("ix_access_log_participant_id"), "access_log", ["participant_id"])

    op.create_table(
        "received",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_received_municipality_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_received_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received")),
        sa.UniqueConstraint("participant_id", "source", name=op.f("uq_received_participant_id_source")),
    )
    op.create_index(op.f("ix_received_municipality_id"), "received", ["municipality_id"])
    op.create_index(
        "ix_received_one_of_municipality",
        "received",
        ["municipality_id", "source"],
        unique=True,
        sqlite_where=sa.text("participant_id IS NULL"),
        postgresql_where=sa.text("participant_id IS NULL"),
    )
    op.create_index(op.f("ix_received_participant_id"), "received", ["participant_id"])

    op.create_table(
        "imported_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_file")),
        sa.UniqueConstraint("digest", name=op.f("uq_imported_file_digest")),
    )


def _installation() -> None:
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_check", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )


def _forbid_changes() -> None:
    embedded = op.get_bind().dialect.name == "sqlite"
    if not embedded:
        op.execute(FORBID_FUNCTION)
    for table in APPENDED:
        op.execute((FORBID_SQLITE if embedded else FORBID_POSTGRESQL).format(table=table))
